"""The view: what a desk has opened, in memory, and sealed as one blob at rest.

The blob has a fresh key at every save and only the member's own keys open it. It carries a mark of the code
that made it; code that changed builds the view anew from the store, so there is nothing to migrate. A blob
that is lost, damaged or of another program costs time and nothing else: every entry is in the store.
"""

import hashlib
import os
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.apps import apps
from django.db import connections, models
from django.db.models import QuerySet

from banyan.cases.folders.conversation import Message
from banyan.cases.memory import words
from banyan.cases.memory.base import anchor
from banyan.cases.models import CaseRow, ConversationRow, FolderRow, Kept, Opened, Refused
from banyan.cases.reference import reference_of
from banyan.folders import unseal
from banyan.folders.epoch import UNKNOWN, OpenedStatement, Statement
from banyan.folders.items import Sort
from banyan.folders.store import Store
from banyan.folders.unseal import Fault, Ring
from banyan.sealing.blob import open_large_blob, seal_large_blob
from banyan.sealing.faults import Damaged, SealingFault
from banyan.sealing.format import Bytes16, Bytes32, Record, read, write
from banyan.sealing.keys import Keys

PURPOSE = b"view"
REMEMBERED = 256
M = TypeVar("M", bound=models.Model)


class Taken(models.Model):
    """A folder of which something was opened: the ids of those seals, one after the other. What they say is opened
    again from the store when somebody asks: it would be ten times as much as all lists.
    """

    number = models.BigAutoField(primary_key=True)
    folder = models.BinaryField(unique=True, max_length=32)
    seals = models.BinaryField()


class KeptStatement(Record, frozen=True):
    """A statement whose seed was forgotten, so that it is opened from the store no more."""

    name: Bytes32
    author: Bytes16
    statement: bytes


MODELS = (Taken, Opened, Refused, ConversationRow, CaseRow, FolderRow, Kept)

INDEXES = (
    models.Index(fields=["began"], name="conversation_began"),
    models.Index(fields=["mine", "-last_word", "reference"], name="conversation_last_word"),
)


class View:
    """One desk's view, in the memory database that `alias` names; `path` is where its blob lies."""

    def __init__(self, keys: Keys, path: Path, store: Store, alias: str = "view") -> None:
        self.keys = keys
        self.path = path
        self.store = store
        self.alias = alias
        self._rings: OrderedDict[bytes, Ring] = OrderedDict()  # of the folders asked for last
        self._unsettled = False

    # At rest

    def open(self) -> bool:
        """Make the view ready. True where a whole blob of this very program was found, so that nothing is
        opened twice.
        """
        if self._load():
            return True
        self._create()
        return False

    def _load(self) -> bool:
        try:
            data = open_large_blob(self.keys, PURPOSE, self.path.read_bytes())
        except (FileNotFoundError, SealingFault):
            return False
        if data[:32] != code_mark():
            return False
        loaded = sqlite3.connect(":memory:")
        loaded.execute("PRAGMA temp_store=MEMORY")
        loaded.deserialize(data[32:])
        del data  # the largest thing here, three times over if it stayed
        loaded.backup(self._anchor())
        loaded.close()
        return True

    def _create(self) -> None:
        tables = set(connections[self.alias].introspection.table_names())
        with connections[self.alias].schema_editor() as editor:
            for model in MODELS:
                if model._meta.db_table in tables:
                    editor.delete_model(model)
                editor.create_model(model)
            for index in INDEXES:
                editor.add_index(ConversationRow, index)
        words.create(self.alias)
        self._rings.clear()

    def save(self) -> None:
        """Seal the view to its file: whole or not at all, and nothing in it that was erased."""
        if self._unsettled:
            words.settle(self.alias)
            self._unsettled = False
        data = seal_large_blob(self.keys, PURPOSE, code_mark() + self._anchor().serialize())
        fresh = self.path.with_name(self.path.name + ".new")
        descriptor = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)

    def _anchor(self) -> sqlite3.Connection:
        return anchor(str(connections[self.alias].settings_dict["NAME"]))

    # What was opened

    def ring(self, folder: bytes) -> Ring:
        """What was opened of a folder, as a ring to go on with: a copy, opened again from the store."""
        if folder not in self._rings:
            self._remember(self._open_again(folder))
        self._rings.move_to_end(folder)
        return _copy(self._rings[folder])

    def _open_again(self, folder: bytes) -> Ring:
        ring, taken = Ring(folder), self._taken(folder)
        for seal, record in self._rows(Opened, folder).values_list("seal", "record"):
            kept = read(bytes(record), KeptStatement)
            statement = read(kept.statement, Statement)
            ring.prove(statement, UNKNOWN)
            ring.statements[bytes(seal)] = OpenedStatement(
                bytes(seal), kept.name, kept.author, statement, UNKNOWN
            )
        if taken:
            items = (i for i in self.store.of_folder(folder) if i.sort is Sort.WRAP or i.id in taken)
            unseal.take(ring, items, self.keys, self.store.roster())
        for seal, words_ in self._rows(Refused, folder).values_list("seal", "words"):
            ring.faults[bytes(seal)] = Fault(bytes(seal), words_)
        return ring

    def _remember(self, ring: Ring) -> None:
        self._rings[ring.folder] = ring
        while len(self._rings) > REMEMBERED:
            self._rings.popitem(last=False)

    def keep(self, ring: Ring, known: set[bytes]) -> None:
        """Keep what a ring opened beyond the seals that were `known`."""
        opened = {seal for seal in (*ring.statements, *ring.entries) if seal not in known}
        forgotten = {seal for seal in opened & ring.statements.keys() if not ring.is_open(seal)}
        rows = [Opened(seal=seal, folder=ring.folder, record=_record(ring, seal)) for seal in forgotten]
        Opened.objects.using(self.alias).bulk_create(
            rows, update_conflicts=True, unique_fields=["seal"], update_fields=["record"]
        )
        self._take(ring, opened - forgotten)
        refused = [
            Refused(seal=f.item, folder=ring.folder, words=f.words[:200]) for f in ring.faults.values()
        ]
        Refused.objects.using(self.alias).bulk_create(refused, ignore_conflicts=True)
        self._remember(_copy(ring))

    def _take(self, ring: Ring, seals: set[bytes]) -> None:
        """Note that these were opened, and let what they say be found."""
        if not seals:
            return
        row = self._rows(Taken, ring.folder).first() or Taken(folder=ring.folder, seals=b"")
        texts = list(_texts(ring, seals))
        row.seals = bytes(row.seals) + b"".join(sorted(seals - self._taken(ring.folder)))
        row.save(using=self.alias)
        if texts:
            words.put(self.alias, row.number, texts)
        self._rows(Refused, ring.folder).filter(seal__in=list(seals)).delete()
        self._rows(Opened, ring.folder).filter(seal__in=list(seals & ring.statements.keys())).delete()

    def seal_counts(self) -> dict[bytes, int]:
        """How many seals of each folder were opened; of most folders that is all there is to know."""
        with connections[self.alias].cursor() as cursor:
            cursor.execute(f"SELECT folder, length(seals) / 32 FROM {Taken._meta.db_table}")  # noqa: S608
            return {bytes(folder): n for folder, n in cursor.fetchall()}

    def odd_folders(self) -> set[bytes]:
        """Folders in which something was refused, or a seed was forgotten: there numbers alone say nothing."""
        rows = (
            model._default_manager.using(self.alias).values_list("folder", flat=True)
            for model in (Opened, Refused)
        )
        return {bytes(folder) for folders in rows for folder in folders.distinct()}

    def knows(self, folder: bytes) -> set[bytes]:
        """The ids of a folder's seals that were opened or refused."""
        rows = (self._rows(model, folder).values_list("seal", flat=True) for model in (Opened, Refused))
        return self._taken(folder).union(*(map(bytes, seals) for seals in rows))

    def trim(self, folder: bytes, there: set[bytes]) -> None:
        """Forget that seals were opened that the store has no more: they are opened anew when they come back."""
        taken = self._taken(folder)
        if taken - there:
            self._rows(Taken, folder).update(seals=b"".join(sorted(taken & there)))

    def forget(self, folder: bytes) -> None:
        """Take out an erased folder."""
        self._forget_words(folder)
        self._rings.pop(folder, None)
        for model in (Taken, Opened, Refused, ConversationRow, CaseRow, FolderRow):
            self._rows(model, folder).delete()

    def forget_seals(self, folder: bytes, seals: Iterable[bytes]) -> bool:
        """Take out erased seals of a folder. Whether any was here."""
        gone, taken = set(seals), self._taken(folder)
        self._rings.pop(folder, None)
        rest = [seal for seal in sorted(taken) if seal not in gone]
        if len(rest) < len(taken):
            self._rows(Taken, folder).update(seals=b"".join(rest))
            self._forget_words(folder)
            ring = self.ring(folder)
            words.put(self.alias, self._rows(Taken, folder).get().number, _texts(ring, set(rest)))
        others = 0
        for seal in gone - taken:
            for model in (Opened, Refused):
                others += self._rows(model, folder).filter(seal=seal).delete()[0]
        return others > 0 or len(rest) < len(taken)

    def _forget_words(self, folder: bytes) -> None:
        row = self._rows(Taken, folder).first()
        if row is not None:
            words.drop(self.alias, row.number)
            self._unsettled = True

    def _taken(self, folder: bytes) -> set[bytes]:
        row = self._rows(Taken, folder).first()
        taken = bytes(row.seals) if row else b""
        return {taken[start : start + 32] for start in range(0, len(taken), 32)}

    def _rows(self, model: type[M], folder: bytes) -> "QuerySet[M]":
        return model._default_manager.using(self.alias).filter(folder=folder)

    # Searching

    def saying(self, text: str) -> list[bytes]:
        """The folders that say this in a message or have it in their reference; where very many do, the newest."""
        numbers, given = words.holding(text)
        table = Taken._meta.db_table
        with connections[self.alias].cursor() as cursor:
            cursor.execute(f"SELECT folder FROM {table} WHERE number IN ({numbers})", given)  # noqa: S608
            return [bytes(row[0]) for row in cursor.fetchall()]

    # Small things

    def note(self, name: str, value: bytes) -> None:
        """Keep a small value under a name."""
        Kept.objects.using(self.alias).update_or_create(name=name, defaults={"value": value})

    def noted(self, name: str) -> bytes | None:
        """The value under a name."""
        row = Kept.objects.using(self.alias).filter(name=name).first()
        return bytes(row.value) if row else None


def _copy(ring: Ring) -> Ring:
    """A ring that may be changed; what waits is known again from the store."""
    return Ring(
        folder=ring.folder, seeds=dict(ring.seeds), offered={e: set(seeds) for e, seeds in ring.offered.items()},
        statements=dict(ring.statements), entries=dict(ring.entries), faults=dict(ring.faults),
    )  # fmt: skip


def _record(ring: Ring, seal: bytes) -> bytes:
    one = ring.statements[seal]
    return write(KeptStatement(name=one.name, author=one.author, statement=write(one.statement)))


def _texts(ring: Ring, seals: set[bytes]) -> Iterator[str]:
    """What these seals give to be found: the reference of a conversation that was founded, and its messages."""
    for seal in sorted(seals):
        statement, entry = ring.statements.get(seal), ring.entries.get(seal)
        terms = statement.statement.terms if statement else None
        if terms is not None and terms.kind == "conversation":
            yield reference_of(ring.folder)
        elif entry is not None and entry.kind == "message":
            with suppress(Damaged):
                yield read(entry.entry.document, Message).text


@cache
def code_mark() -> bytes:
    """A hash of the code that makes views: another program's view is built anew."""
    hasher = hashlib.sha256()
    for name in ("cases", "folders"):
        for source in sorted(Path(apps.get_app_config(name).path).rglob("*.py")):
            if "tests" not in source.parts:
                hasher.update(source.read_bytes())
    return hasher.digest()
