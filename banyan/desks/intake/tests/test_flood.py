"""A flood is put aside in one action and taken back in one; a person is never in it."""

import re
import time

import pytest
from django.db import transaction

from banyan.cases.casework import put_aside
from banyan.cases.folders.conversation import Agreement, CheckIn, ConsentAsked, Message
from banyan.cases.testing import Programme
from banyan.desks.intake import flood, flood_pages
from banyan.desks.intake.flood import Alike
from banyan.desks.intake.tests.conftest import slug
from banyan.sealing import codes

JUNK = "cheap watches, buy now"
LOUD = "more look like that, but ticked danger, wrote again or sent a file"


def always() -> bool:
    return True


def flood_of(street, many: int) -> list:
    """So many write the same, and all of it arrives."""
    visits = []
    for number in range(many):
        visit = street.programme.door.visit(number.to_bytes(11, "big"))
        visit.post(bytes(16), Message(text=f"{JUNK} {number}", language="en"))
        visits.append(visit)
    street.carry()
    return visits


def _choose(street, **asked: object) -> str:
    return str(street.post("/intake/flood", words=JUNK, unanswered="on", **asked))


def _press(page: str) -> str:
    found = re.search(r'action="(/intake/flood/[0-9a-f]{32}/\w+)"', page)
    assert found is not None
    return found[1]


def _batches(page: str) -> list[str]:
    return re.findall(r'action="/intake/flood/([0-9a-f]{32})/aside"', page)


def _through(street, path: str) -> str:
    """Press, and go on where a busy machine needs more than one step."""
    page = str(street.post(path))
    while "data-go-on" in page:
        page = str(street.post(_press(page)))
    return page


def _states(desk, visits) -> set[str]:
    return {desk.conversation(visit.history.folder).state for visit in visits}


def test_a_flood_is_shown_put_aside_and_taken_back(street) -> None:
    honest = street.person("I want to leave. I saw cheap watches.")
    junk = flood_of(street, 40)
    page = _choose(street)
    assert "40 conversations look like that" in page and "One other conversation stays open." in page
    assert page.count('<article class="row') == flood_pages.SHOWN
    assert _states(street.desk, junk) == {"open"}  # looking does nothing
    done = _through(street, _press(page))
    assert "40 conversations are put aside" in done
    assert _states(street.desk, junk) == {"set_aside"}
    assert street.desk.conversation(honest.history.folder).state == "open"
    assert "One person needs you now" in street.get("/intake/")
    assert "40 conversations are put aside" in street.get("/intake/flood")
    assert "40 conversations are open again" in _through(street, _press(done))
    assert _states(street.desk, junk) == {"open"}
    assert "41" in street.get("/intake/")  # and each waits for an answer as before
    assert "are put aside" not in street.get("/intake/flood")


def test_the_second_reader_sees_it_and_may_take_it_back(street) -> None:
    junk = flood_of(street, 3)
    street.post(_press(_choose(street)))
    street.carry()
    ba = street.programme.desks["Ba"]
    assert _states(ba, junk) == {"set_aside"}
    (batch,) = flood.batches(ba)
    assert flood.take_back(desk=ba, batch=batch.name, go_on=always) == 0
    street.carry()
    assert _states(street.desk, junk) == {"open"}


def test_whoever_may_be_somebody_is_never_among_them(street) -> None:
    asked, led, case = street.person(JUNK), street.person(JUNK), street.person(JUNK)
    street.desk.write(asked.history.folder, ConsentAsked(purposes=("service",)))
    street.post(f"/intake/{slug(led)}/do/lead")
    street.desk.write(case.history.folder, ConsentAsked(purposes=("service",)))
    street.carry()
    street.agrees(case)
    page = _choose(street)
    assert "No conversation looks like that" in page and LOUD not in page
    street.person(JUNK)
    page = _choose(street)
    assert "One conversation looks like that" in page and LOUD not in page


def _loud_ones(street) -> list:
    """One who ticked danger, one who wrote twice, one who sent a file."""
    twice, danger, sent = street.person(JUNK), street.person(JUNK, danger=True), street.person(JUNK)
    street.say(twice, Message(text=f"{JUNK} again", language="en"))
    sent.attach(bytes(16), b"PK", kind="zip", media_type="", cleaned=False)
    street.carry()
    return [twice, danger, sent]


def test_who_ticked_danger_wrote_twice_or_sent_a_file_is_a_choice_of_its_own(street) -> None:
    loud, junk = _loud_ones(street), flood_of(street, 4)
    page = _choose(street)
    assert "4 conversations look like that" in page and f"3 {LOUD}" in page
    first, apart = (f"/intake/flood/{batch}/aside" for batch in _batches(page))
    assert (
        page.count('<article class="row') == 7 and page.count("In danger now") == 1
    )  # all are shown as they are
    done = _through(street, first)
    assert _states(street.desk, junk) == {"set_aside"} and _states(street.desk, loud) == {"open"}
    apart_done = _through(street, apart)
    assert "3 conversations are put aside" in apart_done and _states(street.desk, loud) == {"set_aside"}
    assert len(flood.batches(street.desk)) == 2
    assert put_aside(street.desk) == {
        visit.history.folder for visit in (*loud, *junk)
    }  # the hub may drop both
    _through(street, _press(apart_done))
    assert _states(street.desk, loud) == {"open"} and _states(street.desk, junk) == {"set_aside"}
    assert street.desk.conversation(loud[1].history.folder).danger  # and still in danger
    _through(street, _press(done))
    assert _states(street.desk, junk) == {"open"}


def test_nobody_stands_apart_whom_intake_answered_or_who_said_more_since_the_look(street) -> None:
    loud = _loud_ones(street)
    street.desk.write(loud[0].history.folder, Message(text="Who are you?", language="en"))
    page = _choose(street)
    assert f"2 {LOUD}" in page
    street.say(loud[1], Message(text="Help me.", language="en"))
    _through(street, f"/intake/flood/{_batches(page)[-1]}/aside")
    assert [_states(street.desk, [one]) for one in loud] == [{"open"}, {"open"}, {"set_aside"}]
    street.say(loud[2], Message(text="I am no watch.", language="en"))
    assert _states(street.desk, loud) == {"open"}


def test_whoever_writes_again_comes_out_by_themselves(street) -> None:
    junk = flood_of(street, 5)
    street.post(_press(_choose(street)))
    street.carry()
    street.say(junk[0], Message(text="I am no watch. Help me.", language="en"))
    (batch,) = flood.batches(street.desk)
    assert batch.count == 4
    assert "One person needs you now" in street.get("/intake/")


def test_whoever_writes_while_it_is_put_aside_is_open(street) -> None:
    junk = flood_of(street, 2)
    page = _choose(street)
    junk[0].post(b"x" * 16, Message(text="Help me.", language="en"))  # the desk has not heard of it
    street.post(_press(page))
    assert _states(street.desk, junk) == {"set_aside"}
    street.carry()
    assert street.desk.conversation(junk[0].history.folder).state == "open"
    assert "One person needs you now" in street.get("/intake/")


def test_what_came_after_the_look_is_left_alone(street) -> None:
    flood_of(street, 2)
    page = _choose(street)
    late = street.person(JUNK)
    street.carry()
    assert "2 conversations are put aside" in street.post(_press(page))
    assert street.desk.conversation(late.history.folder).state == "open"


def test_what_was_answered_or_grew_since_the_look_is_left_alone(street) -> None:
    junk = flood_of(street, 3)
    page = _choose(street)
    street.say(junk[1], Message(text="Help me.", language="en"))
    assert "2 conversations are put aside" in street.post(_press(page))
    assert street.desk.conversation(junk[1].history.folder).state == "open"


def test_an_old_page_puts_nothing_aside(street) -> None:
    junk = flood_of(street, 2)
    old = _press(_choose(street))
    _choose(street, longest="5")  # nothing is that short
    _choose(street)
    assert "Something else was looked at since" in street.post(old)
    assert _states(street.desk, junk) == {"open"}


def test_each_field_narrows_the_choice(street) -> None:
    flood_of(street, 3)
    street.programme.clock.forward(hours=2)
    later = street.person(JUNK + " and a long story of how it is with us here")
    now = street.desk.now
    assert flood.alike(street.desk, Alike()).count() == 4
    for narrow, count in (
        (Alike(until=now - 3_600_000), 3), (Alike(since=now - 3_600_000), 1), (Alike(longest=40), 3),
        (Alike(shortest=40), 1), (Alike(words="story"), 1), (Alike(words="no such word"), 0),
    ):  # fmt: skip
        assert flood.alike(street.desk, narrow).count() == count, narrow
    street.desk.write(later.history.folder, Message(text="Hello", language="en"))
    assert flood.alike(street.desk, Alike()).count() == 3
    assert flood.alike(street.desk, Alike(unanswered=False)).count() == 4


def test_a_long_one_goes_on_step_by_step_and_may_be_stopped(street, monkeypatch: pytest.MonkeyPatch) -> None:
    junk = flood_of(street, 60)
    monkeypatch.setattr(flood_pages, "A_STEP", 0.0001)
    page = street.post(_press(_choose(street)))
    assert "data-go-on" in page and "<progress" in page and 'max="60"' in page
    assert _states(street.desk, junk) == {"set_aside", "open"}
    (batch,) = flood.batches(street.desk)
    assert batch.count == flood.AT_ONCE
    while "data-go-on" in page:
        page = street.post(_press(page), total="60")
    assert "60 conversations are put aside" in page


def test_what_is_set_aside_by_hand_is_no_part_of_it(street) -> None:
    junk = flood_of(street, 2)
    page = street.post(_press(_choose(street)))
    street.post(f"/intake/{slug(junk[0])}/do/take-back")
    street.post(f"/intake/{slug(junk[0])}/do/aside")
    assert street.desk.conversation(junk[0].history.folder).state == "set_aside"
    street.post(_press(page))
    assert street.desk.conversation(junk[0].history.folder).state == "set_aside"
    assert street.desk.conversation(junk[1].history.folder).state == "open"


def test_by_hand_it_is_kept_or_may_be_dropped_as_one_says(street) -> None:
    kept, dropped = street.person(JUNK, danger=True), street.person(JUNK, danger=True)
    street.post(f"/intake/{slug(kept)}/do/aside")
    page = street.get(f"/intake/{slug(kept)}")
    assert put_aside(street.desk) == set() and "it may drop this" not in page
    page = street.post(f"/intake/{slug(dropped)}/do/aside-to-drop")
    assert put_aside(street.desk) == {dropped.history.folder}
    assert "it may drop this" in street.get(f"/intake/{slug(dropped)}")
    assert flood.batches(street.desk) == []  # no flood: it is taken back by itself
    street.post(f"/intake/{slug(dropped)}/do/take-back")
    assert put_aside(street.desk) == set() and _states(street.desk, [dropped]) == {"open"}
    street.post(f"/intake/{slug(dropped)}/do/aside-to-drop")
    street.post(f"/intake/{slug(dropped)}/do/take-back")
    street.post(f"/intake/{slug(dropped)}/do/aside")
    assert put_aside(street.desk) == set()  # the last word counts
    street.post(f"/intake/{slug(dropped)}/do/take-back")
    street.post(f"/intake/{slug(dropped)}/do/aside-to-drop")
    street.say(dropped, Message(text="I am no watch.", language="en"))
    assert put_aside(street.desk) == set() and _states(street.desk, [dropped]) == {"open"}


@pytest.mark.parametrize(
    "path",
    [
        "/intake/flood/00/aside",
        f"/intake/flood/{'0' * 32}/back",
        "/intake/flood/x/back",
        f"/intake/flood/{'0' * 31}1/back",
    ],
)
def test_a_batch_that_is_none_is_not_found(street, path: str) -> None:
    assert street.client.post(path).status_code == 404
    assert street.client.get(path).status_code == 405


def test_a_check_in_is_begun_with_somebody(street) -> None:
    visit = street.person(JUNK)
    street.say(visit, CheckIn(how="ok"))
    street.desk.write(visit.history.folder, Agreement(next_due=street.desk.now + 1, every_hours=1))
    assert "No conversation looks like that" in _choose(street)


@pytest.mark.soak
def test_ten_thousand_are_put_aside_and_taken_back_in_minutes(programme: Programme, capsys) -> None:
    aye, many = programme.desks["Aye"], 10_000
    for _start in range(0, many, 200):
        with transaction.atomic(using=programme.hub.alias):
            for _ in range(200):
                programme.door.visit(codes.new_code()).post(bytes(16), Message(text=JUNK, language="en"))
    programme.carry(aye)
    took = {}
    for name, done in (("look", None), ("aside", flood.put_aside), ("back", flood.take_back)):
        began = time.monotonic()
        if done is None:
            rows = flood.alike(aye, Alike(words=JUNK))
            assert rows.count() == many and len(flood.sample(rows, 12)) == 12
            batch = flood.remember(aye, rows)
        else:
            assert done(desk=aye, batch=batch, go_on=always) == 0
        took[name] = round(time.monotonic() - began, 1)
        if name == "aside":
            assert flood.in_batch(aye, batch) == many
    assert flood.in_batch(aye, batch) == 0
    with capsys.disabled():
        print(took)
    assert max(took.values()) < 300
