"""What the folds share: the documents of a history that count and can be read."""

from collections.abc import Iterator, Mapping

from banyan.cases.folders.cover import Answer, Opening
from banyan.folders.history import History, Told
from banyan.sealing.faults import Damaged
from banyan.sealing.format import Record, read
from banyan.sealing.keys import PublicKeys

BEGINS = ("begun", "finding", "box")


def counting(history: History, documents: Mapping[str, type[Record]]) -> Iterator[tuple[Told, Record]]:
    """The entries that count, in causal order, with their documents; what cannot be read is passed over. Drops come
    last: whoever dropped them had seen nothing, so nothing can be read from their place in the order. What a folder
    begins with is its founder's: nobody who comes to it later says something else first, however they date it.
    """
    for told in sorted(history.counting, key=lambda told: told.opened.drop):
        record = documents.get(told.opened.kind)
        if record is None or (told.opened.kind in BEGINS and told.opened.author != history.founder):
            continue
        try:
            yield told, read(told.opened.entry.document, record)
        except Damaged:
            continue


def opened_by(history: History) -> bytes:
    """The entry of a cover that opens the case: by whoever founded the cover, or nothing. Of two that they wrote at
    once it is the one on which others built, so that nobody dates another back, with other keys to write to.
    """
    others = [told.name for told in history.counting if told.opened.author != history.founder]
    openings = [
        told.name for told in history.counting
        if told.opened.author == history.founder and told.opened.kind == "opening" and not told.opened.drop
    ]  # fmt: skip
    return max(
        openings, key=lambda name: sum(history.causal.before(name, other) for other in others), default=b""
    )


def person_of(cover: History) -> PublicKeys | None:
    """The keys of the person for whom the case of a cover was opened."""
    name = opened_by(cover)
    opening = next((told.opened.entry.document for told in cover.counting if told.name == name), None)
    try:
        return read(opening, Opening).person if opening is not None else None
    except Damaged:
        return None


def answers_of(cover: History) -> list[Answer]:
    """What the person for whom the case was opened answered to the way, in no order; nobody answers for them."""
    person, found = person_of(cover), list[Answer]()
    for told, document in counting(cover, {"answer": Answer}):
        if isinstance(document, Answer) and person is not None and told.opened.author == person.id:
            found.append(document)
    return found
