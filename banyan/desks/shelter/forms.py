"""The forms of shelter. Each field is named as its action names it, and no field asks for a name or an address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banyan.cases.folders.house import House
from banyan.desks import frame
from banyan.desks.frame import OneMember, Written
from banyan.desks.shelter import house_words
from banyan.folders.membership import Member
from banyan.language.pack import load_pack, pairs


def _regions() -> list[tuple[str, str]]:
    return [("", gettext("Choose")), *pairs(load_pack().house_regions, frame.language())]


class HouseForm(forms.Form):
    """A house."""

    label = forms.CharField(
        label=_("What you call it"), max_length=60, help_text=_("A word you choose, never its address.")
    )
    region = forms.ChoiceField(label=_("Where, roughly"), choices=_regions)
    beds = forms.IntegerField(label=_("Beds"), min_value=0, max_value=500)
    step_free = forms.BooleanField(label=_("Can be entered without steps"), required=False)
    keeper = OneMember(label=_("Keeper"), help_text=_("They alone say who gets a bed in this house."))
    open = forms.BooleanField(label=_("Takes people in now"), required=False)
    words = Written(
        label=_("Notes for shelter"), required=False, max_length=1_000, help_text=_("No names and no places.")
    )

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"].offer(members)  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """Which house is asked, and for how many."""

    shelter = forms.ChoiceField(label=_("Which house?"), widget=forms.RadioSelect)
    people = forms.IntegerField(label=_("For how many people?"), min_value=1, max_value=99)

    def __init__(self, *args: Any, houses: list[House], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(house.folder.hex(), house_words.offered(house)) for house in houses]
        self.fields["shelter"].choices = choices  # type: ignore[attr-defined]

    def clean_shelter(self) -> bytes:
        """The house's folder."""
        return bytes.fromhex(self.cleaned_data["shelter"])


class LetterForm(forms.Form):
    """A letter to the person."""

    text = Written(
        label=_("Your letter"), max_length=2_000,
        help_text=_("Only they read it. No address: whoever brings them knows the way."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of your letter"), choices=frame.LANGUAGES)


class LeaveForm(forms.Form):
    """Why a household leaves its house."""

    why = forms.ChoiceField(
        label=_("Where do they go?"), widget=forms.RadioSelect,
        choices=[("own_place", _("To a place of their own")), ("left", _("They left, and it is not known where to"))],
    )  # fmt: skip
