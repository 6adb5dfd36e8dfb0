"""The addresses of unlocking. They stand last, at the desk's root."""

from django.urls import path

from banyan.house.unlock import pages

urlpatterns = [
    path("", pages.first, name="first"),
    path("unlock", pages.unlock, name="unlock"),
    path("lock", pages.lock, name="lock"),
    path("sync-now", pages.sync_now, name="sync_now"),
    path("draft", pages.draft, name="draft"),
]
