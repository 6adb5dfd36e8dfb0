"""A page in the frame of its desk, one form for one action, what one button does, and who else can see it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from banyan.cases.asked import DeskRequest
from banyan.cases.casework import NotYet
from banyan.cases.desk import Desk
from banyan.desks.frame import drafts
from banyan.desks.frame.codes import Text


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
            "sections": self.links(active),
            "member": request.desk.me.name if request.desk.me else "",
            "now": request.desk.clock(),
            "who_sees": _("Only you."),
        }
        return render(request, template, {**page, **context}, status=status)

    def links(self, active: str) -> list[tuple[Text, str, bool]]:
        """The sections as a page links to them: what each is called, its address, whether one is there."""
        return [(label, reverse(f"{self.app}:{name}"), name == active) for name, label in self.sections]

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
        draft: str = "",
        **context: Any,
    ) -> HttpResponse:
        """One form of its own for one action, which is given the form's fields; what was typed stays where it was
        refused. `back` is where one comes from and goes on to; `about` says in a sentence what will happen. With
        `draft`, a key that ends with how a folder's id begins, what is typed is kept until it was sent.
        """
        if request.method == "POST" and done(request.desk, form, act):
            drafts.drop(request, draft)
            return redirect(back)
        again = drafts.start_from(form, drafts.typed(request, draft))
        page = {
            "form": form, "back": back, "title": title, "about": about, "button": button, "draft": draft,
            "typed_before": again,
        }  # fmt: skip
        return self.show(request, template, **{**page, **context})


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


def refusal(act: Callable[..., object], **given: Any) -> str:
    """What one button does: nothing is said where it was done, else why it was refused."""
    try:
        act(**given)
    except NotYet as refused:
        return str(refused)
    return ""


def posted(request: DeskRequest) -> QueryDict | None:
    """What a form was sent with, also where it has nothing to fill in; None where it was not sent."""
    return request.POST if request.method == "POST" else None
