"""The line before the first words: nothing in peace, small steps in a flood, and a ticket that serves one contact."""

import pytest

from banyan.doors.front import line as pages
from banyan.doors.front.line import MOST_SPENT, MOST_STEPS, MOST_USES, Line, line


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def crowd(clock: Clock) -> Line:
    """A line at which a hundred people a second asked for some seconds."""
    made = Line(5, clock=clock)
    for _ in range(800):
        made.ask()
        clock.now += 0.01
    return made


def test_in_peace_nobody_waits_and_in_a_flood_everybody_some_steps(clock, crowd):
    quiet = Line(5, clock=clock)
    for _ in range(100):
        assert quiet.ask() == 0
        clock.now += 0.5
    assert crowd.steps() == 0  # it is over
    for _ in range(800):
        crowd.ask()
        clock.now += 0.01
    assert crowd.steps() == MOST_STEPS
    clock.now += 10
    assert 0 < crowd.steps() < MOST_STEPS
    clock.now += 60
    assert crowd.steps() == 0


def test_a_full_lane_makes_the_line_longer_too(clock):
    quiet = Line(5, clock=clock)
    quiet.crowding = 0.4
    assert quiet.steps() == 0
    quiet.crowding = 1.0
    assert quiet.steps() == pages.MORE_STEPS


def test_a_step_before_its_time_is_no_step(clock, crowd):
    text = crowd.new(3)
    assert crowd.forward(crowd.read(text)) == text
    clock.now += 1
    second = crowd.read(crowd.forward(crowd.read(text)))
    assert second.made == 1 and not second.done
    # Asking for it many times at once makes the same step, not many.
    assert [crowd.read(crowd.forward(second)).made for _ in range(50)] == [1] * 50
    clock.now += 30
    assert crowd.read(crowd.forward(second)).made == 2


def test_who_presses_again_after_waiting_has_made_several_steps_and_no_more(clock, crowd):
    one = crowd.read(crowd.new(12))
    clock.now += 500
    assert crowd.read(crowd.forward(one, at_once=4)).made == 4


def test_a_ticket_that_was_changed_made_up_or_is_of_another_hub_is_none(clock, crowd):
    text = crowd.new(0)
    assert crowd.read(text).done
    for place in range(len(text) - 1):
        other = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        found = crowd.read(other)
        assert found is None or other[-3:] != text[-3:], place
    for nonsense in ("", "x", "\u1000", "A" * 44, "=" * 44, "A" * 100_000):
        assert crowd.read(nonsense) is None
    assert Line(5, clock=clock).read(text) is None


def test_a_ticket_runs_out_and_serves_one_contact(clock, crowd):
    spent, kept = crowd.new(0), crowd.new(0)
    crowd.spend(spent)
    assert crowd.read(spent) is None and crowd.read(kept) is not None
    assert crowd.carried(kept) == kept and crowd.carried(spent) != spent
    clock.now += pages.VALID_SECONDS + 1
    assert crowd.read(kept) is None


def test_what_was_spent_is_remembered_within_bounds_and_never_taken_again(clock, crowd, monkeypatch):
    monkeypatch.setattr(pages, "MOST_SPENT", 100)
    assert MOST_SPENT > 100
    old = [crowd.new(0) for _ in range(50)]
    clock.now += 1
    new = [crowd.new(0) for _ in range(90)]
    for text in old + new:
        crowd.spend(text)
    assert len(crowd._spent) == 100
    assert all(crowd.read(text) is None for text in old + new)
    assert crowd.read(crowd.new(0)) is not None


def test_a_ticket_asks_for_as_many_pages_as_a_contact_needs(crowd):
    one = crowd.read(crowd.new(0))
    assert [crowd.use(one) for _ in range(MOST_USES + 5)] == [True] * MOST_USES + [False] * 5


# The pages


def test_the_words_come_with_a_ticket_that_one_sent_message_uses_up(person):
    words = person.post("words")
    ticket = words.hidden["ticket"]
    form = person.post("write", words.hidden)
    assert form.hidden["ticket"] == ticket and line().read(ticket) is not None
    refused = person.post("write", form.hidden, message="", send="1")
    assert refused.hidden["ticket"] == ticket and line().read(ticket) is not None
    person.post("write", form.hidden, message="Help me", send="1")
    assert line().read(ticket) is None


@pytest.mark.parametrize("language", ["en", "my"])
def test_the_line_goes_on_by_itself_and_by_a_button(person, language):
    person.language = language
    page = person.get(f"line/{line().new(3)}/")
    on = page.text.partition('http-equiv="refresh" content="1; url=')[2].partition('"')[0]
    assert on.startswith(f"/{language}/line/") and f'href="{on}"' in page.text and "<form" not in page.text
    turn = person.get(f"line/{line().new(0)}/")
    ticket = line().read(turn.hidden["ticket"])
    assert '"refresh"' not in turn.text and ticket is not None and ticket.done
    made_up = person.get("line/made-up/")
    assert "made-up" not in made_up.text and '"refresh"' in made_up.text
