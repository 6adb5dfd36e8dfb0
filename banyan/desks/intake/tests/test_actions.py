"""What intake does, and what it may not, through its forms; two desks at once lose nothing."""

import re
from datetime import timedelta

import pytest

from banyan.cases import casework
from banyan.cases.casework import NotYet
from banyan.cases.folders import tally
from banyan.cases.folders.conversation import Agreement, CheckIn, Message
from banyan.cases.journey import Journey
from banyan.desks.intake import actions
from banyan.desks.intake.tests.conftest import slug
from banyan.folders.compose import NotHeld


def title(page):
    return re.findall(r"<h1>(.*?)</h1>", page, re.S)[0]


@pytest.fixture
def asked(street):
    """Somebody who was asked for consent."""
    visit = street.person(concern="family")
    street.carry()
    street.post(f"/intake/{slug(visit)}/answer", text="May we open a case?", language="en")
    street.post(f"/intake/{slug(visit)}/consent", purposes=["service", "figures"])
    street.carry()
    return visit


HOUSEHOLD = {"adults": 2, "children": 3, "needs": ["medical", "documents"]}


def test_a_case_is_opened_with_consent_and_for_an_adult_only(street, asked):
    path = f"/intake/{slug(asked)}/open-case"
    assert "They have not agreed yet" in street.get(path)
    assert "They have not agreed yet" in street.post(path, **HOUSEHOLD)
    assert street.desk.held("cover") == []
    street.agrees(asked, adult=None)
    assert "have not said how old" in street.post(path, **HOUSEHOLD)
    street.agrees(asked)
    today = street.get("/intake/")
    assert "agreed to a case" in today and f'href="{path}">Open case' in today
    assert 'id="id_adults-error"' in street.post(path, adults=0, children=0)
    assert street.desk.held("cover") == []
    street.post(path, **HOUSEHOLD)
    (cover,) = street.desk.held("cover")
    case = street.desk.case(cover)
    page = street.get(f"/intake/case/{cover[:8].hex()}")
    assert case.reference in page and "Medical care, Papers" in page and "You and Ba. Not the person." in page
    assert case.reference in street.get(f"/intake/{slug(asked)}")
    street.carry()
    ba, chit = street.programme.desks["Ba"], street.programme.desks["Chit"]
    assert ba.case(cover).one("children") == 3 and chit.case(cover) is None
    assert "There is a case already" in street.post(path, **HOUSEHOLD)


def test_a_consent_taken_back_stops_the_case(street, asked):
    street.agrees(asked)
    street.agrees(asked, given=False)
    assert "They have not agreed yet" in street.post(f"/intake/{slug(asked)}/open-case", **HOUSEHOLD)


def test_under_18_is_a_hard_stop_with_the_words_of_referral(street, asked):
    street.agrees(asked, adult=False)
    path = f"/intake/{slug(asked)}/open-case"
    today = street.get("/intake/")
    assert "is under 18" in today and path not in today and path not in street.get(f"/intake/{slug(asked)}")
    for page in (street.get(f"/intake/{slug(asked)}"), street.get(path), street.post(path, **HOUSEHOLD)):
        assert "They are under 18: stop here" in page and "child protection today" in page
    assert street.desk.held("cover") == []
    with pytest.raises(NotYet, match="child protection"):
        actions.open_case(desk=street.desk, folder=asked.history.folder, adults=1, children=0)


def test_two_desks_that_open_a_case_at_once_show_two_covers(street, asked):
    street.agrees(asked)
    folder = asked.history.folder
    for name in ("Aye", "Ba"):
        actions.open_case(desk=street.programme.desks[name], folder=folder, adults=1, children=0)
    street.carry()
    covers = street.desk.held("cover")
    page = street.get(f"/intake/{slug(asked)}")
    assert "Two cases were opened at once" in page and len(covers) == 2
    assert all(street.desk.case(cover).reference in page for cover in covers)


def test_two_cases_opened_at_once_are_counted_as_one_person_and_two_people_as_two(whole):
    thi = (way := Journey(whole)).desk("Thi")
    box = thi.found("tally", [])
    thi.write(box, tally.Box(month=casework.month_of(thi.now)))
    way.carry()
    for names in (("Aye", "Ba"), ("Aye",)):
        way = Journey(whole).writes().agrees()
        for name in names:
            actions.open_case(desk=way.desk(name), folder=way.folder, adults=1, children=0)
    way.carry()
    assert len(way.desk("Aye").held("cover")) == 3
    dropped = [one for _, _, one in way.state("Thi", box, tally.Tally).counted]
    assert [one.event for one in dropped] == ["asked"] * 3
    assert len({one.number for one in dropped}) == 2


def test_notes_are_for_those_assigned(street, asked):
    street.agrees(asked)
    cover = actions.open_case(desk=street.desk, folder=asked.history.folder, adults=1, children=0)
    path = f"/intake/case/{cover[:8].hex()}"
    assert "speaks softly" in street.post(f"{path}/note", text="speaks softly")
    assert 'id="id_text-error"' in street.post(f"{path}/note", text=" ")
    street.carry()
    asked._history = None
    assert all("softly" not in str(said.document) for said in asked.conversation.said)
    street.sit("Chit")
    assert street.client.get(path).status_code == 404
    assert street.client.post(f"{path}/note", {"text": "x"}).status_code == 404


def test_danger_is_said_and_taken_back(street):
    visit = street.person()
    street.carry()
    page = street.post(f"/intake/{slug(visit)}/do/danger")
    assert "is in danger now" in title(page)
    assert "is in danger now" not in title(street.post(f"/intake/{slug(visit)}/do/safe"))


def test_put_off_until_later_unless_in_danger_or_written_again(street):
    visit = street.person()
    street.carry()
    path, now = f"/intake/{slug(visit)}", street.programme.clock.now
    later = (now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert 'id="id_until-error"' in street.post(f"{path}/later", until="2001-01-01T10:00")
    street.post(f"{path}/later", until=later)
    assert title(street.get("/intake/")) == "Nothing is due before tomorrow"
    assert "1 conversation has nothing due" in street.get("/intake/")
    street.programme.clock.forward(minutes=5)
    street.say(visit, Message(text="Still there?", language="en"))
    assert title(street.get("/intake/")) == "One person needs you now"
    street.post(f"{path}/do/danger")
    page = street.post(f"{path}/later", until=later)
    assert "in danger here, so it stays" in page and later in page


def test_an_enquiry_is_closed_with_advice_and_opened_by_a_new_message(street):
    visit = street.person()
    street.carry()
    path = f"/intake/{slug(visit)}/close"
    page = street.post(path, topic="papers", advice="", language="en")
    assert "They have no answer yet" in page
    assert 'id="id_topic-error"' in street.post(path, topic="", advice="Do this", language="en")
    page = street.post(path, topic="papers", advice="Go to the embassy", language="en")
    assert "was advised and closed" in title(page) and "Go to the embassy" in page
    assert title(street.get("/intake/")) == "Nothing is due before tomorrow"
    street.carry()
    street.say(visit, Message(text="Thank you, one more", language="en"))
    assert title(street.get("/intake/")) == "One person needs you now"


def test_set_aside_and_taken_back(street):
    visit = street.person("cheap watches")
    street.carry()
    assert "was set aside" in title(street.post(f"/intake/{slug(visit)}/do/aside"))
    assert title(street.get("/intake/")) == "Nothing is due before tomorrow"
    assert "needs nothing" not in title(street.post(f"/intake/{slug(visit)}/do/take-back"))
    assert title(street.get("/intake/")) == "One person needs you now"  # nobody answered them


def test_a_missed_check_in_is_silence_and_a_word_ends_it(street):
    visit = street.person()
    street.carry()
    path, now = f"/intake/{slug(visit)}", street.programme.clock.now
    street.post(f"{path}/answer", text="Write tomorrow", language="en")
    assert "That time has passed" in street.post(
        f"{path}/check-in", next_due="2001-01-01T10:00", every_hours=24
    )
    street.post(
        f"{path}/check-in", next_due=(now + timedelta(hours=24)).strftime("%Y-%m-%dT%H:%M"), every_hours=24
    )
    assert title(street.get("/intake/waiting")) == "Everybody has checked in"
    street.programme.clock.forward(hours=20)
    assert title(street.get("/intake/waiting")) == "One person is silent"
    for page in (street.get("/intake/"), street.get("/intake/waiting")):
        assert (
            '<article class="row sun"><span class="tag">Silent' in page and "missed the check-in of" in page
        )
    assert "missed a check-in" in title(street.get(path))
    street.programme.clock.forward(hours=30)
    assert title(street.get("/intake/waiting")) == "One person is silent"
    for page in (street.get("/intake/"), street.get("/intake/waiting")):
        assert '<article class="row alarm"><span class="tag">Silent' in page
        assert "missed 2 check-ins since Tuesday 3 March, 09:00" in page
    assert "missed 2 check-ins" in title(street.get(path))
    street.carry()
    street.say(visit, CheckIn(how="ok"))
    assert title(street.get("/intake/")) == "Nothing is due before tomorrow"
    street.post(f"{path}/do/no-check-ins")
    assert title(street.get("/intake/waiting")) == "Nobody has agreed to check in"


def test_who_missed_most_stands_first_below_danger(street):
    people = {name: street.person(name) for name in ("missed once", "missed thrice", "expected soon")}
    street.carry()
    now = street.desk.now
    for (name, visit), due in zip(people.items(), (49, 24, 74), strict=True):
        actions.answer(desk=street.desk, folder=visit.history.folder, text=f"To {name}", language="en")
        street.desk.write(visit.history.folder, Agreement(next_due=now + due * 3_600_000, every_hours=24))
    street.carry()
    street.programme.clock.forward(hours=73)
    street.person("now in danger", danger=True)
    street.carry()

    def order(path, *names):
        page = street.get(path)
        assert all(name in page for name in names)
        return sorted(names, key=page.index)

    assert order("/intake/", "missed once", "missed thrice", "now in danger") == [
        "now in danger", "missed thrice", "missed once",
    ]  # fmt: skip
    assert "expected soon" not in street.get("/intake/")
    three = ["missed thrice", "missed once", "expected soon"]
    assert order("/intake/waiting", *sorted(three)) == three
    assert title(street.get("/intake/waiting")) == "2 people are silent"


def test_a_frozen_or_removed_member_cannot_write(street, monkeypatch):
    visit = street.person()
    street.carry()
    folder = visit.history.folder
    monkeypatch.setattr(type(street.desk), "me", property(lambda desk: None))
    with pytest.raises(NotYet, match="copy it") as refused:
        actions.answer(desk=street.desk, folder=folder, text="x", language="en")
    assert isinstance(refused.value.__cause__, NotHeld)
    page = street.post(f"/intake/{slug(visit)}/answer", text="typed in vain", language="en")
    assert "typed in vain" in page and "You do not hold this any more" in page


def test_the_lead_is_named(street):
    visit = street.person()
    street.carry()
    assert "<b>Aye</b>" in street.post(f"/intake/{slug(visit)}/do/lead")
