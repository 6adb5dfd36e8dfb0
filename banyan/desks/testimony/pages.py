"""The pages of testimony: function views. A page reads the desk, shows a form, and lets an action write."""

from functools import partial

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from banyan.cases.asked import DeskRequest
from banyan.cases.desk import Desk
from banyan.cases.folders.testimony import Testimony
from banyan.cases.reference import reference_of
from banyan.desks import frame
from banyan.desks.frame import Frame, folder_or_404, refusal, slug_of, who_sees
from banyan.desks.testimony import actions, forms, lists, rules, words

FRAME = Frame(
    "testimony", gettext_lazy("Testimony"), (("today", gettext_lazy("Today")), ("help", gettext_lazy("Help")))
)
A_PAGE = 50


@require_safe
def today(request: DeskRequest) -> HttpResponse:
    """What is kept here: what nobody has opened yet first."""
    desk = request.desk
    page = Paginator(lists.all_of(desk), A_PAGE).get_page(request.GET.get("page"))
    states = [state for row in page if (state := desk.state(bytes(row.folder), Testimony))]
    return FRAME.show(
        request, "testimony/today.html", "today", title=words.title(lists.new(desk)), page=page,
        kept=words.kept(page.paginator.count), lines=[words.line(desk, state) for state in states],
        who_sees=_("Only you. Each account also opens for the members named on its row, and for nobody else."),
    )  # fmt: skip


@require_safe
def help_page(request: DeskRequest) -> HttpResponse:
    """How this desk is worked."""
    return FRAME.show(request, "testimony/help.html", "help", who_sees="")


@require_safe
def account(request: DeskRequest, slug: str) -> HttpResponse:
    """What one person left; what this keeper has not opened is named, and nothing of it shown."""
    return show_account(request, state_or_404(request.desk, slug))


@require_POST
def open_account(request: DeskRequest, slug: str) -> HttpResponse:
    """A keeper opens what has come, and that stands in the chain of custody."""
    state = state_or_404(request.desk, slug)
    refused = refusal(actions.open_account, desk=request.desk, folder=state.folder)
    return show_account(request, state, refused) if refused else redirect("testimony:account", slug)


def show_account(request: DeskRequest, state: Testimony, refused: str = "") -> HttpResponse:
    """The page of one account, with what was just refused."""
    desk = request.desk
    read = rules.read_by(state, desk.keys.id)
    return FRAME.show(
        request, "testimony/account.html", slug=slug_of(state.folder), reference=reference_of(state.folder),
        title=words.headline(desk, state), refused=refused, unopened=state.unopened(desk.keys.id),
        parts=words.parts(state), uses=words.uses(state), told_back=words.told_back(state),
        accounts=words.accounts(read), files=words.files(desk, read, state), events=words.custody(desk, state),
        warnings=frame.warnings(desk.history(state.folder)), who_sees=who_sees(desk, state.folder),
        holds=desk.holds(state.folder),
    )  # fmt: skip


def give_on(request: DeskRequest, slug: str) -> HttpResponse:
    """Note that it was given on."""
    state = state_or_404(request.desk, slug)
    return FRAME.task(
        request, forms.GivenForm(frame.posted(request)), partial(actions.give_on, folder=state.folder),
        back=reverse("testimony:account", args=[slug]), title=_("Note that it was given on"), button=_("Note it"),
        reference=reference_of(state.folder), who_sees=who_sees(request.desk, state.folder),
        about=_("Only to those to whom the person said yes, and only what a court may ask for. The note cannot be "
                "taken back."),
    )  # fmt: skip


def note(request: DeskRequest, slug: str) -> HttpResponse:
    """Note something for the sheet of custody."""
    state = state_or_404(request.desk, slug)
    return FRAME.task(
        request, forms.NoteForm(frame.posted(request)), partial(actions.note, folder=state.folder),
        back=reverse("testimony:account", args=[slug]), title=_("Add a note"), button=_("Note it"),
        reference=reference_of(state.folder), who_sees=who_sees(request.desk, state.folder),
        about=_("What a court should know of how this was kept: who carried it, where a copy lies, what was compared."),
    )  # fmt: skip


@require_safe
def sheet(request: DeskRequest, slug: str) -> HttpResponse:
    """The sheet of custody, to be printed: digests and who did what, and no word of what was told."""
    desk, state = request.desk, state_or_404(request.desk, slug)
    return FRAME.show(
        request, "testimony/sheet.html", slug=slug, reference=reference_of(state.folder), uses=words.uses(state),
        parts_head=[_("Part"), _("Came"), _("Bytes"), "SHA-256"], parts=words.sheet_parts(state),
        custody_head=[_("When"), _("Who"), _("What")], custody=words.sheet_custody(desk, state), zone=frame.zone(),
        made=frame.exact(desk.now), warnings=frame.warnings(desk.history(state.folder)),
        who_sees=who_sees(desk, state.folder), identity=state.folder.hex(),
    )  # fmt: skip


def state_or_404(desk: Desk, slug: str) -> Testimony:
    """What an address names; where this desk holds no such testimony, there is no such page."""
    state = desk.state(folder_or_404(desk, slug, "testimony"), Testimony)
    if state is None:
        raise Http404
    return state
