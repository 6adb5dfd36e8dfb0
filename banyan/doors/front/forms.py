"""The door's forms. Whatever they refuse comes back with all that was typed, and the fault in words beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from banyan.doors.front.codewords import Typed, is_too_long, read_code
from banyan.doors.front.posted import number
from banyan.doors.front.rules import MOST_OWN_SIGNS, MOST_SIGNS, as_written
from banyan.language.names import LONGEST, Name, NameFault, read_name
from banyan.language.pack import Choice, label, load_pack
from banyan.sealing import codes

MOST_OF_A_WORD, MOST_OF_TIMES = 60, 300
CODED = ("concern", "force", "rank_band", "region")


@dataclass(frozen=True)
class Answers:
    """What a person sent: their text, and only those answers that they gave."""

    text: str
    about: dict[str, Any]


class Letter(forms.Form):
    """A message, and whether the person is in danger now. All that somebody needs who writes again."""

    is_first = False

    danger = forms.ChoiceField(
        label=_("Are you in danger now?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes, now")), ("no", _("No, not now"))],
        required=False,
    )
    message = forms.CharField(
        label=_("Your message"),
        widget=forms.Textarea(attrs={"rows": 7}),
        strip=False,  # Zawgyi is told by what was typed, to the last sign
        error_messages={"required": _("Nothing is written here yet. One word is enough.")},
    )

    def clean_message(self) -> str:
        """The text, unless there is none or it is too long to be taken at once."""
        text = str(self.cleaned_data["message"])
        if not text.strip():
            raise forms.ValidationError(self.fields["message"].error_messages["required"])
        if len(text) > MOST_SIGNS:
            raise forms.ValidationError(
                gettext("This is longer than we can take at once. Send the first part, then the rest.")
            )
        return text

    def answers(self) -> Answers:
        """What was sent. Only after `is_valid`."""
        said = self.cleaned_data
        about = {name: said[name] for name in (*CODED, "safe_times") if said.get(name)}
        if said["danger"]:
            about["danger"] = said["danger"] == "yes"
        return Answers(said["message"], about)


class FirstLetter(Letter):
    """A first message: also a few coded questions from the pack, each with leave to stay silent."""

    is_first = True

    concern = forms.ChoiceField(label=_("Who is this about?"), required=False)
    force = forms.ChoiceField(label=_("Which force?"), required=False)
    rank_band = forms.ChoiceField(label=_("Which kind of rank?"), required=False)
    region = forms.ChoiceField(label=_("Which state or region?"), required=False)
    safe_times = forms.CharField(
        label=_("When is it safe for you to read here?"), required=False, max_length=300, strip=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pack = load_pack()
        self._offer("concern", pack.concerns)
        self._offer("force", pack.forces)
        self._offer("rank_band", pack.rank_bands)
        self._offer("region", pack.regions)

    def _offer(self, name: str, choices: Iterable[Choice]) -> None:
        language = get_language() or "en"
        self.fields[name].choices = [  # type: ignore[attr-defined]
            ("", gettext("I would rather not say")),
            *((choice.code, label(choice, language)) for choice in choices),
        ]

    def clean_safe_times(self) -> str:
        """The times as they are kept."""
        times = as_written(str(self.cleaned_data["safe_times"])).strip()
        if len(times) > MOST_OF_TIMES:
            raise forms.ValidationError(gettext("This is longer than we can take. Say it shorter."))
        return times

    @property
    def more_given(self) -> bool:
        """Whether any of the further questions was answered or is at fault: then they are shown unfolded."""
        return any(self[name].value() or self[name].errors for name in (*CODED, "safe_times"))


class Words(forms.Form):
    """A person's code, typed from memory or paper: eight words, or digits."""

    words = forms.CharField(
        label=_("Your 8 words, or your 28 digits"),
        help_text=_("With a space between them. Capital letters do not matter."),
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "none", "spellcheck": "false"}),
        strip=False,
        error_messages={"required": _("Write your 8 words here.")},
    )
    typed = Typed()

    @property
    def meant(self) -> str:
        """The one word that was likely meant where one was mistyped."""
        return self.typed.slips[0].meant if self.typed.better else ""

    def clean_words(self) -> str:
        """The words, unless they are plainly no code; no store is asked for that."""
        text = str(self.cleaned_data["words"])
        if not text.strip():
            raise forms.ValidationError(self.fields["words"].error_messages["required"])
        if is_too_long(text):
            raise forms.ValidationError(gettext("This is longer than we can take. Say it shorter."))
        self.typed = read_code(text)
        if self.typed.code is None:
            raise forms.ValidationError(_no_code(self.typed))
        return text


def _no_code(typed: Typed) -> str:
    """Why something typed is no code, in words."""
    if typed.digits == codes.DIGITS:
        return gettext("One digit is wrong, or two have changed places.")
    if typed.digits:
        said = ngettext("You wrote %(count)s digit.", "You wrote %(count)s digits.", typed.digits)
        return " ".join((said % {"count": number(typed.digits)}, gettext("There are 28.")))
    if not typed.slips:
        said = ngettext("You wrote %(count)s word.", "You wrote %(count)s words.", typed.words)
        return " ".join((said % {"count": number(typed.words)}, gettext("There are 8.")))
    which = ", ".join(slip.word[:40] for slip in typed.slips)
    return gettext("Not one of our words: %(words)s") % {"words": which}


class Tried(forms.Form):
    """A code written from memory, for practice."""

    words = forms.CharField(
        label=_("Your 8 words, or your 28 digits"),
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "none", "spellcheck": "false"}),
        strip=False,
        required=False,
    )


# Answers to letters of other desks


class OwnWords(forms.Form):
    """An answer in a person's own words, for those who screen."""

    words = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 5}),
        strip=False,
        error_messages={"required": _("Nothing is written here yet. One word is enough.")},
    )

    def clean_words(self) -> str:
        """The words as they are kept, unless they are too long to be taken at once."""
        words = str(self.cleaned_data["words"])
        if len(words) <= 2 * MOST_OWN_SIGNS:  # what is far too long is not even read from Zawgyi
            words = as_written(words).strip()
        if not words and self.fields["words"].required:
            raise forms.ValidationError(self.fields["words"].error_messages["required"])
        if len(words) > MOST_OWN_SIGNS:
            raise forms.ValidationError(
                gettext("This is longer than we can take at once. Send the first part, then the rest.")
            )
        return words


class Names(OwnWords):
    """A person's names, as they write them themselves: no first and no last name."""

    given = forms.CharField(
        label=_("Your name or names"),
        help_text=_("As you write them. All of them, in any letters."),
        strip=False,
        error_messages={"required": _("Write your name here, or choose Not now.")},
    )
    romanised = forms.CharField(
        label=_("In Latin letters, if you know it"),
        required=False,
        strip=False,
    )
    name: Name

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False
        self.fields["words"].label = gettext("Something more, if you like")
        self.order_fields(["given", "romanised", "words"])

    def clean(self) -> dict[str, Any]:
        """The name is read from what was typed, raw: Zawgyi is known only before anything is changed."""
        said = super().clean() or self.cleaned_data
        if "given" not in said or "romanised" not in said:
            return said
        try:
            self.name = _read(said["given"], "")
        except NameFault:
            self.add_error("given", gettext("A name has at least one letter, and at most 200 signs."))
            return said
        try:
            self.name = _read(said["given"], said["romanised"])
        except NameFault:
            self.add_error("romanised", gettext("This is not in Latin letters, or it is too long."))
        return said


def _read(given: str, romanised: str) -> Name:
    """The name, if all its forms are as short as they are kept. Raises `NameFault`."""
    if max(len(given), len(romanised)) > 2 * LONGEST:
        raise NameFault("a name has at most 200 signs")
    name = read_name(given, romanised=romanised)
    if max(map(len, (name.given, name.burmese, name.romanised))) > LONGEST:
        raise NameFault("a name has at most 200 signs")
    return name


class MoneyWord(forms.Form):
    """The word that came with the money."""

    word = forms.CharField(
        label=_("The word that came with the money"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Write the word here. You have none? Write to us.")},
    )

    def clean_word(self) -> str:
        """One word, however long: a browser that cut it off would lose what was typed."""
        word = str(self.cleaned_data["word"])
        if len(word) > MOST_OF_A_WORD:
            raise forms.ValidationError(gettext("It is one word only. Write just that word."))
        return word


class AccountForm(forms.Form):
    """An account for a court, and what may be done with it: each use by itself."""

    account = forms.CharField(
        label=_("Your account"),
        widget=forms.Textarea(attrs={"rows": 12}),
        strip=False,
        error_messages={"required": _("Nothing is written here yet. One sentence is enough.")},
    )
    keep = forms.BooleanField(
        label=_("You may keep it, locked away for a court"),
        error_messages={"required": _("Without this we cannot keep it. Tick it, or choose Not now.")},
    )
    investigators = forms.BooleanField(label=_("You may show it to investigators"), required=False)
    open_court = forms.BooleanField(label=_("It may be used in an open court"), required=False)

    def clean_account(self) -> str:
        """The text, unless there is none or it is too long to be taken at once."""
        text = str(self.cleaned_data["account"])
        if not text.strip():
            raise forms.ValidationError(self.fields["account"].error_messages["required"])
        if len(text) > MOST_SIGNS:
            raise forms.ValidationError(
                gettext("This is longer than we can take at once. Send the first part, then the rest.")
            )
        return text

    def uses(self) -> dict[str, bool]:
        """To what the person agreed, use by use. Only after `is_valid`."""
        return {use: bool(self.cleaned_data[use]) for use in ("keep", "investigators", "open_court")}
