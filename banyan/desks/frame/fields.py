"""The fields that forms of several desks have."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from banyan.folders.membership import Member


class Written(forms.CharField):
    """A text of several lines."""

    widget = forms.Textarea(attrs={"rows": 5})


class Several(forms.MultipleChoiceField):
    """Ticks, of which any number may be set; a tuple."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> tuple[str, ...]:
        """The chosen codes."""
        return tuple(super().clean(value))


class Moment(forms.DateTimeField):
    """A day and a time on the desk's clock; milliseconds since 1970."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def clean(self, value: Any) -> Any:
        """Milliseconds, or None where nothing was given."""
        moment = super().clean(value)
        return int(moment.timestamp() * 1000) if isinstance(moment, datetime) else None


class OneMember(forms.ChoiceField):
    """One of several members; their id. Its form offers them."""

    widget = forms.RadioSelect

    def offer(self, members: Iterable[Member]) -> None:
        """Who may be chosen."""
        self.choices = named(members)

    def clean(self, value: Any) -> Any:
        """The member's id."""
        return bytes.fromhex(super().clean(value))


def named(members: Iterable[Member]) -> list[tuple[str, str]]:
    """Members as choices: their id, and their pseudonym."""
    return [(member.id.hex(), member.name) for member in members]
