"""What the members of figures do, each in one function: the only writes of this desk.

Every action takes its `Desk`, says its rule in its first sentence, and raises `NotYet` where the rule is not met.
"""

from collections.abc import Iterable
from operator import attrgetter

from banyan.cases.casework import NotYet, month_of, put
from banyan.cases.desk import Desk
from banyan.cases.folders.tally import Box, Published, Shown, Tally
from banyan.desks.figures import lists, rules, words
from banyan.desks.figures.past import One
from banyan.folders import acts
from banyan.folders.acts import NotPossible
from banyan.folders.membership import next_serial
from banyan.folders.published import MEASURES, Publish, Row
from banyan.folders.roster import act_id
from banyan.folders.seats import Seat
from banyan.sealing.format import digest, write

AT_ONCE = 10_000


def open_box(*, desk: Desk) -> bytes:
    """A new box for counting is opened when there is none of this month; two of figures hold it."""
    _refuse_others(desk)
    if not may_open_box(desk, lists.boxes(desk)):
        raise NotYet(words.box_is_open())
    others = desk.least_loaded(Seat.FIGURES, 1, without=frozenset({desk.keys.id}))
    folder = desk.found("tally", [member.keys for member in others])
    put(desk, folder, Box(month=month_of(desk.now)))
    return folder


def may_open_box(desk: Desk, held: Iterable[Tally]) -> bool:
    """Whether the newest box is of a month that is over."""
    return all(box.month < month_of(desk.now) for box in held)


def publish(*, desk: Desk, seen: str) -> bytes:
    """Who counts signs first what the rules made; somebody else of the office or oversight signs too.

    `seen` is `mark_of` what the page showed: where something else would be published by now, nothing is. The people
    are written down before the act, so that no publication ever stands whose people are not known.
    """
    _refuse_others(desk)
    held = lists.boxes(desk)
    known = lists.known(desk, held)
    if known.missing:
        raise NotYet(words.missing(known.missing))
    prepared = lists.prepared(desk, known)
    if prepared is None or mark_of(prepared) != seen:
        raise NotYet(words.changed())
    act = Publish(
        serial=next_serial(desk.roster), through=prepared.through, rows=prepared.rows,
        held_back=bool(prepared.held), made=desk.now // 1000, nonce=acts.new_nonce(),
    )  # fmt: skip
    try:
        items = acts.propose(desk.keys, desk.roster, act, filter(None, [lists.waiting(desk)]))
    except NotPossible as refused:
        raise NotYet(words.why(refused.why)) from refused
    publication = act_id(write(act))
    _write_down(desk, held[-1].folder, publication, prepared.people)
    desk.store.add(items, unsent=True)
    return publication


def mark_of(prepared: rules.Prepared) -> str:
    """A short mark of all that a publication says."""
    said: list[Row | str | bool] = [*prepared.rows, prepared.through, bool(prepared.held)]
    return digest("figures seen", write(said)).hex()[:32]


def _write_down(desk: Desk, folder: bytes, publication: bytes, people: Iterable[One]) -> None:
    """Who is counted in a publication, into the newest box."""
    for measure in MEASURES:
        those = sorted((one for one in people if one.measure == measure), key=attrgetter("number"))
        for start in range(0, len(those), AT_ONCE):
            shown = tuple(
                Shown(one.number, one.quarter, one.force, one.band) for one in those[start : start + AT_ONCE]
            )
            put(desk, folder, Published(publication=publication, measure=measure, people=shown))


def _refuse_others(desk: Desk) -> None:
    me = desk.me
    if me is None or not me.active or Seat.FIGURES not in me.seats:
        raise NotYet(words.only_figures())
