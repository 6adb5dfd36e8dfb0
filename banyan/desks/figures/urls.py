"""What the desk of figures answers to."""

from django.urls import path

from banyan.desks.figures import pages

app_name = "figures"
urlpatterns = [
    path("", pages.today, name="today"),
    path("box", pages.open_box, name="open_box"),
    path("prepare", pages.prepare, name="prepare"),
    path("published", pages.published, name="published"),
    path("published/<int:serial>", pages.publication, name="publication"),
    path("help", pages.help_page, name="help"),
]
