"""The forms of testimony. Each field is named as its action names it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from banyan.desks.frame import Written
from banyan.desks.testimony.codes import GIVEN_FOR


class GivenForm(forms.Form):
    """To whom it was given on."""

    use = forms.ChoiceField(label=_("What for?"), widget=forms.RadioSelect, choices=GIVEN_FOR)
    to = forms.CharField(
        label=_("To whom?"), max_length=300, help_text=_("The office or court, and who of it took it.")
    )
    basis = forms.CharField(
        label=_("On what legal basis?"), max_length=600,
        help_text=_("The law, the order or the agreement, with its number and day."),
    )  # fmt: skip


class NoteForm(forms.Form):
    """A note for the sheet of custody."""

    words = Written(
        label=_("Your note"), max_length=1_900,
        help_text=_("It stands on the sheet for the court and cannot be taken back. No names of people."),
    )  # fmt: skip
