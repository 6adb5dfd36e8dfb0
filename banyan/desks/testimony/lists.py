"""What the lists of testimony read: the rows of its folders, new ones first, each by when it came."""

from django.db.models import QuerySet

from banyan.cases.desk import Desk
from banyan.cases.models import FolderRow


def all_of(desk: Desk) -> QuerySet[FolderRow]:
    """All that this desk keeps: what nobody has opened yet first, then by when it came."""
    rows = FolderRow.objects.using(desk.view.alias).filter(kind="testimony")
    return rows.order_by("-state", "due", "folder")


def new(desk: Desk) -> int:
    """Of how many something was opened by nobody yet."""
    return all_of(desk).filter(state="new").count()
