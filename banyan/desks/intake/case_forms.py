"""The forms of a case. Each field is named as its action names it, and no field asks for a name or a place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banyan.desks.frame import Several, Text, Written, named
from banyan.folders.membership import Member

NOBODY = "nobody"


class NoteForm(forms.Form):
    """A note for those assigned."""

    text = Written(label=_("A note for those assigned"), max_length=5_000)


class ScreeningForm(forms.Form):
    """Who screens a case, with a deciding officer for where they disagree."""

    screeners = Several(label=_("Two screeners"))
    deciding = forms.ChoiceField(label=_("Who decides if they disagree?"), widget=forms.RadioSelect)
    different = Written(
        label=_("What is different now?"), max_length=4_500,
        help_text=_("It becomes a note for those assigned. No names and no places."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, screeners: list[Member], deciding: list[Member], again: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "screeners", screeners)
        _offer(self, "deciding", deciding)
        self.initial["screeners"] = [member.id.hex() for member in screeners[:2]]
        self.initial["deciding"] = next((member.id.hex() for member in deciding), "")
        if not again:
            del self.fields["different"]


class ReasonForm(forms.Form):
    """A reason of several."""

    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, reasons: list[tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]


class WithdrawForm(ReasonForm):
    """Why a case is withdrawn, on the person's word."""

    said = forms.BooleanField(label=_("They said so themselves, in their conversation."), required=False)


class SeatForm(forms.Form):
    """Who comes to a case; where somebody may go without a successor, nobody."""

    to = forms.ChoiceField(label=_("Who comes?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, members: list[Member], may_be_nobody: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = [(NOBODY, _("Nobody: their part has ended"))] if may_be_nobody else []
        choices = named(members)
        self.fields["to"].choices = [*choices, *nobody]  # type: ignore[attr-defined]
        self.initial.setdefault("to", choices[0][0] if choices else "")

    def clean_to(self) -> str:
        """The member's id; nothing for nobody."""
        to: str = self.cleaned_data["to"]
        return "" if to == NOBODY else to


def _offer(form: forms.Form, field: str, members: list[Member]) -> None:
    form.fields[field].choices = named(members)  # type: ignore[attr-defined]
