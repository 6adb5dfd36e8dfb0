"""Folders and cases in addresses, the rows of this desk that lists are made from, who sits on a case. Only reads."""

from django.http import Http404
from django.urls import register_converter

from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Case
from banyan.cases.models import CaseRow, FolderRow
from banyan.folders.membership import Member
from banyan.folders.seats import Seat


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


def seated(desk: Desk, case: Case, seat: Seat) -> list[Member]:
    """The active members who sit on the case with a seat that the roster still gives them."""
    found = (desk.roster.members.get(ident) for ident in case.seated(seat))
    return [member for member in found if member and member.active and seat in member.seats]
