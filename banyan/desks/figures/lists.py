"""What the pages of figures read: the boxes, who is counted, what was published, what waits. Only reads."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from banyan.cases import acts as statements
from banyan.cases.desk import Desk
from banyan.cases.folders.tally import Counted, Published, Tally
from banyan.cases.stages import ACTS
from banyan.desks.figures import rules
from banyan.desks.figures.joining import UNSAID, Coding
from banyan.desks.figures.past import One, Past
from banyan.folders import acts
from banyan.folders.acts import Pending
from banyan.folders.membership import Publication, Roster
from banyan.folders.published import MEASURES, MOST_ROWS, Measure, Publish, preceding, quarter_at, quarter_of
from banyan.folders.seats import Seat
from banyan.language.pack import load_pack
from banyan.sealing.faults import Forged

EVENTS = (
    "asked",
    "waiting",
    "admitted",
    "declined",
    "arrived",
    "settled",
    "closed",
    "withdrawn",
    "uncounted",
)
ACT_OF = {"arrived": "go"}  # what has to be signed by two before it happens


@dataclass(frozen=True)
class Known:
    """Who may be counted, what stands in publications, the numbers of those whose people are not here yet, and how
    many words did not hold.
    """

    people: tuple[One, ...]
    earlier: tuple[Past, ...]
    missing: tuple[int, ...]
    unsigned: int


def coding() -> Coding:
    """The pack's codes in the order in which they join: small forces first, high ranks first, the unsaid last."""
    pack = load_pack()
    forces, bands = ([choice.code for choice in choices][::-1] for choices in (pack.forces, pack.rank_bands))
    return Coding((*forces, UNSAID), (*bands, UNSAID))


def boxes(desk: Desk) -> list[Tally]:
    """The boxes that this member holds, the oldest first."""
    found = (desk.state(folder, Tally) for folder in desk.held("tally"))
    return sorted((box for box in found if box is not None), key=lambda box: (box.month, box.folder))


def known(desk: Desk, held: Sequence[Tally]) -> Known:
    """All that the next publication is made from, of the boxes that this member holds."""
    roster = desk.roster
    said = [one for box in held for one in box.counted]
    holding = [counted for _, author, counted in said if holds(roster, author, counted)]
    earlier, missing = _earlier(roster, held)
    return Known(_people(holding), tuple(earlier), tuple(missing), len(said) - len(holding))


def holds(roster: Roster, author: bytes, counted: Counted) -> bool:
    """Whether what was dropped may be believed: asking is dropped by intake, coming out carries the two signatures that
    let the person go, of members whom the roster ever gave the seats for it. Anybody with a seat may say that somebody
    is not to be counted.
    """
    member = roster.members.get(author)
    if member is None:
        return False
    if counted.event == "asked":
        return Seat.INTAKE in member.as_ever.seats
    wanted = ACT_OF.get(counted.event)
    return wanted is None or _signed(roster, counted, wanted)


def _signed(roster: Roster, counted: Counted, wanted: str) -> bool:
    one, signers = counted.statement, [signature.member for signature in counted.signatures]
    if one is None or one.act != wanted or one.number != counted.number or len(signers) != 2:
        return False
    try:
        for signature in counted.signatures:
            statements.check(one, signature, roster)
    except Forged:
        return False
    first, second = signers
    return ACTS[wanted].by_two(
        first, second, lambda who, seats: bool(roster.members[who].as_ever.seats & seats)
    )


def _people(counted: Iterable[Counted]) -> tuple[One, ...]:
    """One of each measure for each number; force and band as the first who knew them said."""
    gone, first = set(), dict[tuple[bytes, str], Counted]()
    codes: dict[bytes, tuple[str, str]] = {}
    for one in sorted(
        counted, key=lambda one: (one.month, EVENTS.index(one.event), one.force, one.rank_band)
    ):
        if one.event == "uncounted":
            gone.add(one.number)
        first.setdefault((one.number, one.event), one)
        force, band = codes.get(one.number, ("", ""))
        codes[one.number] = force or one.force, band or one.rank_band
    return tuple(
        One(
            number,
            measure,
            quarter_of(first[number, measure].month),
            *(code or UNSAID for code in codes[number]),
        )
        for number, event in sorted(first)
        if number not in gone and (measure := _measure(event))
    )


def _measure(event: str) -> Measure | None:
    return next((measure for measure in MEASURES if measure == event), None)


def _earlier(roster: Roster, held: Iterable[Tally]) -> tuple[list[Past], list[int]]:
    """The publications that stand with their people, and the numbers of those whose people are not all here."""
    people: dict[bytes, set[One]] = defaultdict(set)
    for box in held:
        for document in box.published:
            people[document.publication] |= set(_shown(document))
    earlier, missing = [], []
    for publication in roster.publications:
        act, those = publication.act, people[publication.id]
        earlier.append(Past(act.through, act.rows, tuple(sorted(those))))
        if len(those) != sum(row.count for row in act.rows):
            missing.append(act.serial)
    return earlier, missing


def _shown(document: Published) -> Iterable[One]:
    measure = _measure(document.measure)
    if measure is not None:
        for one in document.people:
            yield One(one.number, measure, one.quarter, one.force, one.rank_band)


def through(desk: Desk) -> str:
    """The last quarter that is over."""
    return preceding(quarter_at(desk.now // 1000))


def prepared(desk: Desk, said: Known) -> rules.Prepared | None:
    """The publication that may be proposed now, or None. Of more groups than one publication holds the oldest."""
    last = through(desk)
    while (
        found := rules.next_publication(said.people, said.earlier, through=last, coding=coding())
    ) is not None:
        if len(found.rows) <= MOST_ROWS:
            break
        last = preceding(last)
    return found


def waiting(desk: Desk) -> Pending | None:
    """Figures that wait for a signature."""
    pending = acts.pending(desk.store, desk.roster, desk.now // 1000)
    return next((one for one in pending if isinstance(one.act, Publish)), None)


def publications(desk: Desk) -> list[Publication]:
    """All that was published, the newest first."""
    return sorted(desk.roster.publications, key=lambda one: one.index, reverse=True)


def by_month(held: Iterable[Tally]) -> dict[str, Counter[str]]:
    """How often each thing was dropped, by month: for the members, who see single people."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for box in held:
        for _, _, one in box.counted:
            found[one.month][one.event] += 1
    return dict(sorted(found.items(), reverse=True))
