"""The addresses of the members' door, under `sync/`."""

from django.urls import path

from banyan.doors.sync import pages

app_name = "sync"
urlpatterns = [
    path("summary", pages.summary, name="summary"),
    path("ids", pages.ids, name="ids"),
    path("fetch", pages.fetch, name="fetch"),
    path("push", pages.push, name="push"),
    path("place", pages.place, name="place"),
    path("aside", pages.aside, name="aside"),
    path("duty", pages.duty, name="duty"),
]
