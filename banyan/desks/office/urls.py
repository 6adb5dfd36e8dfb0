"""What the office answers to. Members and acts are addressed by their ids, which every member may know."""

from django.urls import path, re_path

from banyan.desks.office import pages

MEMBER = r"^members/(?P<ident>[0-9a-f]{32})"
app_name = "office"
urlpatterns = [
    path("", pages.today, name="today"),
    path("members", pages.members, name="members"),
    path("add", pages.add, name="add"),
    path("seats", pages.seats, name="seats"),
    path("help", pages.help_page, name="help"),
    path("mend", pages.mend, name="mend"),
    path("sign/", pages.signing, name="signing"),
    re_path(r"^sign/(?P<slug>[0-9a-f]{64})$", pages.sign, name="sign"),
    re_path(MEMBER + "$", pages.member, name="member"),
    re_path(MEMBER + "/(?P<what>freeze|thaw|remove)$", pages.change, name="change"),
    re_path(MEMBER + "/seats$", pages.change_seats, name="change_seats"),
    re_path(MEMBER + "/phrase$", pages.new_keys, name="new_keys"),
]
