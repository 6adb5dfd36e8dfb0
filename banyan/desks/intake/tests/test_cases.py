"""A case at intake through its pages: moves, seats, counting; beside each success who may not, and when not."""

import re
import secrets

import pytest

from banyan.cases import casework
from banyan.cases.casework import NotYet
from banyan.cases.folders.conversation import Consent, Message
from banyan.cases.folders.cover import Answer, Cover
from banyan.cases.folders.passage import Passage
from banyan.cases.folders.tally import Tally
from banyan.cases.journey import Journey
from banyan.cases.stages import Stage
from banyan.desks.intake import case_actions
from banyan.folders.seats import Seat


def at(way, *rest):
    return "/".join([f"/intake/case/{way.cover[:8].hex()}", *rest])


def says(way, purpose, given, adult=None):
    way.visit().post(secrets.token_bytes(16), Consent(purpose=purpose, given=given, adult=adult))
    way.carry()


def counted(way):
    thi = way.desk("Thi")
    return [one.event for box in thi.held("tally") for _, _, one in thi.state(box, Tally).counted]


def ident(way, name):
    return way.programme.keys[name].id.hex()


def judges(way, *screeners, deciding="Hla"):
    return {"screeners": [ident(way, name) for name in screeners], "deciding": ident(way, deciding)}


def test_screening_is_asked_of_two_screeners_and_a_deciding_officer(town):
    way = Journey(town.programme).opens()
    page = town.get(at(way))
    assert "Ask for screening" in page and "Intake talks with the person" in page
    page = town.get(at(way, "screening"))
    assert page.count("checked") == 3 and all(name in page for name in ("Ei", "Gyi", "Hla"))
    assert "Chit" not in page
    page = town.post(at(way, "screening"), **judges(way, "Ei"))
    assert 'id="id_screeners-error">Choose two screeners' in page and page.count("checked") == 2
    page = town.post(at(way, "screening"), **judges(way, "Ei", "Chit"))
    assert 'id="id_screeners-error"' in page
    with pytest.raises(NotYet, match="somebody else"):
        case_actions.ask_screening(desk=town.desk, folder=way.cover, **judges(way, "Ei", "Ba"))
    assert way.case("Aye").stage == "intake" and way.case("Aye").seated(Seat.SCREENING) == ()
    page = town.post(at(way, "screening"), **judges(way, "Ei", "Gyi"))
    assert "Screening" in page and "Two screeners look at it" in page
    way.carry()
    assert way.case("Ei").stage == "screening" and len(way.case("Hla").seated(Seat.SCREENING)) == 2
    assert way.desk("Ei").conversation(way.folder) is None
    assert "cannot go there" in town.post(at(way, "screening"), **judges(way, "Ei", "Gyi"))
    for name in ("Chit", "Ei", "Kyi"):
        town.sit(name)
        for path in ("", "screening", "withdraw", "change", "to/waiting", "propose/close"):
            assert town.client.get(at(way, path).rstrip("/")).status_code == 404
        assert town.client.post(at(way, "do", "count")).status_code == 404


def test_nothing_goes_on_once_consent_was_taken_back_and_the_page_says_so_in_alarm(town):
    way = Journey(town.programme).opens()
    assert "took their consent back" not in town.get(at(way))
    says(way, "service", False)
    page = town.get("/intake/")
    assert "took their consent back: withdraw the case" in page
    page = town.get(at(way))
    assert 'class="notice alarm"' in page and re.search(r'<a class="button" href="[^"]*/withdraw"', page)
    assert len(re.findall(r'class="button"', page)) == 1
    page = town.get(f"/intake/{way.folder[:8].hex()}")
    assert at(way, "withdraw") in page and len(re.findall(r'class="button"', page)) == 1
    page = town.get(at(way, "screening"))
    assert "They took their consent back" in page and "<fieldset" not in page
    town.post(at(way, "screening"), **judges(way, "Ei", "Gyi"))
    assert way.case("Aye").stage == "intake"
    page = town.post(at(way, "withdraw"), reason="")
    assert 'id="id_reason-error"' in page
    assert 'value="consent"' in town.get(at(way, "withdraw")) and "checked" in town.get(at(way, "withdraw"))
    page = town.post(at(way, "withdraw"), reason="consent")
    assert way.case("Aye").stage == "withdrawn" and "took their consent back" not in town.get("/intake/")
    assert "They took their consent back" in page and "notice alarm" not in page
    way.carry()
    assert "withdrawn" in counted(way) and way.case("Ba").stage == "withdrawn"


def test_a_case_is_withdrawn_only_on_the_persons_word(town):
    way = Journey(town.programme).to_screening()
    page = town.post(at(way, "withdraw"), reason="own_wish")
    assert 'id="id_said-error"' in page and "Only the person can say this" in page
    assert way.case("Aye").stage == "screening"
    town.post(at(way, "withdraw"), reason="own_wish", said="on")
    assert way.case("Aye").stage == "withdrawn"
    assert "cannot go there" in town.post(at(way, "withdraw"), reason="own_wish", said="on")


def declined(way):
    way.found_twice("not_eligible", "not_eligible")
    way.signed("decline", way.rests("Ei"), "Ei", "Gyi", "not_enough_known")
    done = way.case("Gyi").standing("decline")
    casework.go_to(way.desk("Gyi"), way.cover, Stage.DECLINED, reason="not_enough_known", act=done)
    way.carry()
    return way


def test_after_a_decline_the_person_is_told_and_screening_is_asked_with_what_is_different(town):
    way = declined(Journey(town.programme))
    assert "was declined, and nobody has told them yet" in town.get("/intake/")
    page = town.get(at(way))
    assert "Not enough could be learnt so far" in page and "They may ask again" in page
    town.post(f"/intake/{way.folder[:8].hex()}/answer", text="Not this time.", language="en")
    assert "nobody has told them" not in town.get("/intake/")
    page = town.post(at(way, "screening"), **judges(way, "Ei", "Gyi"), different=" ")
    assert 'id="id_different-error"' in page and way.case("Aye").stage == "declined"
    page = town.post(at(way, "screening"), **judges(way, "Ei", "Gyi"), different="A second paper")
    assert "What is different: A second paper" in page and "Screening once more" in page
    way.carry()
    case = way.case("Ei")
    assert case.stage == "screening" and case.findings == {} and len(case.seated(Seat.SCREENING)) == 2


def test_waiting_and_back_and_a_go_counts_no_more_after_waiting(town):
    way = Journey(town.programme).goes()
    assert way.case("Aye").standing("go")
    assert "They stay for now" in town.get(at(way, "to", "waiting"))
    assert way.case("Aye").stage == "passage"
    page = town.post(at(way, "to", "waiting"))
    assert "The way was stopped" in page and way.case("Aye").stage == "waiting"
    assert way.case("Aye").standing("go") is None and way.case("Aye").standing("admit")
    assert "Back to passage" in page
    town.post(at(way, "to", "passage"))
    assert way.case("Aye").stage == "passage"
    assert "cannot go there" in town.post(at(way, "to", "reception"))
    assert "cannot go there" in town.post(at(way, "to", "closed"))
    way.carry()
    assert "waiting" in counted(way)


def test_one_of_intake_stops_a_way_and_two_sign_again(town):
    way = Journey(town.programme).planned()
    assert "There is no way to stop" in town.post(at(way, "stop"), reason="person_no")
    way.signed("go", go_rests(way), "Kyi", "Aye")
    assert 'id="id_reason-error"' in town.post(at(way, "stop"), reason="waiting")
    assert way.case("Aye").standing("go")
    page = town.post(at(way, "stop"), reason="person_no")
    assert "The person said no" in page and way.case("Aye").standing("go") is None


def go_rests(way):
    plan = way.state("Kyi", way.part("Kyi", "passage"), Passage).planned
    return (way.case("Kyi").standing("admit").name, plan)


def test_two_stages_at_once_are_shown_and_one_is_chosen(town):
    way = Journey(town.programme).opens()
    town.post(at(way, "to", "waiting"))
    casework.go_to(way.desk("Ba"), way.cover, Stage.SCREENING)
    way.carry()
    assert set(way.case("Aye").stages) == {"waiting", "screening"}
    assert "was set to two stages at once" in town.get("/intake/")
    page = town.get(at(way))
    assert "Two wrote different things at once" in page and "It is: Screening" in page
    assert "It is: Waiting inside" in page and "Ask for screening" not in page
    assert "Choose one of them first" in town.post(at(way, "screening"), **judges(way, "Ei", "Gyi"))
    assert "nothing to choose" in town.post(at(way, "do", "closed"))
    page = town.post(at(way, "do", "waiting"))
    assert "Two wrote" not in page and way.case("Aye").stage == "waiting"
    assert "nothing to choose" in town.post(at(way, "do", "screening"))
    way.carry()
    assert way.case("Ba").stages == ("waiting",)
    assert town.client.post(at(way, "do", "fly")).status_code == 404


def test_only_fields_that_differ_are_written_and_two_at_once_are_settled_by_the_form(town):
    way = Journey(town.programme).opens()
    aye, ba = town.desk, way.desk("Ba")
    before = len(aye.history(way.cover).told)
    town.post(at(way, "change"), adults=2, children=1, needs=["children"])
    assert len(aye.history(way.cover).told) == before
    town.post(at(way, "change"), adults=3, children=1, needs=["children"])
    case_actions.change_household(desk=ba, folder=way.cover, adults=2, children=4, needs=("children",))
    way.carry()
    assert (way.case("Aye").one("adults"), way.case("Aye").one("children")) == (3, 4)
    town.post(at(way, "change"), adults=1, children=4, needs=["children"])
    case_actions.change_household(desk=ba, folder=way.cover, adults=5, children=4, needs=("children",))
    way.carry()
    page = town.get(at(way))
    assert "Two wrote different things at once" in page and "two answers" in page
    assert 'id="id_adults-error"' in town.post(at(way, "change"), adults=0, children=4)
    assert "Two wrote" not in town.post(at(way, "change"), adults=5, children=4, needs=["children"])
    way.carry()
    assert way.case("Ba").one("adults") == 5


def test_counting_follows_what_the_person_agrees_to(town):
    way = Journey(town.programme).opens()
    assert counted(way) == ["asked"]
    assert "This was done already" in town.post(at(way, "do", "count"))
    says(way, "figures", False)
    assert "changed what they agree to about figures" in town.get("/intake/")
    assert "They no longer agree to be counted" in town.get(at(way))
    town.post(at(way, "do", "count"))
    assert "about figures" not in town.get("/intake/")
    way.carry()
    assert way.case("Ba").one("counted") is False and sorted(counted(way)) == ["asked", "uncounted"]
    says(way, "figures", True)
    assert "They agree to be counted now" in town.get(at(way))
    town.post(at(way, "do", "count"))
    way.carry()
    assert way.case("Ba").one("counted") is True and sorted(counted(way)) == ["asked", "asked", "uncounted"]


def test_nothing_more_is_counted_of_somebody_who_took_that_back(town):
    way = Journey(town.programme).opens()
    says(way, "figures", False)
    town.post(at(way, "to", "waiting"))
    town.post(at(way, "withdraw"), reason="stays", said="on")
    way.carry()
    assert way.case("Ba").stage == "withdrawn" and counted(way) == ["asked"]
    town.post(at(way, "do", "count"))
    way.carry()
    assert sorted(counted(way)) == ["asked", "uncounted"]


def test_two_who_count_at_once_do_no_harm(town):
    way = Journey(town.programme).opens()
    says(way, "figures", False)
    for name in ("Aye", "Ba"):
        case_actions.count_as_agreed(desk=way.desk(name), folder=way.cover)
    way.carry()
    assert way.case("Aye").conflicts == () and way.case("Aye").one("counted") is False


def test_a_member_is_taken_off_and_another_chosen(town):
    way = Journey(town.programme).arrives()
    page = town.get(at(way))
    seat = at(way, "seat", "shelter", ident(way, "Nwe"))
    assert seat in page and "one is missing" not in page
    page = town.get(seat)
    assert "Nwe leaves this case" in page and "Nobody: their part has ended" in page
    assert 'id="id_to-error"' in town.post(seat, to="")
    assert 'id="id_to-error"' in town.post(seat, to=ident(way, "Chit"))
    town.post(seat, to="nobody")
    assert "Shelter: one is missing" in town.get(at(way))
    assert "do not sit on this case any more" in town.post(seat, to="nobody")
    way.carry()
    assert not way.desk("Nwe").holds(way.cover) and way.case("Mon").seated(Seat.SHELTER)
    town.post(at(way, "seat", "shelter"), to=ident(way, "Nwe"))
    way.carry()
    assert way.desk("Nwe").holds(way.cover) and len(way.case("Mon").seated(Seat.SHELTER)) == 2
    page = town.get(at(way, "seat", "intake", ident(way, "Ba")))
    assert "There is nobody else who may take this seat" in page
    with pytest.raises(NotYet, match="Choose who comes"):
        case_actions.give_seat(
            desk=town.desk, folder=way.cover, seat=Seat.INTAKE, to="", leaves=way.programme.keys["Ba"].id
        )
    with pytest.raises(NotYet, match="Hand your conversation over"):
        case_actions.give_seat(
            desk=town.desk, folder=way.cover, seat=Seat.INTAKE, to="", leaves=town.desk.keys.id
        )
    assert town.client.get(at(way, "seat", "office")).status_code == 404


def test_who_left_a_case_reads_what_was_and_writes_nothing(town):
    way = Journey(town.programme).opens()
    casework.give_seats(way.desk("Ba"), way.cover, [], [town.desk.keys.id])
    way.carry()
    page = town.get(at(way))
    assert "This case left you" in page and "Ask for screening" not in page and "Write the note" not in page
    page = town.post(at(way, "note"), text="typed in vain")
    assert "typed in vain" in page and "You do not work on this case any more" in page
    for path, data in (
        ("change", {"adults": 5, "children": 0}), ("withdraw", {"reason": "own_wish", "said": "on"}),
        ("screening", judges(way, "Ei", "Gyi")), ("to/waiting", {}), ("propose/close", {"reason": "left"}),
    ):  # fmt: skip
        assert "You do not work on this case any more" in town.post(at(way, path), **data)
    assert "You do not work on this case any more" in town.post(at(way, "do", "count"))
    way.carry()
    assert way.case("Ba").stage == "intake" and way.case("Ba").one("adults") == 2


def test_a_case_left_in_intake_for_three_days_stands_on_today(town):
    way = Journey(town.programme).opens()
    town.programme.clock.forward(days=2)
    assert "nobody has asked for screening" not in town.get("/intake/")
    town.programme.clock.forward(days=2)
    page = town.get("/intake/")
    assert "nobody has asked for screening" in page and at(way, "screening") in page
    town.sit("Chit")
    assert "nobody has asked for screening" not in town.get("/intake/")
    town.sit("Aye")
    town.post(at(way, "to", "waiting"))
    assert "nobody has asked for screening" not in town.get("/intake/")


def test_letters_and_answers_stand_in_the_conversation_without_what_they_say(town):
    way = Journey(town.programme).planned()
    page = town.get(f"/intake/{way.folder[:8].hex()}")
    assert "A letter from screening, sealed for them alone" in page
    assert "A letter from passage, sealed for them alone" in page and "Ready?" not in page
    assert "They answered: yes" in page and "They answered, for that desk alone" in page
    assert "Min Min Latt" not in page
    letter = way.visit().letters()[-1]
    way.visit().answer(
        secrets.token_bytes(16), letter.name, "cover", lambda nth: Answer(nth=nth, yes=False), said="no"
    )
    way.carry()
    assert "They answered: no" in town.get(f"/intake/{way.folder[:8].hex()}")


def test_an_entry_that_the_table_does_not_allow_is_named_and_has_no_effect(town):
    way = Journey(town.programme).to_screening()
    assert "has no effect" not in town.get(at(way))
    with pytest.raises(NotYet):
        casework.go_to(way.desk("Ei"), way.cover, Stage.WITHDRAWN)
    way.carry()
    assert "1 entry has no effect" in town.get(at(way)) and way.case("Aye").stage == "screening"
    way.desk("Ba").write(way.cover, Cover(adults=4))
    way.desk("Ba").write(way.folder, Message(text="Hello", language="en"))
    way.carry()
    assert "1 entry has no effect" in town.get(at(way))
