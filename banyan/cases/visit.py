"""A visit: one person at the door, with their code, for as long as one request takes.

The door itself keeps no key that opens a conversation; what a person's code opens is opened here, in memory,
and let go. Sending twice is sending once: every post carries a nonce, and its mark stands or falls with what
it wrote.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

from banyan.cases import allowance
from banyan.cases.folders import conversation, file, kind_of, read_document, testimony
from banyan.cases.folders.conversation import Answered, Conversation, Letter
from banyan.cases.letters import NoSuchLetter as NoSuchLetter
from banyan.cases.letters import Opened as Opened
from banyan.cases.letters import open_letters
from banyan.cases.place import Place
from banyan.cases.table import RULES, TABLE
from banyan.folders import compose, unseal
from banyan.folders.grave import Grave
from banyan.folders.graveyard import bury_own
from banyan.folders.history import History, tell
from banyan.folders.items import Item, read_item
from banyan.folders.membership import Member
from banyan.folders.quota import NoRoom
from banyan.folders.seats import Seat
from banyan.sealing import codes
from banyan.sealing.faults import Damaged
from banyan.sealing.format import Record, digest, read, write
from banyan.sealing.keys import Keys, derive

FORGOTTEN = ("message", "about", "file")
# What begins a folder: whatever else comes, it came for one that is gone, and must not open it again.
BEGINS = (conversation.Message, testimony.Account)
IN_A_GRAVE = 5_000  # seals; a grave takes no more than twice that
Said = Literal["", "yes", "no", "ok", "not_ok", "arrived"]


class NobodyToRead(Exception):
    """The programme has no active member who may read it, so there is nobody to seal it to."""


class NobodyOnIntake(NobodyToRead):
    """There is nobody of intake."""


class NobodyKeepsTestimony(NobodyToRead):
    """There is nobody who keeps testimony."""


class NothingHere(Exception):
    """These keys open nothing here yet, and what was asked for needs that."""


class Door(Place):
    """The hub's front door: it signs the conversations that it founds, and opens none of its own."""

    def loads(self, members: list[bytes]) -> dict[bytes, int]:
        """By what this door gave out itself: wraps can be pushed by any member, to look busy or to seem idle."""
        return self.store.given(members)

    def visit(self, code: bytes) -> "Visit":
        """The visit of whoever has this code (eleven bytes)."""
        return Visit(self, codes.keys_of(code, self.roster.programme))

    def testimony(self, code: bytes) -> "Visit":
        """What whoever has this code left for a court: a folder apart, with keys of its own."""
        return Visit(self, codes.keys_of(code, self.roster.programme, "testimony"), kind="testimony")

    def keeps_testimony(self) -> bool:
        """Whether there is anybody to whom a testimony can be sealed."""
        return bool(self.roster.active(Seat.TESTIMONY))


@dataclass(frozen=True)
class Posted:
    """What became of a post: whether it was new, and who of intake is to be rung."""

    new: bool
    ring: tuple[Member, ...] = ()


class Visit:
    """One person's own folder of a kind, seen with their keys: their conversation, or what they left for a court."""

    def __init__(self, door: Door, keys: Keys, kind: str = "conversation") -> None:
        self.door = door
        self.keys = keys
        self.kind = kind
        self._ring: unseal.Ring | None = None
        self._history: History | None = None
        self._letters: dict[bytes, Letter | None] = {}

    @property
    def history(self) -> History | None:
        """The person's folder, or None where these keys open nothing here."""
        if self._history is None:
            self._history = self._open()
        return self._history

    @property
    def conversation(self) -> Conversation | None:
        """What the conversation comes to."""
        history = self.history
        return conversation.fold(history) if history and self.kind == "conversation" else None

    @property
    def left(self) -> testimony.Testimony | None:
        """What the person left for a court."""
        history = self.history
        return testimony.fold(history) if history and self.kind == "testimony" else None

    def _open(self) -> History | None:
        """The conversation as the store has it now; what was opened before in this visit is not opened again."""
        store, roster = self.door.store, self.door.roster
        for folder in sorted(store.folders_for(self.keys.id)):
            items = store.of_folder(folder)
            ring = unseal.take(self._ring_for(folder, items), items, self.keys, roster)
            history = tell(ring, roster, RULES, store.forgotten())
            if history is not None and history.owner == self.keys.id and history.kind == self.kind:
                self._ring = ring
                return history
        return None

    def _ring_for(self, folder: bytes, items: list[Item]) -> unseal.Ring:
        """The ring of this visit, or a new one where nothing was opened yet or something was erased meanwhile."""
        ring = self._ring
        if ring is None or ring.folder != folder or not set(ring.entries) <= {item.id for item in items}:
            return unseal.Ring(folder)
        return ring

    def _take(self, datas: list[bytes]) -> None:
        """Keep what this visit wrote, and see it without asking the store again."""
        self.door.store.add(datas)
        self._history = None
        if self._ring is None:
            return
        roster = self.door.roster
        unseal.take(self._ring, [read_item(data) for data in datas], self.keys, roster)
        self._history = tell(self._ring, roster, RULES, self.door.store.forgotten())

    @contextmanager
    def alone(self, *others: "Visit") -> Iterator[None]:
        """One transaction in which nobody else writes here, nor in the others; what was seen before is asked anew."""
        with ExitStack() as held:
            for one in (self, *others):
                held.enter_context(self.door.store.alone(one.keys.id + bytes(16)))
                one._history = None
            yield

    def post(self, nonce: bytes, *documents: Record, beside: int = 0) -> Posted:
        """Write documents into the person's folder, once for each nonce and text; a message founds the conversation,
        and an account what is left for a court.

        Durable when it returns. Raises `NobodyToRead` where there is nobody to read it, `NothingHere` for all that
        founds nothing where there is none, and `NoRoom` for what the hub or this person's allowance cannot take;
        `beside` are the bytes that are kept elsewhere with it.
        """
        texts = [write(document) for document in documents]
        with self.alone():
            there = self.history is not None
            if not there and not any(isinstance(document, BEGINS) for document in documents):
                raise NothingHere("this comes after what it belongs to")
            if there and not self._first_time(nonce, *texts):
                return Posted(new=False)
            self._refuse_too_much(documents, sum(map(len, texts)) + beside)
            if not there:
                self._found()
                self._first_time(nonce, *texts)
            for document in documents:
                self._append(document)
        return Posted(new=True, ring=self._readers())

    def attach(
        self, nonce: bytes, data: bytes, *, kind: file.Kind, media_type: str, cleaned: bool, why: str = ""
    ) -> Posted:
        """Seal a file into the person's folder, once for each nonce and content. Durable when it returns. Raises
        `NothingHere` before anything was written there, `Damaged` for an empty file and one over 20 MiB.
        """
        with self.alone():
            if self.history is None:
                raise NothingHere("a file comes after what it belongs to")
            if not self._first_time(nonce, sha256(data).digest()):
                return Posted(new=False)
            self._refuse_too_much((), len(data))
            said, pieces = file.seal(
                data, self.history.folder, kind=kind, media_type=media_type, cleaned=cleaned, why=why
            )
            self.door.store.add(pieces)
            self._append(said)
        return Posted(new=True, ring=self._readers())

    def keep_unchanged(self, nonce: bytes, data: bytes, *, kind: file.Kind) -> Posted:
        """A file as it was sent, for a court, with the person's yes to keeping it; it may be the first thing left."""
        with self.alone():
            if self.history is None:
                self._found()
            self.post(digest("original", nonce)[:16], testimony.Agreed(purpose="keep", given=True))
            return self.attach(nonce, data, kind=kind, media_type="", cleaned=False, why="original")

    def _refuse_too_much(self, documents: tuple[Record, ...], size: int) -> None:
        """Raise `TooMuch` where this person has left much already, and `NoRoom` where the hub is full; signs of life
        and withdrawals are taken then too. Without documents it is a file.
        """
        so_far = allowance.so_far(self.history, self.door.now)
        allowance.refuse_more(self.kind, so_far, documents, size)
        long = size > allowance.SHORT and not so_far.answered
        weighs = not documents or any(allowance.weighs(document) for document in documents)
        if weighs and not self.door.store.has_room(size, message=bool(documents), long=long):
            fault = allowance.TooLong if documents and long else NoRoom
            raise fault("the hub is full, and nothing is left that it may drop")

    def _first_time(self, nonce: bytes, *texts: bytes) -> bool:
        """Whether this was not posted into this folder before; its mark stands or falls with what is written now. What
        was erased and is sent again is new.
        """
        folder = self.history.folder if self.history else b""
        mark = derive(self.keys.secret, "post", salt=digest("post", folder, nonce, *texts))
        return self.door.store.once(mark)

    # Letters of other desks

    def letters(self) -> list[Opened]:
        """The letters that only this person opens, the oldest first."""
        return open_letters(self.conversation, self.keys, self.door.roster, self._letters)

    def answer(
        self, nonce: bytes, letter: bytes, folder_kind: str, make: Callable[[int], Record], said: Said = ""
    ) -> Posted:
        """Drop an answer where a letter says, into a folder that the person cannot read; the conversation keeps that
        they answered. `make` is given how many answers there were before, plus one. Once for each nonce and answer:
        what somebody corrects on the same page is sent too. Raises `NoSuchLetter`,
        and `Damaged` for an answer that is too long to be kept.
        """
        with self.alone():
            state = self.conversation
            found = next((one for one in self.letters() if one.name == letter), None)
            if state is None or found is None or found.slot is None:
                raise NoSuchLetter("no such letter, or none that takes an answer")
            first = make(0)
            kind, data = kind_of(folder_kind, first), write(first)
            read_document(folder_kind, kind, data)  # what nobody could read again is not sent
            of_this = digest("answer", nonce, data)[:16]
            posted = self.post(of_this, Answered(letter=letter, said=said), beside=len(data))
            if posted.new:
                document = make(len(state.answered) + 1)
                dropped = compose.drop(
                    self.keys, found.slot, roster=self.door.roster, kind=kind,
                    document=write(document), time=self.door.now,
                )  # fmt: skip
                self.door.store.add([dropped])
        return posted

    def _found(self) -> None:
        door, row = self.door, TABLE[self.kind]
        readers = door.least_loaded(row.seats[0], row.most)
        if not readers:
            nobody = NobodyOnIntake if self.kind == "conversation" else NobodyKeepsTestimony
            raise nobody(f"nobody of {row.seats[0]} is on the roster")
        _, epoch = compose.found_folder(
            door.keys, roster=door.roster, kind=self.kind, readers=[member.keys for member in readers],
            owner=self.keys.public, quorum=door.quorum, time=door.now,
        )  # fmt: skip
        door.store.give(member.id for member in readers)
        self._ring = unseal.Ring(epoch.folder)
        self._take(epoch.items)
        if self.kind == "conversation":
            door.store.quota.gave(epoch.folder, [member.id for member in readers])

    def _append(self, document: Record) -> None:
        history = self.history
        if history is None:
            raise compose.NotHeld("these keys open nothing here")
        data, _ = compose.next_entry(
            self.keys, self._one_epoch(history), roster=self.door.roster, kind=kind_of(self.kind, document),
            document=write(document), time=self.door.now,
        )  # fmt: skip
        self._take([data])

    def _one_epoch(self, history: History) -> History:
        """The history with one of its current epochs: all are the person's own, and desks merge them."""
        return replace(history, current=history.current[:1])

    def _readers(self) -> tuple[Member, ...]:
        history, members = self.history, self.door.roster.members
        holders = (members.get(ident) for ident in history.holders) if history else ()
        return tuple(member for member in holders if member is not None and member.active)

    # Erasing

    def forget_words(self) -> int:
        """Erase the person's own messages, files and answers everywhere, and keep the conversation; how many."""
        with self.alone():
            count = self._bury_words()
        if count:
            self.door.store.scrub()
        return count

    def ask_erasure(self, *others: "Visit") -> Posted:
        """Ask for all of it to be erased, also what other desks keep: the person's own words go at once, with all of
        the others, and the rest is for two members. Asked twice it is asked once. Raises `NothingHere` where these keys
        open nothing; then nothing went.
        """
        with self.alone(*others):
            if self.conversation is None:
                raise NothingHere("nothing to be erased")
            self._bury_words()
            for one in others:
                one._bury_all()
            posted = self.post(bytes(16), conversation.EraseAsked())
        self.door.store.scrub()
        return posted

    def erase(self, *others: "Visit") -> bool:
        """Erase the whole folder everywhere, and those of the others with it. False where these keys open nothing."""
        with self.alone(*others):
            erased = [one._bury_all() for one in (self, *others)]
        if any(erased):
            self.door.store.scrub()
        return erased[0]

    def _bury_words(self) -> int:
        history = self.history
        mine = (
            [t.opened for t in history.told if t.by_owner and t.opened.kind in FORGOTTEN] if history else []
        )
        if history is None or not mine:
            return 0
        files = [read(one.entry.document, file.File) for one in mine if one.kind == "file"]
        seals = sorted({*(one.seal_id for one in mine), *(i for one in files for i in one.pieces)})
        names = sorted(one.name for one in mine)
        parts = [slice(at, at + IN_A_GRAVE) for at in range(0, len(seals), IN_A_GRAVE)]
        self._bury(
            [Grave(folder=history.folder, seals=tuple(seals[p]), names=tuple(names[p])) for p in parts]
        )
        return len(mine)

    def _bury_all(self) -> bool:
        history = self.history
        if history is None:
            return False
        self._bury([Grave(folder=history.folder, seals=(), names=())])
        return True

    def _bury(self, graves: Sequence[Grave]) -> None:
        """Nothing is said to be erased that was not: raises `Damaged` where the store refuses a burial."""
        founded = (one.statement.terms for one in (self._ring.statements.values() if self._ring else ()))
        terms = next(terms.digest for terms in founded if terms and terms.folder == graves[0].folder)
        added = self.door.store.add([bury_own(self.keys, terms, grave) for grave in graves])
        if added.refused:
            raise Damaged("a burial was refused, so nothing is erased")
        self._ring = self._history = None
