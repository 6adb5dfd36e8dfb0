"""The forms of intake. Each field is named as its action names it, and no field asks for a name or a place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banyan.desks import frame
from banyan.desks.frame import Moment, OneMember, Several, Written
from banyan.desks.intake import codes
from banyan.folders.membership import Member


class AnswerForm(forms.Form):
    """An answer to the person."""

    text = Written(label=_("Your answer"), max_length=20_000)
    language = forms.ChoiceField(label=_("Language of your answer"), choices=frame.LANGUAGES)


class ReplyForm(forms.Form):
    """A reply to keep."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("What you call it"), max_length=80)
    text = Written(label=_("The text"), max_length=10_000)
    language = forms.ChoiceField(label=_("Its language"), choices=frame.LANGUAGES)

    def clean_key(self) -> bytes | None:
        """The key of the reply that is changed; None for a new one."""
        try:
            return bytes.fromhex(self.cleaned_data["key"]) or None
        except ValueError:
            return None


class LaterForm(forms.Form):
    """When to see a conversation again."""

    until = Moment(label=_("Until when?"))


class EnquiryForm(forms.Form):
    """How an enquiry is closed."""

    topic = forms.ChoiceField(label=_("What was it about?"), choices=codes.topics, widget=forms.RadioSelect)
    advice = Written(
        label=_("What you advise them"), required=False, max_length=20_000,
        help_text=_("They read this. Leave it empty if you have answered already."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of your answer"), choices=frame.LANGUAGES)


class ConsentForm(forms.Form):
    """What the person is asked to agree to."""

    purposes = Several(label=_("What do you ask them to agree to?"), choices=codes.purposes)


class CheckInForm(forms.Form):
    """When the person will say how they are."""

    next_due = Moment(label=_("When will they write next?"))
    every_hours = forms.TypedChoiceField(
        label=_("And then again"), coerce=int, choices=codes.every, initial=24
    )


class HandOverForm(forms.Form):
    """Who comes in my place."""

    to = OneMember(label=_("Who reads it in your place?"))

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(members)  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    """What to look for among the conversations."""

    q = forms.CharField(label=_("Search a reference or their words"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("Which"), choices=codes.filters, required=False)
