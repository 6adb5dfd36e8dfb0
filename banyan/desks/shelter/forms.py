"""The forms of shelter. Each field is named as its action names it, and no field asks for a name or an address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from banyan.cases.folders.house import House
from banyan.desks.frame import Several, Written
from banyan.desks.shelter import codes, house_words
from banyan.folders.membership import Member
from banyan.language.pack import load_pack, pairs

LANGUAGES = [("my", "မြန်မာ"), ("en", "English")]


def _regions() -> list[tuple[str, str]]:
    return [("", gettext("Choose")), *pairs(load_pack().house_regions, get_language() or "en")]


class HouseForm(forms.Form):
    """A house."""

    label = forms.CharField(
        label=_("What you call it"), max_length=60, help_text=_("A word you choose, never its address.")
    )
    region = forms.ChoiceField(label=_("Where, roughly"), choices=_regions)
    beds = forms.IntegerField(label=_("Beds"), min_value=0, max_value=500)
    step_free = forms.BooleanField(label=_("Can be entered without steps"), required=False)
    keeper = forms.ChoiceField(
        label=_("Keeper"),
        widget=forms.RadioSelect,
        help_text=_("They alone say who gets a bed in this house."),
    )
    open = forms.BooleanField(label=_("Takes people in now"), required=False)
    words = Written(
        label=_("Notes for shelter"), required=False, max_length=1_000, help_text=_("No names and no places.")
    )

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"].choices = [(member.id.hex(), member.name) for member in members]  # type: ignore[attr-defined]

    def clean_keeper(self) -> bytes:
        """The member's id."""
        return bytes.fromhex(self.cleaned_data["keeper"])


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


class HouseholdForm(forms.Form):
    """Who is there."""

    adults = forms.IntegerField(label=_("Adults, with them"), min_value=1, max_value=99)
    children = forms.IntegerField(label=_("Children under 18"), min_value=0, max_value=99)
    needs = Several(
        label=_("What do they need?"), choices=lambda: list(codes.NEEDS.items()), required=False,
        help_text=_("Only what others must know to help. No names and no places."),
    )  # fmt: skip


class LetterForm(forms.Form):
    """A letter to the person."""

    text = Written(
        label=_("Your letter"), max_length=2_000,
        help_text=_("Only they read it. No address: whoever brings them knows the way."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of your letter"), choices=LANGUAGES)


class LeaveForm(forms.Form):
    """Why a household leaves its house."""

    why = forms.ChoiceField(
        label=_("Where do they go?"), widget=forms.RadioSelect,
        choices=[("own_place", _("To a place of their own")), ("left", _("They left, and it is not known where to"))],
    )  # fmt: skip
