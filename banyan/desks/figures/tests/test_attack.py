"""Nobody from one to nine can be computed from twelve publications; a solver that finds those of a naive publisher."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

import pytest

from banyan.desks.figures import attack, joining, rules
from banyan.desks.figures.joining import Coarse, Coding
from banyan.desks.figures.past import One, Past, same_groups
from banyan.desks.figures.tests.programmes import CODING, QUARTERS, SMALL, Kind, published, shown, told, truth
from banyan.desks.figures.tests.solver import Attacker, Shown, Unknown
from banyan.folders.published import MEASURES, Measure, Row

KINDS = {
    "few": Kind(most=14, out=0.6, within=2),
    "some": Kind(most=50, out=0.4, within=3),
    "many": Kind(most=300, out=0.3, within=3),
    "all-come-out": Kind(most=40, out=1.0, within=1, coding=SMALL),
    "all-at-once": Kind(most=30, out=1.0, within=0, coding=SMALL, known_late=0.3),
}


def pinned(publications: list[Past]):
    return Attacker(shown(publications)).pinned(truth(publications))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_count_from_one_to_nine_can_be_computed_from_twelve_publications(kind: Kind, seed: int):
    publications = published(kind, seed)
    assert len(publications) > 3, "a programme that publishes nothing proves nothing"
    assert any(0 < count < 10 for count in truth(publications).values()), "nothing small is hidden in it"
    assert all(row.count == 0 or row.count >= 10 for past in publications for row in past.rows)
    assert pinned(publications) == {}


def test_the_solver_finds_those_whom_a_naive_publisher_gives_away():
    """Everything anew each quarter, cells of one to nine left out, and the sum of all beneath."""
    found = 0
    for seed in range(4):
        numbers: list[Shown] = []
        newly: Counter[Unknown] = Counter()
        seen: set[One] = set()
        for at, (quarter, people) in enumerate(told(KINDS["some"], seed)):
            newly.update(
                (at, one.measure, *one.cell) for one in people if one not in seen and one.quarter <= quarter
            )
            seen.update(people)
            cells = Counter(one.cell for one in people if one.measure == "asked")
            every = product(QUARTERS[: at + 1], CODING.forces, CODING.bands)
            rows = [Row("asked", (q,), (f,), (b,), cells[q, f, b]) for q, f, b in every]
            whole = Row("asked", QUARTERS[: at + 1], CODING.forces, CODING.bands, cells.total())
            kept = [row for row in rows if row.count >= 10 or row.count == 0]
            numbers += [Shown(tuple(range(at + 1)), row) for row in [*kept, whole]]
        asked = {key: count for key, count in newly.items() if key[1] == "asked"}
        found += len(Attacker(numbers).pinned(asked))
    assert found > 10


def of(measure: Measure, quarter: str, band: str, count: int, first: int) -> list[One]:
    return [One(bytes([0, first + i] * 8), measure, quarter, "army", band) for i in range(count)]


def nearly_all_come_out() -> list[tuple[str, list[One]]]:
    """Twelve officers and eighteen others ask; ten of each come out at first, and then all who are left."""
    asked = of("asked", "2023-Q1", "officer", 12, 0) + of("asked", "2023-Q1", "enlisted", 18, 100)
    second = of("arrived", "2023-Q2", "officer", 10, 0) + of("arrived", "2023-Q2", "enlisted", 10, 100)
    third = of("arrived", "2023-Q3", "officer", 2, 10) + of("arrived", "2023-Q3", "enlisted", 8, 110)
    return [("2023-Q1", asked), ("2023-Q2", asked + second), ("2023-Q3", asked + second + third)]


def run(story: list[tuple[str, list[One]]], coding: Coding = SMALL) -> list[Past]:
    earlier: list[Past] = []
    for quarter, people in story:
        prepared = rules.next_publication(people, earlier, through=quarter, coding=coding)
        earlier += [prepared.past] if prepared else []
    return earlier


def test_the_last_who_come_out_are_not_given_away_by_those_who_had_asked(monkeypatch: pytest.MonkeyPatch):
    """Without the attack on its own tables the desk would publish ten, of whom two must be officers."""
    safe = run(nearly_all_come_out())
    assert pinned(safe) == {} and len(safe) == 1, (
        "two officers would be left, and then be the last to come out"
    )
    careless = carelessly(nearly_all_come_out(), monkeypatch)
    assert len(careless) == 3
    assert {2, 8} <= set(pinned(careless).values())


def carelessly(story: list[tuple[str, list[One]]], monkeypatch: pytest.MonkeyPatch, coding: Coding = SMALL):
    """What would be published without the attack."""
    with monkeypatch.context() as patch:
        patch.setattr(attack, "pinned", lambda groups, same: iter(()))
        return run(story, coding)


SQUARE = Coding(("a", "b"), ("x", "y"))
CELLS = tuple(product(SQUARE.forces, SQUARE.bands))


def square(measure: Measure, quarter: str, counts: Sequence[int], first: int = 0) -> list[One]:
    """So many people of each force and band, from a number on."""
    return [
        One(bytes([i, first + j] * 8), measure, quarter, *cell)
        for i, (cell, count) in enumerate(zip(CELLS, counts, strict=True))
        for j in range(count)
    ]


def two_groups_come_out() -> list[tuple[str, list[One]]]:
    """Twelve of one force and eighteen of the other ask; ten of each come out, and then all who are left."""
    asked = square("asked", "2023-Q1", (7, 5, 9, 9))
    second = square("arrived", "2023-Q2", (6, 4, 5, 5))
    third = [One(one.number, "arrived", "2023-Q3", one.force, one.band) for one in asked]
    gone = {one.number for one in second}
    third = [one for one in third if one.number not in gone]
    return [("2023-Q1", asked), ("2023-Q2", asked + second), ("2023-Q3", asked + second + third)]


def test_no_sum_over_bands_forces_or_quarters_can_be_computed_though_no_cell_can(
    monkeypatch: pytest.MonkeyPatch,
):
    """Two of a force are the last to come out: of which bands nobody can tell, but of which force."""
    careless = carelessly(two_groups_come_out(), monkeypatch, SQUARE)
    told = Attacker(shown(careless)).pinned(truth(careless))
    last = {
        question: n for question, n in told.items() if {key[0] for keys in question for key in keys} == {2}
    }
    assert sorted(last.values()) == [2, 8] and all(len(asked) == 2 for asked, _ in last)
    assert pinned(run(two_groups_come_out(), SQUARE)) == {}


def test_how_many_are_left_inside_cannot_be_computed_either(monkeypatch: pytest.MonkeyPatch):
    """Twenty asked and eighteen came out: nobody is told that two are left; with nobody left it is told."""
    for out, left in ((18, 2), (20, 0), (10, 10)):
        people = of("asked", "2023-Q1", "officer", 20, 0) + of("arrived", "2023-Q1", "officer", out, 0)
        careless = carelessly([("2023-Q1", people)], monkeypatch)
        assert set(pinned(careless).values()) == ({left} & {2})
        safe = run([("2023-Q1", people)])
        assert pinned(safe) == {}
        assert sum(row.count for past in safe for row in past.rows_of("arrived")) == (0 if left == 2 else out)


def test_a_force_that_only_the_rules_give_away_is_held_back(monkeypatch: pytest.MonkeyPatch):
    """Of eleven nine came out, of twenty all. The forces stand together, so nine it is: else each stood alone."""
    people = square("asked", "2023-Q1", (5, 6, 3, 17)) + square("arrived", "2023-Q1", (4, 5, 3, 17))
    careless = carelessly([("2023-Q1", people)], monkeypatch, SQUARE)[0].rows_of("arrived")
    assert [(row.forces, row.count) for row in careless] == [(("a", "b"), 29)]
    assert [past.rows_of("arrived") for past in run([("2023-Q1", people)], SQUARE)] == [()]


def test_what_was_published_before_is_no_reason_to_say_nothing_ever_more(monkeypatch: pytest.MonkeyPatch):
    story = two_groups_come_out()
    earlier = carelessly(story, monkeypatch, SQUARE)
    new = square("asked", "2024-Q1", (20, 20, 20, 20), 100) + square(
        "arrived", "2024-Q1", (10, 10, 10, 10), 100
    )
    prepared = rules.next_publication([*story[-1][1], *new], earlier, through="2024-Q1", coding=SQUARE)
    assert prepared is not None and prepared.coarse is Coarse.BANDS
    assert sum(row.count for row in prepared.rows if row.measure == "arrived") == 40


World = tuple[
    tuple[int, ...], tuple[int, ...]
]  # who asked and who came out, of each kind, quarter by quarter


def given_away(worlds: Sequence[World], kinds: int, fewest: int) -> Iterator[object]:
    """What is the same in all worlds that look alike and small: of the cells of a measure any together, and any kinds
    of those who are left at the end of a quarter.
    """
    cells = len(worlds[0][0])
    for measure, chosen in product((0, 1), chosen_of(cells)):
        counts = {sum(world[measure][i] for i in chosen) for world in worlds}
        if len(counts) == 1 and 0 < min(counts) < fewest:
            yield MEASURES[measure], chosen, counts
    for end, chosen in product(range(kinds, cells + 1, kinds), chosen_of(kinds)):
        those = [i for i in range(end) if i % kinds in chosen]
        counts = {sum(asked[i] - out[i] for i in those) for asked, out in worlds}
        if len(counts) == 1 and 0 < min(counts) < fewest:
            yield "left", end, chosen, counts


def chosen_of(count: int) -> list[tuple[int, ...]]:
    return [chosen for size in range(1, count + 1) for chosen in combinations(range(count), size)]


def people_of(
    coding: Coding, world: World, quarter: str = "2023-Q1", before: World | None = None
) -> list[One]:
    """So many people of each kind, with other numbers than those before."""
    kinds = list(product(coding.forces, coding.bands))
    first = before or ((0,) * len(kinds), (0,) * len(kinds))
    return [
        One(bytes([i, start + j] * 8), measure, quarter, *kind)
        for measure, starts, counts in zip(MEASURES, first, world, strict=True)
        for i, (kind, start, count) in enumerate(zip(kinds, starts, counts, strict=True))
        for j in range(count)
    ]


def out_of(asked: Sequence[int]) -> Iterator[tuple[int, ...]]:
    return product(*(range(count + 1) for count in asked))


WORLDS = {
    "three bands": (Coding(("a",), ("x", "y", "z")), 12, False, 10),
    "two bands and both measures": (Coding(("a",), ("x", "y")), 7, True, 3),
    "two forces and both measures": (Coding(("a", "b"), ("x",)), 7, True, 3),
}


@pytest.mark.parametrize(("coding", "most", "out", "fewest"), WORLDS.values(), ids=WORLDS)
def test_who_knows_the_rules_learns_no_count_from_which_groups_were_joined(
    coding: Coding, most: int, out: bool, fewest: int, monkeypatch: pytest.MonkeyPatch
):
    """Every world of one quarter is published; among those that look alike no count from one to nine is fixed. That
    more can be tried, the fewest that are shown are three and not ten where people also come out.
    """
    show_from(fewest, monkeypatch)
    alike, kinds = defaultdict(list), len(coding.forces) * len(coding.bands)
    for asked in product(range(most + 1), repeat=kinds):
        for came in out_of(asked) if out else [(0,) * kinds]:
            people = people_of(coding, (asked, came))
            prepared = rules.next_publication(people, [], through="2023-Q1", coding=coding)
            seen = (prepared.rows, bool(prepared.held)) if prepared else ((), False)
            alike[seen].append((asked, came))
    assert len(alike) > 50
    for (rows, _), worlds in alike.items():
        if rows and max(row.count for row in rows) <= most:  # else some that look alike were not tried
            assert list(given_away(worlds, kinds, fewest)) == [], worlds


def test_who_knows_the_rules_learns_no_count_from_two_quarters(monkeypatch: pytest.MonkeyPatch):
    """The same over two publications, in which as many ask and some come out."""
    show_from(3, monkeypatch)
    coding, three = Coding(("a", "b"), ("x",)), [(0, 3), (1, 2), (2, 1), (3, 0)]
    alike = defaultdict(list)
    for asked in three:
        for came in out_of(asked):
            first = people_of(coding, (asked, came))
            one = run([("2023-Q1", first)], coding)
            for more in three:
                left = [a + b - c for a, b, c in zip(asked, more, came, strict=True)]
                for then in out_of(left):
                    second = people_of(coding, (more, then), "2023-Q2", (asked, came))
                    last = rules.next_publication([*first, *second], one, through="2023-Q2", coding=coding)
                    assert last is not None
                    seen = (one[0].rows, last.rows, bool(last.held))
                    alike[seen].append((asked + more, came + then))
    assert len(alike) > 20
    for worlds in alike.values():
        assert list(given_away(worlds, 2, 3)) == [], worlds


def show_from(fewest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (attack, joining):
        monkeypatch.setattr(module, "FEWEST_SHOWN", fewest)


def test_a_line_of_neighbours_never_says_that_both_were_small():
    """Nine and nine are joined to eighteen, but so are one and seventeen: else both would be told."""
    for counts in ((9, 9), (1, 17), (17, 1), (8, 10)):
        people = of("asked", "2023-Q1", "officer", counts[0], 0) + of(
            "asked", "2023-Q1", "enlisted", counts[1], 50
        )
        prepared = rules.next_publication(people, [], through="2023-Q1", coding=SMALL)
        assert prepared is not None
        assert [row.count for row in prepared.rows if row.measure == "asked"] == [18]


def test_who_knows_the_rules_learns_no_count_from_who_was_held_back():
    """The same over three publications, with people of the first quarters known only later."""
    coding, alike, most = Coding(("army",), ("a",)), defaultdict(list), 12
    for first, late, second, last in product(
        range(most + 1), range(0, most + 1, 2), range(most + 1), (0, 3, 9)
    ):
        new = [
            (0, "2023-Q1", "2023-Q1", first), (1, "2023-Q1", "2023-Q2", late),
            (2, "2023-Q2", "2023-Q2", second), (3, "2023-Q2", "2023-Q3", last),
        ]  # fmt: skip
        known = [
            (told, One(bytes([i, j] * 8), "asked", quarter, "army", "a"))
            for i, quarter, told, count in new
            for j in range(count)
        ]
        story = [(q, [one for told, one in known if told <= q]) for q in QUARTERS[:3]]
        alike[tuple(past.rows for past in run(story, coding))].append((first + late, second + last))
    for publications, worlds in alike.items():
        if all(row.count <= most for rows in publications for row in rows):
            for counts in zip(*worlds, strict=True):
                assert len(set(counts)) > 1 or counts[0] == 0 or counts[0] >= 10, worlds
    assert len(alike) > 50


def test_three_years_at_once_keep_their_ranks_and_give_nobody_away():
    """A programme that begins to publish late: one publication of twelve quarters, and no need to make it coarser."""
    kind = Kind(most=250, out=0.4, within=3, known_late=0)
    *_, (last, people) = told(kind, 1)
    prepared = rules.next_publication(people, [], through=last, coding=kind.coding)
    assert prepared is not None and prepared.coarse is Coarse.BANDS
    assert len(prepared.rows) > 40 and {len(row.bands) for row in prepared.rows} >= {1, 2}
    same = same_groups([prepared.past], kind.coding)
    for row in prepared.rows:
        nobody_moved = [(0, row.measure, (row.quarters[0], row.forces[0], row.bands[0]), 0)]
        assert same(nobody_moved), "the attack makes the very groups that it tries to undo"
    assert pinned([prepared.past]) == {}


def test_the_attack_sees_when_a_moved_person_would_make_other_groups():
    people = of("asked", "2023-Q1", "officer", 1, 0) + of("asked", "2023-Q1", "enlisted", 9, 50)
    prepared = rules.next_publication(people, [], through="2023-Q1", coding=SMALL)
    assert prepared is not None and [row.count for row in prepared.rows] == [10]
    same = same_groups([prepared.past], SMALL)
    officer, other = ("2023-Q1", "army", "officer"), ("2023-Q1", "army", "enlisted")
    assert same([(0, "asked", other, -1), (0, "asked", officer, 1)]), (
        "two and eight are joined like one and nine"
    )
    assert not same([(0, "asked", officer, -1), (0, "asked", other, 1)]), "ten enlisted would stand alone"
