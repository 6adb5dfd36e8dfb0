"""The pages of the office: function views. A page reads the roster, shows a form, and lets an action sign."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from banyan.cases.asked import DeskRequest
from banyan.cases.casework import NotYet
from banyan.cases.desk import Desk
from banyan.desks.frame import Frame
from banyan.desks.office import actions, forms, lists, rules, words
from banyan.folders import acts
from banyan.folders.membership import Member
from banyan.folders.roster import Add, Card

FRAME = Frame(
    "office", gettext_lazy("Office"),
    (("today", gettext_lazy("Today")), ("members", gettext_lazy("Members")), ("seats", gettext_lazy("Seats")),
     ("help", gettext_lazy("Help"))),
)  # fmt: skip
ask = require_http_methods(["GET", "HEAD", "POST"])


# Lists


@require_safe
def today(request: DeskRequest) -> HttpResponse:
    """What waits for a signature, and what changed lately."""
    waiting = lists.waiting(request.desk)
    return _show(
        request, "office/today.html", "today", title=words.title(len(waiting.for_me)), waiting=waiting,
        latest=lists.latest(request.desk),
    )  # fmt: skip


@require_safe
def signing(request: DeskRequest) -> HttpResponse:
    """What waits for this member's signature, for those who come from another desk."""
    waiting = lists.waiting(request.desk)
    return _show(
        request, "office/today.html", "today", title=words.title(len(waiting.for_me)), waiting=waiting
    )


@require_safe
def members(request: DeskRequest) -> HttpResponse:
    """Everybody who is or was a member."""
    return _show(request, "office/members.html", "members", lines=lists.members(request.desk),
        count=len(request.desk.roster.active()))  # fmt: skip


@require_safe
def seats(request: DeskRequest) -> HttpResponse:
    """Which seats are filled, and what is missing."""
    rows = [words.seat_row(one) for one in rules.filled(request.desk.roster)]
    return _show(
        request, "office/seats.html", "seats", rows=rows, whole=rules.whole(),
        missing=[row for row in rows if row[1].missing], count=len(request.desk.roster.active()),
    )  # fmt: skip


@require_safe
def help_page(request: DeskRequest) -> HttpResponse:
    """How this desk is worked."""
    return _show(request, "office/help.html", "help", who_sees="")


# One member


@require_safe
def member(request: DeskRequest, ident: str) -> HttpResponse:
    """A member, and what the office can do."""
    who = _member(request.desk, ident)
    line = next(one for one in lists.members(request.desk) if one.slug == who.id.hex())
    return _show(
        request, "office/member.html", "members", who=who, line=line, groups=rules.groups(who.keys),
        may={what: _acts_on(request.desk, what, who) for what in ("freeze", "thaw", "remove", "seats", "phrase")},
    )  # fmt: skip


@ask
def change(request: DeskRequest, ident: str, what: str) -> HttpResponse:
    """Freeze, thaw or remove: the consequence in words, and one button."""
    who = _member(request.desk, ident)
    if not _acts_on(request.desk, what, who):
        raise Http404
    act = {"freeze": actions.freeze, "thaw": actions.thaw, "remove": actions.remove}[what]
    refused, done = _act(request, lambda: act(desk=request.desk, member=who.id))
    if done:
        return done
    return _show(
        request, "office/change.html", "members", who=who, what=what, refused=refused,
        effects=words.consequences(what), left="" if what == "thaw" else words.left(request.desk.roster, who),
    )  # fmt: skip


@ask
def change_seats(request: DeskRequest, ident: str) -> HttpResponse:
    """Give a member other seats."""
    who = _member(request.desk, ident)
    if not _acts_on(request.desk, "seats", who):
        raise Http404
    form = forms.SeatsForm(request.POST or None, initial={"seats": [one.value for one in who.seats]})
    done = _signed(request, form, lambda **data: actions.change_seats(member=who.id, **data))
    return done or _show(request, "office/change_seats.html", "members", who=who, form=form,
        effects=words.consequences("seats"))  # fmt: skip


@ask
def add(request: DeskRequest) -> HttpResponse:
    """Add a member: their card, their fingerprint read aloud, their seats."""
    return _with_card(request, forms.NewMemberForm, actions.add_member, None)


@ask
def new_keys(request: DeskRequest, ident: str) -> HttpResponse:
    """Give new keys to a member whose phrase is lost."""
    who = _member(request.desk, ident)
    if not _acts_on(request.desk, "phrase", who):
        raise Http404

    def act(**data: Any) -> bytes:
        return actions.give_new_keys(member=who.id, **data)

    return _with_card(request, forms.NewKeysForm, act, who)


@ask
def mend(request: DeskRequest) -> HttpResponse:
    """Mend the roster after a fork."""
    if not (rules.may_propose(request.desk.me) and request.desk.roster.forked):
        raise Http404
    refused, done = _act(request, lambda: actions.mend(desk=request.desk))
    return done or _show(
        request, "office/mend.html", "today", refused=refused, effects=list(map(str, words.MENDED))
    )


# Signing


@ask
def sign(request: DeskRequest, slug: str) -> HttpResponse:
    """An act that waits: what it does, who signed it, and this member's own signature."""
    desk = request.desk
    pending = actions.waiting(desk).get(bytes.fromhex(slug))
    if pending is None:
        return _show(request, "office/gone.html", "today", status=404)
    card = pending.act.card if isinstance(pending.act, Add) else None
    mine = acts.may_sign(pending, desk.me)
    form = forms.HeardForm(request.POST or None) if card else None
    if form is not None:
        done = _signed(request, form, lambda **data: actions.sign(act=pending.id, **data))
        refused = "" if mine else " ".join(map(str, form.errors.get("heard", ())))
    else:
        refused, done = _act(request, lambda: actions.sign(desk=desk, act=pending.id))
    return done or _show(
        request, "office/sign.html", "today", what=words.act(pending.act, desk.roster), card=card, form=form,
        groups=rules.groups(card.keys)[:-1] if card else [], mine=mine, refused=refused, pending=pending,
        state=words.state(pending, desk.roster), effects=words.effect(pending.act),
        lapses=lists.moment(pending.expires), figures=words.figures(pending.act),
        signed=bool(desk.me and desk.me.id in pending.signers),
    )  # fmt: skip


# What the pages share


def _show(
    request: DeskRequest, template: str, active: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    desk, may = request.desk, rules.may_propose(request.desk.me)
    page = {
        "sections": FRAME.links(active) if may else [*FRAME.links(active), (_("My desk"), "/", False)],
        "me": desk.me,
        "may_propose": may,
        "forked": desk.roster.forked,
        "refused_links": len(desk.roster.refused),
        "who_sees": _(
            "All members see who the members are and who signed what. The hub holds it unsealed: whoever takes the "
            "hub over sees pseudonyms, seats and fingerprints too. Never use a real name here."
        ),
    }
    return FRAME.show(request, template, active, status=status, **{**page, **context})


def _member(desk: Desk, ident: str) -> Member:
    found = desk.roster.members.get(bytes.fromhex(ident))
    if found is None:
        raise Http404
    return found


def _acts_on(desk: Desk, what: str, who: Member) -> bool:
    """Whether this member may do that to another. Nobody does it to themselves."""
    return rules.may_propose(desk.me) and who.id != desk.keys.id and rules.may_be(what, who)


def _act(request: DeskRequest, act: Callable[[], bytes]) -> tuple[str, HttpResponse | None]:
    """What one button does on a post: where it leads, or why it was refused."""
    if request.method != "POST":
        return "", None
    try:
        return "", redirect("office:sign", act().hex())
    except NotYet as refused:
        return str(refused), None


def _signed(request: DeskRequest, form: BaseForm, act: Callable[..., bytes]) -> HttpResponse | None:
    """Where a form leads when it held and the action signed; else it says what is missing and keeps the rest."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return redirect("office:sign", act(desk=request.desk, **form.cleaned_data).hex())
    except NotYet as refused:
        form.add_error("heard" if "heard" in form.fields else None, str(refused))
        return None


def _with_card(
    request: DeskRequest, kind: type[forms.NewKeysForm], act: Callable[..., bytes], replaced: Member | None
) -> HttpResponse:
    """First the card, then its fingerprint and what belongs to it. The card travels in the second form."""
    if not rules.may_propose(request.desk.me):
        raise Http404
    if "heard" in request.POST:
        signing_form = kind(request.POST)
        done = _signed(request, signing_form, act)
        card: Card | None = signing_form.cleaned_data.get("card")
        if done is not None:
            return done
        if card is not None:
            return _look(request, card, signing_form, replaced)
    form = forms.CardForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "heard" not in request.POST and form.is_valid():
        card = form.cleaned_data["card"]
        return _look(request, card, kind(initial=kind.start(card)), replaced)
    return _show(request, "office/card.html", "members", form=form, replaced=replaced)


def _look(request: DeskRequest, card: Card, form: BaseForm, replaced: Member | None) -> HttpResponse:
    return _show(
        request, "office/look.html", "members", card=card, form=form, replaced=replaced,
        groups=rules.groups(card.keys)[:-1], other_name=replaced is not None and replaced.name != card.name,
    )  # fmt: skip
