"""The pages of shelter: function views. A page reads the desk, shows a form, and lets an action write."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from banyan.cases.asked import DeskRequest
from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Case
from banyan.cases.folders.house import House
from banyan.cases.table import TABLE
from banyan.desks import frame
from banyan.desks.frame import Frame, case_or_404, folder_or_404, who_sees
from banyan.desks.shelter import actions, forms, house_words, lists, rules, timeline, words
from banyan.desks.shelter.rules import Household
from banyan.folders.seats import Seat

FRAME = Frame(
    "shelter", gettext_lazy("Shelter"),
    (("today", gettext_lazy("Today")), ("households", gettext_lazy("Households")),
     ("houses", gettext_lazy("Houses")), ("help", gettext_lazy("Help"))),
)  # fmt: skip
QUICK: dict[str, Callable[..., object]] = {
    "begin": actions.begin, "share": actions.share_placement, "money": actions.bring_money,
}  # fmt: skip
OF_ONE_REQUEST: dict[str, Callable[..., None]] = {
    "withdraw": actions.withdraw, "choose": actions.choose, "finish": actions.finish,
}  # fmt: skip
AT_A_HOUSE: dict[str, Callable[..., None]] = {
    "confirm": actions.confirm, "refuse": actions.refuse, "free": actions.free_beds,
}  # fmt: skip
_OF_HOUSES = gettext_lazy(
    "Members of shelter. A house knows no case: households stand in it under another name."
)
TASK = "shelter/task.html"
A_PAGE = 50


# Lists


@require_safe
def today(request: DeskRequest) -> HttpResponse:
    """What needs somebody of shelter, most urgent first, and where beds are free."""
    desk, now = request.desk, request.desk.clock()
    found, all_houses = lists.today(desk), lists.houses(desk)
    lines = [house_words.house_line(*one) for one in found.houses]
    lines = sorted(
        [*(words.line(*one, now) for one in found.households), *lines], key=lambda line: line.weight
    )
    free = [house for house in all_houses if rules.has_room(house, 1)]
    return FRAME.show(
        request, "shelter/today.html", "today", title=words.title(len(lines)), lines=lines[: lists.MOST],
        more=frame.more(max(0, len(lines) - lists.MOST)), later=words.later(found.later),
        free=[house_words.house_line(house) for house in free],
        **house_words.drawn(all_houses),
        warned=[(case.reference, frame.warnings(desk.history(case.folder), not_allowed=len(case.refused)))
                for cover in lists.with_warnings(desk) if (case := desk.case(cover))],
        who_sees=_("Only you. Each case also opens for the others who sit on it, named on its page."),
    )  # fmt: skip


@require_safe
def households(request: DeskRequest) -> HttpResponse:
    """All households of this member."""
    desk = request.desk
    page = Paginator(lists.mine(desk), A_PAGE).get_page(request.GET.get("page"))
    cases = [case for row in page if (case := desk.case(bytes(row.folder)))]
    found = [lists.household(desk, case) for case in cases]
    lines = [words.line(one, rules.need_of(one, desk.now), desk.clock()) for one in found]
    return FRAME.show(request, "shelter/households.html", "households", lines=lines, page=page,
        title=words.households_title(page.paginator.count))  # fmt: skip


@require_safe
def houses(request: DeskRequest) -> HttpResponse:
    """All houses: beds in use and free."""
    found = lists.houses(request.desk)
    free = sum(max(0, house.free or 0) for house in found if house.one("open") is True)
    return FRAME.show(
        request, "shelter/houses.html", "houses", lines=[house_words.house_line(house) for house in found],
        title=house_words.beds_title(free),
        **house_words.drawn(found),
        who_sees=_OF_HOUSES,
    )  # fmt: skip


@require_safe
def help_page(request: DeskRequest) -> HttpResponse:
    """How this desk is worked."""
    return FRAME.show(request, "shelter/help.html", "help", who_sees="")


# Houses


def found_house(request: DeskRequest) -> HttpResponse:
    """Found a house."""
    desk = request.desk
    form = forms.HouseForm(
        frame.posted(request),
        members=desk.roster.active(Seat.SHELTER),
        initial={"open": True, "keeper": desk.keys.id.hex()},
    )
    return FRAME.task(
        request, form, actions.found_house, back=reverse("shelter:houses"), title=_("A new house"),
        button=_("Add the house"),
        about=_("Every member of shelter will see it. Its address stands nowhere in this program: whoever has to know "
                "it is told by mouth."),
        template=TASK, who_sees=_OF_HOUSES,
    )  # fmt: skip


@require_safe
def house(request: DeskRequest, slug: str) -> HttpResponse:
    """One house: who asks, who is there."""
    return _house_page(request, _house_or_404(request.desk, slug))


def change_house(request: DeskRequest, slug: str) -> HttpResponse:
    """Change a house, or settle what two wrote at once."""
    desk, found = request.desk, _house_or_404(request.desk, slug)
    start = frame.stands(found.fields)
    keeper = start.get("keeper")
    start["keeper"] = keeper.hex() if isinstance(keeper, bytes) else ""
    form = forms.HouseForm(frame.posted(request), members=desk.roster.active(Seat.SHELTER), initial=start)
    return FRAME.task(
        request, form, partial(actions.change_house, folder=found.folder), back=reverse("shelter:house", args=[slug]),
        title=_("Change a house"), button=_("Keep the changes"), who_sees=who_sees(desk, found.folder), template=TASK,
        about=_("Only what differs is written. Where two wrote different things at once, what you keep here stands."),
    )  # fmt: skip


@require_POST
def house_quick(request: DeskRequest, slug: str, what: str) -> HttpResponse:
    """What one button does at a house: confirm, refuse, free beds, let colleagues read."""
    found = _house_or_404(request.desk, slug)
    key = _key(request)
    act = partial(actions.share_house) if what == "share" else partial(_named(AT_A_HOUSE, what), key=key)
    if refused := frame.refusal(act, desk=request.desk, folder=found.folder):
        return _house_page(request, _house_or_404(request.desk, slug), refused)
    return redirect("shelter:house", slug)


def _house_page(request: DeskRequest, found: House, refused: str = "") -> HttpResponse:
    desk, history = request.desk, request.desk.history(found.folder)
    members = desk.roster.active(Seat.SHELTER)
    late = rules.not_reading(desk.holders(found.folder), members, TABLE["house"].most)
    return FRAME.show(
        request, "shelter/house.html", slug=found.folder[:8].hex(), refused=refused,
        title=house_words.house_headline(found),
        facts=house_words.house_facts(found, desk.roster), conflicts=rules.conflicts(found), over=rules.is_over(found),
        requests=house_words.requests(found, history, desk.roster, desk.clock()), keeps=rules.keeps(found, desk.me),
        warnings=frame.warnings(history), late=", ".join(member.name for member in late),
        holds=desk.holds(found.folder),
        **house_words.drawn([found]), who_sees=who_sees(desk, found.folder),
    )  # fmt: skip


def _house_or_404(desk: Desk, slug: str) -> House:
    found = desk.state(folder_or_404(desk, slug, "house"), House)
    if found is None:
        raise Http404
    return found


# A household


@require_safe
def case(request: DeskRequest, slug: str) -> HttpResponse:
    """A household: where it lives, what was asked, what comes next."""
    return _case_page(request, _case_or_404(request.desk, slug))


@require_POST
def quick(request: DeskRequest, slug: str, what: str) -> HttpResponse:
    """What one button does: begin, withdraw, choose, finish, go on to the next stage."""
    found = _case_or_404(request.desk, slug)
    act: Callable[..., object]
    if what == "go-on":
        act = partial(actions.go_on, to=request.POST.get("to", ""))
    elif what in OF_ONE_REQUEST:
        act = partial(OF_ONE_REQUEST[what], key=_key(request))
    else:
        act = _named(QUICK, what)
    if refused := frame.refusal(act, desk=request.desk, cover=found.folder):
        return _case_page(request, _case_or_404(request.desk, slug), refused)
    return redirect("shelter:case", slug)


def ask(request: DeskRequest, slug: str) -> HttpResponse:
    """Ask a house for beds."""
    desk, found = request.desk, _household_or_404(request.desk, slug)
    open_houses = [house for house in lists.houses(desk) if house.one("open") is True]
    form = forms.AskForm(frame.posted(request), houses=open_houses, initial={"people": found.people or None})
    return _task(
        request, found, form, actions.ask, title=_("Ask a house for beds"), button=_("Ask"),
        about=_("The house learns how many they are and what they need, and not who they are. Its keeper confirms."),
        stop="" if open_houses else _("No house takes people in now. Add one, or open one again."),
    )  # fmt: skip


def here(request: DeskRequest, slug: str) -> HttpResponse:
    """They are there."""
    found = _household_or_404(request.desk, slug)
    about = _(
        "Say this when they are in the house. They live there from then on, and beds they had before are free."
    )
    if found.case.stage == "reception":
        about += " " + _("The case goes to support, and those who see to money come to it.")
    return _task(
        request, found, Form(frame.posted(request)), actions.they_are_here, title=_("They are there"),
        button=_("They are there"), about=about,
    )  # fmt: skip


def household(request: DeskRequest, slug: str) -> HttpResponse:
    """Change who belongs to the household."""
    found = _household_or_404(request.desk, slug)
    form = frame.HouseholdForm(frame.posted(request), initial=frame.stands(found.case.fields))
    return _task(
        request, found, form, actions.change_household,
        title=_("Who is there"), button=_("Keep the changes"),
        about=_("Count who came. Everybody who sits on the case sees this."),
        who_sees=who_sees(request.desk, found.case.folder),
    )  # fmt: skip


def letter(request: DeskRequest, slug: str) -> HttpResponse:
    """Write to the person that a bed is ready."""
    found = _household_or_404(request.desk, slug)
    start = {"text": _("A bed is ready for you and those with you."), "language": get_language()}
    response = _task(
        request, found, forms.LetterForm(frame.posted(request), initial=start), actions.write_bed_letter,
        title=_("Write: a bed is ready"), button=_("Send the letter"), who_sees=_("The person alone."),
        about=_("The letter is sealed to the person alone. Intake sees that there is one, and not what it says."),
    )  # fmt: skip
    sent = response.status_code == 302  # no folder that shelter reads keeps it, so the page says it once
    return redirect(f"{reverse('shelter:case', args=[slug])}?sent=1") if sent else response


def leave(request: DeskRequest, slug: str) -> HttpResponse:
    """They leave the house."""
    found = _household_or_404(request.desk, slug)
    return _task(
        request, found, forms.LeaveForm(frame.posted(request)), actions.leave, title=_("They leave the house"),
        button=_("They left"), about=_("Their beds are free at once. Their case goes on, and so does their support."),
    )  # fmt: skip


def _task(
    request: DeskRequest, found: Household, form: Form, act: Callable[..., object], **context: Any
) -> HttpResponse:
    slug = found.case.folder[:8].hex()
    return FRAME.task(
        request, form, partial(act, cover=found.case.folder), back=reverse("shelter:case", args=[slug]),
        reference=found.case.reference, template=TASK,
        **{"who_sees": who_sees(request.desk, *found.folders or (found.case.folder,)), **context},
    )  # fmt: skip


def _case_page(request: DeskRequest, found_case: Case, refused: str = "") -> HttpResponse:
    desk, now = request.desk, request.desk.clock()
    found = lists.household(desk, found_case)
    need, mine = rules.need_of(found, desk.now), rules.is_mine(found_case, desk.keys.id)
    following = rules.NEXT.get(found_case.stage) if found_case.stage else None
    pair = [desk.roster.members[one] for one in found_case.seated(Seat.SHELTER) if one in desk.roster.members]
    late = [one for folder in found.folders
            for one in rules.not_reading(desk.holders(folder), pair, TABLE["placement"].most)]  # fmt: skip
    histories = [desk.history(folder) for folder in (*found.folders, found_case.folder)]
    return FRAME.show(
        request, "shelter/case.html", slug=found_case.folder[:8].hex(), reference=found_case.reference,
        title=words.headline(found, need, mine=mine), refused=refused, mine=mine, household=found,
        facts=words.facts(found_case), arriving=words.arriving(found, now), events=timeline.events(desk, found),
        conflict=[words.bed_line(bed) for bed in found.conflict], conflicts=found_case.conflicts,
        stages=[(stage.value, frame.STAGES[stage]) for stage in found_case.stages], next=words.next_stage(following),
        beds=[words.bed_line(bed) for bed in (*found.lives, *found.asks, *found.refused, *_held(found))],
        ready=any(bed.stands is rules.Stands.CONFIRMED for bed in found.asks),
        may_come=len(found.asks) == 1 and found.asks[0].stands is rules.Stands.CONFIRMED,
        stop_begin=rules.stop_before_beginning(found_case), stop_bed=words.stopped(rules.stop_before_bed(found_case)),
        halted=words.halted(found_case, now) if mine else "",
        nobody=words.nobody_for(found_case) if mine else "", late=", ".join(member.name for member in late),
        sent="sent" in request.GET, ended=need is rules.Need.ENDED,
        warnings=frame.warnings(*histories, not_allowed=len(found_case.refused)),
        who_sees=who_sees(desk, found_case.folder), who_reads=who_sees(desk, *found.folders) if found.folders else "",
    )  # fmt: skip


def _held(found: Household) -> list[rules.Bed]:
    """Requests that ended while the house still keeps their beds."""
    return [bed for bed in found.beds if bed.stands is rules.Stands.HELD]


def _case_or_404(desk: Desk, slug: str) -> Case:
    """A case that this member shelters or did; of any other there is no page at this desk."""
    found = case_or_404(desk, slug)
    if not rules.was_mine(found, desk.keys.id):
        raise Http404
    return found


def _household_or_404(desk: Desk, slug: str) -> Household:
    return lists.household(desk, _case_or_404(desk, slug))


def _named(acts: dict[str, Callable[..., Any]], what: str) -> Callable[..., Any]:
    if what not in acts:
        raise Http404
    return acts[what]


def _key(request: DeskRequest) -> bytes:
    """The key of a request as a button carried it; nothing for anything else."""
    try:
        return bytes.fromhex(request.POST.get("key", ""))
    except ValueError:
        return b""
