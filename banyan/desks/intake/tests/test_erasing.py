"""Erasing all that is kept of a person, from the pages of intake: who may, and what one signature does not do."""

from html import unescape

import pytest

from banyan.cases import burials
from banyan.cases.casework import NotYet
from banyan.cases.folders.conversation import Message
from banyan.cases.journey import Journey
from banyan.desks.intake import erasing
from banyan.desks.intake.tests.conftest import slug
from banyan.folders import acts
from banyan.folders.roster import Change

ASKED = {"reason": "asked"}


def today(street):
    return unescape(street.get("/intake/"))


def page(street, visit, *rest):
    return unescape(street.get("/".join([f"/intake/{slug(visit)}", *rest])))


def pending(street, name="Aye"):
    desk = street.programme.desks[name]
    return acts.pending(desk.store, desk.roster, desk.now // 1000)


def asks(street, text="I want to leave"):
    visit = street.person(text)
    assert visit.ask_erasure().new
    street.carry()
    return visit


def test_a_wish_to_be_erased_stands_at_the_top_with_its_day_and_is_late_in_alarm(street):
    late_answer = street.person("Nobody answered me")
    street.programme.clock.forward(hours=30)
    visit = asks(street)
    said = today(street)
    assert "They asked to be erased: two sign by Friday 6 March" in said and "due in 3 days" in said
    first = said.index("They asked to be erased")
    assert first < said.index(street.desk.conversation(late_answer.history.folder).folder[:8].hex())
    assert "Erase it all: sign first" in page(street, visit)
    street.desk.write(visit.history.folder, erasing_closed())
    assert "They asked to be erased" in today(street)  # it is not closed away
    street.programme.clock.forward(hours=73)
    said = today(street)
    assert "two should have signed by" in said and "row alarm" in said
    assert "They asked to be erased" not in page(street, late_answer)


def erasing_closed():
    from banyan.cases.folders.conversation import Triage

    return Triage(state="set_aside", later=10**15)


def test_one_signature_erases_nothing_and_says_since_when_it_waits(street):
    visit = asks(street)
    said = page(street, visit, "erase")
    assert "The conversation" in said and "The cover of the case" not in said and "What stays" in said
    assert "opened by mistake" in said and "The case was erased" not in said
    assert "Choose" in unescape(street.post(f"/intake/{slug(visit)}/erase", reason="case")) or not pending(
        street
    )
    said = unescape(street.post(f"/intake/{slug(visit)}/erase", **ASKED))
    assert "Waits for the office since" in said and "They asked for it at the door" in said
    assert len(pending(street)) == 1 and pending(street)[0].missing == 1
    street.carry()
    assert street.programme.place() == 0 and street.programme.hub.of_folder(visit.history.folder)
    assert "Waits for the office since" in today(street)
    again = street.post(f"/intake/{slug(visit)}/erase", **ASKED)  # sent twice
    assert "Waits for the office since" in unescape(again) and len(pending(street)) == 1
    street.sit("Ba")
    assert "Signed by: Aye" in page(street, visit) and "Waits for the office since" in today(street)
    with pytest.raises(NotYet, match="waits for the office already"):
        erasing.erase_all(desk=street.desk, folder=visit.history.folder, reason="asked")


def test_two_of_intake_erase_nothing_and_leave_room_for_the_office(street):
    visit = asks(street)
    folder = visit.history.folder
    erasing.erase_all(desk=street.desk, folder=folder, reason="asked")
    street.carry()
    ba, chit = street.programme.desks["Ba"], street.programme.desks["Chit"]
    (waits,) = pending(street, "Ba")
    assert not acts.may_sign(waits, ba.me) and acts.may_sign(waits, chit.me)
    with pytest.raises(acts.NotPossible, match="somebody of the office"):
        acts.second(ba.keys, ba.roster, waits)
    ba.store.add(
        [acts._assent_item(ba.keys, ba.roster, waits.data)], unsent=True
    )  # a desk that keeps no rule
    street.carry()
    (waits,) = pending(street, "Chit")
    assert len(waits.signers) == 2 and waits.missing == 1 and acts.may_sign(waits, chit.me)
    assert street.programme.place() == 0 and street.programme.hub.of_folder(visit.history.folder)
    chit.store.add([acts.second(chit.keys, chit.roster, waits)], unsent=True)
    assert street.programme.place() == 1 and not street.programme.hub.of_folder(folder)


def test_who_does_not_hold_the_conversation_proposes_nothing(street):
    visit = asks(street)
    folder = visit.history.folder
    with pytest.raises(NotYet, match="not on this desk"):
        erasing.erase_all(desk=street.programme.desks["Chit"], folder=folder, reason="asked")
    chit = street.programme.desks["Chit"]
    with pytest.raises(NotYet, match="Only intake and planning"):
        burials.propose(chit, [folder], "asked")  # the office signs, and proposes no erasure
    street.desk.hand_over(folder, [street.programme.desks["Ba"].me])
    street.carry()
    with pytest.raises(NotYet, match="do not hold this any more"):
        erasing.erase_all(desk=street.desk, folder=folder, reason="asked")
    assert "Erase it all" not in page(street, visit) and not pending(street)
    erasing.erase_all(desk=street.programme.desks["Ba"], folder=folder, reason="asked")
    assert pending(street, "Ba")


def test_who_wrote_again_after_asking_is_read_first(street):
    visit = asks(street)
    street.programme.clock.forward(hours=1)
    street.say(visit, Message(text="No, wait, I want to stay", language="en"))
    said = page(street, visit)
    assert "They wrote again after asking" in said
    assert f'href="/intake/{slug(visit)}/erase"' in said and "they wrote again after asking" in today(street)
    assert "I have read what they wrote" in page(street, visit, "erase")
    said = unescape(street.post(f"/intake/{slug(visit)}/erase", **ASKED))
    assert "Read it first, and say that you did" in said and not pending(street)
    street.post(f"/intake/{slug(visit)}/later", until="2026-03-05T09:00")
    assert "They asked to be erased" not in today(street)  # the colleague waits for what they say
    assert "Waits for the office since" in unescape(
        street.post(f"/intake/{slug(visit)}/erase", sure="on", **ASKED)
    )
    assert len(pending(street)) == 1


def test_without_a_wish_at_the_door_another_reason_is_chosen_and_seen(street):
    visit = street.person("by mistake")
    assert "They asked to be erased" not in page(street, visit) and "Erase it all" in page(street, visit)
    assert "asked for it at the door" not in page(street, visit, "erase")
    with pytest.raises(NotYet, match="did not ask"):
        erasing.erase_all(desk=street.desk, folder=visit.history.folder, reason="asked")
    assert not pending(street)
    street.post(f"/intake/{slug(visit)}/erase", reason="mistake")
    street.carry()
    street.sit("Ba")
    assert "To be erased" in today(street) and "The reason: It was opened by mistake" in page(street, visit)


def test_all_folders_of_a_case_are_named_also_those_that_came_after_the_first_signature(town):
    way = Journey(town.programme).housed()
    way.visit().ask_erasure()
    way.carry()
    said = unescape(town.get(f"/intake/{way.folder[:8].hex()}/erase"))
    for name in ("Who they are", "The findings (2)", "The plan of the way", "Where they live"):
        assert name in said
    assert "Their support" not in said
    first = erasing.erase_all(desk=town.desk, folder=way.folder, reason="asked")
    act = pending(town)[0].act
    kinds = {way.part("Aye", kind) for kind in ("identity", "passage", "placement")}
    named = [grave.folder for grave in act.graves]
    assert named[:2] == [way.folder, way.cover] and kinds < set(named) and len(named) == 7
    assert all(grave.whole for grave in act.graves)
    from banyan.cases import casework
    from banyan.cases.folders import support

    readers = [way.member("Phyu"), way.member("San")]
    casework.found_part(way.desk("Oo"), way.cover, "support", readers, support.Begun(cover=way.cover))
    way.carry()
    assert "Something was added since it was signed" in town.get(f"/intake/{way.folder[:8].hex()}/erase")
    second = erasing.erase_all(desk=town.desk, folder=way.folder, reason="asked")
    assert first != second and way.part("Aye", "support") in {
        grave.folder for grave in pending(town)[1].act.graves
    }
    with pytest.raises(NotYet, match="waits for the office already"):
        erasing.erase_all(desk=town.desk, folder=way.folder, reason="asked")


def test_a_case_that_this_desk_does_not_hold_is_not_half_erased(town):
    way = Journey(town.programme).opens()
    ba = town.programme.desks["Ba"]
    town.desk.hand_over(way.cover, [ba.me])  # Aye reads the conversation, and the case no more
    way.carry()
    fresh = town.programme.desk(town.desk.keys, "fresh")
    town.programme.carry(fresh)
    if fresh.case(way.cover) is None:
        with pytest.raises(NotYet, match="not on this desk"):
            erasing.erase_all(desk=fresh, folder=way.folder, reason="told")
    assert erasing.erase_all(desk=ba, folder=way.folder, reason="told")


def test_a_frozen_members_signature_does_not_count(street):
    visit = asks(street)
    folder, chit = visit.history.folder, street.programme.desks["Chit"]
    erasing.erase_all(desk=street.desk, folder=folder, reason="asked")
    street.carry()
    freeze = Change(
        what="freeze", member=street.desk.keys.id, seats=(), made=chit.now // 1000, nonce=b"f" * 16
    )
    chit.store.add(acts.propose(chit.keys, chit.roster, freeze), unsent=True)
    street.programme.place()
    assert not street.programme.hub.roster().members[street.desk.keys.id].active
    assert pending(street, "Chit") == ()
    erasing.erase_all(desk=street.programme.desks["Ba"], folder=folder, reason="asked")
    street.carry()
    (waits,) = pending(street, "Chit")
    assert waits.signers == {street.programme.keys["Ba"].id}
    with pytest.raises(NotYet):
        erasing.erase_all(desk=street.desk, folder=folder, reason="asked")
