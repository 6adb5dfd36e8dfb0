"""The form for erasing: why, and that what was written since was read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    """Why all of it is erased. Who wrote again after asking was read first."""

    reason = forms.ChoiceField(
        label=_("Why"),
        widget=forms.RadioSelect,
        help_text=_("All members see the reason, and nothing else about the person."),
    )
    sure = forms.BooleanField(
        label=_("I have read what they wrote after asking, and they still want all of it erased"),
        required=False,
    )

    def __init__(self, *args: Any, reasons: list[tuple[str, str]], again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]
        if not again:
            del self.fields["sure"]
