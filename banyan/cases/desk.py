"""A desk: one member's own place. It holds their keys, a store and a view, and works without any network.

Every action takes its desk as an argument. Writing is: seal, store (durable), open again, fold, show; so a
page shows what is on disk and nothing else.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from banyan.cases import rows
from banyan.cases.folders import conversation, cover, cover_fold, kind_of, notebook, read_document, state_of
from banyan.cases.folders.reading import person_of
from banyan.cases.models import FolderRow
from banyan.cases.place import Place
from banyan.cases.table import RULES, TABLE
from banyan.cases.view import View
from banyan.folders import compose, unseal
from banyan.folders.epoch import UNKNOWN, DropCard, NewEpoch, Slot, slot_of
from banyan.folders.history import COUNTERSIGN, HANDED_OVER, HandedOver, History, tell
from banyan.folders.items import Sort, read_item
from banyan.folders.membership import Member, Standing
from banyan.folders.seats import Seat
from banyan.folders.store import Store, system_clock
from banyan.sealing.format import Record, write
from banyan.sealing.keys import Keys, PublicKeys

REMEMBERED = 256
S = TypeVar("S")


class Desk(Place):
    """One member's own place."""

    def __init__(
        self, *, keys: Keys, store: Store, view: View, clock: Callable[[], datetime] = system_clock
    ) -> None:
        super().__init__(keys=keys, store=store, clock=clock)
        self.view = view
        self._told: OrderedDict[bytes, History] = OrderedDict()
        self._buried: set[bytes] = set()
        self._seen: dict[bytes, int] = {}
        self._told_by: tuple[bytes, ...] = ()
        self._taken: set[bytes] = set()  # folders taken in by what is not durable yet
        self._taking_back = False
        self.wanted: set[bytes] = (
            set()
        )  # pieces of files that somebody asked for: they come with the next sync
        store.undone = self._take_back

    @property
    def me(self) -> Member | None:
        """This desk's member as the roster has them; None before they are on it."""
        return self.roster.members.get(self.keys.id)

    # Reading

    def history(self, folder: bytes) -> History | None:
        """A folder as far as it was opened here, or None."""
        if self._told_by != self.roster.head:  # another roster may tell it otherwise
            self._told.clear()
            self._told_by = self.roster.head
        if folder in self._told:
            self._told.move_to_end(folder)
            return self._told[folder]
        history = tell(self.view.ring(folder), self.roster, RULES, self.store.forgotten())
        if history is not None:
            self._remember(history)
        return history

    def held(self, kind: str) -> list[bytes]:
        """The folders of a kind that were opened here."""
        rows_ = FolderRow.objects.using(self.view.alias).filter(kind=kind)
        return [bytes(folder) for folder in rows_.values_list("folder", flat=True)]

    def conversation(self, folder: bytes) -> conversation.Conversation | None:
        """The state of a conversation that this desk holds."""
        history = self.history(folder)
        return conversation.fold(history) if history and history.kind == "conversation" else None

    def case(self, folder: bytes) -> cover.Case | None:
        """The state of a case whose cover this desk holds."""
        history = self.history(folder)
        return cover_fold.fold(history, self.roster) if history and history.kind == "cover" else None

    def state(self, folder: bytes, kind: type[S]) -> S | None:
        """What a folder comes to, where this desk holds it and it is of that kind."""
        history = self.history(folder)
        if history is None or self._hears_another(history, state := state_of(history, self.roster)):
            return None
        return state if isinstance(state, kind) else None

    def _hears_another(self, history: History, state: object) -> bool:
        """Whether answers in a folder are of somebody else than the case that it names was opened for."""
        case = self.history(getattr(state, "cover", b"")) if history.heard else None
        person = person_of(case) if case else None
        return person is not None and person.id != history.heard

    def notebook(self) -> notebook.Notebook | None:
        """This member's own notebook, once something is in it."""
        histories = (self.history(folder) for folder in sorted(self.held("notebook")))
        return next((notebook.fold(history) for history in histories if history), None)

    def person(self, folder: bytes) -> PublicKeys | None:
        """The public keys of the person whose conversation this is."""
        return self.view.ring(folder).owner

    def holders(self, folder: bytes) -> list[Member]:
        """The members who hold a folder now, by pseudonym."""
        history = self.history(folder)
        ids = self.left_out(folder) or (history.holders if history else ())
        members = (self.roster.members.get(ident) for ident in ids)
        return sorted((member for member in members if member), key=lambda member: member.name)

    def left_out(self, folder: bytes) -> frozenset[bytes]:
        """Who holds a folder now, where a colleague said that they go on without this member; else nobody."""
        history = self.history(folder)
        active = frozenset(member.id for member in self.roster.active())
        return history.went_on_without(self.keys.id, active) if history else frozenset()

    def holds(self, folder: bytes) -> bool:
        """Whether what this member writes is read by those who hold the folder now."""
        history = self.history(folder)
        return history is not None and self.keys.id in history.holders and not self.left_out(folder)

    # Writing

    def found(self, kind: str, readers: Iterable[PublicKeys], *, hears: PublicKeys | None = None) -> bytes:
        """A new folder of a kind, this member among its readers; its id. `hears`: a person who may drop answers into
        it, where the table has that for the kind.
        """
        keys = {reader.id: reader for reader in (self.keys.public, *readers)}
        _, epoch = compose.found_folder(
            self.keys, roster=self.roster, kind=kind, readers=keys.values(), owner=None, quorum=self.quorum,
            time=self.now, drops=TABLE[kind].public_slot, hears=hears if TABLE[kind].hears else None,
        )  # fmt: skip
        self._store(epoch.folder, epoch.items)
        return epoch.folder

    def slot(self, folder: bytes) -> Slot:
        """The way into a folder that this desk holds, to be handed to those who may drop into it. Raises `NotHeld`."""
        return slot_of(self._merged(folder).current[0])

    def drop(self, slot: Slot | DropCard, kind: str, document: Record) -> None:
        """Put a document into a folder of that kind that this desk cannot read. Durable when it returns."""
        name, data = kind_of(kind, document), write(document)
        read_document(kind, name, data)
        dropped = compose.drop(self.keys, slot, roster=self.roster, kind=name, document=data, time=self.now)
        self.store.add([dropped], unsent=True)
        if slot.folder in self._told or self.view.ring(slot.folder).statements:
            self.take_in_folder(slot.folder)

    def write(self, folder: bytes, document: Record) -> bytes:
        """The member's next entry in a folder; its name. Durable when it returns. Raises `NotHeld`."""
        with self.store.alone(folder):
            history = self._merged(folder)
            kind, data = kind_of(history.kind, document), write(document)
            read_document(history.kind, kind, data)  # what could not be read again is not written
            name = self._append(history, kind, data)
        self.take_in_folder(folder)
        return name

    def countersign(self, folder: bytes, name: bytes) -> bytes:
        """Let an entry count whose author had been shut out; the name of the entry that says so."""
        with self.store.alone(folder):
            mine = self._append(self._merged(folder), COUNTERSIGN, name)
        self.take_in_folder(folder)
        return mine

    def _append(self, history: History, kind: str, document: bytes) -> bytes:
        data, name = compose.next_entry(
            self.keys, history, roster=self.roster, kind=kind, document=document, time=self.now
        )
        self.store.add([data], unsent=True)
        return name

    def hand_over(self, folder: bytes, readers: Iterable[Member]) -> None:
        """A new epoch with exactly these members as readers; the person of a conversation always stays one."""
        readers = list(readers)
        with self.store.alone(folder):
            self._say_goodbye(folder, readers)
            epoch = self._epoch(self._fresh(folder), readers)
            self.store.add(epoch.items, unsent=True)
            self._know(epoch)
        self.take_in_folder(folder)

    def _say_goodbye(self, folder: bytes, readers: list[Member]) -> None:
        """Tell colleagues who are left out, under the epoch that they can still open."""
        stay = {member.id for member in readers} | {self.keys.id}
        if any(member.active and member.id not in stay for member in self.holders(folder)):
            document = write(HandedOver(readers=tuple(sorted(member.id for member in readers))))
            self._append(self._merged(folder), HANDED_OVER, document)
            self.take_in_folder(folder)

    def _know(self, epoch: NewEpoch) -> None:
        """That this desk made an epoch, also where it is for others alone: then its seed is not kept."""
        ring, item = self.view.ring(epoch.folder), read_item(epoch.statement)
        ring.offer(epoch.epoch, epoch.seed)
        unseal.take(ring, [item], self.keys, self.roster)
        if self.keys.id not in ring.statements[item.id].readers:
            ring.forget_seed(item.id)
            self.view.keep(ring, set(ring.entries) | set(ring.statements) - {item.id})

    def _epoch(self, history: History, readers: Iterable[Member]) -> NewEpoch:
        owner = self.view.ring(history.folder).owner
        members = {member.id: member for member in readers}
        if any(self._is_out(member.id, history.kind) for member in members.values()):
            raise compose.NotHeld(
                "nothing is sealed to somebody who is no member, or whose seat may not hold it"
            )
        keys = [*([owner] if owner else []), *(member.keys for member in members.values())]
        return compose.next_epoch(
            self.keys, history, roster=self.roster, readers=keys, quorum=self.quorum,
            time=self.now, drops=TABLE[history.kind].public_slot,
        )  # fmt: skip

    def _merged(self, folder: bytes) -> History:
        """The folder's history with one current epoch that nobody holds who should not. Raises `NotHeld`."""
        if self.left_out(folder):
            raise compose.NotHeld("others went on with this folder, and this desk does not hold it any more")
        history = self._fresh(folder)
        if self._has_out(history):  # the roster changed, and nothing else
            self.take_in_folder(folder)
            history = self._history_or_refuse(folder)
        if len(history.current) > 1:
            if not self._may_renew(history):
                raise compose.NotHeld("this desk cannot bring the folder's epochs together")
            self._store(folder, self._epoch(history, self._future_readers(history)).items)
            history = self._history_or_refuse(folder)
        return history

    def _fresh(self, folder: bytes) -> History:
        """The history of all that the store holds now: two pages of one desk may write at once."""
        if self._seen.get(folder) != self.store.seals_in(folder):
            self.take_in_folder(folder)
        return self._history_or_refuse(folder)

    def _history_or_refuse(self, folder: bytes) -> History:
        history = self.history(folder)
        if history is None:
            raise compose.NotHeld("this desk does not hold that folder")
        return history

    def _store(self, folder: bytes, items: Iterable[bytes]) -> None:
        self.store.add(items, unsent=True)
        self.take_in_folder(folder)

    # Arriving

    def take_in_all(self, progress: Callable[[int, int], None] = lambda done, of: None) -> int:
        """Open whatever the store holds that this desk has not opened yet. The number of folders that
        changed.
        """
        self.bury()
        wanted = sorted(self._changed() | self.held_by_out())
        for done, folder in enumerate(wanted):
            progress(done, len(wanted))
            self.take_in_folder(folder)
        progress(len(wanted), len(wanted))
        return len(wanted)

    def _changed(self) -> set[bytes]:
        """Folders of which the store has seals that were not opened here."""
        opened, odd = self.view.seal_counts(), self.view.odd_folders()
        there = self.store.seal_counts(self.keys.id)
        return {
            folder for folder, n in there.items()
            if (self._has_new(folder) if folder in odd else opened.get(folder) != n)
        }  # fmt: skip

    def _has_new(self, folder: bytes) -> bool:
        seals = {item.id for item in self.store.of_folder(folder) if item.sort is Sort.SEAL}
        return not seals <= self.view.knows(folder)

    def held_by_out(self) -> set[bytes]:
        """Folders of this member's that somebody holds who was removed, or whose seat no longer may."""
        if self.me is None or not self.me.active:
            return set()
        out = {kind: self._out(kind) for kind in TABLE}
        rows_ = FolderRow.objects.using(self.view.alias).values_list("folder", "kind", "holders")
        return {bytes(folder) for folder, kind, holders in rows_ if self._met(bytes(holders), out[kind])}

    def _out(self, kind: str) -> set[bytes]:
        """The members who were removed, or whose seats may not hold such a folder."""
        return {ident for ident, member in self.roster.members.items() if _has_left(member, kind)}

    def _met(self, holders: bytes, out: set[bytes]) -> bool:
        """Whether this member and one of those who are out are among the holders, whose ids stand in a row."""
        ids = {holders[start : start + 16] for start in range(0, len(holders), 16)} if out else set()
        return self.keys.id in ids and not out.isdisjoint(ids)

    def bury(self) -> None:
        """Take what was erased out of the view: each grave once in the life of this desk."""
        for ident, grave in self.store.graves().items():
            if ident in self._buried:
                continue
            if grave.whole:
                self.view.forget(grave.folder)
                self._told.pop(grave.folder, None)
            elif self.view.forget_seals(grave.folder, grave.seals):
                self.take_in_folder(grave.folder)
            self._buried.add(ident)

    def take_in_folder(self, folder: bytes) -> History | None:
        """Open what is new in one folder, do what falls to a holder, and show it."""
        with self.store.alone(folder):
            self._taken.add(folder)
            transaction.on_commit(self._taken.clear, using=self.store.alias)
            self._told.pop(folder, None)
            if self.store.is_buried(folder):
                self.view.forget(folder)
                return None
            ring = self.view.ring(folder)
            self._shut_out(ring)
            history = self._open(ring)
            if history is not None and self._should_renew(history):
                self.store.add(self._epoch(history, self._future_readers(history)).items, unsent=True)
                history = self._open(ring)
            if history is not None:
                self._remember(history)
                rows.show(self.view, history, self.roster, self.keys.id, mine=self.holds(folder))
            return history

    def _take_back(self) -> None:
        """A write broke: what it had shown is taken out of the view, which then is what the store holds."""
        if self._taking_back:
            return  # what cannot even be shown again breaks for good, and is not taken back for ever
        taken, self._taken, self._taking_back = self._taken, set(), True
        try:
            for folder in taken:
                self.view.forget(folder)
                self.take_in_folder(folder)
        finally:
            self._taking_back = False

    def _open(self, ring: unseal.Ring) -> History | None:
        """Open what the store has beyond the ring, and keep it in the view."""
        known = set(ring.entries) | {seal for seal in ring.statements if ring.is_open(seal)}
        self._seen[ring.folder] = self.store.seals_in(ring.folder)
        items = self.store.of_folder(ring.folder)
        unseal.take(ring, items, self.keys, self.roster)
        self.view.keep(ring, known)
        self.view.trim(ring.folder, {item.id for item in items})
        return tell(ring, self.roster, RULES, self.store.forgotten())

    def _shut_out(self, ring: unseal.Ring) -> None:
        """Before anything new is opened: close the folder to removed members at what had been seen of theirs."""
        if self.roster.index == 0:
            return  # nobody was ever removed
        history = tell(ring, self.roster, RULES, self.store.forgotten())
        if history is not None and self._has_out(history) and self._may_renew(history):
            self.store.add(self._epoch(history, self._future_readers(history)).items, unsent=True)

    def _is_out(self, ident: bytes, kind: str) -> bool:
        """Whether a member was removed, or has no longer a seat that may hold such a folder."""
        member = self.roster.members.get(ident)
        return member is not None and _has_left(member, kind)

    def _has_out(self, history: History) -> bool:
        return any(self._is_out(ident, history.kind) for ident in history.holders)

    def _may_renew(self, history: History) -> bool:
        me = self.me
        mine = self.keys.id in history.holders and not self._is_out(self.keys.id, history.kind)
        known = all(leaf.seed != UNKNOWN for leaf in history.current)
        return me is not None and me.active and mine and known

    def _should_renew(self, history: History) -> bool:
        """A conversation fresh from the door (whose seed the hub once knew), or one held by somebody who is out."""
        fresh = all(leaf.author == self.roster.door.id for leaf in history.current)
        return self._may_renew(history) and (fresh or self._has_out(history))

    def _future_readers(self, history: History) -> list[Member]:
        """The holders less the removed, plus whom the roster puts in their place, up to what the table
        allows.
        """
        roster, row = self.roster, TABLE[history.kind]
        held = [roster.members[ident] for ident in history.holders if ident in roster.members]
        stay = [member for member in held if not self._is_out(member.id, history.kind)]
        for member in held:
            heir = roster.members.get(member.replaced_by) if member.replaced_by else None
            if heir is not None and heir not in stay and not self._is_out(heir.id, history.kind):
                stay.append(heir)
        if history.kind == "conversation" and len(stay) < row.most:
            without = frozenset(member.id for member in held + stay)
            stay += self.least_loaded(Seat.INTAKE, row.most - len(stay), without=without)
        return stay

    def _remember(self, history: History) -> None:
        self._told[history.folder] = history
        while len(self._told) > REMEMBERED:
            self._told.popitem(last=False)


def _has_left(member: Member, kind: str) -> bool:
    return member.standing is Standing.REMOVED or not RULES.may_hold(kind, member)
