"""What the tests of promises share: a programme with a story in it, and hands on the rows at rest."""

from dataclasses import dataclass

from django.db import connections

from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import About, CaseOpened, Consent, ConsentAsked, Message, Triage
from banyan.cases.folders.cover import Opening
from banyan.cases.folders.notebook import SavedReply
from banyan.cases.testing import Programme
from banyan.folders.items import Item, Sort, read_item
from banyan.folders.roster import Change, assent, place
from banyan.folders.store import Store
from banyan.sealing import codes
from banyan.sealing.format import write


@dataclass(frozen=True)
class Story:
    """A person who wrote: their code, their conversation, and the cover of their case where there is one."""

    code: bytes
    folder: bytes
    cover: bytes | None = None


def write_in(programme: Programme, text: str = "I want to leave") -> bytes:
    """Somebody new writes at the door; their code."""
    code = codes.new_code()
    visit = programme.door.visit(code)
    assert visit.post(b"n" * 16, About(danger=True, force="ARMY"), Message(text=text, language="en")).new
    return code


def arrive(programme: Programme, text: str = "I want to leave") -> Story:
    """The same, and every desk has heard of it and renewed it."""
    code = write_in(programme, text)
    programme.carry()
    programme.carry()
    history = programme.door.visit(code).history
    assert history is not None
    return Story(code, history.folder)


def arrive_merged(programme: Programme) -> Story:
    """The same; and the epochs that both desks made at once are one again."""
    story = arrive(programme)
    programme.desks["Aye"].write(story.folder, Triage(topic="road"))
    programme.carry()
    return story


def open_case(programme: Programme, desk: Desk, story: Story) -> Story:
    """Consent is asked and given, and the desk opens a case that it alone holds."""
    desk.write(story.folder, ConsentAsked(purposes=("service",)))
    programme.carry()
    programme.door.visit(story.code).post(b"c" * 16, Consent(purpose="service", given=True, adult=True))
    person = desk.person(story.folder)
    assert person is not None
    cover = desk.found("cover", [])
    desk.write(
        cover,
        Opening(
            reference="quiet river 7", conversation=story.folder, number=b"n" * 16, person=person,
            slot=desk.slot(story.folder), adults=1, children=0, needs=(),
        ),
    )  # fmt: skip
    desk.write(story.folder, CaseOpened(cover=cover))
    programme.carry()
    return Story(story.code, story.folder, cover)


def keep_a_reply(desk: Desk) -> bytes:
    """A saved reply in the desk's own notebook; the notebook's id."""
    notebook = desk.found("notebook", [])
    desk.write(notebook, SavedReply(key=b"k" * 16, title="Hello", text="You are heard", language="en"))
    return notebook


def remove(programme: Programme, name: str, *, at: Store | None = None) -> None:
    """The office removes a member, by a link that the hub (or another place) takes in."""
    store = at or programme.hub
    roster = store.roster()
    act = write(
        Change(what="remove", member=programme.keys[name].id, seats=(), made=roster.index, nonce=b"r" * 16)
    )
    signers = [one for one in ("Chit", "Dway", "Aye") if one != name][:2]
    store.add([
        place(
            programme.keys[signers[0]], index=roster.index + 1, previous=tuple(sorted(roster.head)),
            time=roster.index, act=act,
            assents=tuple(assent(programme.keys[one], roster.programme, act) for one in signers),
        )
    ])  # fmt: skip


def everything(programme: Programme) -> list[bytes]:
    """A copy of all items of all stores."""
    stores = [programme.hub, *(desk.store for desk in programme.desks.values())]
    return list({item.id: item.data for store in stores for item in store.get(store.ids_for(None))}.values())


def read_items(datas: list[bytes]) -> list[Item]:
    """The bytes as items."""
    return [read_item(data) for data in datas]


def raw(store: Store, query: str, *values: object) -> list[tuple[object, ...]]:
    """A statement on the rows at rest, past all checks."""
    with connections[store.alias].cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def ids(store: Store, sort: Sort) -> list[bytes]:
    """The ids of all items of a sort at rest."""
    rows = raw(store, "SELECT item FROM folders_held WHERE sort = %s ORDER BY item", str(sort))
    return [bytes(row[0]) for row in rows]  # type: ignore[call-overload]
