"""What support answers to. Ids are random, so the first half of one in an address says nothing."""

from django.urls import path, register_converter

from banyan.desks import frame
from banyan.desks.support import pages, run_pages


class Month:
    """A month in an address, "2026-03"."""

    regex = r"[2-9][0-9]{3}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(Month, "month")
app_name = "support"
urlpatterns = [
    path("", pages.today, name="today"),
    path("households", pages.households, name="households"),
    path("households/over", pages.over, name="over"),
    path("help", pages.help_page, name="help"),
    path("enter", run_pages.choose, name="choose"),
    path("enter/<month:month>", run_pages.enter, name="enter"),
    path("runs", run_pages.runs, name="runs"),
    path("runs/all", run_pages.all_runs, name="all_runs"),
    path("runs/<folder:slug>", run_pages.run, name="run"),
    path("runs/<folder:slug>/approve", run_pages.approve_run, name="approve_run"),
    path("case/<folder:slug>", pages.case, name="case"),
    path("case/<folder:slug>/statement", pages.statement, name="statement"),
    path("case/<folder:slug>/begin", pages.begin, name="begin"),
    path("case/<folder:slug>/entitle", pages.entitle, name="entitle"),
    path("case/<folder:slug>/people", pages.people, name="people"),
    path("case/<folder:slug>/move-on", pages.move_on, name="move_on"),
    path("case/<folder:slug>/close", pages.close, name="close"),
    path("case/<folder:slug>/take-back/<folder:name>", frame.take_back, name="take_back"),
    path("case/<folder:slug>/second", pages.second, name="second"),
    path("case/<folder:slug>/<folder:nth>/approve", pages.approve, name="approve"),
    path("case/<folder:slug>/<folder:nth>/stop", pages.stop, name="stop"),
    path("case/<folder:slug>/<folder:nth>/pay", pages.pay, name="pay"),
]
