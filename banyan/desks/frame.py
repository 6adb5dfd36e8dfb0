"""What every desk's pages share: the frame, addresses of folders, and one form for one action.

A desk names its sections once (`Frame`) and shows its pages in it. Nothing here knows a kind of folder or decides.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import register_converter, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from banyan.cases.asked import DeskRequest
from banyan.cases.casework import NotYet
from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Case
from banyan.cases.models import CaseRow, FolderRow

Text = str | Promise


# Addresses


class Slug:
    """Sixteen hexadecimal digits: how a folder's id begins. An id is random, so an address says nothing."""

    regex = "[0-9a-f]{16}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(Slug, "folder")


def slug_of(folder: bytes) -> str:
    """A folder in an address."""
    return folder[:8].hex()


def folder_of(desk: Desk, slug: str, kind: str) -> bytes | None:
    """The folder whose id begins so, or None where this desk holds none of that kind."""
    start = bytes.fromhex(slug)
    rows = FolderRow.objects.using(desk.view.alias).filter(
        kind=kind, folder__gte=start, folder__lte=start + b"\xff" * 24
    )
    return next((bytes(folder) for folder in rows.values_list("folder", flat=True)), None)


def folder_or_404(desk: Desk, slug: str, kind: str) -> bytes:
    """The folder that an address names; where this desk opened none, there is no such page."""
    folder = folder_of(desk, slug, kind)
    if folder is None:
        raise Http404
    return folder


def case_or_404(desk: Desk, slug: str) -> Case:
    """The case whose cover an address names."""
    case = desk.case(folder_or_404(desk, slug, "cover"))
    if case is None:
        raise Http404
    return case


# Lists


def cases(desk: Desk, seat: str, *stages: str) -> list[CaseRow]:
    """The cases that this member sits on with a seat, in these stages (or all), the longest unchanged first."""
    rows = CaseRow.objects.using(desk.view.alias).filter(mine=True)
    found = rows.filter(stage__in=stages) if stages else rows
    return [row for row in found.order_by("changed", "reference") if seat in row.seats.split()]


def parts(desk: Desk, kind: str) -> dict[bytes, FolderRow]:
    """The rows of this desk's folders of a kind, by the cover of their case."""
    rows = FolderRow.objects.using(desk.view.alias).filter(kind=kind)
    return {bytes(row.cover): row for row in rows}


# Pages


@dataclass(frozen=True)
class Frame:
    """A desk: its name, and its sections as (the name of the page's address, what it is called)."""

    app: str
    name: Text
    sections: Sequence[tuple[str, Text]]

    def show(
        self, request: DeskRequest, template: str, active: str = "", *, status: int = 200, **context: Any
    ) -> HttpResponse:
        """A page in the frame of this desk."""
        page = {
            "desk_name": self.name,
            "sections": [
                (label, reverse(f"{self.app}:{name}"), name == active) for name, label in self.sections
            ],
            "member": request.desk.me.name if request.desk.me else "",
            "now": request.desk.clock(),
            "who_sees": _("Only you."),
        }
        return render(request, template, {**page, **context}, status=status)

    def task(
        self,
        request: DeskRequest,
        form: BaseForm,
        act: Callable[..., object],
        *,
        back: str,
        title: str,
        about: str,
        button: str,
        template: str = "desk/task.html",
        **context: Any,
    ) -> HttpResponse:
        """One form of its own for one action, which is given the form's fields; what was typed stays where it was
        refused. `back` is where one comes from and goes on to; `about` says in a sentence what will happen.
        """
        if request.method == "POST" and done(request.desk, form, act):
            return redirect(back)
        return self.show(
            request, template, form=form, back=back, title=title, about=about, button=button, **context
        )


def done(desk: Desk, form: BaseForm, act: Callable[..., object]) -> bool:
    """Whether the form held and the action wrote; else the form says what is missing, beside the field where it can."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act(desk=desk, **form.cleaned_data)
    except NotYet as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    return True


def who_sees(desk: Desk, *folders: bytes) -> str:
    """Who else holds these folders, in a sentence."""
    names = {one.name for folder in folders for one in desk.holders(folder) if one.id != desk.keys.id}
    if not names:
        return _("Only you.")
    return _("You and %(names)s.") % {"names": ", ".join(sorted(names))}


# Fields


class Written(forms.CharField):
    """A text of several lines."""

    widget = forms.Textarea(attrs={"rows": 5})


class Several(forms.MultipleChoiceField):
    """Ticks, of which any number may be set; a tuple."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> tuple[str, ...]:
        """The chosen codes."""
        return tuple(super().clean(value))


class Moment(forms.DateTimeField):
    """A day and a time on the desk's clock; milliseconds since 1970."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def clean(self, value: Any) -> Any:
        """Milliseconds, or None where nothing was given."""
        moment = super().clean(value)
        return int(moment.timestamp() * 1000) if isinstance(moment, datetime) else None
