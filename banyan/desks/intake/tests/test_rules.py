"""What comes first, as pure functions."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from banyan.cases.deadlines import HOUR
from banyan.cases.folders.conversation import Conversation
from banyan.cases.models import ConversationRow
from banyan.cases.registers import Register
from banyan.desks import frame
from banyan.desks.intake import rules
from banyan.desks.intake.rules import Need, Stop
from banyan.folders.seats import Seat

NOW = 1_800_000_000_000
TOMORROW = NOW + 8 * HOUR


def row(**fields):
    start = {
        "state": "open", "danger": False, "waiting_since": None, "due": None, "check_in_due": None,
        "began": NOW - 90 * HOUR, "consent": False, "cover": None, "last_word": NOW, "reference": "amber heron 41",
    }  # fmt: skip
    return ConversationRow(**{**start, **fields})


@pytest.mark.parametrize(
    "fields, need",
    [
        ({}, None),
        ({"danger": True}, Need.DANGER),
        ({"danger": True, "check_in_due": NOW - 1}, Need.DANGER),
        ({"danger": True, "state": "set_aside"}, None),
        ({"check_in_due": NOW - 1}, Need.SILENT),
        ({"check_in_due": NOW + 1}, None),
        ({"waiting_since": NOW - 1, "due": NOW - 1}, Need.LATE),
        ({"waiting_since": NOW - 1, "due": TOMORROW - 1}, Need.TODAY),
        ({"waiting_since": NOW - 1, "due": TOMORROW}, None),
        ({"waiting_since": NOW, "began": NOW, "due": TOMORROW}, Need.NEW),
        ({"consent": True}, Need.TODAY),
        ({"consent": True, "cover": b"c" * 32}, None),
    ],
)
def test_why_somebody_is_needed(fields, need):
    assert rules.need_of(row(**fields), NOW, TOMORROW) is need


def test_danger_first_then_silence_then_lateness():
    rows = [
        row(reference="late", waiting_since=1, due=NOW - HOUR),
        row(reference="later", waiting_since=1, due=NOW - 5 * HOUR),
        row(reference="new", began=NOW, waiting_since=NOW, due=TOMORROW),
        row(reference="silent", check_in_due=NOW - 90 * HOUR),
        row(reference="danger", danger=True, due=NOW + HOUR),
        row(reference="danger, answered", danger=True),
    ]
    rows.sort(key=lambda one: rules.order(one, rules.need_of(one, NOW, TOMORROW) or Need.DANGER))
    assert [one.reference for one in rows] == ["danger", "danger, answered", "silent", "later", "late", "new"]


def test_silence_climbs_from_the_second_check_in_missed():
    silent = {"check_in_due": NOW - 1}
    assert rules.need_of(row(**silent), NOW, TOMORROW, 1) is Need.SILENT
    assert rules.need_of(row(**silent), NOW, TOMORROW, 2) is Need.LONG_SILENT
    assert rules.need_of(row(danger=True, **silent), NOW, TOMORROW, 9) is Need.DANGER
    assert rules.need_of(row(check_in_due=NOW + 1), NOW, TOMORROW, 2) is None
    rows = [
        (row(reference="once", check_in_due=NOW - 90 * HOUR), 1),
        (row(reference="late", waiting_since=1, due=NOW - 500 * HOUR), 0),
        (row(reference="twice", check_in_due=NOW - 60 * HOUR), 2),
        (row(reference="twice, longer", check_in_due=NOW - 70 * HOUR), 2),
        (row(reference="five times", check_in_due=NOW - 30 * HOUR), 5),
        (row(reference="danger", danger=True, due=NOW + HOUR), 0),
    ]

    def order(one):
        need = rules.need_of(one[0], NOW, TOMORROW, one[1])
        assert need is not None
        return rules.order(one[0], need, one[1])

    rows.sort(key=order)
    climbed = ["danger", "five times", "twice, longer", "twice", "once", "late"]
    assert [one.reference for one, _ in rows] == climbed
    waiting = [*rows[1:5], (row(reference="next", check_in_due=NOW + HOUR), 0)]
    waiting.sort(key=lambda one: rules.order_of_silence(*one))
    assert [one.reference for one, _ in waiting] == [*climbed[1:5], "next"]


def state(**fields):
    made = Conversation(b"f" * 32)
    made.fields = {key: Register([(b"n", value)]) for key, value in fields.items()}
    return made


def test_no_case_without_consent_nor_under_18():
    agreed = state(adult=True)
    assert rules.stop_before_case(agreed) is Stop.NO_CONSENT
    agreed.consent["service"] = Register([(b"n", True)])
    assert rules.stop_before_case(agreed) is None
    agreed.consent["service"] = Register([(b"n", True), (b"m", False)])
    assert rules.stop_before_case(agreed) is Stop.NO_CONSENT
    child = state(adult=False)
    child.consent["service"] = Register([(b"n", True)])
    assert rules.stop_before_case(child) is Stop.UNDER_18
    silent = state()
    silent.consent["service"] = Register([(b"n", True)])
    assert rules.stop_before_case(silent) is Stop.AGE_UNKNOWN
    silent.covers = Register([(b"n", b"c" * 32)])
    assert rules.stop_before_case(silent) is Stop.OPEN_ALREADY


def test_missed_check_ins_are_counted():
    waits = state()
    assert rules.times_missed(waits, NOW) == 0
    waits.agreement = Register([(b"n", (NOW - HOUR, 24))])
    assert rules.times_missed(waits, NOW) == 1
    assert rules.times_missed(waits, NOW + 25 * HOUR) == 2
    assert rules.times_missed(waits, NOW - 2 * HOUR) == 0


def test_twelve_weeks_are_counted():
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    moments = [now - timedelta(days=days) for days in (0.1, 6, 8, 83, 85)] + [now + timedelta(days=1)]
    weeks = rules.by_week((int(m.timestamp() * 1000) for m in moments), now)
    assert [count for _, count in weeks] == [1] + [0] * 9 + [1, 2]


def test_a_form_for_later_starts_at_nine_tomorrow():
    late = datetime(2026, 12, 31, 23, 59, 59, 5, tzinfo=UTC)
    assert frame.next_morning(late) == datetime(2027, 1, 1, 9, tzinfo=UTC)
    assert frame.next_morning(datetime(2026, 3, 2, tzinfo=UTC)) == datetime(2026, 3, 3, 9, tzinfo=UTC)


def member(name, *seats, active=True):
    return SimpleNamespace(id=name.encode(), name=name, seats=frozenset(seats), active=active)


def test_only_active_colleagues_of_intake_who_do_not_read_it_take_over():
    aye, ba, chit = member("Aye", Seat.INTAKE), member("Ba", Seat.INTAKE), member("Chit", Seat.OFFICE)
    gone, eh = member("Dway", Seat.INTAKE, active=False), member("Eh", Seat.INTAKE)
    assert rules.colleagues([aye, ba, chit, gone, eh], [aye, ba]) == [eh]
    assert rules.after_handing_over([aye, ba], b"Aye", eh) == [ba, eh]
    assert rules.after_handing_over([aye, gone], b"Aye", eh) == [eh]
