"""The form of the unlock page. The phrase is never shown again, not even when it was wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Unlock(forms.Form):
    """Who sits down, and their phrase."""

    member: forms.ChoiceField  # its choices are the desks of this laptop
    phrase = forms.CharField(
        label=_("Your seven words"),
        max_length=400,
        strip=True,
        widget=forms.PasswordInput(render_value=False, attrs={"autofocus": True, "spellcheck": "false"}),
        help_text=_("The words you were given when your keys were made. Capitals do not matter."),
    )

    def __init__(self, *args: object, members: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["member"] = forms.ChoiceField(
            label=_("Who are you?"), widget=forms.RadioSelect, choices=[(name, name) for name in members]
        )
        self.order_fields(["member", "phrase"])
