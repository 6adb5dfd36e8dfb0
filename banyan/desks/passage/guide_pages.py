"""The pages of guides: their own legs, and nothing else of this desk."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from banyan.cases.asked import DeskRequest
from banyan.cases.desk import Desk
from banyan.cases.reference import reference_of
from banyan.desks import frame
from banyan.desks.frame import Frame, folder_or_404, who_sees
from banyan.desks.passage import codes, forms, leg_actions, leg_words, lists, rules, timeline, words
from banyan.folders.seats import Seat

FRAME = Frame(
    "passage",
    gettext_lazy("Legs"),
    (("my_legs", gettext_lazy("Your legs")), ("guide_help", gettext_lazy("Help"))),
)


def guide(request: DeskRequest) -> Desk:
    """The desk of an active guide; for everybody else there is no such page."""
    if not leg_actions.guides(request.desk.me):
        raise Http404
    return request.desk


@require_safe
def my_legs(request: DeskRequest) -> HttpResponse:
    """A guide's own legs, what starts first at the top."""
    desk = guide(request)
    legs = lists.my_legs(desk)
    off = [leg for leg in legs if leg_words.told_off(leg, desk.clock())]
    going = [*off, *(leg for leg in legs if leg.state not in rules.ENDED)]
    ended = [leg for leg in legs[::-1] if leg.state in rules.ENDED and leg not in off]
    return FRAME.show(
        request,
        "passage/my_legs.html",
        "my_legs",
        title=leg_words.guides_title(legs, desk.clock()),
        lines=[leg_words.my_leg(leg, desk.clock()) for leg in going],
        ended=[leg_words.my_leg(leg, desk.clock()) for leg in ended],
        plans=desk.me is not None and Seat.PLANNING in desk.me.seats,
        who_sees=_("Only you. Each leg also opens for its planner."),
    )


def my_leg(request: DeskRequest, slug: str) -> HttpResponse:
    """One leg: where, when, how; and one button for each thing that a guide may say next."""
    desk = guide(request)
    folder = folder_or_404(desk, slug, "leg")
    state = next((leg for leg in lists.my_legs(desk) if leg.folder == folder), None)
    if state is None:
        raise Http404
    form, refused = forms.SaidForm(request.POST if request.method == "POST" else None), ""
    if form.is_bound and form.is_valid():
        refused = frame.refusal(leg_actions.say, desk=desk, leg=folder, **form.cleaned_data)
        if not refused:
            return redirect("passage:my_leg", slug)
    elif form.is_bound:
        refused = _("This was not understood, so nothing was sent. Press one of the buttons.")
    return FRAME.show(
        request,
        "passage/my_leg.html",
        "my_legs",
        form=form,
        refused=refused,
        state=state,
        reference=reference_of(folder),
        line=leg_words.my_leg(state, desk.clock()),
        facts=words.way(state),
        events=timeline.said(state, desk.roster, desk.keys.id),
        buttons=[(how, codes.SAYS[how]) for how in rules.GUIDE_MAY.get(state.state, ())],
        warnings=frame.warnings(desk.history(folder)),
        who_sees=who_sees(desk, folder),
    )


@require_safe
def guide_help(request: DeskRequest) -> HttpResponse:
    """How a guide works here."""
    guide(request)
    return FRAME.show(request, "passage/guide_help.html", "guide_help", who_sees="")
