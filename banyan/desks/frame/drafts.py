"""What was typed into a form and not sent: the house keeps it sealed under a key, and the form starts from it again."""

from typing import Protocol

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict


class Drafts(Protocol):
    """The drafts of one member, as the house keeps them."""

    def load(self, key: str) -> str | None:
        """What is kept under a key."""

    def drop(self, key: str) -> None:
        """Forget it."""


def typed(request: HttpRequest, key: str) -> QueryDict:
    """The fields of a form as they were typed last and not sent; none where there is no draft."""
    drafts = _of(request)
    return QueryDict((drafts.load(key) or "") if drafts and key else "")


def start_from(form: BaseForm, draft: QueryDict) -> bool:
    """A form that was not sent starts from what was typed before; whether there was anything."""
    if form.is_bound or not draft:
        return False
    for bound in form:
        form.initial[bound.name] = bound.field.widget.value_from_datadict(draft, {}, bound.html_name)
    return True


def drop(request: HttpRequest, key: str) -> None:
    """What was sent is no draft any more."""
    drafts = _of(request)
    if drafts and key:
        drafts.drop(key)


def _of(request: HttpRequest) -> Drafts | None:
    return getattr(request, "drafts", None)
