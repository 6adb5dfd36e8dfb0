"""What screening answers to. A cover's id is random, so the first half of it in an address says nothing."""

from django.urls import path

from banyan.desks import frame
from banyan.desks.screening import pages

app_name = "screening"
urlpatterns = [
    path("", pages.today, name="today"),
    path("help", pages.help_page, name="help"),
    path("<folder:slug>", pages.case, name="case"),
    path("<folder:slug>/identity", pages.identity, name="identity"),
    path("<folder:slug>/ask", pages.ask, name="ask"),
    path("<folder:slug>/note", pages.note, name="note"),
    path("<folder:slug>/evidence", pages.evidence, name="evidence"),
    path("<folder:slug>/finding", pages.finding, name="finding"),
    path("<folder:slug>/under-18", pages.under_18, name="under_18"),
    path("<folder:slug>/compare", pages.compare, name="compare"),
    path("<folder:slug>/propose/<slug:act>", pages.propose, name="propose"),
    path("<folder:slug>/sign/<slug:name>", pages.sign, name="sign"),
    path("<folder:slug>/take-back/<folder:name>", frame.take_back, name="take_back"),
    path("<folder:slug>/do/<slug:what>", pages.quick, name="quick"),
]
