"""What shelter answers to."""

from django.urls import path

from banyan.desks.shelter import pages

app_name = "shelter"
urlpatterns = [
    path("", pages.today, name="today"),
    path("households", pages.households, name="households"),
    path("houses", pages.houses, name="houses"),
    path("houses/new", pages.found_house, name="found_house"),
    path("houses/<folder:slug>", pages.house, name="house"),
    path("houses/<folder:slug>/change", pages.change_house, name="change_house"),
    path("houses/<folder:slug>/do/<slug:what>", pages.house_quick, name="house_quick"),
    path("help", pages.help_page, name="help"),
    path("case/<folder:slug>", pages.case, name="case"),
    path("case/<folder:slug>/do/<slug:what>", pages.quick, name="quick"),
    path("case/<folder:slug>/ask", pages.ask, name="ask"),
    path("case/<folder:slug>/here", pages.here, name="here"),
    path("case/<folder:slug>/household", pages.household, name="household"),
    path("case/<folder:slug>/letter", pages.letter, name="letter"),
    path("case/<folder:slug>/leave", pages.leave, name="leave"),
]
