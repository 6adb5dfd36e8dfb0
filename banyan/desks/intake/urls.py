"""What intake answers to. A folder's id is random, so the first half of it in an address says nothing."""

from django.urls import path

from banyan.desks import frame
from banyan.desks.intake import case_pages, erasing_pages, files, flood_pages, pages

app_name = "intake"
urlpatterns = [
    path("", pages.today, name="today"),
    path("conversations", pages.conversations, name="conversations"),
    path("conversations/search", pages.search, name="search"),
    path("flood", flood_pages.flood_page, name="flood"),
    path("flood/<slug:batch>/aside", flood_pages.put, name="flood_put"),
    path("flood/<slug:batch>/back", flood_pages.back, name="flood_back"),
    path("waiting", pages.waiting, name="waiting"),
    path("help", pages.help_page, name="help"),
    path("replies", pages.replies, name="replies"),
    path("replies/<slug:key>", pages.change_reply, name="change_reply"),
    path("replies/<slug:key>/remove", pages.remove_reply, name="remove_reply"),
    path("<folder:slug>", pages.conversation, name="conversation"),
    path("<folder:slug>/answer", pages.answer, name="answer"),
    path("<folder:slug>/do/<slug:what>", pages.quick, name="quick"),
    path("<folder:slug>/count", pages.let_count, name="let_count"),
    path("<folder:slug>/later", pages.later, name="later"),
    path("<folder:slug>/close", pages.close, name="close"),
    path("<folder:slug>/consent", pages.consent, name="consent"),
    path("<folder:slug>/check-in", pages.check_in, name="check_in"),
    path("<folder:slug>/hand-over", pages.hand_over, name="hand_over"),
    path("<folder:slug>/open-case", pages.open_case, name="open_case"),
    path("<folder:slug>/erase", erasing_pages.erase, name="erase"),
    path("<folder:slug>/file/<folder:name>", files.file, name="file"),
    path("<folder:slug>/file/<folder:name>/look", files.look, name="file_look"),
    path("<folder:slug>/file/<folder:name>/save", files.save, name="file_save"),
    path("<folder:slug>/file/<folder:name>/fetch", files.fetch, name="file_fetch"),
    path("case/<folder:slug>", case_pages.case, name="case"),
    path("case/<folder:slug>/note", case_pages.note, name="note"),
    path("case/<folder:slug>/change", case_pages.change, name="change_case"),
    path("case/<folder:slug>/do/<slug:what>", case_pages.quick, name="case_quick"),
    path("case/<folder:slug>/screening", case_pages.screening, name="screening"),
    path("case/<folder:slug>/to/<slug:stage>", case_pages.go_on, name="go_on"),
    path("case/<folder:slug>/withdraw", case_pages.withdraw, name="withdraw"),
    path("case/<folder:slug>/stop", case_pages.stop, name="stop"),
    path("case/<folder:slug>/propose/<slug:act>", case_pages.propose, name="propose"),
    path("case/<folder:slug>/sign/<folder:name>", case_pages.sign, name="sign"),
    path("case/<folder:slug>/take-back/<folder:name>", frame.take_back, name="take_back"),
    path("case/<folder:slug>/seat/<slug:seat>", case_pages.seat, name="seat"),
    path("case/<folder:slug>/seat/<slug:seat>/<slug:who>", case_pages.seat, name="replace"),
]
