"""The forms of the office. Each field is named as its action names it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banyan.desks.office import words
from banyan.folders.cards import LONGEST, card_text, read_card
from banyan.folders.roster import Card
from banyan.folders.seats import Seat
from banyan.sealing.faults import SealingFault

NO_CARD = _(
    "This is no whole join card. Copy all of it, from the line “banyan join card” to the line “end of card”."
)


class CardField(forms.CharField):
    """A join card as text; its record."""

    def clean(self, value: Any) -> Any:
        """The card, or None where nothing was given."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_card(text)
        except SealingFault:
            raise forms.ValidationError(NO_CARD) from None


class SeatsField(forms.MultipleChoiceField):
    """Seats to tick, each with what it does."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> tuple[Seat, ...]:
        """The chosen seats, which have to go together."""
        chosen = tuple(Seat(one) for one in super().clean(value))
        if clash := words.clash(chosen):
            raise forms.ValidationError(clash)
        return chosen


class CardForm(forms.Form):
    """A join card, pasted or loaded."""

    text = CardField(
        label=_("The join card"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"spellcheck": "false"}),
        help_text=_("They make it on their own laptop with “banyan member join”, and send it by any way."),
    )  # fmt: skip
    file = forms.FileField(label=_("Or the file with it"), required=False, max_length=200)

    def clean_file(self) -> Card | None:
        """The card in the file."""
        file = self.cleaned_data["file"]
        if file is None:
            return None
        try:
            return read_card((file.read(LONGEST) or b"").decode("utf-8", errors="replace"))
        except SealingFault:
            raise forms.ValidationError(NO_CARD) from None

    def clean(self) -> dict[str, Any]:
        """One card, from the text or the file."""
        data = self.cleaned_data
        data["card"] = data.get("text") or data.get("file")
        if data["card"] is None and not self.errors:
            raise forms.ValidationError(_("Paste the card here, or choose the file with it."))
        return data


class HeardForm(forms.Form):
    """What somebody read aloud: shown nowhere, so that nobody signs who did not listen."""

    heard = forms.CharField(
        label=_("The last four digits that they read to you"), max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class NewKeysForm(HeardForm):
    """A card that was looked at, and what its owner read aloud."""

    card = CardField(widget=forms.HiddenInput)

    @staticmethod
    def start(card: Card) -> dict[str, str]:
        """What the form starts from."""
        return {"card": card_text(card)}


class NewMemberForm(NewKeysForm):
    """The same, with the seats of a new member."""

    seats = SeatsField(label=_("What they are to do"), choices=words.choices)
    field_order = ["heard", "seats"]


class SeatsForm(forms.Form):
    """Other seats for a member."""

    seats = SeatsField(label=_("What they are to do from now on"), choices=words.choices)
