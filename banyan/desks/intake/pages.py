"""The pages of intake: function views. A page reads the desk, shows a form, and lets an action write."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from banyan.cases.asked import DeskRequest
from banyan.cases.casework import NotYet
from banyan.desks import frame
from banyan.desks.frame import folder_or_404
from banyan.desks.intake import actions, case_words, codes, forms, lists, rules, showing, words
from banyan.desks.intake.showing import FRAME, TALK
from banyan.folders.seats import Seat

QUICK: dict[str, Callable[..., None]] = {
    "danger": partial(actions.say_danger, danger=True),
    "safe": partial(actions.say_danger, danger=False),
    "lead": actions.take_lead,
    "aside": actions.set_aside,
    "aside-to-drop": partial(actions.set_aside, may_drop=True),
    "take-back": actions.take_back,
    "no-check-ins": actions.end_check_ins,
}


# Lists


@require_safe
def today(request: DeskRequest) -> HttpResponse:
    """What needs somebody now, soonest first."""
    desk = request.desk
    found, cases = lists.today(desk), lists.cases_today(desk)
    lines, people = showing.today_lines(desk, found.needed, cases)
    return FRAME.show(
        request, "intake/today.html", "today",
        title=words.title(people), lines=lines[: lists.MOST],
        more=frame.more(max(0, len(lines) - lists.MOST)), later=words.later(found.later),
        warned=[(row.reference, frame.notices(arrival)) for row, arrival in lists.with_warnings(desk)],
        bars=[(codes.day(start), count) for start, count in rules.by_week(lists.began(desk), desk.clock())],
        who_sees=_("Only you. Each conversation also opens for its second reader, named on its page."),
    )  # fmt: skip


@require_safe
def conversations(request: DeskRequest) -> HttpResponse:
    """All conversations of this member; in one state, or with certain words. The words stay in this page."""
    form = forms.SearchForm()
    return showing.listed(request, form, lists.conversations(request.desk))


@require_POST
def search(request: DeskRequest) -> HttpResponse:
    """The same with words to look for: posted, for an address is kept in the browser's history."""
    form = forms.SearchForm(request.POST)
    asked = form.cleaned_data if form.is_valid() else {"state": "", "q": ""}
    return showing.listed(
        request, form, lists.conversations(request.desk, asked["state"], asked["q"].strip())
    )


@require_safe
def waiting(request: DeskRequest) -> HttpResponse:
    """Those who are still inside and check in."""
    found = lists.waiting_inside(request.desk)
    lines = [words.waiting_line(row, many, request.desk.clock()) for row, many in found]
    missed = sum(many > 0 for _row, many in found)
    return FRAME.show(
        request, "intake/waiting.html", "waiting", lines=lines, title=words.waiting_title(len(lines), missed)
    )


@require_safe
def help_page(request: DeskRequest) -> HttpResponse:
    """How this desk is worked."""
    return FRAME.show(
        request, "intake/help.html", "help", who_sees="",
        stages=[(frame.STAGES[stage], said) for stage, said in case_words.NOW.items()],
        signs=case_words.who_signs(),
    )  # fmt: skip


# One conversation


@require_safe
def conversation(request: DeskRequest, slug: str) -> HttpResponse:
    """All that happened in a conversation, and the answer."""
    return showing.conversation_page(request, folder_or_404(request.desk, slug, TALK))


@require_POST
def answer(request: DeskRequest, slug: str) -> HttpResponse:
    """Send the answer, or put a saved reply into it; what was typed is kept where it was not sent."""
    folder, form = folder_or_404(request.desk, slug, TALK), forms.AnswerForm(request.POST)
    if "insert" in request.POST:
        return showing.conversation_page(
            request, folder, forms.AnswerForm(initial=showing.with_reply(request))
        )
    if form.is_valid():
        try:
            actions.answer(desk=request.desk, folder=folder, **form.cleaned_data)
        except NotYet as refused:
            form.add_error("text", str(refused))
        else:
            showing.drop_draft(request, slug)
            return redirect("intake:conversation", slug)
    return showing.conversation_page(request, folder, form)


@require_POST
def quick(request: DeskRequest, slug: str, what: str) -> HttpResponse:
    """What one button does: danger, lead, setting aside and back, no more check-ins."""
    folder, act = folder_or_404(request.desk, slug, TALK), QUICK.get(what)
    if act is None:
        raise Http404
    if refused := frame.refusal(act, desk=request.desk, folder=folder):
        return showing.conversation_page(request, folder, refused=refused)
    return redirect("intake:conversation", slug)


@require_POST
def let_count(request: DeskRequest, slug: str) -> HttpResponse:
    """Let an entry count that came late."""
    folder, name = folder_or_404(request.desk, slug, TALK), codes.named(request.POST.get("name", ""))
    if refused := frame.refusal(actions.let_count, desk=request.desk, folder=folder, name=name):
        return showing.conversation_page(request, folder, refused=refused)
    return redirect("intake:conversation", slug)


def later(request: DeskRequest, slug: str) -> HttpResponse:
    """Put a conversation off."""
    start = {"until": frame.next_morning(localtime(request.desk.clock()))}
    form, title = forms.LaterForm(request.POST or None, initial=start), _("See this again later")
    return showing.task_page(request, slug, form, actions.put_off, title=title, button=_("Not now"),
        about=_("It leaves the list of today until then. If they write, it comes back at once."))  # fmt: skip


def close(request: DeskRequest, slug: str) -> HttpResponse:
    """Close as an enquiry, with advice."""
    form = forms.EnquiryForm(request.POST or None, initial={"language": get_language()})
    return showing.task_page(request, slug, form, actions.close_as_enquiry,
        title=_("Close with advice"), button=_("Close"),
        about=_("No case is opened. If they write again, it is open again."))  # fmt: skip


def consent(request: DeskRequest, slug: str) -> HttpResponse:
    """Ask the person for consent."""
    form = forms.ConsentForm(request.POST or None, initial={"purposes": ["service"]})
    return showing.task_page(request, slug, form, actions.ask_consent, title=_("Ask for consent"), button=_("Ask"),
        about=_("They are asked each by itself when they come back, and whether they are 18 or older. "
                "They may say no to any of it, or take it back later."))  # fmt: skip


def check_in(request: DeskRequest, slug: str) -> HttpResponse:
    """Agree when the person says how they are."""
    start = {"next_due": frame.next_morning(localtime(request.desk.clock()))}
    form, title = forms.CheckInForm(request.POST or None, initial=start), _("Agree a check-in")
    return showing.task_page(request, slug, form, actions.agree_check_in, title=title, button=_("Agree"),
        about=_("Agree this with them in a message first. Choose times that are safe for them."))  # fmt: skip


def hand_over(request: DeskRequest, slug: str) -> HttpResponse:
    """Give my place to a colleague."""
    desk, folder = request.desk, folder_or_404(request.desk, slug, TALK)
    readers = desk.holders(folder)
    heirs = rules.colleagues(desk.roster.active(Seat.INTAKE), readers)
    form = forms.HandOverForm(request.POST or None, members=heirs)
    return showing.task_page(request, slug, form, actions.hand_over, title=_("Hand over to a colleague"),
        button=_("Hand over"), readers=readers, nobody=not heirs,
        about=_("You will read nothing new here. What you have read stays on this laptop until"
            " it is erased."))  # fmt: skip


def open_case(request: DeskRequest, slug: str) -> HttpResponse:
    """Open a case, or say why that is not done yet."""
    state = showing.state_or_404(request.desk, folder_or_404(request.desk, slug, TALK))
    form = frame.HouseholdForm(request.POST or None)
    return showing.task_page(request, slug, form, actions.open_case, title=_("Open a case"), button=_("Open case"),
        stop=rules.stop_before_case(state), readers=request.desk.holders(state.folder),
        about=_("A case gets a reference of its own. The two readers of this conversation can see it."))  # fmt: skip


# Saved replies


def replies(request: DeskRequest) -> HttpResponse:
    """The saved replies, and a new one."""
    form = forms.ReplyForm(request.POST or None, initial={"language": get_language()})
    return showing.reply_page(request, form, _("Saved replies"))


def change_reply(request: DeskRequest, key: str) -> HttpResponse:
    """Change a saved reply."""
    reply = showing.saved_reply(request.desk, key)
    if reply is None:
        raise Http404
    start = {"key": key, "title": reply.title, "text": reply.text, "language": reply.language}
    return showing.reply_page(
        request, forms.ReplyForm(request.POST or None, initial=start), _("Change a saved reply")
    )


@require_POST
def remove_reply(request: DeskRequest, key: str) -> HttpResponse:
    """Take a saved reply away."""
    reply = showing.saved_reply(request.desk, key)
    if reply:
        actions.remove_reply(desk=request.desk, key=reply.key)
    return redirect("intake:replies")
