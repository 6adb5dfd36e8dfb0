"""The forms of screening. Each field is named as its action names it, and none asks for a place."""

from typing import Any, get_args

from django import forms
from django.utils.translation import gettext_lazy as _

from banyan.cases.folders.finding import Answer, Criterion
from banyan.desks import frame
from banyan.desks.frame import Written
from banyan.desks.screening import codes, rules, words
from banyan.language.criteria import Criteria, why
from banyan.language.pack import label


class SignForm(forms.Form):
    """Nothing to fill in: the signature is the member's key."""


class AskForm(forms.Form):
    """A letter to the person, whose answer only those who screen can read."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"), widget=forms.RadioSelect,
        choices=[("names", _("Their name")), ("question", _("Something else"))],
    )  # fmt: skip
    text = Written(label=_("Your letter"), max_length=3_000)
    language = forms.ChoiceField(label=_("Language of your letter"), choices=frame.LANGUAGES)


class PersonForm(forms.Form):
    """What is noted of somebody."""

    given = forms.CharField(
        label=_("Names as given"), max_length=200, required=False,
        help_text=_("One field, with what belongs to it: U, Daw, Ko, a rank. As they write it themselves."),
    )  # fmt: skip
    burmese = forms.CharField(label=_("In Burmese script"), max_length=200, required=False)
    romanised = forms.CharField(
        label=_("In roman letters"),
        max_length=200,
        required=False,
        help_text=_("As they spell it, if they do."),
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"), min_value=1900, max_value=2100, required=False,
        help_text=_("By the Western calendar. The year alone, never the day."),
    )  # fmt: skip
    service_number = forms.CharField(
        label=_("Service number"), max_length=40, required=False,
        help_text=_("Only if it helps to know that it is them."),
    )  # fmt: skip


class EvidenceForm(forms.Form):
    """A piece of evidence that was looked at."""

    kind = forms.ChoiceField(
        label=_("What was looked at?"), choices=codes.evidence_kinds, widget=forms.RadioSelect
    )
    kept = forms.ChoiceField(
        label=_("What became of it?"), choices=list(codes.KEPT.items()), widget=forms.RadioSelect
    )


class DeclineForm(forms.Form):
    """Why somebody is not admitted."""

    reason = forms.ChoiceField(
        label=_("Why?"), choices=codes.reasons, widget=forms.RadioSelect,
        help_text=_("Intake reads this and tells the person in kind words. They can ask again."),
    )  # fmt: skip


class FindingForm(forms.Form):
    """One screener's finding: every criterion of the pack, then what follows from them."""

    verdict = forms.ChoiceField(
        label=_("What do you find?"), choices=list(codes.VERDICTS.items()), widget=forms.RadioSelect
    )
    force = forms.ChoiceField(label=_("Force, as you could verify it"), choices=codes.forces, required=False)
    rank_band = forms.ChoiceField(
        label=_("Rank, as you could verify it"), choices=codes.rank_bands, required=False
    )
    text = forms.CharField(
        label=_("In a few words"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the other screener should know later. No places, no accusations, nobody else's name."),
    )  # fmt: skip

    def __init__(self, *args: Any, criteria: Criteria, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for item in criteria.items:
            self.fields[f"answer_{item.code}"] = forms.ChoiceField(
                label=label(item, frame.language()), choices=list(codes.ANSWERS.items()),
                widget=forms.RadioSelect(attrs={"class": "three"}),
            )  # fmt: skip
            self.fields[f"evidence_{item.code}"] = forms.ChoiceField(
                label=_("It rests on"), choices=codes.evidence_of(item), required=False
            )

    @property
    def asked(self) -> list[tuple[forms.BoundField, forms.BoundField, str]]:
        """Each criterion: its answer, its evidence, and why it is asked."""
        return [
            (self[f"answer_{item.code}"], self[f"evidence_{item.code}"], why(item, frame.language()))
            for item in self.criteria.items
        ]

    @property
    def stopped(self) -> bool:
        """Whether an answer that was sent ends the screening, whatever else is missing."""
        return rules.stopped(self.criteria, self._answers(self.data))

    def clean(self) -> dict[str, Any]:
        """The finding, as its action takes it; what is wrong stands beside the field."""
        given = super().clean() or {}
        answers = self._answers(given)
        said = {key: given.get(key, "") for key in ("verdict", "force", "rank_band")}
        text = given.get("text", "")
        for field, wrong in rules.against(self.criteria, answers, **said, words=text).items():
            if field not in self.errors:
                self.add_error(field, words.against(wrong))
        legal = any(one.criterion == "legal_advice" and one.answer == "met" for one in answers)
        return {"answers": answers, **said, "legal_advice": legal, "text": text}

    def _answers(self, given: Any) -> tuple[Criterion, ...]:
        return tuple(
            Criterion(item.code, given[f"answer_{item.code}"], given.get(f"evidence_{item.code}") or "")
            for item in self.criteria.items
            if given.get(f"answer_{item.code}") in get_args(Answer)
        )
