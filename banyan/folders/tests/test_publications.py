"""Published figures on the roster: signed by one who counts and one who does not, in order, and never a small group."""

from typing import Any

import pytest

from banyan.cases.desk import Desk
from banyan.cases.testing import Programme
from banyan.folders import acts
from banyan.folders.acts import NotPossible, Why
from banyan.folders.items import Sort, mark, read_item
from banyan.folders.membership import check_next
from banyan.folders.peers import LocalPeer
from banyan.folders.published import (
    Publish,
    Row,
    check_rows,
    enough_sign,
    following,
    preceding,
    quarter_at,
    quarter_of,
)
from banyan.folders.published import quarters_from as quarters
from banyan.folders.roster import Add, Mend, assent, make_card, place, read_act
from banyan.folders.seats import Seat
from banyan.folders.shapes import check_shape
from banyan.sealing.faults import Damaged, Forged, SealingFault
from banyan.sealing.format import write
from banyan.sealing.keys import Keys

ROW = Row(measure="asked", quarters=("2025-Q4",), forces=("army", "navy"), bands=("enlisted",), count=12)

MANY = tuple(f"b{i}" for i in range(40))


def changed(**other: Any) -> Row:
    return Row(**{**{name: getattr(ROW, name) for name in ROW.__struct_fields__}, **other})


def act(desk: Desk, *rows: Row, serial: int = 1, through: str = "2025-Q4", **more: Any) -> Publish:
    made = {"serial": serial, "through": through, "held_back": True, "made": desk.now // 1000, **more}
    return Publish(rows=rows or (ROW,), nonce=acts.new_nonce(), **made)


def propose(desk: Desk, one: Publish) -> None:
    waits = acts.pending(desk.store, desk.roster, desk.now // 1000)
    desk.store.add(acts.propose(desk.keys, desk.roster, one, waits), unsent=True)


def second(desk: Desk) -> None:
    (one,) = acts.pending(desk.store, desk.roster, desk.now // 1000)
    desk.store.add([acts.second(desk.keys, desk.roster, one)], unsent=True)


def placed(programme: Programme, desk: Desk) -> bool:
    links = acts.ready_links(desk.keys, desk.store, desk.roster, desk.now // 1000)
    done = [LocalPeer(programme.hub, desk.keys.id).place(link).accepted for link in links]
    programme.carry()
    return done == [True]


def link(desk: Desk, data: bytes, *signers: Desk) -> bytes:
    return place(
        signers[0].keys, index=desk.roster.index + 1, previous=desk.roster.head, time=desk.now // 1000, act=data,
        assents=tuple(assent(one.keys, desk.roster.programme, data) for one in signers),
    )  # fmt: skip


@pytest.fixture
def desks(programme: Programme) -> tuple[Desk, Desk, Desk]:
    """Dway (office and figures), Chit (office), Aye (intake)."""
    return programme.desks["Dway"], programme.desks["Chit"], programme.desks["Aye"]


def test_figures_are_published_by_who_counts_and_somebody_of_the_office(programme, desks):
    dway, chit, aye = desks
    propose(dway, first := act(dway))
    programme.carry()
    (waits,) = acts.pending(chit.store, chit.roster, chit.now // 1000)
    assert waits.missing == 1 and acts.may_sign(waits, chit.me) and not acts.may_sign(waits, aye.me)
    assert not placed(programme, dway), "one signature is not enough"
    second(chit)
    assert placed(programme, chit)
    (publication,) = aye.roster.publications
    assert publication.act == first and set(publication.signers) == {dway.keys.id, chit.keys.id}
    assert programme.hub.roster().publications == (publication,)


def test_two_who_do_not_count_or_two_of_whom_none_is_of_the_office_publish_nothing(programme, desks):
    dway, chit, aye = desks
    with pytest.raises(NotPossible) as refused:
        propose(aye, act(aye))
    assert refused.value.why is Why.NOT_OFFICE
    data = write(act(dway))
    for signers in ((dway, aye), (chit, aye), (dway,)):
        with pytest.raises(Forged):
            check_next(dway.roster, read_item(link(dway, data, *signers)))
    assert check_next(dway.roster, read_item(link(dway, data, chit, dway))).publications
    propose(dway, act(dway))
    programme.carry()
    second(aye)  # a signature that is not asked for does no harm and is not enough
    programme.carry()
    (waits,) = acts.pending(chit.store, chit.roster, chit.now // 1000)
    assert waits.missing == 1 and not placed(programme, dway)


@pytest.mark.parametrize(
    ("seats", "enough"),
    [
        (({Seat.FIGURES}, {Seat.OFFICE}), True),
        (({Seat.FIGURES}, {Seat.OVERSIGHT}), True),
        (({Seat.FIGURES, Seat.OFFICE}, {Seat.OFFICE}), True),
        (({Seat.FIGURES}, {Seat.FIGURES}), False),
        (({Seat.FIGURES, Seat.OFFICE}, {Seat.INTAKE}), False),
        (({Seat.FIGURES, Seat.OFFICE},), False),
        (({Seat.OFFICE}, {Seat.OVERSIGHT}), False),
    ],
)
def test_who_is_enough(seats, enough):
    assert enough_sign(map(frozenset, seats)) is enough


def test_a_publication_follows_the_one_before(programme, desks):
    dway, chit, _ = desks
    propose(dway, act(dway))
    with pytest.raises(NotPossible) as refused:
        propose(dway, act(dway, changed(count=30)))
    assert refused.value.why is Why.WAITS_ALREADY
    programme.carry()
    second(chit)
    assert placed(programme, chit)
    for wrong in (act(dway), act(dway, serial=3), act(dway, serial=2, through="2025-Q3")):
        with pytest.raises(SealingFault):
            check_next(dway.roster, read_item(link(dway, write(wrong), dway, chit)))
        with pytest.raises(NotPossible):
            propose(dway, wrong)
    propose(dway, act(dway, serial=2))
    programme.carry()
    second(chit)
    assert placed(programme, chit)
    assert [one.act.serial for one in programme.hub.roster().publications] == [1, 2]


def test_a_quarter_that_is_not_over_is_not_published(desks):
    dway, chit, _ = desks
    early = act(dway, through=quarter_at(dway.now // 1000))
    with pytest.raises(Damaged, match="not over"):
        check_next(dway.roster, read_item(link(dway, write(early), dway, chit)))
    with pytest.raises(NotPossible):
        propose(dway, early)


@pytest.mark.parametrize(
    "rows",
    [
        (changed(count=1),),
        (changed(count=9),),
        (ROW, ROW),
        (ROW, changed(forces=("navy",), bands=("enlisted", "nco"))),
        (changed(forces=("army", "army")),),
        (changed(quarters=("2025-Q4", "2025-Q3")),),
        (changed(quarters=("2026-Q1",)),),
        tuple(
            changed(forces=(f"f{i}",), bands=MANY, quarters=tuple(quarters("1990-Q1", "2025-Q4"))) for i in range(40)
        ),
    ],
    ids=["one", "nine", "twice", "overlapping", "a code twice", "out of order", "too late", "too many cells"],
)  # fmt: skip
def test_a_table_that_gives_people_away_or_counts_twice_is_refused_whoever_signs(desks, rows):
    dway, chit, _ = desks
    check_rows(act(dway, ROW, changed(measure="arrived", count=10), changed(bands=("nco",), count=0)))
    with pytest.raises(Damaged):
        check_next(dway.roster, read_item(link(dway, write(act(dway, *rows)), dway, chit)))
    dway.store.add([mark(Sort.ACT, write(act(dway, *rows)))])
    assert acts.pending(dway.store, dway.roster, dway.now // 1000) == ()


@pytest.mark.parametrize(
    "shape",
    [
        {"rows": ()},
        {"rows": (ROW,) * 1001},
        {"through": "2025-Q5"},
        {"through": "2025-Q4\n"},
        {"rows": (changed(forces=("<b>",)),)},
        {"rows": (changed(forces=()),)},
        {"rows": (changed(count=-1),)},
        {"rows": (changed(measure="killed"),)},
        {"rows": (changed(bands=(*MANY, "c")),)},
    ],
    ids=["no rows", "many rows", "quarter", "line", "code", "no force", "negative", "measure", "many codes"],
)
def test_a_hostile_shape_is_no_act(desks, shape):
    dway = desks[0]
    good = act(dway)
    assert read_act(write(good)) == good
    data = write(Publish(**{**{name: getattr(good, name) for name in good.__struct_fields__}, **shape}))
    with pytest.raises(Damaged):
        read_act(data)
    with pytest.raises(Damaged):
        check_shape(read_item(mark(Sort.ACT, data)))


def test_after_a_fork_what_the_public_was_told_stays_told(programme, desks):
    dway, chit, aye = desks
    told = link(dway, write(act(dway)), dway, chit)
    card = make_card(Keys.generate(), "Ei")
    added = Add(card=card, seats=(Seat.INTAKE,), replaces=None, made=dway.now // 1000, nonce=acts.new_nonce())
    programme.hub.add([told, link(chit, write(added), chit, dway)])
    programme.carry()
    assert aye.roster.forked and card.id not in aye.roster.members
    assert [one.act.serial for one in aye.roster.publications] == [1]
    with pytest.raises(NotPossible) as refused:
        propose(dway, act(dway, serial=2))
    assert refused.value.why is Why.FORKED
    mend = Mend(made=dway.now // 1000, nonce=acts.new_nonce())
    programme.hub.add([link(dway, write(mend), dway, chit)])
    programme.carry()
    propose(dway, act(dway, serial=2))


def test_quarters():
    assert quarter_of("2026-01") == "2026-Q1" and quarter_of("2025-12") == "2025-Q4"
    assert quarter_at(1_767_225_599) == "2025-Q4" and quarter_at(1_767_225_600) == "2026-Q1"
    assert following("2025-Q4") == "2026-Q1" and preceding("2026-Q1") == "2025-Q4"
    assert list(quarters("2025-Q3", "2026-Q1")) == ["2025-Q3", "2025-Q4", "2026-Q1"]
    assert list(quarters("2026-Q1", "2025-Q4")) == []
    for wrong in ("2025-13", "2025-00", "25-01", "2025-1"):
        with pytest.raises(Damaged):
            quarter_of(wrong)
