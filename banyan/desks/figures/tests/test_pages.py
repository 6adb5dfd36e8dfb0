"""The desk of figures through its pages: what is dropped is counted, what two sign is published, and once."""

import re

import pytest

from banyan.cases.casework import NotYet
from banyan.cases.journey import Journey
from banyan.desks.figures import actions, lists
from banyan.desks.figures.tests.conftest import Counting


def known(counting: Counting) -> lists.Known:
    """What the desk counts."""
    return lists.known(counting.desk, lists.boxes(counting.desk))


def publish(counting: Counting) -> str:
    """Prepare and sign what the page shows."""
    seen = re.search(r'name="seen" value="([0-9a-f]{32})"', counting.get("prepare"))
    assert seen is not None
    return counting.post("prepare", seen=seen[1])


def test_nothing_is_said_before_ten_stand_together(counting: Counting):
    assert "Nothing new can be published yet" in counting.get()
    counting.people(9)
    assert "November 2025" in counting.get(), "members see single people"
    page = counting.get("prepare")
    assert "Nothing new can be published yet" in page and 'name="seen"' not in page
    counting.people(1)
    assert "New figures can be published" in counting.get()
    assert "October to December 2025" in counting.get("prepare")


def test_figures_are_published_by_thi_and_somebody_of_the_office(counting: Counting):
    counting.people(14, out="2025-12")
    counting.people(12, force="navy", rank_band="enlisted")
    page = publish(counting)
    assert "Waits for a signature" in page and "No figures were published yet" in page
    counting.sync()
    assert counting.desk.roster.publications == (), "one signature is not enough"
    counting.sit("Chit")
    page = counting.get(at="office")
    assert "Publish figures no. 1" in page and "Waits for you" in page
    (path,) = re.findall(r'"/office/(sign/[0-9a-f]{64})"', page)
    page = counting.get(path, at="office")
    assert "Navy" in page and ">14</td>" in page and "October to December 2025" in page
    assert "You have signed" in counting.post(path, at="office")
    counting.sync()
    counting.sit("Thi")
    assert "No. 1, up to December 2025" in counting.get("published")
    page = counting.get("published/1")
    assert ">14</td>" in page and ">12</td>" in page and "Chit, Thi" in page
    assert counting.get("published/2", status=404)
    assert "Nothing new can be published yet" in counting.get(), "everybody is counted once"


def test_intake_and_others_see_no_box_and_sign_no_figures(counting: Counting):
    counting.people(14)
    publish(counting)
    counting.sync()
    for name in ("Aye", "Ei"):
        counting.sit(name)
        assert "November 2025" not in counting.get() and lists.boxes(counting.desk) == []
        with pytest.raises(NotYet, match="seat figures"):
            actions.publish(desk=counting.desk, seen="")
        page = counting.get(at="office")
        assert "Waits for you" not in page
        (path,) = re.findall(r'"/office/(sign/[0-9a-f]{64})"', page)
        assert "<button>Sign" not in counting.get(path, at="office")


def test_what_is_not_signed_by_two_is_not_counted_as_having_come_out(counting: Counting):
    numbers = counting.people(12)
    for number, signed in zip(numbers, [("Kyi",), ("Kyi", "Kyi"), ()] * 4, strict=True):
        counting.drop("Kyi", number, "arrived", "2025-12", signed=signed)
    counting.drop("Ei", b"asked by nobody.", "asked", "2025-12")
    counting.programme.carry()
    found = known(counting)
    assert found.unsigned == 13 and {one.measure for one in found.people} == {"asked"}
    assert "13 entries are not counted" in counting.get()
    assert len(found.people) == 12


def test_two_who_may_not_sign_a_go_count_nobody_as_having_come_out(counting: Counting):
    pairs = [("Mon", "Aye"), ("Aye", "Ba"), ("Kyi", "Lin"), ("Ei", "Gyi"), ("Thi", "Yu")]
    numbers = counting.people(12)
    for number, signed in zip(numbers, pairs * 2, strict=False):
        counting.drop("Kyi", number, "arrived", "2025-12", signed=signed)
    counting.drop("Mon", numbers[10], "arrived", "2025-12", signed=("Aye", "Kyi"))
    counting.programme.carry()
    found = known(counting)
    assert found.unsigned == 10
    assert [one.number for one in found.people if one.measure == "arrived"] == [numbers[10]]


def test_a_whole_journey_is_counted(counting: Counting):
    way = Journey(counting.programme).arrives()
    found = known(counting)
    assert found.unsigned == 0
    assert [(one.measure, one.quarter, one.force, one.band) for one in found.people] == [
        ("arrived", "2026-Q1", "army", "nco"), ("asked", "2026-Q1", "army", "nco"),
    ]  # fmt: skip
    assert {one.number for one in found.people} == {way.case("Mon").number}


def test_who_takes_consent_back_is_left_out_unless_published(counting: Counting):
    first = counting.people(12)
    for number in first[:2]:
        counting.drop("Aye", number, "uncounted", "2026-01")
    counting.programme.carry()
    assert ">10</td>" in counting.get("prepare")
    publish(counting)
    counting.sync()
    counting.sign("Yu")
    counting.drop("Aye", first[5], "uncounted", "2026-01")
    counting.programme.carry()
    assert [len(past.people) for past in known(counting).earlier] == [10]
    assert "Nothing new" in counting.get("prepare")


def test_a_table_that_changed_since_it_was_shown_is_not_signed(counting: Counting):
    counting.people(14)
    seen = re.search(r'name="seen" value="([0-9a-f]{32})"', counting.get("prepare"))
    counting.people(1)
    assert seen is not None
    page = counting.post("prepare", seen=seen[1])
    assert "Look at it once more" in page and ">15</td>" in page
    assert lists.waiting(counting.desk) is None


def test_the_other_member_of_figures_goes_on_where_the_first_published(counting: Counting):
    """State is what lies in the box: nobody is counted again by a colleague, nor while a list is missing."""
    counting.people(14)
    publish(counting)
    counting.sync()
    counting.sit("Dway")
    assert "Figures wait for a signature" in counting.get("prepare")
    counting.sign("Chit")
    assert [len(past.people) for past in known(counting).earlier] == [14]
    assert "Nothing new" in counting.get("prepare")
    counting.programme.clock.forward(days=20)
    counting.people(11, "2026-03")
    assert "New figures" not in counting.get("prepare"), "the quarter is not over"
    counting.programme.clock.forward(days=20)
    publish(counting)
    counting.sync()
    counting.sign("Chit")
    assert [one.act.serial for one in counting.desk.roster.publications] == [1, 2]


def test_nothing_is_counted_while_the_people_of_earlier_figures_are_missing(counting: Counting, monkeypatch):
    counting.people(14)
    monkeypatch.setattr(actions, "_write_down", lambda *all_of_it: None)
    publish(counting)
    counting.sync()
    counting.sign("Chit")
    counting.people(12)
    assert "has not arrived on this desk" in counting.get("prepare")
    with pytest.raises(NotYet, match="has not arrived"):
        actions.publish(desk=counting.desk, seen="")


def test_a_box_is_opened_each_month(counting: Counting):
    assert "A box for this month" not in counting.get()
    with pytest.raises(NotYet, match="open already"):
        actions.open_box(desk=counting.desk)
    first = counting.people(4)
    counting.programme.clock.forward(days=35)
    assert "A box for this month" in counting.get()
    counting.post("box")
    counting.programme.carry()
    counting.people(8)
    held = lists.boxes(counting.desk)
    assert [len(box.counted) for box in held] == [4, 8] and len(first) == 4
    assert [box.month for box in held] == ["2026-03", "2026-04"]
    dway = counting.programme.desks["Dway"]
    assert len(lists.boxes(dway)) == 2, "two of figures hold each box"


def test_help_is_there(counting: Counting):
    assert "Why ten" in counting.get("help")
