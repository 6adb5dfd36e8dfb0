"""Whatever anybody writes in whatever order: no money without three, nor called received without the person's word.
Played by a machine of hypothesis.
"""

from types import SimpleNamespace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from banyan.cases.folders import kind_of, support
from banyan.sealing.format import write
from promises.machine import KEYS, STEPS, Order, play

branch = st.integers(0, 1)
pick = st.integers(0, 2**30)
hand = st.sampled_from([KEYS[name].id for name in ("Oo", "Phyu", "San", "Aye")])


class Payments(RuleBasedStateMachine):
    """One support folder, into which anybody writes anything: seats do not help here, only who did what before."""

    steps = 0
    reached: set[str] = set()

    def __init__(self) -> None:
        super().__init__()
        self.order, self.heads, self.told = Order(), [set(), set()], []

    def write(self, author, document, where) -> None:
        type(self).steps += 1
        name = len(self.told).to_bytes(32, "big")
        drop = isinstance(document, support.Receipt)
        self.order.add(name, set() if drop else self.heads[where])
        if not drop:
            self.heads[where] = {name}
        entry = SimpleNamespace(document=write(document), time=len(self.told))
        opened = SimpleNamespace(author=author, drop=drop, entry=entry, kind=kind_of("support", document))
        self.told.append((SimpleNamespace(name=name, opened=opened), document))

    def _payment(self, number) -> bytes:
        names = [told.name for told, document in self.told if isinstance(document, support.Entered)]
        return names[number % len(names)] if names else bytes(32)

    @rule(author=hand, payer=hand, where=branch)
    def enters(self, author, payer, where):
        self.write(author, _entered(payer), where)

    @rule(author=hand, payer=hand, number=pick, where=branch)
    def approves(self, author, payer, number, where):
        self.write(author, support.Approved(payment=self._payment(number), payer=payer), where)

    @rule(author=hand, number=pick, where=branch)
    def stops(self, author, number, where):
        self.write(author, support.Stopped(payment=self._payment(number), why="wrong"), where)

    @rule(author=hand, number=pick, where=branch)
    def pays(self, author, number, where):
        self.write(author, support.Paid(payment=self._payment(number), word="river"), where)

    @rule(where=branch)
    def goes_on(self, where):
        self.merges()
        entering, approving, paying = (KEYS[name].id for name in ("Oo", "Phyu", "San"))
        self.enters(entering, paying, where)
        self.approves(approving, paying, -1, where)
        self.pays(paying, -1, where)

    @rule(number=pick, word=st.sampled_from(["river", "River ", "hill"]))
    def receives(self, number, word):
        self.write(b"person" + bytes(10), support.Receipt(payment=self._payment(number), word=word), 0)

    @rule()
    def merges(self):
        both = self.heads[0] | self.heads[1]
        self.heads = [set(both), set(both)]

    @invariant()
    def no_money_without_three(self):
        history = SimpleNamespace(folder=b"", counting=[told for told, _ in self.told], causal=self.order)
        for one in support.fold(history).payments.values():
            type(self).reached.add(one.state)
            if one.state in ("paid", "received"):
                assert self._three(one.name)
            words = [d.word for _, d in self.told if isinstance(d, support.Receipt) and d.payment == one.name]
            assert one.state != "received" or {"river", "River "} & set(words)

    def _three(self, payment) -> bool:
        """Whether some three did it one after the other, each having seen the one before."""
        about = [(t, d) for t, d in self.told if getattr(d, "payment", t.name) == payment]
        before = self.order.before
        return any(
            len({entered.opened.author, approved.opened.author, paid.opened.author}) == 3
            and act.payer == paid.opened.author
            and before(entered.name, approved.name) and before(approved.name, paid.name)
            for entered, e in about if isinstance(e, support.Entered)
            for approved, act in about if isinstance(act, support.Approved)
            for paid, p in about if isinstance(p, support.Paid)
        )  # fmt: skip


def _entered(payer: bytes) -> support.Entered:
    return support.Entered(
        run=b"r" * 16, month="2026-03", lines=(support.Line(code="base", amount=1000),), rules_currency="THB",
        due=1000, currency="THB", rate="1", rate_source="none", rate_day="2026-03-02", payer=payer,
    )  # fmt: skip


def test_no_money_is_paid_without_three_nor_received_without_the_persons_word():
    machine = type("Money", (Payments,), {})
    play(machine, STEPS // 10)
    assert machine.reached == {"entered", "approved", "paid", "received", "stopped"}
