"""What all desks say alike: counts in titles, stages and needs by name, members, notices, moves."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.utils.translation import override

from banyan.cases.casework import NotYet
from banyan.cases.registers import Register
from banyan.cases.stages import Stage
from banyan.desks import frame
from banyan.folders.history import COUNTERSIGN

AYE, BA = b"a" * 16, b"b" * 16
ROSTER: Any = SimpleNamespace(members={AYE: SimpleNamespace(name="Aye"), BA: SimpleNamespace(name="Ba")})


def history(*, missing: int = 0, waiting: int = 0, faults: int = 0, doubled: int = 0, late: int = 0) -> Any:
    told = [SimpleNamespace(counts=False, opened=SimpleNamespace(kind="note"))] * late
    told.append(SimpleNamespace(counts=False, opened=SimpleNamespace(kind=COUNTERSIGN)))
    return SimpleNamespace(
        missing=missing, waiting=waiting, faults=[1] * faults, doubled=[1] * doubled, told=told
    )


def test_a_title_begins_with_a_word_up_to_ten_and_then_with_a_number() -> None:
    assert [frame.in_words(count) for count in (1, 10, 11)] == ["One", "Ten", "11"]
    with override("my"):
        assert frame.in_words(11) == frame.number(11) == "၁၁"


def test_stages_and_needs_are_said_by_name_and_unknown_codes_as_they_stand() -> None:
    assert frame.stages((Stage.WAITING, Stage.FOLLOW_UP)) == "Waiting inside / Follow-up"
    assert {stage.value for stage in Stage} == set(frame.STAGES)
    assert frame.needs(("medical", "other")) == "Medical care, other" and frame.needs(None) == ""


def test_members_are_said_by_pseudonym_and_this_one_as_you() -> None:
    assert frame.who(ROSTER, AYE, BA) == "Ba"
    assert frame.who(ROSTER, AYE, BA, AYE, b"x" * 16) == "Ba, somebody unknown, you"


def test_what_has_not_arrived_or_does_not_fit_is_counted_over_all_folders_of_a_case() -> None:
    assert frame.warnings(None) == frame.warnings(history()) == []
    said = frame.warnings(
        history(missing=1, waiting=1, faults=1), None, history(missing=1, late=1), not_allowed=2
    )
    assert [tone for tone, _sentence in said] == ["sun", "alarm", "sun", "sun"]
    assert said[0][1].startswith("3 entries have not arrived yet")
    assert said[1][1].startswith("1 item was refused")
    assert said[2][1] == "1 entry came late and has no effect."
    assert said[3][1].startswith("2 entries have no effect: the rules")


def test_the_moves_of_a_case_say_where_it_went_who_moved_it_and_why() -> None:
    case: Any = SimpleNamespace(
        moves=[(Stage.INTAKE, 0, AYE, ""), (Stage.WITHDRAWN, 60_000, BA, "own_wish")],
        taken_back=[
            (
                b"n",
                120_000,
                SimpleNamespace(statement=SimpleNamespace(act="go"), signature=SimpleNamespace(member=BA)),
            )
        ],
    )
    taken, first, second = frame.moves(case, ROSTER, AYE, str.upper)
    assert (taken.title, taken.who) == ("Taken back: The person may set out", "Ba")
    assert (first.title, first.who, first.detail) == ("Intake", "you", "")
    assert (second.title, second.who, second.detail) == ("Withdrawn", "Ba", "OWN_WISH")
    assert second.when == datetime(1970, 1, 1, 0, 1, tzinfo=UTC)


def test_halts_and_why_somebody_stays_are_said_alike_by_every_desk_and_never_by_a_code() -> None:
    assert frame.halted_for("unsafe") == "The way is not safe"
    assert frame.halted_for("of-a-later-program") == frame.HALTS["other"] == "Another reason"
    case: Any = SimpleNamespace(
        moves=[
            (Stage.WAITING, 0, AYE, "family"),
            (Stage.REFERRED, 1, AYE, "family"),
            (Stage.WAITING, 2, AYE, ""),
        ],
        taken_back=[],
    )
    said = [one.detail for one in frame.moves(case, ROSTER, AYE, str.upper)]
    assert said == ["Their family needs them there", "FAMILY", ""]


def test_a_form_starts_from_what_stands() -> None:
    two = Register([(b"1", 3), (b"2", 4)])
    assert frame.stands({"adults": two, "needs": Register[Any]([])}) == {"adults": 3}


def test_what_one_button_does_is_refused_in_words() -> None:
    def act(*, desk: object) -> None:
        raise NotYet("Not now.")

    assert frame.refusal(act, desk=None) == "Not now." and frame.refusal(dict, desk=None) == ""
