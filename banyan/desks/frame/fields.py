"""The fields that forms of several desks have, and the form of a household."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banyan.cases.registers import Register
from banyan.desks.frame.codes import NEEDS
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


def stands(registers: Mapping[str, Register[Any]]) -> dict[str, Any]:
    """What a form starts from that changes what stands: of two values at once the first."""
    return {key: register.values[0] for key, register in registers.items() if register.values}


class HouseholdForm(forms.Form):
    """Who a case is for, coarsely."""

    adults = forms.IntegerField(label=_("Adults, with them"), min_value=1, max_value=99, initial=1)
    children = forms.IntegerField(label=_("Children under 18"), min_value=0, max_value=99, initial=0)
    needs = Several(
        label=_("What do they need?"), choices=lambda: list(NEEDS.items()), required=False,
        help_text=_("Only what others must know to help. No names and no places."),
    )  # fmt: skip
