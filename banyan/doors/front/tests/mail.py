"""Letters of other desks in a small programme: written as the desks write them, without a case around."""

from banyan.cases.folders import identity, passage, support
from banyan.cases.folders.conversation import Conversation, ForPerson, Letter
from banyan.cases.folders.cover import Case, Opening
from banyan.cases.testing import Programme
from banyan.folders.epoch import Slot
from banyan.folders.membership import Member
from banyan.folders.seats import Seat
from banyan.sealing import boxes
from banyan.sealing.format import write

MEMBERS: dict[str, tuple[Seat, ...]] = {
    "Aye": (Seat.INTAKE,),
    "Ba": (Seat.INTAKE,),
    "Ei": (Seat.SCREENING,),
    "Gyi": (Seat.SCREENING,),
    "Kyi": (Seat.PLANNING,),
    "Khin": (Seat.PLANNING,),
    "Mon": (Seat.SHELTER,),
    "San": (Seat.PAYING,),
    "Oo": (Seat.ENTERING,),
}
FOLDERS = {
    "names": ("identity", "Ei"), "question": ("identity", "Ei"), "way": ("cover", "Aye"),
    "word": ("passage", "Kyi"), "money": ("support", "Oo"),
}  # fmt: skip
WRITES = {"money": "San", "way": "Kyi"}
STATES = {
    "identity": identity.Identity,
    "cover": Case,
    "passage": passage.Passage,
    "support": support.Support,
}


class Mail:
    """One person's conversation, and the folders into which they answer."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        programme.carry()
        programme.carry()
        self.aye = programme.desks["Aye"]
        (self.folder,) = self.aye.held("conversation")[-1:]
        self.folders: dict[str, bytes] = {}

    def member(self, name: str) -> Member:
        return self.programme.hub.roster().members[self.programme.keys[name].id]

    def part(self, kind: str) -> bytes:
        """The folder of this kind, founded by its desk at first."""
        if kind not in self.folders:
            founder = next(who for folder, who in FOLDERS.values() if folder == kind)
            readers = {"identity": ["Gyi"], "support": ["San"], "cover": ["Kyi"]}.get(kind, [])
            desk = self.programme.desks[founder]
            person = self.aye.person(self.folder)
            assert person is not None
            readers_ = [self.member(name).keys for name in readers]
            self.folders[kind] = folder = desk.found(kind, readers_, hears=person)
            if kind == "cover":
                opening = Opening(
                    reference="quiet river 7", conversation=self.folder, number=b"n" * 16, person=person,
                    slot=self.aye.slot(self.folder), adults=1, children=0, needs=(),
                )  # fmt: skip
                desk.write(folder, opening)
        return self.folders[kind]

    def write(self, kind: str, letter: Letter, *, by: str = "", takes: bool = True) -> None:
        """A desk drops a letter, and everything is carried."""
        folder, founder = FOLDERS.get(kind, ("", "Mon"))
        slot = self.programme.desks[founder].slot(self.part(folder)) if folder and takes else None
        self.drop(kind, self.sealed(letter), slot, by or WRITES.get(kind, founder))

    def sealed(self, letter: Letter) -> bytes:
        slot, person = self.aye.slot(self.folder), self.aye.person(self.folder)
        assert person is not None
        return boxes.seal_drop(person, folder=slot.folder, epoch=slot.epoch, plaintext=write(letter))

    def drop(self, kind: str, sealed: bytes, slot: Slot | None, by: str) -> None:
        document = ForPerson(kind=kind, slot=slot, sealed=sealed)  # type: ignore[arg-type]
        self.programme.desks[by].drop(self.aye.slot(self.folder), "conversation", document)
        self.programme.clock.forward(minutes=1)
        self.programme.carry()

    def told(self, kind: str, name: str = ""):
        """What the folder comes to at a desk that holds it, once everything is carried."""
        self.programme.carry()
        founder = next(who for folder, who in FOLDERS.values() if folder == kind)
        return self.programme.desks[name or founder].state(self.part(kind), STATES[kind])

    def talk(self) -> Conversation:
        """What intake has of it."""
        self.programme.carry()
        state = self.aye.conversation(self.folder)
        assert state is not None
        return state
