"""What testimony answers to."""

from django.urls import path

from banyan.desks.testimony import files, pages

app_name = "testimony"
urlpatterns = [
    path("", pages.today, name="today"),
    path("help", pages.help_page, name="help"),
    path("account/<folder:slug>", pages.account, name="account"),
    path("account/<folder:slug>/open", pages.open_account, name="open"),
    path("account/<folder:slug>/given", pages.give_on, name="given"),
    path("account/<folder:slug>/note", pages.note, name="note"),
    path("account/<folder:slug>/sheet", pages.sheet, name="sheet"),
    path("account/<folder:slug>/file/<folder:part>/fetch", files.fetch, name="fetch"),
    path("account/<folder:slug>/file/<folder:part>/save", files.save, name="save"),
    path("account/<folder:slug>/file/<folder:part>/look", files.look, name="look"),
    path("account/<folder:slug>/file/<folder:part>/picture", files.picture, name="picture"),
]
