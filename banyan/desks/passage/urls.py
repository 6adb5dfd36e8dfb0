"""What passage answers to. A folder's id is random, so the first half of it in an address says nothing."""

from django.urls import path

from banyan.desks import frame
from banyan.desks.passage import erasing_pages, guide_pages, leg_pages, pages

app_name = "passage"
urlpatterns = [
    path("", pages.today, name="today"),
    path("cases", pages.cases, name="cases"),
    path("help", pages.help_page, name="help"),
    path("<folder:slug>", pages.case, name="case"),
    path("<folder:slug>/do/<slug:what>", pages.quick, name="quick"),
    path("<folder:slug>/settle", pages.settle, name="settle"),
    path("<folder:slug>/plan", pages.plan, name="plan"),
    path("<folder:slug>/ask", pages.ask, name="ask"),
    path("<folder:slug>/word", pages.word, name="word"),
    path("<folder:slug>/go", pages.go, name="go"),
    path("<folder:slug>/halt", pages.halt, name="halt"),
    path("<folder:slug>/stay", pages.stay, name="stay"),
    path("<folder:slug>/expect", pages.expect, name="expect"),
    path("<folder:slug>/take-back/<folder:name>", frame.take_back, name="take_back"),
    path("<folder:slug>/arrive", pages.arrive, name="arrive"),
    path("<folder:slug>/leg", leg_pages.new_leg, name="new_leg"),
    path("leg/<folder:slug>", leg_pages.leg, name="leg"),
    path("leg/<folder:slug>/give", leg_pages.give_leg, name="give_leg"),
    path("leg/<folder:slug>/off", leg_pages.call_off_leg, name="call_off_leg"),
    path("erased/<folder:slug>", erasing_pages.erase_legs, name="erase_legs"),
    path("mine", guide_pages.my_legs, name="my_legs"),
    path("mine/help", guide_pages.guide_help, name="guide_help"),
    path("mine/<folder:slug>", guide_pages.my_leg, name="my_leg"),
]
