"""How a publication is made: who is counted when, what is joined, what is held back."""

from banyan.desks.figures import rules
from banyan.desks.figures.joining import Coding
from banyan.desks.figures.past import One, Past
from banyan.desks.figures.tests.programmes import LATE, told
from banyan.folders.published import MEASURES, Measure

CODING = Coding(("navy", "police", "army"), ("general", "senior", "enlisted"))
_numbers = iter(range(1, 10**6))


def some(count: int, quarter: str, force: str = "army", band: str = "enlisted", measure: Measure = "asked"):
    return [One(next(_numbers).to_bytes(16, "big"), measure, quarter, force, band) for _ in range(count)]


def out(people: list[One], quarter: str) -> list[One]:
    return [One(one.number, "arrived", quarter, one.force, one.band) for one in people]


def publish(people: list[One], *earlier: Past, through: str = "2026-Q1"):
    return rules.next_publication(people, earlier, through=through, coding=CODING)


def said(prepared, measure: Measure = "asked") -> list[tuple[str, str, str, int]]:
    assert prepared is not None
    return [
        ("+".join(row.quarters), "+".join(row.forces), "+".join(row.bands), row.count)
        for row in prepared.rows
        if row.measure == measure
    ]


def test_a_quarter_is_published_when_it_is_over():
    people = some(20, "2026-Q1") + some(30, "2026-Q2")
    assert said(publish(people)) == [
        ("2026-Q1", "army", "enlisted", 20),
    ]


def test_senior_bands_join_first_then_forces_then_quarters():
    people = some(3, "2026-Q1", band="general") + some(9, "2026-Q1", band="senior") + some(40, "2026-Q1")
    assert said(publish(people)) == [
        ("2026-Q1", "army", "general+senior", 12),
        ("2026-Q1", "army", "enlisted", 40),
    ]
    people = some(4, "2026-Q1", "navy") + some(8, "2026-Q1", "police") + some(10, "2026-Q1")
    assert [row[1:] for row in said(publish(people))] == [
        ("navy+police", "enlisted", 12), ("army", "enlisted", 10),
    ]  # fmt: skip
    people = some(4, "2025-Q4") + some(11, "2026-Q1")
    assert [row[0] for row in said(publish(people))] == ["2025-Q4+2026-Q1"]


def test_what_is_below_ten_is_held_back_until_there_are_ten():
    few = some(9, "2026-Q1")
    assert publish(few) is None, "nothing is said of nine"
    both = publish(few + some(30, "2025-Q4"))
    assert both is not None and [one.quarter for one in both.held] == ["2026-Q1"] * 9
    assert all("2026-Q1" not in row.quarters for row in both.rows)
    more = few + some(1, "2025-Q3") + some(25, "2026-Q2")
    later = publish([*more, *both.people], both.past, through="2026-Q2")
    late = [row for row in said(later) if row[3] == 10]
    assert late[0][0] == "2025-Q3+2025-Q4+2026-Q1", "the late stand together, in all quarters covered before"


def test_everybody_is_counted_once():
    first = publish(people := some(20, "2025-Q4") + some(15, "2026-Q1"), through="2025-Q4")
    second = publish(people, first.past)
    assert {one.number for one in first.people}.isdisjoint({one.number for one in second.people})
    assert publish(people, first.past, second.past) is None, "nothing new, no publication"


def test_who_takes_consent_back_is_left_out_unless_it_was_published():
    people = some(20, "2026-Q1")
    assert sum(row[3] for row in said(publish(people[5:]))) == 15
    first = publish(people)
    again = publish(people[5:] + some(12, "2026-Q2"), first.past, through="2026-Q2")
    assert sum(row[3] for row in said(again)) == 12


def test_nobody_has_come_out_before_they_are_counted_as_having_asked():
    """Nine asked and came out, and nobody says so: else the public could tell that nine are held back."""
    people = some(20, "2025-Q4")
    few = some(9, "2026-Q1")
    first = publish(people + few + out(few, "2026-Q1") + out(people[:2], "2026-Q1"))
    assert sum(row[3] for row in said(first, "arrived")) == 0
    assert {one.measure for one in first.held} == set(MEASURES)
    again = publish(some(14, "2026-Q1") + few + out(few, "2026-Q1") + out(people[:2], "2026-Q1"), first.past,
                    through="2026-Q2")  # fmt: skip
    assert sum(row[3] for row in said(again, "arrived")) == 11


def test_whoever_came_out_has_asked_with_the_same_force_and_band():
    late_word = some(12, "2026-Q1", measure="arrived", force="a force of no code", band="")
    prepared = rules.next_publication(
        late_word, [], through="2026-Q1", coding=Coding(("unsaid", "army"), ("senior", "unsaid"))
    )
    for measure in MEASURES:
        assert [row[1:] for row in said(prepared, measure)] == [("unsaid", "unsaid", 12)]
    asked = some(15, "2025-Q4", force="navy")
    came = [One(one.number, "arrived", "2025-Q3", "army", "senior") for one in asked]
    prepared = publish(asked + came)
    assert {(one.force, one.band) for one in prepared.people} == {("navy", "enlisted")}
    assert all(one.quarter == "2025-Q3" for one in prepared.people), "nobody comes out before they ask"


def test_the_order_in_which_things_are_told_changes_nothing():
    known = list(told(LATE, 3))[5][1]
    one = rules.next_publication(known, [], through="2024-Q2", coding=LATE.coding)
    other = rules.next_publication(known[::-1], [], through="2024-Q2", coding=LATE.coding)
    assert one == other
