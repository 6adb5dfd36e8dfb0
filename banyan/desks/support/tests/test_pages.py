"""The pages of support, each as the member of its seat sees it, and as nobody else does."""

import re
from html import unescape
from typing import Any

import pytest

from banyan.cases import casework
from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Case, Cover
from banyan.cases.journey import Journey
from banyan.cases.stages import Stage
from banyan.desks.support import actions, lists
from banyan.desks.support.tests.conftest import BANK, MONTH, RUN, Counter, slug

HOURS_OF_A_WEEK = 24 * 7


def run_form(page: str) -> dict[str, str]:
    """The hidden fields of the form of a run."""
    return dict(re.findall(r'<input type="hidden" name="(run|worked)" value="([^"]*)"', page))


def first(counter: Counter, run: bytes = RUN) -> str:
    """The address of a run."""
    return f"runs/{run[:8].hex()}"


def test_today_says_what_is_to_do_and_a_case_is_begun_from_there(counter: Counter):
    way = counter.comes()
    counter.sit("Oo")
    page = counter.page()
    assert "One thing needs you now" in page and "support has not begun" in page
    assert f"/support/case/{slug(way)}/begin" in page
    start = counter.page(f"case/{slug(way)}/begin")
    assert 'value="2026-03"' in start and 'name="adults" value="2"' in start  # from the cover
    data = {"since": "2026-03", "until": "", "adults": 2, "children": 1, "currency": "THB", "way": "cash"}
    wrong = counter.page(f"case/{slug(way)}/begin", **{**data, "since": "March", "children": 7})
    assert "Write a year and a month" in wrong and 'value="7"' in wrong and 'value="March"' in wrong
    assert not counter.household(way).supports
    page = counter.page(f"case/{slug(way)}/begin", **data)
    assert "Nothing here yet." in page and "2 adults, 1 child" in page
    page = counter.page()
    assert "1 household is not entered" in page and "due in" in page
    counter.carry()
    assert {one.name for one in counter.desk("Oo").holders(way.part("Oo", "support"))} == {
        "Oo",
        "Phyu",
        "San",
    }


def test_a_month_is_entered_with_rates_that_stay_after_a_fault(counter: Counter):
    baht, kyat = counter.entitled(), counter.entitled("MMK")
    counter.sit("Oo")
    page = counter.page(f"enter/{MONTH}")
    assert "2 households can be entered" in page and page.count(" checked") == 2
    assert 'value="enter"' not in page  # amounts in kyat were not seen yet
    ticks = [slug(baht), slug(kyat)]
    typed = {**run_form(page), "tick": ticks, "rate_MMK": "66.5", "source_MMK": "the bank's board"}
    for wrong, said in (
        ({"rate_MMK": "", "day_MMK": "2026-03-02"}, "Write a number above zero"),
        ({"rate_MMK": "0", "day_MMK": "2026-03-02"}, "Write a number above zero"),
        ({"day_MMK": "2026-03-20"}, "This day has not come yet"),
        ({"day_MMK": ""}, "Say of which day it is"),
        ({"source_MMK": "", "day_MMK": "2026-03-02"}, "Say where it comes from"),
        ({"tick": [], "day_MMK": "2026-03-02"}, "Nobody is ticked"),
    ):
        page = counter.page(f"enter/{MONTH}", do="enter", **{**typed, **wrong})
        kept = {**typed, **wrong}
        assert said in page and 'value="enter"' not in page
        assert f'value="{kept["rate_MMK"]}"' in page if kept["rate_MMK"] else True
        assert unescape(page).count("the bank's board") == bool(kept["source_MMK"])
    assert not counter.household(kyat).payments
    typed["day_MMK"] = "2026-03-02"
    page = counter.page(f"enter/{MONTH}", do="none", **typed)
    assert " checked" not in page and 'value="66.5"' in page and "the bank" in page
    page = counter.page(f"enter/{MONTH}", do="enter", **typed)  # what was not seen is shown first
    assert "Here are the amounts" in page and "266,000 kyat" in page and not counter.household(kyat).payments
    page = counter.page(f"enter/{MONTH}", do="enter", **{**typed, **run_form(page), "rate_MMK": "67"})
    assert "Here are the amounts" in page and "268,000 kyat" in page
    page = counter.page(f"enter/{MONTH}", do="enter", **{**typed, **run_form(page), "rate_MMK": "67"})
    assert "March 2026: 2 payments" in page and "268,000 kyat" in page and "4,000 baht" in page
    (run,) = lists.runs(counter.desk("Oo"))
    assert run.totals() == {"MMK": 26_800_000, "THB": 400_000}
    page = counter.page(f"enter/{MONTH}")
    assert "nobody is left to enter" in page and page.count("Entered already") == 2


def test_who_has_something_in_the_way_stands_first_and_who_is_due_nothing_last(counter: Counter):
    fine, ended = counter.entitled(), counter.entitled(until="2026-03")
    counter.entered(fine)
    counter.entered(ended)
    counter.programme.clock.forward(days=31)
    torn = counter.entitled(since="2026-04")
    actions.entitle(desk=counter.desk("Oo"), cover=torn.cover, since="2026-04", until="", adults=5, children=1,
        currency="THB", way="cash")  # fmt: skip
    counter.sit("Oo")
    page = counter.page("enter/2026-04")
    order = [page.index(f">{way.case('Oo').reference}<") for way in (torn, fine, ended)]
    assert order == sorted(order)
    assert "Ended" in page and "Household changed" in page and "Nothing is due in this month: 1" in page
    assert f'value="{slug(ended)}"' not in page  # nothing to tick
    assert f'value="{slug(torn)}"> ' in page and f'value="{slug(fine)}" checked' in page
    page = counter.page("enter/2026-04", do="enter", run="00" * 16, worked="", tick=[slug(ended), slug(fine)])
    assert not [p for p in counter.household(ended).payments if p.entered.month == "2026-04"]


def test_a_run_that_takes_long_shows_how_far_it_is(counter: Counter, monkeypatch: pytest.MonkeyPatch):
    ways = [counter.entitled(), counter.entitled("USD")]
    counter.sit("Oo")
    monkeypatch.setattr(actions, "A_WHILE", 0)
    page = counter.page(f"enter/{MONTH}")
    typed = {**run_form(page), "tick": sorted(map(slug, ways)), "rate_USD": "0.0287", "source_USD": "bank",
        "day_USD": "2026-03-02"}  # fmt: skip
    page = counter.page(f"enter/{MONTH}", do="show", **typed)
    page = counter.page(f"enter/{MONTH}", do="enter", **{**typed, **run_form(page)})
    assert "Households entered" in page and 'max="2" value="1"' in page
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    rest = {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}
    page = counter.page(f"enter/{MONTH}", do="enter", **rest)
    assert "March 2026: 2 payments" in page
    (run,) = lists.runs(counter.desk("Oo"))
    assert len(run.entries) == 2


def test_a_run_is_approved_by_another_and_what_is_odd_is_looked_at_alone(counter: Counter):
    fine, odd = counter.entitled(), counter.entitled("MMK")
    payments = {way.cover: counter.entered(way) for way in (fine, odd)}
    actions.entitle(desk=counter.desk("Oo"), cover=odd.cover, since=MONTH, until="", adults=1, children=0,
        currency="MMK", way="bank")  # fmt: skip
    counter.carry()
    counter.sit("Phyu")
    page = counter.page()
    assert "2 payments wait" in page and "1 exception" in page and "266,000 kyat · 4,000 baht" in page
    page = counter.page(first(counter))
    assert (
        "Amount differs" in page
        and "one baht is 66.5 kyat (the bank&#x27;s board, Monday 2 March 2026)" in page
    )
    ticks = [payment[:8].hex() for payment in payments.values()]
    page = counter.page(first(counter) + "/approve", do="none")
    assert " checked" not in page
    page = counter.page(first(counter) + "/approve", do="approve")
    assert "Nobody is ticked" in page
    counter.page(first(counter) + "/approve", do="approve", tick=ticks[:1])
    assert counter.payment(fine, payments[fine.cover], "Phyu").state == "approved"
    assert counter.payment(odd, payments[odd.cover], "Phyu").state == "entered"
    one = f"case/{slug(odd)}/{payments[odd.cover][:8].hex()}"
    page = counter.page(f"{one}/stop", why="")
    assert counter.payment(odd, payments[odd.cover], "Phyu").state == "entered"
    page = counter.page(f"{one}/approve")
    assert "The amount is not what the rules give" in page and "Who hands it over?" in page
    counter.page(f"{one}/stop", why="wrong_amount")
    assert counter.payment(odd, payments[odd.cover], "Phyu").state == "stopped"
    assert "Nothing is to be done here now" in counter.page(f"{one}/approve")
    assert "Nothing is due before tomorrow" in counter.page()


def test_the_payer_hands_over_with_a_word_and_sees_what_became_of_it(counter: Counter):
    way = counter.entitled()
    payment = counter.entered(way)
    counter.approved(way, payment)
    counter.sit("San")
    page = counter.page()
    assert "One thing needs you now" in page and "4,000 baht for March 2026" in page
    path = f"case/{slug(way)}/{payment[:8].hex()}/pay"
    page = counter.page(path)
    for language in ("en", "my"):
        assert actions.word_for(counter.desk("San"), payment, language) in page
    assert "Tick this once" in counter.page(path, nothing="")
    assert counter.payment(way, payment, "San").state == "approved"
    counter.page(path, given="on")
    counter.carry()
    page = counter.page()
    assert "Nothing is due before tomorrow" in page and "Handed over, and not confirmed yet" in page
    counter.programme.clock.forward(hours=HOURS_OF_A_WEEK + 1)
    assert "Not confirmed for a week" in counter.page()
    counter.says(way, payment, "wrong")
    page = counter.page()
    assert "Doubtful receipt" in page and 'class="row alarm"' in page
    counter.says(way, payment, actions.word_for(counter.desk("San"), payment, "en"))
    page = counter.page()
    assert "Nothing is due" in page and "Doubtful" not in page
    page = counter.page(f"case/{slug(way)}/statement")
    assert "4,000 baht" in page and "received: 4,000 baht" in page and "Monthly stipend: 1,000 baht" in page


def test_who_has_another_seat_or_another_case_finds_no_page(counter: Counter):
    way = counter.entitled()
    payment = counter.entered(way)
    case, one = f"case/{slug(way)}", f"case/{slug(way)}/{payment[:8].hex()}"
    enters = [
        "enter",
        f"enter/{MONTH}",
        *(f"{case}/{what}" for what in ("begin", "entitle", "people", "move-on", "close")),
    ]
    money = ["", "households", "households/over", "help", case, f"{case}/statement"]
    may = {
        "Oo": [*money, *enters, "runs", "runs/all", first(counter), f"{one}/stop"],
        "Phyu": [*money, "runs", "runs/all", first(counter), f"{one}/stop", f"{one}/approve"],
        "San": [*money, f"{one}/pay"],
        **{name: [] for name in ("Aye", "Mon", "Chit", "Ei", "Yu")},
    }
    every = sorted({path for paths in may.values() for path in paths})
    for name, paths in may.items():
        counter.sit(name)
        found = [path for path in every if counter.answer(path).status_code == 200]
        assert found == sorted(paths), name
    counter.sit("San")
    assert counter.answer(f"{one}/approve", payer=counter.ident("San").hex()).status_code == 404
    assert (
        counter.answer(f"{first(counter)}/approve", do="approve", tick=payment[:8].hex()).status_code == 404
    )
    counter.carry()
    assert counter.payment(way, payment).state == "entered"


def closed(counter: Counter, way: Journey) -> None:
    """Oo and Aye close a case."""
    aye = counter.desk("Aye")
    actions.propose_close(desk=counter.desk("Oo"), cover=way.cover, reason="support_ended")
    counter.carry()
    (waiting,) = way.case("Aye").waiting(aye.now)
    casework.go_to(aye, way.cover, Stage.CLOSED, act=casework.second(aye, way.cover, waiting))
    counter.carry()


def test_a_case_that_is_over_is_opened_no_more_but_for_money_on_its_way(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
):
    here, gone = counter.entitled(), counter.entitled()
    payment = counter.entered(gone)
    counter.approved(gone, payment)
    counter.paid(gone, payment)
    closed(counter, gone)
    asked = list[bytes]()
    case = Desk.case

    def asks(desk: Desk, folder: bytes) -> Case | None:
        asked.append(folder)
        return case(desk, folder)

    monkeypatch.setattr(Desk, "case", asks)

    def opens(name: str) -> tuple[set[bytes], str]:
        counter.sit(name)
        asked.clear()
        page = counter.page()
        return set(asked), page

    for name, opened in (("Oo", {here.cover, gone.cover}), ("San", {gone.cover}), ("Phyu", set[bytes]())):
        found, page = opens(name)
        assert found == opened and "2 households are with you in all" in page, name
        assert opens(name)[0] == set()  # nothing is new in them
    counter.says(gone, payment, actions.word_for(counter.desk("San"), payment, "en"))
    assert opens("San")[0] == set() and "One household is with you in all" in opens("San")[1]
    counter.desk("Mon").write(here.cover, Cover(children=3))
    counter.carry()
    found, page = opens("Oo")
    assert found == {here.cover} and "Household changed" in page
    ours, theirs = here.case("Oo").reference, gone.case("Oo").reference
    page = counter.page("households")
    assert ours in page and theirs not in page and "The case of one household is over" in page
    page = counter.page("households/over")
    assert theirs in page and ours not in page and "Closed" in page
    (run,) = lists.runs(counter.desk("Oo"))
    assert len(run.entries) == 1 and "4,000 baht" in counter.page(f"case/{slug(gone)}")


def test_runs_older_than_a_year_are_a_page_of_their_own(counter: Counter):
    way = counter.entitled()
    counter.entered(way)
    counter.programme.clock.forward(days=365 + 31)
    counter.entered(way, "2027-04", run=b"s" * 16)
    counter.sit("Oo")
    page = counter.page("runs")
    assert "April 2027" in page and "March 2026" not in page and "Show all runs" in page
    page = counter.page("runs/all")
    assert "April 2027" in page and "March 2026" in page and "Show all runs" not in page
    assert "March 2026: one payment" in counter.page(first(counter)).replace("1 payment", "one payment")


def test_a_month_far_ahead_has_no_page(counter: Counter):
    counter.entitled()
    counter.sit("Oo")
    assert counter.answer("enter/2026-04").status_code == 200
    assert counter.answer("enter/2026-05").status_code == 404


def test_a_case_moves_on_closes_and_leaves(counter: Counter):
    way = counter.entitled()
    counter.sit("Oo")
    page = counter.page(f"case/{slug(way)}/move-on")
    assert "Move to Reintegration" in page and "work, school, papers" in page
    assert "Reintegration" in counter.page(f"case/{slug(way)}/move-on", go="1")
    page = counter.page(f"case/{slug(way)}/close", reason="")
    assert "This field is required" in page
    page = counter.page(f"case/{slug(way)}/close", reason="support_ended")
    (back,) = re.findall(rf'"/support/(case/{slug(way)}/take-back/[0-9a-f]+)"', page)
    assert "Take it back" not in counter.page(back, go="1")
    assert "nothing to take back" in counter.page(back, go="1")
    counter.page(f"case/{slug(way)}/close", reason="support_ended")
    counter.carry()
    page = counter.page(f"case/{slug(way)}/close", reason="support_ended")
    assert "This waits for a signature already" in page and 'value="support_ended"' in page
    assert "Nothing waits for your signature" in counter.page(f"case/{slug(way)}/second")


def test_what_two_desks_did_at_once_is_said_on_every_page(two_who_enter: Counter):
    from banyan.folders.seats import Seat

    counter = two_who_enter
    way = counter.comes()
    casework.give_seats(counter.desk("Oo"), way.cover, [(way.member("Ohn"), Seat.ENTERING)])
    counter.carry()
    said: dict[str, Any] = {
        "since": MONTH, "until": "", "adults": 2, "children": 1, "currency": "THB", "way": "cash"
    }  # fmt: skip
    actions.begin(desk=counter.desk("Oo"), cover=way.cover, **said)
    counter.carry()
    counter.lets_in(way, "Ohn")
    actions.entitle(desk=counter.desk("Oo"), cover=way.cover, **{**said, "currency": "USD"})
    actions.entitle(desk=counter.desk("Ohn"), cover=way.cover, **{**said, "currency": "MMK"})
    counter.carry()
    counter.sit("Oo")
    assert "The entitlement was changed in two places at once" in counter.page()
    page = counter.page(f"case/{slug(way)}")
    assert "US dollar / kyat" in page or "kyat / US dollar" in page
    counter.page(f"case/{slug(way)}/entitle", **said)
    assert "at once" not in counter.page()
    for name, run in (("Oo", b"a"), ("Ohn", b"b")):
        if name == "Oo":
            counter.carry()
        actions.enter(desk=counter.desk(name), run=run * 16, month=MONTH, cover=way.cover, rates=BANK)
    counter.carry()
    assert "Two payments stand for one month" in counter.page()
    counter.sit("Phyu")
    page = counter.page()
    assert page.count('class="row alarm"') == 2
    page = counter.page("runs/" + "61" * 8)
    assert "Entered twice" in page and 'type="checkbox"' not in page
