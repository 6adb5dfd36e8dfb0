"""The plan, the person's answer, the go of two, and the halt of one: through the pages."""

import pytest

from banyan.cases import casework
from banyan.cases.casework import NotYet
from banyan.cases.folders.cover import Halted
from banyan.cases.stages import Stage
from banyan.desks.passage import actions
from banyan.desks.passage.tests.conftest import PLAN, Road, leg_form


def test_no_go_without_a_plan_and_the_persons_yes_and_then_two_sign(road: Road) -> None:
    assert "There is no safety plan yet" in road.get(f"{road.at}/go")
    assert "There is no safety plan yet" in road.post(f"{road.at}/go")
    page = road.post(f"{road.at}/plan", first_step="Wait.", stays_behind="1")
    assert "Not whole" in page and "Wait." in page and "If no word comes" in page
    assert "There is no plan" not in road.get(f"{road.at}/ask")
    assert "The safety plan is not whole yet" in road.post(f"{road.at}/go")
    seen = actions.mark_of(road.passage())
    page = road.post(f"{road.at}/plan", **{**PLAN, "threats": ["phone"]}, seen=seen)
    assert "The word is rain." in page and "Thailand" in page and "Not whole" not in page
    assert "has not answered to the plan" in road.get("/passage/")
    assert "Nobody goes without their own yes" in road.post(f"{road.at}/go")
    page = road.post(f"{road.at}/ask", text="Is this right for you?", language="en")
    assert "You asked" in page
    road.carry()
    assert [one.letter.text for one in road.way.visit().letters()][-1] == "Is this right for you?"
    road.answers()
    assert "is ready for a go" in road.get("/passage/")
    page = road.post(f"{road.at}/go")
    assert "waits for intake to sign it" in page and "A go stands" not in page
    assert "waits for intake to sign it too" in road.post(f"{road.at}/go")
    road.carry()
    road.signs()
    page = road.get(road.at)
    assert "A go stands since" in page and "signed by Aye, Kyi" in page
    admitted = road.case().standing("admit")
    assert admitted is not None
    assert set(road.case().done[-1].statement.rests) == {admitted.name, road.passage().planned}


def test_the_persons_no_stops_all_until_their_own_yes(road: Road) -> None:
    road.goes()
    road.post(f"{road.at}/leg", **leg_form(road))
    road.answers(yes=False)
    today = road.get("/passage/")
    assert "said no: halt the go now" in today and "One way needs you now" in today
    page = road.get(road.at)
    assert "Halt: they said no" in page and "Two signed a go, and the person says no" in page
    assert "A go stands" not in page
    page = road.post(f"{road.at}/do/halt")
    assert "It was halted" in page and "The person said no" in page and "Called off" in page
    assert road.case().standing("go") is None
    for _ in range(2):
        page = road.post(f"{road.at}/go")
        assert "The person said no. There is no go while it stands" in page
    with pytest.raises(NotYet):
        actions.arrive(desk=road.desk, cover=road.cover)
    road.answers(yes=True)
    road.post(f"{road.at}/go")
    road.carry()
    assert road.case().standing("go") is None  # two sign again, not one
    road.signs("Ba")
    assert road.case().standing("go") is not None


def test_a_halt_at_once_with_a_go_wins_and_one_is_enough(road: Road) -> None:
    road.planned()
    road.answers()
    road.post(f"{road.at}/go")
    road.carry()
    aye = road.programme.desks["Aye"]
    (waiting,) = road.case("Aye").waiting(aye.now)
    casework.second(aye, road.cover, waiting)
    page = road.post(f"{road.at}/halt", reason="")
    assert "This field is required" in page
    page = road.post(f"{road.at}/halt", reason="danger", legs="on")  # neither has seen the other
    road.carry()
    for name in ("Kyi", "Aye", "Ba"):
        assert road.case(name).standing("go") is None
    assert "Somebody is in danger" in road.get(road.at) and "A go stands" not in road.get(road.at)
    assert "No go stands" in road.post(f"{road.at}/arrive")
    assert road.case().stage is Stage.PASSAGE


def test_a_plan_that_changed_is_proposed_anew(road: Road) -> None:
    road.planned()
    road.answers()
    road.post(f"{road.at}/go")
    seen = actions.mark_of(road.passage())
    road.post(f"{road.at}/plan", **{**PLAN, "first_step": "Go by the river."}, seen=seen)
    assert "has another plan than the one that was proposed" in road.get("/passage/")
    assert "The plan was changed after that" in road.get(road.at)
    page = road.post(f"{road.at}/go")
    assert "The plan was changed after that" not in page
    road.carry()
    assert len(road.case("Aye").waiting(road.desk.now)) == 2
    newest = road.case("Aye").waiting(road.desk.now)[-1]
    casework.second(road.programme.desks["Aye"], road.cover, newest)
    road.carry()
    assert "A go stands" in road.get(road.at)


def test_two_planners_change_the_plan_at_once_and_both_see_it(road: Road) -> None:
    road.second_planner()
    road.planned()
    kyi, kha = road.programme.desks["Kyi"], road.programme.desks["Kha"]
    for name, desk, step in (("Kyi", kyi, "Left."), ("Kha", kha, "Right.")):
        seen = actions.mark_of(road.passage(name))
        actions.plan(desk=desk, cover=road.cover, seen=seen, **{**PLAN, "first_step": step})
    actions.plan(desk=kha, cover=road.cover, seen=actions.mark_of(road.passage("Kha")),
                 **{**PLAN, "first_step": "Right.", "stays_behind": 5})  # fmt: skip
    road.carry()
    road.answers()
    for name in ("Kyi", "Kha"):
        road.sit(name)
        page = road.get(road.at)
        assert "Two wrote different things at once" in page and "two answers" in page
        assert "Left." in page and "Right." in page and "How many stay behind:</span> 5" in page
        assert "Two wrote different plans at once" in road.post(f"{road.at}/go")
    page = road.get(f"{road.at}/plan")
    assert "Left. / Right." in page or "Right. / Left." in page
    seen = actions.mark_of(road.passage())
    page = road.post(
        f"{road.at}/plan", **{**PLAN, "first_step": "Straight on.", "stays_behind": 5}, seen=seen
    )
    assert "Two wrote different things at once" not in page and "Straight on." in page
    road.carry()
    road.sit("Kyi")
    assert "Two wrote different things at once" not in road.get(road.at)
    assert road.passage().one("stays_behind") == 5


def test_nobody_writes_over_a_plan_that_they_have_not_seen(road: Road) -> None:
    road.planned()
    old = actions.mark_of(road.passage())
    road.post(f"{road.at}/plan", **{**PLAN, "call_off": "The word is wind."}, seen=old)
    page = road.post(f"{road.at}/plan", **{**PLAN, "first_step": "My long text."}, seen=old)
    assert "A colleague changed the plan while you wrote" in page
    assert "My long text." in page and "The word is wind." in page and "What stands now" in page
    assert (
        road.passage().one("call_off") == "The word is wind."
        and road.passage().one("first_step") == PLAN["first_step"]
    )


def test_what_has_not_arrived_is_said(road: Road) -> None:
    road.second_planner()
    road.planned()
    kyi, kha = road.programme.desks["Kyi"], road.programme.desks["Kha"]
    before = set(kyi.store.unsent())
    actions.plan(
        desk=kyi, cover=road.cover, seen=actions.mark_of(road.passage()), **{**PLAN, "stays_behind": 3}
    )
    first = set(kyi.store.unsent()) - before
    actions.plan(
        desk=kyi, cover=road.cover, seen=actions.mark_of(road.passage()), **{**PLAN, "stays_behind": 4}
    )
    later = set(kyi.store.unsent()) - before - first
    kha.store.add(item.data for item in kyi.store.get(list(later)))
    kha.take_in_all()
    road.sit("Kha")
    for path in ("/passage/", road.at):
        assert "has not arrived yet" in road.get(path)
    road.carry()
    assert "has not arrived yet" not in road.get(road.at)


def test_a_halt_of_intake_is_read_here(road: Road) -> None:
    road.goes()
    road.programme.desks["Ba"].write(road.cover, Halted(reason="silent"))
    road.carry()
    page = road.get(road.at)
    assert "It was halted" in page and "No word has come" in page


def test_two_plans_begun_at_once_lose_nothing(road: Road) -> None:
    road.second_planner()
    for name, step in (("Kyi", "By boat."), ("Kha", "By bus.")):
        actions.plan(desk=road.programme.desks[name], cover=road.cover, **{**PLAN, "first_step": step})
    road.carry()
    for name in ("Kyi", "Kha"):
        road.sit(name)
        page = road.get(road.at)
        assert "Two plans were begun at once" in page and "By boat." in page and "By bus." in page
    assert road.passage("Kyi").folder == road.passage("Kha").folder


def test_a_go_that_was_signed_first_is_taken_back_and_intake_signs_it_no_more(road: Road) -> None:
    road.planned()
    road.answers()
    page = road.post(f"{road.at}/go")
    assert "You signed first" in page and "Take it back" in page
    road.carry()
    (waiting,) = road.case("Aye").waiting(road.desk.now)
    path = f"{road.at}/take-back/{waiting.name[:8].hex()}"
    road.get(path, 405)
    page = road.post(path)
    assert "Taken back: The person may set out" in page and "You signed first" not in page
    assert "No go was proposed yet" in page and "Propose go" in page
    assert "nothing to take back any more" in road.post(path)
    road.carry()
    with pytest.raises(NotYet, match="waits no more"):
        casework.second(road.programme.desks["Aye"], road.cover, waiting)
    road.post(f"{road.at}/go")
    road.carry()
    road.signs()
    assert road.case().may_go is not None and "Take it back" not in road.get(road.at)


class Kept(dict[str, str]):
    """Drafts by key, as the house keeps them."""

    def load(self, key: str) -> str | None:
        return self.get(key)

    def drop(self, key: str) -> None:
        self.pop(key, None)


def test_what_was_typed_and_not_sent_comes_back_field_by_field_and_goes_when_it_is_sent(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug, old = road.cover[:8].hex(), ""
    drafts = Kept({
        f"passage plan {slug}": f"seen={old}&threats=phone&threats=checkpoint&stays_behind=3&first_step=Half+a+word",
        f"passage leg {slug}": "meet=Behind+the+mill&people=4&means=foot",
    })  # fmt: skip
    monkeypatch.setattr("django.core.handlers.wsgi.WSGIRequest.drafts", drafts, raising=False)
    page = road.get(f"{road.at}/plan")
    assert "Half a word" in page and 'value="3"' in page and page.count(" checked") == 2
    assert "You typed this before and did not send it" in page
    road.planned()  # a colleague was quicker: the draft had not seen it, and writes over nothing
    assert 'name="seen" value=""' in road.get(f"{road.at}/plan")
    page = road.post(f"{road.at}/plan", **{**PLAN, "first_step": "Half a word and more"}, seen=old)
    assert (
        "A colleague changed the plan while you wrote" in page and "Half a word and more" in page and drafts
    )
    assert "You typed this before" not in page
    road.post(f"{road.at}/plan", **PLAN | {"first_step": "All of it"}, seen=actions.mark_of(road.passage()))
    assert list(drafts) == [f"passage leg {slug}"] and "Half a word" not in road.get(f"{road.at}/plan")
    page = road.get(f"{road.at}/leg")
    assert "Behind the mill" in page and 'value="4"' in page
    road.post(f"{road.at}/leg", **leg_form(road))
    assert not drafts and "Behind the mill" not in road.get(f"{road.at}/leg")
