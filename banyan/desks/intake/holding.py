"""Whether this desk still holds a folder, told by the wraps that lie here: they name their readers in clear.

A reader who was left out of a new epoch cannot open its statement, so the history that they see goes on to
name them. Whoever writes into it then writes into nothing.
"""

from banyan.cases.desk import Desk
from banyan.folders.items import Item, Sort
from banyan.folders.membership import Member


def shut_out(desk: Desk, folder: bytes) -> bool:
    """Whether somebody went on without this member."""
    return bool(_foreign_wraps(desk, folder))


def holds(desk: Desk, folder: bytes) -> bool:
    """Whether what this member writes is read by those who hold the folder now."""
    history = desk.history(folder)
    return history is not None and desk.keys.id in history.holders and not shut_out(desk, folder)


def readers(desk: Desk, folder: bytes) -> list[Member]:
    """Who reads what is written now, by pseudonym."""
    others = {item.recipient for item in _foreign_wraps(desk, folder)}
    if not others:
        return desk.holders(folder)
    return sorted((m for m in desk.roster.members.values() if m.id in others), key=lambda m: m.name)


def _foreign_wraps(desk: Desk, folder: bytes) -> list[Item]:
    known = desk.view.ring(folder).seeds
    wraps = [item for item in desk.store.of_folder(folder) if item.sort is Sort.WRAP]
    mine = {item.epoch for item in wraps if item.recipient == desk.keys.id}
    return [item for item in wraps if item.epoch not in known and item.epoch not in mine]
