"""A desk with testimony alone, so that these tests ask nothing of other rooms."""

from django.urls import include, path
from django.views.i18n import set_language

from banyan.house import pages

handler404 = pages.desk_404
urlpatterns = [
    path("static/<str:name>", pages.asset, name="asset"),
    path("language", set_language, name="set_language"),
    path("testimony/", include("banyan.desks.testimony.urls")),
]
