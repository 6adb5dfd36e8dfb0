"""The template tags of the parts, loaded everywhere: no `{% load %}`.

Pages extend `door/base.html` or `desk/base.html`. A tone is always one of `leaf` (all is well), `sun` (late,
unsent, read this), `alarm` (danger, silence), `sky` (for information) or `quiet`; a part refuses any
other, and a word always stands beside the colour.

door/base.html   blocks: title, steps, main. No style, script, image or cookie may be added.
desk/base.html   blocks: title, heading, main, side. From the context, all optional: `desk_name`,
                 `sections` (label, url, active), `sync` (.unsent .last .busy .problem), `member`,
                 `who_sees` (text), `now` (the desk's clock), `lock_url`, `sync_url` (else the URLs
                 named `lock` and `sync_now`).

{% row reference what tag="" tone="quiet" detail="" url="" action="" main=False %}   a line of work
{% card title="" %}...{% endcard %}                  a box, for the side column or the main one
{% notice tone title="" %}...{% endnotice %}         leaf, sun or alarm
{% field form.name why="" %}                         label, help, "why we ask", control, error
{% fields form %}                                    all fields, with the form's own errors first
{% timeline items %}                                 of .when .title, maybe .who .detail .tone .late
{% table head rows caption="" foot=None empty="" %}  numbers stand right; name the currency in `head`
{% chart title bars series=None note="" %}           bars: (label, number) or (label, first, second)
{% steps current label label ... %}                  where in a row of steps, counted from 1
{% progress done total label %}                      so many of so many
{% when moment %}  {% due moment %}                  "22 minutes ago"; "due in 38 minutes"
{{ count|digits }}                                   in the digits of the page
{% draft_state %}                                    inside a desk's form with `data-draft="URL"`: what
                                                     is typed is posted there, and this says so
{% asset "banyan.css" %}                             its address, which changes with its bytes
{% door_style %}                                     the door's style element, for its base page

Classes for plain elements: `button` and `button quiet` (links, buttons), `alarm` on a button for what
cannot be undone, `soft` text, `code` for a person's code words, `message` (and `mine`) for what was
written, `do` on an ordered list for numbered steps (door); `stack`, `actions` for several buttons (desk).
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from banyan.house.parts import assets, charts
from banyan.language import times
from banyan.language.numerals import to_burmese_digits

register = template.Library()

TONES = ("leaf", "sun", "alarm", "sky", "quiet")


def _tone(tone: str) -> str:
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"a tone is one of {', '.join(TONES)}")
    return tone


@register.inclusion_tag("parts/row.html")
def row(
    reference: str,
    what: str,
    tag: str = "",
    tone: str = "quiet",
    detail: str = "",
    url: str = "",
    action: str = "",
    main: bool = False,
) -> dict[str, Any]:
    """One piece of work: its state in a word, the case's reference, what happened, one thing to do."""
    return {
        "reference": reference,
        "what": what,
        "tag": tag,
        "tone": _tone(tone),
        "detail": detail,
        "url": url,
        "action": action,
        "main": main,
    }


@register.simple_block_tag
def card(content: SafeString, title: str = "") -> SafeString:
    """A box with an optional title."""
    heading = format_html("<h2>{}</h2>", title) if title else ""
    return format_html('<section class="card">{}{}</section>', heading, content)


@register.simple_block_tag
def notice(content: SafeString, tone: str, title: str = "") -> SafeString:
    """Something to read first. One in alarm is read aloud at once by screen readers."""
    heading = format_html("<strong>{}</strong>", title) if title else ""
    role = mark_safe(' role="alert"') if tone == "alarm" else ""
    return format_html('<div class="notice {}"{}>{}{}</div>', _tone(tone), role, heading, content)


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, why: str = "") -> dict[str, Any]:
    """A form's field with everything that belongs to it tied to the control for screen readers."""
    group = bool(bound.use_fieldset)
    described = [
        f"{bound.auto_id}-{part}"
        for part, there in (("error", bound.errors), ("help", bound.help_text))
        if there
    ]
    attrs: dict[str, str | bool] = {} if group else {"autocomplete": "off"}
    if described and not group:
        attrs["aria-describedby"] = " ".join(described)
    return {
        "field": bound,
        "why": why,
        "group": group,
        "described": " ".join(described),
        "control": bound.as_widget(attrs=attrs),
        "tick": _is_tick(bound),
    }


def _is_tick(bound: BoundField) -> bool:
    return getattr(bound.field.widget, "input_type", "") == "checkbox" and not bound.use_fieldset


@register.inclusion_tag("parts/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Every visible field of a form, its general errors first, its hidden fields last."""
    return {"form": form}


@register.inclusion_tag("parts/timeline.html", takes_context=True)
def timeline(context: Context, items: Sequence[object]) -> dict[str, Any]:
    """What happened, in the order given."""
    return {"items": items, "now": context.get("now")}


@register.inclusion_tag("parts/table.html")
def table(
    head: Sequence[str],
    rows: Sequence[Sequence[object]],
    caption: str = "",
    foot: Sequence[object] | None = None,
    empty: str = "",
) -> dict[str, Any]:
    """A table; a column stands right when the numbers in it do."""
    right = [any(_is_number(r[i]) for r in rows if i < len(r)) for i in range(len(head))]
    return {
        "head": list(zip(head, right, strict=True)),
        "caption": caption,
        "empty": empty,
        "rows": [list(zip(map(_said, r), right, strict=True)) for r in rows],
        "foot": list(zip(map(_said, foot), right, strict=True)) if foot else None,
    }


def _said(value: object) -> object:
    """A number with its thousands apart, in the digits of the page; anything else as it is."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _digits(number_format(value, force_grouping=True))
    return value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


@register.inclusion_tag("parts/chart.html")
def chart(
    title: str, bars: Sequence[Sequence[object]], series: Sequence[str] | None = None, note: str = ""
) -> dict[str, Any]:
    """Bars with the same numbers as a table beneath. `series` heads the table: label, first, second."""
    return {
        "title": title,
        "bars": charts.drawn(bars),
        "rows": [[_said(cell) for cell in bar] for bar in bars],
        "note": note,
        "head": series,
        "width": charts.WIDTH,
        "height": charts.HEIGHT,
    }


@register.inclusion_tag("parts/steps.html")
def steps(current: int, *labels: str) -> dict[str, Any]:
    """The steps of a task, and which of them this page is."""
    return {
        "current": current,
        "at": _digits(current),
        "total": _digits(len(labels)),
        "labels": list(enumerate(labels, 1)),
        "label": labels[current - 1],
    }


@register.filter
def digits(number: int | str) -> str:
    """A number in the digits of the page."""
    return _digits(number)


def _digits(number: int | str) -> str:
    return to_burmese_digits(number) if (get_language() or "").startswith("my") else str(number)


@register.inclusion_tag("parts/progress.html")
def progress(done: int, total: int, label: str) -> dict[str, Any]:
    """How much of something is done."""
    return {"done": done, "total": total, "label": label}


@register.simple_tag(takes_context=True)
def when(context: Context, moment: datetime) -> SafeString:
    """How long ago, with the exact time on hover and in print."""
    return _time(moment, times.ago(moment, context.get("now") or timezone.now()))


@register.simple_tag(takes_context=True)
def due(context: Context, moment: datetime) -> SafeString:
    """How much time is left, or how late it is."""
    return _time(moment, times.due(moment, context.get("now") or timezone.now()))


def _time(moment: datetime, said: str) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="minutes"),
        times.exact(moment),
        said,
    )


@register.simple_tag
def draft_state() -> SafeString:
    """Where the desk's script says whether a draft is kept; stands inside a form with `data-draft`."""
    kept, lost = _("Draft kept, sealed."), _("The draft is not kept: copy your text before you leave.")
    state = '<span class="soft" role="status" data-draft-state data-saved="{}" data-failed="{}"></span>'
    return format_html(state, kept, lost)


@register.simple_tag
def asset(name: str) -> str:
    """The address of a file of the house. Raises TemplateSyntaxError for one that is not served."""
    found = assets.served(name)
    if found is None:
        raise template.TemplateSyntaxError(f"no such file of the house: {name}")
    return f"{reverse('asset', args=[name])}?v={found.version}"


@register.simple_tag
def door_style() -> SafeString:
    """The door's style; the bytes between its tags are those whose hash the policy names."""
    return mark_safe(f"<style>{assets.door_style()}</style>")  # noqa: S308 - our own file
