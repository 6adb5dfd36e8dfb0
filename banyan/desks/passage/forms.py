"""The forms of passage. Each field is named as its action names it, and no field asks who somebody is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banyan.desks import frame
from banyan.desks.frame import Moment, OneMember, Several, Written
from banyan.desks.passage import codes
from banyan.folders.membership import Member


class PlanForm(forms.Form):
    """The safety plan."""

    threats = Several(label=_("What threatens them"), choices=codes.threats, required=False)
    stays_behind = forms.IntegerField(
        label=_("How many stay behind"), min_value=0, max_value=99, required=False,
        help_text=_("Family whom somebody could harm because of them."),
    )  # fmt: skip
    first_step = Written(label=_("The first step"), required=False, max_length=2_000)
    if_silent = Written(
        label=_("If no word comes"), required=False, max_length=2_000,
        help_text=_("Who does what, after how many hours."),
    )  # fmt: skip
    call_off = Written(
        label=_("How to call it off"), required=False, max_length=2_000,
        help_text=_("By which word or sign they, the guide or you stop it."),
    )  # fmt: skip
    region = forms.ChoiceField(
        label=_("Where they will arrive"), choices=codes.regions, required=False,
        help_text=_("Only the country, state or region. Never the house."),
    )  # fmt: skip

    def clean_stays_behind(self) -> int:
        """Nothing typed is nobody."""
        return self.cleaned_data["stays_behind"] or 0


class LetterForm(forms.Form):
    """A letter that the person alone reads."""

    text = Written(
        label=_("What they read"), max_length=4_000,
        help_text=_("What is planned, in simple words, and that they may say no. Nobody else reads it."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("In which language"), choices=frame.LANGUAGES)


class WordForm(forms.Form):
    """When the person gives word."""

    next_due = Moment(label=_("When do they give word next?"))
    every_hours = forms.TypedChoiceField(
        label=_("And then again"), coerce=int, choices=codes.every, initial=6
    )
    text = Written(
        label=_("What they read"), max_length=4_000, required=False,
        help_text=_("They read the time in any case. Nobody else reads this."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("In which language"), choices=frame.LANGUAGES)


class HaltForm(forms.Form):
    """Why a way is halted."""

    reason = forms.ChoiceField(
        label=_("Why is it halted?"), choices=[*codes.HALTS.items()], widget=forms.RadioSelect
    )
    legs = forms.BooleanField(
        label=_("Call off every leg too: the guides read it"), required=False, initial=True
    )


class StayForm(forms.Form):
    """Why somebody stays inside."""

    reason = forms.ChoiceField(
        label=_("Why do they stay?"), choices=[*frame.STAYS.items()], widget=forms.RadioSelect
    )


class LegForm(forms.Form):
    """A leg of the way, as its guide reads it."""

    guide = OneMember(label=_("Who guides it?"))
    meet = Written(label=_("Where to meet"), max_length=1_000)
    end = Written(label=_("Where it ends"), max_length=1_000)
    means = forms.ChoiceField(label=_("How"), choices=codes.means)
    starts = Moment(label=_("When it starts"))
    people = forms.IntegerField(label=_("How many people"), min_value=1, max_value=99, initial=1)
    sign = forms.CharField(
        label=_("The sign by which you know one another"), max_length=1_000,
        help_text=_("The person hears the same sign from you. Never a name."),
    )  # fmt: skip

    def __init__(self, *args: Any, guides: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guide"].offer(guides)  # type: ignore[attr-defined]


class SaidForm(forms.Form):
    """What a guide says."""

    how = forms.ChoiceField(choices=[*codes.SAYS.items()], widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("One line, if you want"), max_length=1_000, required=False,
        help_text=_("Your planner reads it. No names."),
    )  # fmt: skip


class ExpectForm(forms.Form):
    """What shelter is told."""

    due = Moment(label=_("When will they arrive?"))
    region = forms.ChoiceField(label=_("Where they will arrive"), choices=codes.regions)
    words = forms.CharField(
        label=_("One line, if you want"), max_length=1_000, required=False,
        help_text=_("What shelter must prepare. Nothing of the way."),
    )  # fmt: skip


class StageForm(forms.Form):
    """Which of two stages holds."""

    stage = forms.CharField(max_length=20)
