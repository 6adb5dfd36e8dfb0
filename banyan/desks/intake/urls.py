"""What intake answers to. A folder's id is random, so the first half of it in an address says nothing."""

from django.urls import path, register_converter

from banyan.desks.intake import pages


class Slug:
    """Sixteen hexadecimal digits: how a folder begins."""

    regex = "[0-9a-f]{16}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(Slug, "folder")
app_name = "intake"
urlpatterns = [
    path("", pages.today, name="today"),
    path("conversations", pages.conversations, name="conversations"),
    path("conversations/search", pages.search, name="search"),
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
    path("case/<folder:slug>", pages.case, name="case"),
    path("case/<folder:slug>/note", pages.note, name="note"),
    path("case/<folder:slug>/change", pages.change_case, name="change_case"),
]
