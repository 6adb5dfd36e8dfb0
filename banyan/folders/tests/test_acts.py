"""Acts of two: what is proposed, signed and placed holds; what is forged, late, alone or doubled does not."""

from typing import Literal

import pytest

from banyan.cases.desk import Desk
from banyan.cases.testing import Programme
from banyan.folders import acts
from banyan.folders.acts import NotPossible, Why
from banyan.folders.cards import card_text, read_card
from banyan.folders.items import Sort, mark, read_item
from banyan.folders.membership import check_next
from banyan.folders.peers import LocalPeer
from banyan.folders.roster import Act, Add, Assent, Change, Mend, assent, make_card, place
from banyan.folders.seats import Seat
from banyan.sealing.faults import Damaged, Forged, SealingFault
from banyan.sealing.format import write
from banyan.sealing.keys import Keys

What = Literal["remove", "freeze", "thaw", "seats"]


def seconds(desk: Desk) -> int:
    return desk.now // 1000


def joining(
    desk: Desk, name: str = "Ei", seats: tuple[Seat, ...] = (Seat.INTAKE,), keys: Keys | None = None
) -> Add:
    card = make_card(keys or Keys.generate(), name)
    return Add(card=card, seats=seats, replaces=None, made=seconds(desk), nonce=acts.new_nonce())


def changing(desk: Desk, what: What, who: Desk, seats: tuple[Seat, ...] = ()) -> Change:
    return Change(what=what, member=who.keys.id, seats=seats, made=seconds(desk), nonce=acts.new_nonce())


def waiting(desk: Desk) -> tuple[acts.Pending, ...]:
    return acts.pending(desk.store, desk.roster, seconds(desk))


def propose(desk: Desk, act: Act) -> None:
    desk.store.add(acts.propose(desk.keys, desk.roster, act, waiting(desk)), unsent=True)


def second(desk: Desk, number: int = 0) -> None:
    desk.store.add([acts.second(desk.keys, desk.roster, waiting(desk)[number])], unsent=True)


def placing(programme: Programme, desk: Desk) -> list[bool]:
    links = acts.ready_links(desk.keys, desk.store, desk.roster, seconds(desk))
    answers = [LocalPeer(programme.hub, desk.keys.id).place(link) for link in links]
    return [answer.accepted for answer in answers]


@pytest.fixture
def desks(programme: Programme) -> tuple[Desk, Desk, Desk]:
    """Chit and Dway of the office, Aye of intake."""
    return programme.desks["Chit"], programme.desks["Dway"], programme.desks["Aye"]


def test_one_signature_waits_and_two_add_a_member_everywhere(programme, desks):
    chit, dway, aye = desks
    act = joining(chit)
    propose(chit, act)
    programme.carry()
    (one,) = waiting(dway)
    assert one.missing == 1 and one.signers == {chit.keys.id} and one.act == act
    assert placing(programme, chit) == [] == placing(programme, dway)
    second(dway)
    programme.carry()
    assert waiting(aye)[0].missing == 0
    assert placing(programme, aye) == []  # Aye did not sign
    assert placing(programme, chit) == [True]
    programme.carry()
    assert all(desk.roster.members[act.card.id].seats == {Seat.INTAKE} for desk in programme.desks.values())
    assert waiting(aye) == ()
    story = acts.told(aye.store, aye.roster)
    assert [told.index for told in story] == [0, 1]
    assert story[1].act == act and set(story[1].signers) == {chit.keys.id, dway.keys.id}


def test_the_same_member_twice_is_one(programme, desks):
    chit, _, _ = desks
    propose(chit, joining(chit))
    (one,) = waiting(chit)
    with pytest.raises(NotPossible) as refused:
        acts.second(chit.keys, chit.roster, one)
    assert refused.value.why is Why.SIGNED_ALREADY
    again = assent(chit.keys, chit.roster.programme, one.data)
    chit.store.add([mark(Sort.ASSENT, write(again))])
    assert waiting(chit)[0].missing == 1
    assert placing(programme, chit) == []


def test_an_act_lapses_after_fourteen_days(programme, desks):
    chit, dway, _ = desks
    propose(chit, joining(chit))
    programme.carry()
    programme.clock.forward(days=14)
    assert len(waiting(dway)) == 1
    programme.clock.forward(seconds=1)
    assert waiting(dway) == ()


def test_an_act_that_claims_to_be_made_in_the_future_is_not_shown(programme, desks):
    chit, dway, _ = desks
    programme.clock.forward(days=2)
    propose(chit, joining(chit))
    programme.clock.forward(days=-2)
    programme.carry()
    assert waiting(dway) == ()
    programme.clock.forward(days=1)
    assert len(waiting(dway)) == 1


def test_what_a_frozen_member_signed_does_not_count(programme, desks):
    chit, dway, aye = desks
    propose(chit, joining(chit))
    programme.carry()
    second(dway)
    propose(dway, changing(dway, "freeze", chit))
    programme.carry()
    assert placing(programme, dway) == [True]  # the freeze goes first, and takes Chit's signature away
    programme.carry()
    assert not dway.roster.members[chit.keys.id].active
    assert waiting(dway)[0].signers == {dway.keys.id} and len(aye.roster.members) == 4
    second(aye)
    assert placing(programme, aye) == [True]
    assert len(programme.hub.roster().members) == 5


def test_a_freeze_that_comes_first_takes_the_signature_away(programme, desks):
    chit, dway, aye = desks
    propose(chit, joining(chit))
    propose(dway, changing(dway, "freeze", chit))
    programme.carry()
    assert placing(programme, dway) == [True]
    programme.carry()
    assert waiting(aye) == ()
    with pytest.raises(NotPossible) as refused:
        propose(chit, joining(chit))
    assert refused.value.why is Why.NOT_A_MEMBER
    assert placing(programme, chit) == []


def test_of_two_that_race_for_a_place_one_wins_and_the_other_is_placed_next(programme, desks):
    chit, dway, aye = desks
    for proposer, other in ((chit, dway), (dway, chit)):
        propose(proposer, joining(proposer, proposer.roster.members[proposer.keys.id].name + " two"))
        programme.carry()
        second(other, next(n for n, one in enumerate(waiting(other)) if other.keys.id not in one.signers))
    programme.carry()
    ours, theirs = (acts.ready_links(one.keys, one.store, one.roster, seconds(one)) for one in (chit, dway))
    assert len(ours) == len(theirs) == 2
    hub = LocalPeer(programme.hub)
    assert hub.place(ours[0]).accepted
    stale = hub.place(theirs[0])
    assert not stale.accepted and stale.head == (read_item(ours[0]).id,)
    programme.carry()
    assert placing(programme, dway) == [True]
    programme.carry()
    assert {"Chit two", "Dway two"} <= {member.name for member in aye.roster.active()}
    assert not aye.roster.forked


def test_an_act_is_used_once(programme, desks):
    chit, dway, _ = desks
    act = changing(chit, "freeze", dway)
    propose(chit, act)
    assert placing(programme, chit) == [True]
    programme.carry()
    assert acts.ready_links(chit.keys, chit.store, chit.roster, seconds(chit)) == []
    again = place(
        chit.keys, index=2, previous=chit.roster.head, time=seconds(chit), act=write(act),
        assents=(assent(chit.keys, chit.roster.programme, write(act)),),
    )  # fmt: skip
    with pytest.raises(Forged, match="already used"):
        check_next(chit.roster, read_item(again))


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda chit, dway, aye: joining(chit, seats=(Seat.INTAKE, Seat.SCREENING)), Why.SEATS),
        (lambda chit, dway, aye: joining(chit, seats=(Seat.ENTERING, Seat.PAYING)), Why.SEATS),
        (lambda chit, dway, aye: joining(chit, seats=()), Why.NO_SEAT),
        (lambda chit, dway, aye: joining(chit, name="aye"), Why.KNOWN_NAME),
        (lambda chit, dway, aye: joining(chit, keys=aye.keys), Why.KNOWN_KEYS),
        (lambda chit, dway, aye: changing(chit, "seats", aye, (Seat.GUIDE, Seat.INTAKE)), Why.SEATS),
        (lambda chit, dway, aye: changing(chit, "seats", aye, (Seat.INTAKE,)), Why.NO_CHANGE),
        (lambda chit, dway, aye: changing(chit, "thaw", aye), Why.NO_CHANGE),
        (lambda chit, dway, aye: changing(chit, "remove", chit), Why.OWN),
        (lambda chit, dway, aye: Mend(made=seconds(chit), nonce=acts.new_nonce()), Why.NOT_FORKED),
    ],
)
def test_what_would_not_hold_is_refused_at_proposing(desks, make, why):
    with pytest.raises(NotPossible) as refused:
        propose(desks[0], make(*desks))
    assert refused.value.why is why
    assert waiting(desks[0]) == () and desks[0].store.public(Sort.ACT) == []


def test_only_the_office_and_oversight_propose_and_anybody_active_seconds(programme, desks):
    chit, _, aye = desks
    with pytest.raises(NotPossible) as refused:
        propose(aye, joining(aye))
    assert refused.value.why is Why.NOT_OFFICE
    propose(chit, joining(chit))
    programme.carry()
    second(aye)
    assert placing(programme, aye) == [True]


def test_the_last_two_hands_are_not_removed(programme, desks):
    chit, dway, aye = desks
    propose(chit, changing(chit, "remove", dway))
    programme.carry()
    second(aye)
    assert placing(programme, aye) == [True]
    programme.carry()
    with pytest.raises(NotPossible) as refused:
        acts.check_act(aye.roster, changing(aye, "remove", chit))
    assert refused.value.why is Why.TOO_FEW_LEFT


def test_a_ghost_with_forged_signatures_is_neither_shown_nor_placed(programme, desks):
    chit, dway, aye = desks
    data, forger = write(joining(chit)), Keys.generate()
    forged = [
        Assent(act=one.act, member=whose.keys.id, signature=one.signature)
        for whose in (chit, dway)
        for one in [assent(forger, chit.roster.programme, data)]
    ]
    elsewhere = [assent(one.keys, bytes(32), data) for one in (chit, dway)]
    for many in (forged, elsewhere):
        chit.store.add([mark(Sort.ACT, data), *(mark(Sort.ASSENT, write(one)) for one in many)])
        assert waiting(chit) == ()
        link = place(
            chit.keys, index=1, previous=chit.roster.head, time=seconds(chit), act=data, assents=tuple(many)
        )
        assert not LocalPeer(programme.hub).place(link).accepted
    only_aye = assent(aye.keys, chit.roster.programme, data)
    chit.store.add([mark(Sort.ASSENT, write(only_aye))])
    assert waiting(chit) == ()
    chit.store.add([mark(Sort.ASSENT, write(assent(dway.keys, chit.roster.programme, data)))])
    assert waiting(chit)[0].missing == 0


def test_the_same_is_not_proposed_twice(programme, desks):
    chit, dway, aye = desks
    propose(chit, changing(chit, "remove", aye))
    programme.carry()
    with pytest.raises(NotPossible) as refused:
        propose(dway, changing(dway, "remove", aye))
    assert refused.value.why is Why.WAITS_ALREADY
    propose(dway, changing(dway, "freeze", aye))
    assert [getattr(one.act, "what", "") for one in waiting(dway)] == ["freeze", "remove"]


def fork(programme: Programme, desks: tuple[Desk, Desk, Desk]) -> Add:
    """On one side Chit and Dway add Ei, on the other Dway freezes Aye: both follow the founding."""
    chit, dway, aye = desks
    added = joining(chit)
    data = write(added)
    signed = tuple(assent(one.keys, chit.roster.programme, data) for one in (chit, dway))
    one = place(chit.keys, index=1, previous=chit.roster.head, time=seconds(chit), act=data, assents=signed)
    data = write(changing(dway, "freeze", aye))
    other = place(
        dway.keys, index=1, previous=chit.roster.head, time=seconds(chit), act=data,
        assents=(assent(dway.keys, chit.roster.programme, data),),
    )  # fmt: skip
    programme.hub.add([one, other])
    programme.carry()
    return added


def test_after_a_fork_what_was_taken_away_holds_and_nothing_was_added_until_two_mend_it(programme, desks):
    chit, dway, aye = desks
    added = fork(programme, desks)
    assert chit.roster.forked
    assert not chit.roster.members[aye.keys.id].active
    assert added.card.id not in chit.roster.members
    with pytest.raises(NotPossible) as refused:
        propose(chit, joining(chit, "Other"))
    assert refused.value.why is Why.FORKED
    propose(chit, Mend(made=seconds(chit), nonce=acts.new_nonce()))
    assert placing(programme, chit) == []
    programme.carry()
    second(dway)
    assert placing(programme, dway) == [True]
    programme.carry()
    assert not chit.roster.forked and chit.roster.index == 2
    assert not chit.roster.members[aye.keys.id].active
    propose(
        chit,
        Add(card=added.card, seats=added.seats, replaces=None, made=seconds(chit), nonce=acts.new_nonce()),
    )
    programme.carry()
    second(dway)
    assert placing(programme, dway) == [True]
    programme.carry()
    assert chit.roster.members[added.card.id].active


def test_a_lost_phrase_gives_new_keys_the_old_ones_place(programme, desks):
    chit, dway, aye = desks
    new = make_card(Keys.generate(), "Aye")
    act = Add(
        card=new, seats=(Seat.INTAKE,), replaces=aye.keys.id, made=seconds(chit), nonce=acts.new_nonce()
    )
    propose(chit, act)
    programme.carry()
    second(dway)
    assert placing(programme, dway) == [True]
    programme.carry()
    old = chit.roster.members[aye.keys.id]
    assert old.standing == "removed" and old.replaced_by == new.id
    with pytest.raises(NotPossible) as refused:
        acts.check_act(chit.roster, act)
    assert refused.value.why is Why.KNOWN_KEYS


def test_a_card_comes_through_mail_and_is_refused_when_a_letter_changed():
    card = make_card(Keys.generate(), "သဇင်")
    text = card_text(card)
    assert read_card(text) == card
    assert read_card("Hello,\r\n> " + text.replace("\n", "\r\n> ") + "\nbest wishes") == card
    assert read_card(text.upper().replace(text.upper(), text)) == card
    spot = text.index("\n") + 200
    other = "A" if text[spot] != "A" else "B"
    for broken in ("", "hello", text[: len(text) // 2], text[:spot] + other + text[spot + 1 :], text[20:]):
        with pytest.raises(SealingFault):
            read_card(broken)
    with pytest.raises(Damaged):
        read_card(card_text(make_card(Keys.generate(), "Aye\u202e")))
