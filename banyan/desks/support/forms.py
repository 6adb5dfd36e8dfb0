"""The forms of support. Each field is named as its action names it, and no field asks for a name or a place."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banyan.desks import frame
from banyan.desks.support import codes
from banyan.desks.support.actions import Rate
from banyan.folders.membership import Member
from banyan.language.money import MoneyFault, read_rate


class Month(forms.RegexField):
    """A month, "2026-03"."""

    widget = forms.TextInput(attrs={"type": "month"})

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"invalid": _("Write a year and a month, such as 2026-03.")}
        super().__init__(r"^[2-9]\d{3}-(0[1-9]|1[0-2])$", error_messages=wrong, **kwargs)


class MonthForm(forms.Form):
    """Which month a run is for."""

    month = Month(label=_("Which month?"))


class EntitlementForm(forms.Form):
    """What a household is entitled to."""

    since = Month(label=_("From which month on?"))
    until = Month(
        label=_("The last month"), required=False, help_text=_("Leave it empty while there is no end.")
    )
    adults = forms.IntegerField(label=_("Adults, with them"), min_value=1, max_value=99)
    children = forms.IntegerField(label=_("Children under 18"), min_value=0, max_value=99)
    currency = forms.ChoiceField(label=_("In which currency are they paid?"), choices=codes.currencies)
    way = forms.ChoiceField(label=_("How does it reach them?"), choices=codes.ways, widget=forms.RadioSelect)


class MemberField(frame.OneMember):
    """One of several members; where there is only one, that one is chosen already."""

    def offer(self, members: Iterable[Member]) -> None:
        """Who may be chosen."""
        self.choices = choices = frame.named(members)
        if len(choices) == 1:
            self.initial = choices[0][0]


class PeopleForm(forms.Form):
    """Who approves and who pays for a case."""

    approver = MemberField(label=_("Who approves?"))
    payer = MemberField(label=_("Who pays?"))

    def __init__(
        self, *args: Any, approvers: Sequence[Member], payers: Sequence[Member], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approver"].offer(approvers)  # type: ignore[attr-defined]
        self.fields["payer"].offer(payers)  # type: ignore[attr-defined]


class ApproveForm(forms.Form):
    """Who hands the money over."""

    payer = MemberField(
        label=_("Who hands it over?"), help_text=_("Only this member's word that it was paid will count.")
    )

    def __init__(self, *args: Any, payers: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payer"].offer(payers)  # type: ignore[attr-defined]


class StopForm(forms.Form):
    """Why a payment is not to be made."""

    why = forms.ChoiceField(
        label=_("Why?"), choices=lambda: list(codes.WHYS.items()), widget=forms.RadioSelect
    )


class PaidForm(forms.Form):
    """That the money is in their hand."""

    given = forms.BooleanField(
        label=_("I have given the money and the word into their own hand."),
        error_messages={"required": _("Tick this once the money is in their hand.")},
    )


class StageForm(forms.Form):
    """Which of the stages that were set at once is the right one."""

    stage = forms.ChoiceField(label=_("In which stage is the case?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, stages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [(stage, frame.STAGES[stage]) for stage in stages]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Why a case is to be closed."""

    reason = forms.ChoiceField(label=_("Why?"), choices=codes.close_reasons, widget=forms.RadioSelect)


# A run


class RunForm(forms.Form):
    """The rates of a run, typed once for each currency, and who is ticked. `rates` after a clean form."""

    tick = forms.MultipleChoiceField(required=False)

    def __init__(
        self,
        *args: Any,
        currencies: Sequence[str],
        base: str,
        ticks: dict[str, str],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.base, self.ticks, self.today = base, ticks, today
        self.currencies = [code for code in currencies if code != base]
        self.rates: dict[str, Rate] = {}
        self.fields["tick"].choices = [(slug, slug) for slug in ticks]  # type: ignore[attr-defined]
        for code in self.currencies:
            self._add(code)

    def _add(self, code: str) -> None:
        names = {"paid_in": codes.currency(code), "base": codes.currency(self.base)}
        said = gettext("How many %(paid_in)s for one %(base)s?") % names
        typed = forms.TextInput(attrs={"inputmode": "decimal"})
        self.fields[f"rate_{code}"] = forms.CharField(label=said, required=False, max_length=20, widget=typed)
        self.fields[f"source_{code}"] = forms.CharField(
            label=gettext("Where does the rate for %(paid_in)s come from?") % names,
            required=False,
            max_length=300,
        )
        self.fields[f"day_{code}"] = forms.DateField(
            label=gettext("Of which day is the rate for %(paid_in)s?") % names, required=False, initial=self.today,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )  # fmt: skip

    def rate_fields(self) -> list[forms.BoundField]:
        """The fields of all rates."""
        return [self[f"{part}_{code}"] for code in self.currencies for part in ("rate", "source", "day")]

    def ticked(self) -> set[str]:
        """Whose boxes are ticked, whether the form holds or not."""
        return set(self["tick"].value() or ())

    def clean(self) -> dict[str, Any]:
        """Every currency of somebody who is ticked needs a rate above zero, a source, and a day that has come."""
        cleaned: dict[str, Any] = self.cleaned_data
        chosen = {self.ticks[slug] for slug in cleaned.get("tick", ())}
        if not chosen:
            self.add_error(None, _("Nobody is ticked."))
        for code in self.currencies:
            if code in chosen:
                self._clean_rate(code, cleaned)
        return cleaned

    def _clean_rate(self, code: str, cleaned: dict[str, Any]) -> None:
        source, day = cleaned.get(f"source_{code}", ""), cleaned.get(f"day_{code}")
        try:
            rate = f"{read_rate(cleaned.get(f'rate_{code}', '')):f}"
        except MoneyFault:
            self.add_error(f"rate_{code}", _("Write a number above zero, such as 66.5."))
            return
        if not source:
            self.add_error(f"source_{code}", _("Say where it comes from, so that others can look."))
        if day is None:
            if f"day_{code}" not in self.errors:
                self.add_error(f"day_{code}", _("Say of which day it is."))
        elif day > self.today:
            self.add_error(f"day_{code}", _("This day has not come yet."))
        else:
            self.rates[code] = Rate(rate, source, day.isoformat())

    @property
    def worked(self) -> str:
        """The rates in one line: what amounts were worked out with, so that none is entered that was not seen."""
        return ";".join(f"{code}={rate.rate}" for code, rate in sorted(self.rates.items()))

    def was_seen(self, worked: str) -> bool:
        """Whether amounts were shown with all of these rates; of a run that goes on, some are needed no more."""
        return set(filter(None, self.worked.split(";"))) <= set(worked.split(";"))
