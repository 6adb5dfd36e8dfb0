"""Acts of two at intake: one alone never does it, and what speaks against it is said in words."""

import re
import secrets

import pytest

from banyan.cases import casework
from banyan.cases.casework import NotYet
from banyan.cases.folders import passage
from banyan.cases.folders.conversation import Agreement, Triage
from banyan.cases.folders.cover import Answer
from banyan.cases.journey import Journey
from banyan.cases.stages import Stage
from banyan.cases.tests.test_acts_of_two import frozen
from banyan.desks.intake import case_actions
from banyan.desks.intake.tests.test_cases import at, counted, go_rests, says
from banyan.folders.seats import Seat


def waiting(way, name):
    (found,) = way.case(name).waiting(way.desk(name).now)
    return found


def sign(way, name="Aye"):
    return at(way, "sign", waiting(way, name).name[:8].hex())


def test_a_case_is_closed_by_two_and_opened_again_by_two(town):
    way = Journey(town.programme).opens()
    path = at(way, "propose", "close")
    assert 'id="id_reason-error"' in town.post(path, reason="")
    assert 'id="id_reason-error"' in town.post(path, reason="nonsense")
    page = town.post(path, reason="left")
    assert "What waits for a second signature" in page and "Moved away or left" in page
    assert "Read and sign" not in page and "waits for your signature" not in town.get("/intake/")
    page = town.get(sign(way))
    assert "You have signed this" in page and "Sign this" not in page
    assert "Somebody else signs it too" in town.post(sign(way)) and way.case("Aye").stage == "intake"
    assert "waits for a signature already" in town.post(path, reason="left")
    way.carry()
    town.sit("Ba")
    assert "waits for your signature" in town.get("/intake/") and "Read and sign" in town.get(at(way))
    page = town.get(sign(way, "Ba"))
    assert "The case is closed" in page and "Aye (Intake)" in page and "Moved away or left" in page
    assert "Nothing but the reason" in page and "It can be signed until" in page
    slug = sign(way, "Ba")
    page = town.post(slug)
    assert "Closed" in page and way.case("Ba").stage == "closed"
    assert "does not wait any more" in town.post(slug) and "does not wait any more" in town.get(slug)
    way.carry()
    assert "closed" in counted(way)
    town.post(at(way, "propose", "reopen"), reason="came_back")
    way.carry()
    says(way, "service", False)
    town.sit("Aye")
    page = town.post(sign(way))
    assert "Do not sign this now" in page and "They took their consent back" in page
    assert way.case("Aye").stage == "closed"
    says(way, "service", True, adult=True)
    town.post(sign(way))
    assert way.case("Aye").stage == "intake"


def test_another_than_the_two_sees_nothing_to_sign(town):
    way = Journey(town.programme).planned()
    casework.propose(way.desk("Kyi"), way.cover, "go", go_rests(way))
    way.carry()
    path = sign(way)
    for name in ("Chit", "Kyi", "Ei"):
        town.sit(name)
        assert town.client.get(path).status_code == 404 and town.client.post(path).status_code == 404
    with pytest.raises(NotYet, match="do not work on this case"):
        case_actions.second(desk=way.desk("Kyi"), folder=way.cover, name=waiting(way, "Kyi").name)


def test_they_are_referred_by_two_with_their_consent_to_share(town):
    way = Journey(town.programme).opens()
    path = at(way, "propose", "refer")
    assert "have not agreed that what is needed is shared" in town.get(path)
    town.post(path, reason="medical")
    assert way.case("Aye").waiting(town.desk.now) == []
    says(way, "share", True)
    town.post(path, reason="medical")
    way.carry()
    says(way, "share", False)
    town.sit("Ba")
    page = town.post(sign(way, "Ba"))
    assert "have not agreed that what is needed is shared" in page and way.case("Ba").stage == "intake"
    assert "Sign this" not in page
    says(way, "share", True)
    assert "Sign this" in town.get(sign(way, "Ba"))
    assert "Referred" in town.post(sign(way, "Ba")) and way.case("Ba").stage == "referred"


def answers(way, yes):
    letter = way.visit().letters()[-1]
    said = "yes" if yes else "no"
    way.visit().answer(
        secrets.token_bytes(16),
        letter.name,
        "cover",
        lambda nth: Answer(nth=nth, yes=yes),
        said=said,
    )
    way.carry()


def test_nobody_is_let_go_against_their_no_in_danger_or_without_consent(town):
    way = Journey(town.programme).planned()
    casework.propose(way.desk("Kyi"), way.cover, "go", go_rests(way))
    way.carry()
    path = sign(way)
    page = town.get(path)
    assert "The person may set out" in page and "Kyi (Planning)" in page and "Sign this" in page
    assert "They are admitted: signed by" in page and "The safety plan as it stood then" in page
    assert "yes, " in page and "none missed" in page and "do not read the way itself" in page
    for bad, good, words in (
        (lambda: answers(way, False), lambda: answers(way, True), "Their last answer about the way is no"),
        (lambda: town.desk.write(way.folder, Triage(danger=True)),
         lambda: town.desk.write(way.folder, Triage(danger=False)), "They are in danger now"),
        (lambda: says(way, "service", False), lambda: says(way, "service", True), "They took their consent back"),
    ):  # fmt: skip
        bad()
        assert words in town.get(path) and "Sign this" not in town.get(path)
        assert words in town.post(path) and way.case("Aye").standing("go") is None
        good()
        assert words not in town.get(path)
    town.desk.write(way.folder, Agreement(next_due=town.desk.now + 1, every_hours=24))
    town.programme.clock.forward(hours=30)
    assert "2 missed" in town.get(path)
    page = town.post(path)
    assert way.case("Aye").standing("go") and "The person may set out" in page
    assert way.case("Aye").stage == "passage"


def test_without_a_yes_nobody_is_let_go(town):
    way = Journey(town.programme).admitted()
    kyi = way.desk("Kyi")
    folder = casework.found_part(kyi, way.cover, "passage", [], passage.Begun(cover=way.cover))
    kyi.write(folder, passage.SafetyPlan(threats=("search",)))
    casework.propose(kyi, way.cover, "go", go_rests(way))
    way.carry()
    assert "They have not said yes to the way yet" in town.post(sign(way))
    assert way.case("Aye").standing("go") is None


def test_a_halt_at_once_with_the_signature_wins_and_is_shown(town):
    way = Journey(town.programme).planned()
    casework.propose(way.desk("Kyi"), way.cover, "go", go_rests(way))
    way.carry()
    casework.halt(way.desk("Kyi"), way.cover, "unsafe")
    town.post(sign(way))
    way.carry()
    assert way.case("Aye").standing("go") is None and way.case("Kyi").standing("go") is None
    assert "The way was stopped" in town.get(at(way))


def test_a_stop_at_once_with_the_arrival_is_a_warning_and_nobody_stops_who_has_arrived(town):
    way = Journey(town.programme).goes()
    assert "Stop the way" in town.get(at(way))
    casework.go_to(way.desk("Kyi"), way.cover, Stage.RECEPTION)
    town.post(at(way, "stop"), reason="danger")  # Aye had not heard that they are there
    assert way.case("Aye").standing("go") is None
    way.carry()
    page = town.get(at(way))
    assert "They arrived while the way was stopped" in page and "Somebody is in danger" in page
    assert way.case("Aye").stage is Stage.RECEPTION and way.case("Aye").standing("go")
    assert "arrived while the way was stopped" in town.get("/intake/")
    assert "One is enough" not in page and "There is no way to stop" in town.post(
        at(way, "stop"), reason="danger"
    )
    casework.give_seats(way.desk("Kyi"), way.cover, [(way.member("Mon"), Seat.SHELTER)])
    way.carry()
    casework.go_to(way.desk("Mon"), way.cover, Stage.SUPPORT)
    way.carry()
    assert "They arrived while" not in town.get(at(way)) and "arrived while" not in town.get("/intake/")


def test_what_a_frozen_member_signed_first_is_not_offered_to_sign(town):
    way = Journey(town.programme).opens()
    casework.propose(way.desk("Ba"), way.cover, "close", (), "left")
    way.carry()
    page = sign(way)
    assert "waits for your signature" in town.get("/intake/") and "The case is closed" in town.get(page)
    town.programme.hub.add([frozen(way, "Ba")])
    way.carry()
    assert "waits for your signature" not in town.get("/intake/") and "Read and sign" not in town.get(at(way))
    assert "does not wait any more" in town.post(page) and way.case("Aye").stage == "intake"


def test_two_who_sign_the_same_at_once_do_it_once(town):
    way = Journey(town.programme).planned()
    casework.propose(way.desk("Kyi"), way.cover, "go", go_rests(way))
    way.carry()
    for name in ("Aye", "Ba"):
        case_actions.second(desk=way.desk(name), folder=way.cover, name=waiting(way, name).name)
    way.carry()
    assert len({one.statement.nonce for one in way.case("Aye").done if one.statement.act == "go"}) == 1
    assert way.case("Aye").standing("go")


def test_a_first_signature_of_somebody_who_left_is_not_seconded(town):
    way = Journey(town.programme).planned()
    casework.propose(way.desk("Kyi"), way.cover, "go", go_rests(way))
    way.carry()
    path = sign(way)
    casework.give_seats(town.desk, way.cover, [], [way.programme.keys["Kyi"].id])
    assert "This is not for you to sign" in town.get(path)
    assert "Who signed first has left this case" in town.post(path)
    assert way.case("Aye").standing("go") is None and "waits for your signature" not in town.get("/intake/")


def test_a_proposal_lapses_after_fourteen_days(town):
    way = Journey(town.programme).opens()
    town.post(at(way, "propose", "close"), reason="left")
    way.carry()
    path = sign(way, "Ba")
    town.sit("Ba")
    town.programme.clock.forward(days=15)
    assert "does not wait any more" in town.post(path) and way.case("Ba").stage == "intake"
    assert "waits for your signature" not in town.get("/intake/")


def test_a_no_after_two_have_signed_stands_on_today_until_the_way_is_stopped(town):
    way = Journey(town.programme).goes()
    assert "said no to the way" not in town.get("/intake/")
    answers(way, False)
    page = town.get("/intake/")
    assert "said no to the way that two signed" in page and at(way, "stop") in page
    assert re.search(r'<article class="row alarm">.*Stop the way', town.get(at(way)), re.S)
    town.post(at(way, "stop"), reason="person_no")
    assert "said no to the way" not in town.get("/intake/")


def test_a_closing_that_was_signed_first_is_taken_back_and_nobody_signs_it_after(town):
    way = Journey(town.programme).opens()
    page = town.post(at(way, "propose", "close"), reason="left")
    assert "You signed first" in page and "Take it back" in page
    way.carry()
    name, path = waiting(way, "Aye").name[:8].hex(), sign(way, "Ba")
    town.sit("Ba")
    assert "Take it back" not in town.get(at(way))
    assert "nothing to take back" in town.post(at(way, "take-back", name)) and waiting(way, "Ba")
    town.sit("Aye")
    assert "Taken back: The case is closed" in town.post(at(way, "take-back", name))
    way.carry()
    town.sit("Ba")
    assert "does not wait any more" in town.post(path) and way.case("Ba").stage == "intake"
    page = town.get(at(way))
    assert "Taken back: The case is closed" in page and "What waits for a second signature" not in page
