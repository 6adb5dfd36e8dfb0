"""Money by three: what each may do, and what has no effect or is refused in words."""

import pytest

from banyan.cases import casework
from banyan.cases.casework import NotYet
from banyan.cases.folders.cover import Cover
from banyan.cases.folders.support import Approved, Paid
from banyan.cases.journey import Journey
from banyan.cases.stages import Stage
from banyan.desks.support import actions, lists, rules
from banyan.desks.support.rules import MONEY, Snag
from banyan.desks.support.tests.conftest import BANK, MONTH, RUN, Counter, slug
from banyan.folders.seats import Seat
from banyan.language.pack import load_pack

RULES = load_pack().entitlements()


def test_a_month_goes_from_an_entry_to_the_persons_own_word(counter: Counter):
    way = counter.entitled("MMK")
    payment = counter.entered(way)
    entered = counter.payment(way, payment).entered
    assert [line.amount for line in entered.lines] == [
        100_000,
        50_000,
        50_000,
        200_000,
    ]  # with what is given once
    assert (entered.due, entered.currency, entered.rate, entered.rate_source) == (
        26_600_000, "MMK", "66.5", "the bank's board",
    )  # fmt: skip
    counter.approved(way, payment)
    assert counter.payment(way, payment, "San").payer == counter.ident("San")
    counter.paid(way, payment)
    letter = way.visit().letters()[-1]
    assert (letter.kind, letter.letter.amount, letter.letter.currency, letter.letter.month) == (
        "money", 26_600_000, "MMK", MONTH,
    )  # fmt: skip
    assert letter.author == counter.ident("San") and letter.slot is not None
    assert counter.payment(way, payment).state == "paid"
    counter.says(
        way, payment, actions.word_for(counter.desk("San"), payment, "my")
    )  # the same word in Burmese
    assert counter.payment(way, payment).state == "received"
    april = counter.entered(way, "2026-04", run=b"s" * 16)
    assert [line.amount for line in counter.payment(way, april).entered.lines] == [100_000, 50_000, 50_000]


def test_a_wrong_word_is_doubtful_until_the_right_one_is_said(counter: Counter):
    way = counter.entitled()
    payment = counter.entered(way)
    counter.approved(way, payment)
    counter.paid(way, payment)
    counter.says(way, payment, "mountain-of-gold")
    assert counter.payment(way, payment, "San").doubtful and counter.payment(way, payment).state == "paid"
    assert Snag.DOUBTFUL in rules.snags(
        counter.household(way), "2026-04", lists.rules_of(counter.household(way))
    )
    word = actions.word_for(counter.desk("San"), payment, "en")
    counter.says(way, payment, f" {word.upper()} ")
    assert not counter.payment(way, payment).doubtful and counter.payment(way, payment).state == "received"


def test_the_word_is_the_payers_own_and_another_for_each_payment(counter: Counter):
    san, phyu = counter.desk("San"), counter.desk("Phyu")
    names = [bytes([nth]) * 32 for nth in range(40)]
    said = [actions.word_for(san, name, "en") for name in names]
    assert said == [actions.word_for(san, name, "en") for name in names] and len(set(said)) > 35
    assert said != [actions.word_for(phyu, name, "en") for name in names]


def test_three_are_three(counter: Counter):
    way = counter.entitled()
    payment = counter.entered(way)
    oo, phyu, san = (counter.desk(name) for name in ("Oo", "Phyu", "San"))
    folder = way.part("Oo", "support")
    with pytest.raises(NotYet):  # who entered approves
        actions.approve(desk=oo, cover=way.cover, payment=payment, payer=counter.ident("San"))
    with pytest.raises(NotYet):  # who approves is the payer
        actions.approve(desk=phyu, cover=way.cover, payment=payment, payer=counter.ident("Phyu"))
    with pytest.raises(NotYet):  # who entered is the payer
        actions.approve(desk=phyu, cover=way.cover, payment=payment, payer=counter.ident("Oo"))
    with pytest.raises(NotYet):  # before anybody approved
        actions.hand_over_money(desk=san, cover=way.cover, payment=payment, given=True)
    counter.approved(way, payment)
    with pytest.raises(NotYet):  # who approved hands it over
        actions.hand_over_money(desk=phyu, cover=way.cover, payment=payment, given=True)
    with pytest.raises(NotYet):  # nobody approves twice
        actions.approve(desk=phyu, cover=way.cover, payment=payment, payer=counter.ident("San"))
    # past the actions, the folder itself gives such words no effect
    phyu.write(folder, Approved(payment=payment, payer=counter.ident("Oo")))
    counter.carry()
    assert counter.payment(way, payment, "San").payer == counter.ident("San")
    assert way.visit().letters() == [] or way.visit().letters()[-1].kind != "money"
    counter.paid(way, payment)
    assert counter.payment(way, payment).state == "paid"


def test_a_payer_who_was_not_named_has_no_say(counter: Counter):
    way = counter.entitled()
    folder = way.part("Oo", "support")
    payment = counter.entered(way)
    counter.desk("San").write(folder, Paid(payment=payment, word="river"))  # past the action, and too early
    counter.carry()
    assert counter.payment(way, payment).state == "entered"
    with pytest.raises(NotYet) as refused:  # somebody who does not sit on the case
        actions.approve(
            desk=counter.desk("Phyu"), cover=way.cover, payment=payment, payer=counter.ident("Aye")
        )
    assert refused.value.field == "payer"


def test_money_that_the_case_worker_approved_is_not_handed_over(works_and_approves: Counter):
    counter = works_and_approves
    way = counter.entitled()
    oo, ba, san = (counter.desk(name) for name in ("Oo", "Ba", "San"))
    payment, folder = counter.entered(way), way.part("Oo", "support")
    oo.hand_over(
        folder, [way.member(name) for name in ("Oo", "Ba", "San")]
    )  # past the action, and so is this
    counter.carry()
    ba.write(folder, Approved(payment=payment, payer=san.keys.id))
    counter.carry()
    assert counter.payment(way, payment, "San").state == "approved"
    home = counter.household(way, "San")
    assert rules.standing(home, lists.rules_of(home))[:1] == (Snag.STRANGER,)
    with pytest.raises(NotYet, match="no such seat"):
        actions.hand_over_money(desk=san, cover=way.cover, payment=payment, given=True)
    assert counter.payment(way, payment, "San").state == "approved"
    counter.sit("San")
    assert 'class="row alarm"' in counter.page() and "No such seat here" in counter.page()
    assert "no such seat" in counter.page(f"case/{slug(way)}/{payment[:8].hex()}/pay")
    actions.stop(desk=oo, cover=way.cover, payment=payment, why="other")
    actions.change_people(desk=oo, cover=way.cover, approver=counter.ident("Phyu"), payer=san.keys.id)
    counter.carry()
    again = counter.entered(way, run=b"s" * 16)
    counter.approved(way, again)
    counter.paid(way, again)
    assert counter.payment(way, again, "San").state == "paid"


def test_what_somebody_entered_who_does_not_enter_on_the_case_is_not_approved(two_who_enter: Counter):
    counter = two_who_enter
    way = counter.entitled()
    payment, folder = counter.entered(way), way.part("Oo", "support")
    entered = counter.payment(way, payment).entered
    actions.stop(desk=counter.desk("Oo"), cover=way.cover, payment=payment, why="other")
    counter.desk("Oo").hand_over(folder, [way.member(name) for name in ("Ohn", "Phyu", "San")])
    counter.carry()
    theirs = counter.desk("Ohn").write(folder, entered)
    counter.carry()
    with pytest.raises(NotYet, match="no such seat"):
        counter.approved(way, theirs)
    casework.give_seats(counter.desk("Oo"), way.cover, [(way.member("Ohn"), Seat.ENTERING)])
    counter.carry()
    counter.approved(way, theirs)
    assert counter.payment(way, theirs, "San").state == "approved"


def test_a_stop_wins_and_paid_and_stopped_at_once_is_shown(counter: Counter):
    way, other = counter.entitled(), counter.entitled()
    stopped, torn = counter.entered(way), counter.entered(other)
    for journey, payment in ((way, stopped), (other, torn)):
        counter.approved(journey, payment)
    actions.stop(desk=counter.desk("Oo"), cover=way.cover, payment=stopped, why="wrong_amount")
    counter.carry()
    with pytest.raises(NotYet):
        actions.hand_over_money(desk=counter.desk("San"), cover=way.cover, payment=stopped, given=True)
    assert counter.payment(way, stopped).state == "stopped"
    # at once: San's and Phyu's desks do not know of one another
    actions.hand_over_money(desk=counter.desk("San"), cover=other.cover, payment=torn, given=True)
    actions.stop(desk=counter.desk("Phyu"), cover=other.cover, payment=torn, why="cannot_reach")
    counter.carry()
    for name in ("Oo", "Phyu", "San"):
        assert counter.payment(other, torn, name).conflict
    assert rules.standing(counter.household(other), lists.rules_of(counter.household(other))) == (
        Snag.PAID_AND_STOPPED,
    )
    with pytest.raises(NotYet):  # too late
        actions.stop(desk=counter.desk("Oo"), cover=other.cover, payment=torn, why="other")
    counter.entered(way, run=b"s" * 16)  # what was stopped may be entered again


def test_no_household_stands_twice_in_a_month(counter: Counter):
    way = counter.entitled()
    counter.entered(way)
    with pytest.raises(NotYet):
        actions.enter(desk=counter.desk("Oo"), run=b"s" * 16, month=MONTH, cover=way.cover, rates=BANK)
    assert len(counter.household(way).of_month(MONTH)) == 1


def test_a_month_entered_on_two_desks_at_once_is_approved_only_when_one_is_stopped(two_who_enter: Counter):
    counter = two_who_enter
    way = counter.comes()
    casework.give_seats(counter.desk("Oo"), way.cover, [(way.member("Ohn"), Seat.ENTERING)])
    counter.carry()
    actions.begin(desk=counter.desk("Oo"), cover=way.cover, since=MONTH, until="", adults=2, children=1,
        currency="THB", way="cash")  # fmt: skip
    counter.carry()
    counter.lets_in(way, "Ohn")
    one, other = (
        actions.enter(desk=counter.desk(name), run=run * 16, month=MONTH, cover=way.cover, rates=BANK)
        for name, run in (("Oo", b"a"), ("Ohn", b"b"))
    )
    counter.carry()
    for name in ("Oo", "Ohn", "Phyu"):
        home = counter.household(way, name)
        assert len(home.of_month(MONTH)) == 2 and Snag.TWICE in rules.snags(home, MONTH, lists.rules_of(home))
    for payment in (one, other):
        with pytest.raises(NotYet):
            actions.approve(
                desk=counter.desk("Phyu"), cover=way.cover, payment=payment, payer=counter.ident("San")
            )
    actions.stop(desk=counter.desk("Phyu"), cover=way.cover, payment=other, why="twice")
    counter.carry()
    counter.approved(way, one)
    counter.paid(way, one)
    assert [p.state for p in counter.household(way).payments if p.name == one] == ["paid"]


def test_two_folders_begun_at_once_do_not_pay_twice(two_who_enter: Counter):
    counter = two_who_enter
    way = counter.comes()
    casework.give_seats(counter.desk("Oo"), way.cover, [(way.member("Ohn"), Seat.ENTERING)])
    counter.carry()
    for name, run in (("Oo", b"a"), ("Ohn", b"b")):
        actions.begin(desk=counter.desk(name), cover=way.cover, since=MONTH, until="", adults=2, children=1,
            currency="THB", way="cash")  # fmt: skip
        actions.enter(desk=counter.desk(name), run=run * 16, month=MONTH, cover=way.cover, rates=BANK)
    counter.carry()
    home = counter.household(way, "Phyu")
    assert len(home.supports) == 2 and len(home.of_month(MONTH)) == 2
    for payment in home.payments:
        with pytest.raises(NotYet):
            actions.approve(
                desk=counter.desk("Phyu"), cover=way.cover, payment=payment.name, payer=counter.ident("San")
            )


@pytest.mark.parametrize(
    ("currency", "rate", "minor"),
    [
        ("MMK", "66.5", 26_600_000),  # 4,000 baht in whole kyat
        ("MMK", "66.66666", 26_666_700),  # 266,666.64 kyat, half up to a whole one
        ("INR", "2.4999", 1_000_000),  # 9,999.6 rupees are 10,000
        ("USD", "0.028735", 11_494),  # to the cent
        ("THB", "1", 400_000),
    ],
)
def test_each_currency_is_rounded_to_what_is_paid_in_it(
    counter: Counter, currency: str, rate: str, minor: int
):
    way = counter.entitled(currency)
    rates = {currency: actions.Rate(rate, "the market", "2026-03-02")} if currency != "THB" else {}
    payment = actions.enter(desk=counter.desk("Oo"), run=RUN, month=MONTH, cover=way.cover, rates=rates)
    assert counter.payment(way, payment).entered.due == minor
    if currency != "THB":
        with pytest.raises(NotYet):  # no rate, no payment
            actions.enter(desk=counter.desk("Oo"), run=RUN, month="2026-04", cover=way.cover, rates={})


def test_what_stands_in_the_way_of_an_entry_is_refused_in_words(counter: Counter):
    oo = counter.desk("Oo")
    ended, early, bare = counter.entitled(until=MONTH), counter.entitled(since="2026-05"), counter.comes()
    for way, month in ((ended, "2026-04"), (early, MONTH), (bare, MONTH)):
        with pytest.raises(NotYet):
            actions.enter(desk=oo, run=RUN, month=month, cover=way.cover, rates=BANK)
    with pytest.raises(NotYet) as refused:
        actions.entitle(desk=oo, cover=ended.cover, since="2026-05", until=MONTH, adults=1, children=0,
            currency="THB", way="cash")  # fmt: skip
    assert refused.value.field == "until"
    with pytest.raises(NotYet):  # only who enters
        actions.entitle(desk=counter.desk("Phyu"), cover=ended.cover, since=MONTH, until="", adults=9, children=0,
            currency="THB", way="cash")  # fmt: skip
    counter.entered(ended)


def test_a_household_that_changed_stands_out_before_anybody_approves(counter: Counter):
    way = counter.entitled()
    payment = counter.entered(way)
    counter.desk("Mon").write(way.cover, Cover(children=3))
    counter.carry()
    home, paid = counter.household(way, "Phyu"), counter.payment(way, payment, "Phyu")
    assert rules.doubts(home, paid, lists.rules_of(home)) == (Snag.CHANGED,)
    actions.entitle(desk=counter.desk("Oo"), cover=way.cover, since=MONTH, until="", adults=2, children=3,
        currency="THB", way="cash")  # fmt: skip
    counter.carry()
    home, paid = counter.household(way, "Phyu"), counter.payment(way, payment, "Phyu")
    assert rules.doubts(home, paid, lists.rules_of(home)) == (
        Snag.AMOUNT,
    )  # it no longer is what the rules give
    assert not rules.may_approve((Snag.AMOUNT,)) and rules.may_approve((Snag.DOUBTFUL,))


def test_a_household_that_whoever_enters_made_larger_is_looked_at_alone(counter: Counter):
    fine, swollen = counter.entitled(), counter.entitled(adults=20, children=60)
    payments = {way.cover: counter.entered(way) for way in (fine, swollen)}
    home, paid = counter.household(swollen, "Phyu"), counter.payment(swollen, payments[swollen.cover], "Phyu")
    assert rules.doubts(home, paid, lists.rules_of(home)) == (Snag.CHANGED,)
    counter.sit("Phyu")
    run = f"runs/{RUN[:8].hex()}"
    ticks = [payments[way.cover][:8].hex() for way in (fine, swollen)]
    page = counter.page(f"{run}/approve", do="all")
    assert f'value="{ticks[0]}" checked' in page and f'value="{ticks[1]}"' not in page
    page = counter.page(f"{run}/approve", do="approve", tick=ticks)  # also where a browser sends both
    states = [counter.payment(way, payments[way.cover], "Phyu").state for way in (fine, swollen)]
    assert states == ["approved", "entered"] and swollen.case("Phyu").reference in page
    counter.approved(swollen, payments[swollen.cover])  # after a look at it alone
    assert counter.payment(swollen, payments[swollen.cover], "Phyu").state == "approved"


def test_another_payer_reads_the_folder_and_the_one_before_nothing_new(two_who_pay: Counter):
    counter = two_who_pay
    way = counter.entitled()
    assert counter.household(way).payers == (counter.ident("San"),)
    payment = counter.entered(way)
    counter.approved(way, payment)
    actions.change_people(desk=counter.desk("Oo"), cover=way.cover, approver=counter.ident("Phyu"),
        payer=counter.ident("Soe"))  # fmt: skip
    counter.carry()
    home = counter.household(way)
    assert home.payers == (counter.ident("Soe"),) and not home.shut_out
    assert Snag.PAYER_GONE in rules.standing(home, lists.rules_of(home))
    with pytest.raises(NotYet):  # approved for another
        actions.hand_over_money(desk=counter.desk("Soe"), cover=way.cover, payment=payment, given=True)
    actions.stop(desk=counter.desk("Oo"), cover=way.cover, payment=payment, why="payer")
    counter.carry()
    again = counter.entered(way, run=b"s" * 16)
    assert [p.name for p in counter.household(way, "Soe").payments if p.state == "entered"] == [again]
    assert again not in [p.name for p in counter.household(way, "San").payments]


def test_a_folder_is_given_to_three_though_two_came_at_once_to_each_seat(two_of_each: Counter):
    counter = two_of_each
    way = Journey(counter.programme).arrives()
    casework.go_to(counter.desk("Mon"), way.cover, Stage.SUPPORT)
    counter.carry()
    for keeper, names in (("Mon", ("Oo", "Phyu", "San")), ("Nwe", ("Ohn", "Tun", "Soe"))):
        come = [(way.member(name), seat) for name, seat in zip(names, MONEY, strict=True)]
        casework.give_seats(counter.desk(keeper), way.cover, come)
    counter.carry()
    counter.desk("Mon").write(
        way.cover, Cover(adults=2)
    )  # who reads both of what was given out brings them together
    counter.carry()
    assert [len(way.case("Oo").seated(seat)) for seat in MONEY] == [2, 2, 2]
    actions.begin(desk=counter.desk("Oo"), cover=way.cover, since=MONTH, until="", adults=2, children=1,
        currency="THB", way="cash")  # fmt: skip
    counter.carry()
    folder = way.part("Oo", "support")

    def readers() -> set[str]:
        return {one.name for one in counter.desk("Oo").holders(folder)}

    assert len(readers()) == 3 and "Oo" in readers()
    home = counter.household(way)
    assert Snag.SHUT_OUT in rules.standing(home, lists.rules_of(home))  # until it is said who sees to it
    actions.change_people(desk=counter.desk("Oo"), cover=way.cover, approver=counter.ident("Tun"),
        payer=counter.ident("Soe"))  # fmt: skip
    counter.carry()
    assert readers() == {"Oo", "Tun", "Soe"} and rules.standing(counter.household(way), RULES) == ()
    counter.sit("Ohn")
    assert "has not begun" not in counter.page()
    assert "Support has begun already" in counter.page(f"case/{slug(way)}/begin")


def test_a_long_run_goes_on_where_it_stopped_and_enters_nobody_twice(counter: Counter):
    ways = [counter.entitled() for _ in range(3)]
    covers = [way.cover for way in ways]
    first = actions.enter_run(
        desk=counter.desk("Oo"), run=RUN, month=MONTH, covers=covers, rates={}, seconds=0
    )
    assert (first.entered, first.left) == (1, tuple(covers[1:]))
    second = actions.enter_run(desk=counter.desk("Oo"), run=RUN, month=MONTH, covers=covers, rates={})
    assert second.entered == 2 and second.left == () and [cover for cover, _ in second.refused] == covers[:1]
    (run,) = lists.runs(counter.desk("Oo"))
    assert len(run.entries) == 3 and run.totals() == {"THB": 1_200_000}


def test_a_case_moves_on_and_is_closed_by_two(counter: Counter):
    way = counter.entitled()
    oo, aye = counter.desk("Oo"), counter.desk("Aye")
    payment = counter.entered(way)
    with pytest.raises(NotYet):  # money is on its way
        actions.propose_close(desk=oo, cover=way.cover, reason="support_ended")
    actions.stop(desk=oo, cover=way.cover, payment=payment, why="not_entitled")
    for stage in (Stage.REINTEGRATION, Stage.FOLLOW_UP):
        actions.move_on(desk=oo, cover=way.cover)
        assert way.case("Oo").stage is stage
    with pytest.raises(NotYet):
        actions.move_on(desk=oo, cover=way.cover)
    with pytest.raises(NotYet):  # who approves has no say in it
        actions.move_on(desk=counter.desk("Phyu"), cover=way.cover)
    actions.propose_close(desk=oo, cover=way.cover, reason="support_ended")
    assert actions.closing(oo, way.case("Oo")) is None and way.case("Oo").stage is Stage.FOLLOW_UP
    with pytest.raises(NotYet):  # not by the same one
        actions.second_close(desk=oo, cover=way.cover)
    counter.carry()
    (waiting,) = way.case("Aye").waiting(aye.now)
    done = casework.second(aye, way.cover, waiting)
    casework.go_to(aye, way.cover, Stage.CLOSED, act=done)
    counter.carry()
    assert way.case("Oo").stage is Stage.CLOSED
    other = counter.entitled()
    casework.propose(aye, other.cover, "close", (), "left")
    counter.carry()
    actions.second_close(desk=oo, cover=other.cover)
    assert other.case("Oo").stage is Stage.CLOSED
