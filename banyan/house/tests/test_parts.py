"""Each part with good and with bad material."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import TemplateSyntaxError, engines
from django.utils import translation

from banyan.house.parts import assets, charts
from banyan.house.tests.street import Letter

NOW = datetime(2027, 3, 9, 9, 0, tzinfo=UTC)


def shown(source: str, **context: object) -> str:
    """The source rendered as a page would, on one line."""
    with translation.override("en"):
        return " ".join(engines["django"].from_string(source).render(context).split())


def test_a_row_escapes_its_words_and_has_one_action() -> None:
    row = shown('{% row "amber heron 41" what tag="Late" tone="sun" url="/a" action="Answer" %}', what="<b>x")
    assert "&lt;b&gt;x" in row
    assert 'class="row sun"' in row
    assert row.count("<a ") == 1
    assert "<a " not in shown('{% row "amber heron 41" "waits" %}')


@pytest.mark.parametrize(
    "source", ['{% row "a" "b" tone="red" %}', '{% notice "red" %}{% endnotice %}', '{% asset "door.css" %}']
)
def test_what_is_not_on_the_list_is_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        shown(source)


def test_a_notice_speaks_up_only_in_danger() -> None:
    assert 'role="alert"' in shown('{% notice "alarm" "Not sent" %}x{% endnotice %}')
    assert "role" not in shown('{% notice "leaf" %}x{% endnotice %}')
    assert "&lt;i&gt;" in shown('{% notice "sun" %}{{ x }}{% endnotice %}', x="<i>")


def test_a_wrong_field_ties_its_error_and_help_to_the_control() -> None:
    field = shown('{% field form.words why="To help." %}', form=Letter(data={}))
    assert 'aria-describedby="id_words-error id_words-help"' in field
    assert 'id="id_words-error"' in field
    assert 'id="id_words-help"' in field
    assert 'autocomplete="off"' in field
    assert "Why we ask" in field


def test_a_right_field_shows_no_error_and_no_empty_why() -> None:
    form = Letter(data={"words": "x", "with_whom": "alone", "force": "army"})
    field = shown("{% field form.words %}", form=form)
    assert "error" not in field
    assert "Why we ask" not in field


def test_choices_stand_in_a_group_with_the_question_as_its_legend() -> None:
    group = shown("{% field form.with_whom %}", form=Letter())
    assert group.startswith("<fieldset")
    assert "<legend>Who is with you?</legend>" in group


def test_a_table_puts_numbers_right_and_their_thousands_apart() -> None:
    table = shown(
        "{% table head rows foot=foot %}",
        head=["For", "THB"],
        rows=[("Rent", Decimal("12500.00"))],
        foot=["All", Decimal("12500.00")],
    )
    assert '<th scope="col" class="n">THB</th>' in table
    assert '<th scope="col">For</th>' in table
    assert table.count('<td class="n">12,500.00</td>') == 2
    assert "Nothing here yet." in shown("{% table head rows %}", head=["a"], rows=[])


def test_a_chart_has_its_numbers_as_a_table_too() -> None:
    chart = shown('{% chart "New" bars %}', bars=[("W1", 3), ("W2", 6)])
    assert chart.count("<rect") == 2
    assert '<td class="n">6</td>' in chart
    assert "style=" not in chart


def test_bars_are_as_tall_as_their_numbers() -> None:
    one, two, none = charts.drawn([("a", 5), ("b", 10), ("c", 0)])
    assert two.height == charts.HEIGHT
    assert one.height == charts.HEIGHT / 2
    assert none.height == 0
    assert two.x > one.x + one.width
    for wrong in (-1, True, "3"):
        with pytest.raises(ValueError):
            charts.drawn([("a", wrong)])
    assert charts.drawn([]) == []


def test_a_time_said_by_the_desk_s_clock_keeps_the_exact_one_beside_it() -> None:
    said = shown("{% when moment %}", moment=NOW - timedelta(minutes=22), now=NOW)
    assert ">22 minutes ago<" in said
    assert 'title="Tuesday 9 March 2027, 15:08"' in said


def test_minifying_keeps_what_a_style_means() -> None:
    assert assets.minified("/* why */ a b { margin: 0.5rem 10.5px ; }\n\n") == "a b{margin:.5rem 10.5px}"


def test_steps_say_where_one_is() -> None:
    steps = shown('{% steps 2 "Code" "Write" "Done" %}')
    assert "Step 2 of 3" in steps
    assert steps.count('class="on"') == 2
    with translation.override("my"):
        burmese = engines["django"].from_string('{% steps 2 "Code" "Write" "Done" %}').render()
    assert "၃" in burmese and "၂" in burmese and "3" not in burmese
