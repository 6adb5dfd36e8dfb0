"""The view: what a desk has opened, in memory, and sealed as one blob at rest.

The blob has a fresh key at every save and only the member's own keys open it. It carries a mark of the code
that made it; code that changed builds the view anew from the store, so there is nothing to migrate. A blob
that is lost, damaged or of another program costs time and nothing else: every entry is in the store.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import connections

from banyan.cases.memory.base import anchor
from banyan.cases.models import CaseRow, ConversationRow, FolderRow, Kept, Opened, Refused
from banyan.folders.entry import Entry, OpenedEntry
from banyan.folders.epoch import OpenedStatement, Statement
from banyan.folders.unseal import Fault, Ring
from banyan.sealing.blob import open_blob, seal_blob
from banyan.sealing.faults import SealingFault
from banyan.sealing.format import Bytes16, Bytes32, Record, read, write
from banyan.sealing.keys import Keys

PURPOSE = b"view"
MODELS = (Opened, Refused, ConversationRow, CaseRow, FolderRow, Kept)


class KeptEntry(Record, frozen=True, tag="entry", tag_field="sort"):
    """An opened entry as the view keeps it."""

    name: Bytes32
    author: Bytes16
    entry: bytes
    drop: bool


class KeptStatement(Record, frozen=True, tag="statement", tag_field="sort"):
    """An opened statement as the view keeps it, with its epoch's seed."""

    name: Bytes32
    author: Bytes16
    statement: bytes
    seed: Bytes32


class View:
    """One desk's view, in the memory database that `alias` names; `path` is where its blob lies."""

    def __init__(self, keys: Keys, path: Path, alias: str = "view") -> None:
        self.keys = keys
        self.path = path
        self.alias = alias

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
            data = open_blob(self.keys, PURPOSE, self.path.read_bytes())
        except (FileNotFoundError, SealingFault):
            return False
        if data[:32] != code_mark():
            return False
        loaded = sqlite3.connect(":memory:")
        loaded.execute("PRAGMA temp_store=MEMORY")
        loaded.deserialize(data[32:])
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

    def save(self) -> None:
        """Seal the view to its file: whole or not at all."""
        data = seal_blob(self.keys, PURPOSE, code_mark() + self._anchor().serialize())
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
        """What was opened of a folder, as a ring to go on with."""
        ring = Ring(folder)
        for seal, record in (
            Opened.objects.using(self.alias).filter(folder=folder).values_list("seal", "record")
        ):
            seal = bytes(seal)
            kept: KeptEntry | KeptStatement = read(bytes(record), KeptEntry | KeptStatement)  # type: ignore[arg-type]
            if isinstance(kept, KeptEntry):
                entry = read(kept.entry, Entry)
                ring.entries[seal] = OpenedEntry(seal, kept.name, kept.author, entry, kept.drop)
            else:
                statement = read(kept.statement, Statement)
                ring.prove(statement, kept.seed)
                ring.statements[seal] = OpenedStatement(seal, kept.name, kept.author, statement, kept.seed)
        for seal, words in (
            Refused.objects.using(self.alias).filter(folder=folder).values_list("seal", "words")
        ):
            ring.faults[bytes(seal)] = Fault(bytes(seal), words)
        return ring

    def keep(self, ring: Ring, known: set[bytes]) -> None:
        """Keep what a ring opened beyond the seals that were `known`."""
        new: list[tuple[bytes, KeptEntry | KeptStatement]] = [
            (
                seal,
                KeptStatement(
                    name=one.name, author=one.author, statement=write(one.statement), seed=one.seed
                ),
            )
            for seal, one in ring.statements.items()
            if seal not in known
        ]
        new += [
            (seal, KeptEntry(name=one.name, author=one.author, entry=write(one.entry), drop=one.drop))
            for seal, one in ring.entries.items()
            if seal not in known
        ]
        rows = [Opened(seal=seal, folder=ring.folder, record=write(kept)) for seal, kept in new]
        Opened.objects.using(self.alias).bulk_create(
            rows, update_conflicts=True, unique_fields=["seal"], update_fields=["record"]
        )
        Refused.objects.using(self.alias).filter(seal__in=[seal for seal, _ in new]).delete()
        refused = [
            Refused(seal=f.item, folder=ring.folder, words=f.words[:200]) for f in ring.faults.values()
        ]
        Refused.objects.using(self.alias).bulk_create(refused, ignore_conflicts=True)

    def opened(self) -> set[bytes]:
        """The ids of all seals that were opened or refused."""
        seals = set(map(bytes, Opened.objects.using(self.alias).values_list("seal", flat=True)))
        return seals | set(map(bytes, Refused.objects.using(self.alias).values_list("seal", flat=True)))

    def forget(self, folder: bytes) -> None:
        """Take out an erased folder."""
        for model in (Opened, Refused, ConversationRow, CaseRow, FolderRow):
            model._default_manager.using(self.alias).filter(folder=folder).delete()

    def forget_seals(self, folder: bytes, seals: Iterable[bytes]) -> bool:
        """Take out erased seals of a folder. Whether any was here."""
        seals, gone = list(seals), 0
        for start in range(0, len(seals), 500):
            for model in (Opened, Refused):
                rows = model._default_manager.using(self.alias)
                gone += rows.filter(folder=folder, seal__in=seals[start : start + 500]).delete()[0]
        return gone > 0

    # Small things

    def note(self, name: str, value: bytes) -> None:
        """Keep a small value under a name."""
        Kept.objects.using(self.alias).update_or_create(name=name, defaults={"value": value})

    def noted(self, name: str) -> bytes | None:
        """The value under a name."""
        row = Kept.objects.using(self.alias).filter(name=name).first()
        return bytes(row.value) if row else None


@cache
def code_mark() -> bytes:
    """A hash of the code that makes views: another program's view is built anew."""
    hasher = hashlib.sha256()
    for name in ("cases", "folders"):
        for source in sorted(Path(apps.get_app_config(name).path).rglob("*.py")):
            if "tests" not in source.parts:
                hasher.update(source.read_bytes())
    return hasher.digest()
