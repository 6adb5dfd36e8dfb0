"""What the contacts of a flood have in common, as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banyan.desks.frame import Moment
from banyan.desks.intake.flood import Alike


class AlikeForm(forms.Form):
    """Each field narrows the choice; an empty one does not."""

    since = Moment(label=_("They came after"), required=False)
    until = Moment(label=_("They came before"), required=False)
    words = forms.CharField(
        label=_("With these words near the beginning"), required=False, max_length=100,
        help_text=_("A word or a line that is the same in all of them."),
    )  # fmt: skip
    shortest = forms.IntegerField(label=_("At least so many signs"), required=False, min_value=0)
    longest = forms.IntegerField(label=_("At most so many signs"), required=False, min_value=1)
    unanswered = forms.BooleanField(label=_("Only those that nobody answered"), required=False, initial=True)

    def alike(self) -> Alike:
        """What was asked for. Only after `is_valid`."""
        asked: dict[str, Any] = self.cleaned_data
        return Alike(**{**asked, "words": asked["words"].strip()})
