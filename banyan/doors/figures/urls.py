"""The addresses of the public figures."""

from django.urls import path

from banyan.doors.figures import pages

app_name = "public_figures"
urlpatterns = [
    path("", pages.figures, name="figures"),
    path("<int:serial>/", pages.publication, name="publication"),
    path("figures.csv", pages.as_csv, name="csv"),
    path("figures.json", pages.as_json, name="json"),
]
