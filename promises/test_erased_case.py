"""All that a programme keeps of one person is erased by two, everywhere, and by nobody alone."""

import secrets

import pytest

from banyan.cases import burials
from banyan.cases.casework import NotYet
from banyan.cases.folders import placement
from banyan.cases.folders.conversation import Message
from banyan.cases.folders.tally import Tally
from banyan.cases.journey import Journey
from banyan.cases.models import CaseRow, ConversationRow, FolderRow
from banyan.cases.visit import NothingHere
from banyan.desks.intake import erasing
from banyan.desks.office import actions as office
from banyan.folders import acts
from banyan.folders import roster as chain
from banyan.folders.grave import Grave
from banyan.folders.items import read_item
from banyan.folders.membership import check_next
from banyan.folders.peers import LocalPeer
from banyan.folders.pouch import items_for, take_in_pouch, write_pouch
from banyan.folders.roster import Bury
from banyan.sealing.faults import Forged
from banyan.sealing.format import write
from promises.kit import arrive


def folders_of(way: Journey) -> tuple[bytes, ...]:
    """All folders of the person, as Aye's desk knows them."""
    talk = way.desk("Aye").conversation(way.folder)
    assert talk is not None
    return erasing.whole(way.desk("Aye"), talk).folders


def rows(desk, folders) -> int:
    """How many rows and words of these folders a desk's view has."""
    counted = (
        model.objects.using(desk.view.alias).filter(folder__in=folders).count()
        for model in (ConversationRow, CaseRow, FolderRow)
    )
    return sum(counted) + sum(folder in folders for folder in desk.view.saying("leave"))


def counted(way: Journey) -> int:
    """How many facts stand in the boxes for counting."""
    thi = way.desk("Thi")
    return sum(len(thi.state(box, Tally).counted) for box in thi.held("tally"))


def sign(desk) -> None:
    """Chit signs what waits, by the action of the office's page."""
    (waits,) = office.waiting(desk).values()
    office.sign(desk=desk, act=waits.id)


def test_a_case_is_erased_by_two_at_the_hub_and_at_every_desk_and_comes_back_from_nowhere(whole, tmp_path):
    way = Journey(whole).supported()
    other = arrive(whole, "somebody else wants to leave")
    folders, facts = folders_of(way), counted(way)
    assert len(folders) == 8 and all(whole.hub.of_folder(folder) for folder in folders)
    away = {name: whole.desks[name] for name in ("Ba", "Mon")}
    online = [desk for name, desk in whole.desks.items() if name not in away]
    write_pouch(tmp_path / "old", items_for(whole.hub, None), wraps=True)
    assert way.visit().ask_erasure().new
    whole.carry(*online)
    aye, chit = whole.desks["Aye"], whole.desks["Chit"]
    erasing.erase_all(desk=aye, folder=way.folder, reason="asked")
    assert whole.place(*online) == 0
    assert rows(aye, folders) and whole.hub.of_folder(way.cover) and way.visit().conversation is not None

    sign(chit)
    assert whole.place(*online) == 1
    assert not any(whole.hub.of_folder(folder) for folder in folders)
    for desk in online:
        assert rows(desk, folders) == 0 and not any(desk.store.of_folder(folder) for folder in folders)
        assert desk.conversation(way.folder) is None and desk.case(way.cover) is None
    assert aye.conversation(other.folder).messages and other.folder in aye.view.saying("leave")
    assert counted(way) == facts  # without a name, and it stays
    assert not {item.folder for item in map(read_item, items_for(whole.hub, None))} & set(folders)

    with pytest.raises(NothingHere):
        way.visit().ask_erasure()
    assert way.visit().conversation is None

    ba, mon = away.values()
    assert ba.conversation(way.folder) is not None  # it has not heard yet: the limit
    ba.write(way.folder, Message(text="written offline", language="en"))
    mon.write(way.part("Mon", "placement"), placement.Begun(cover=way.cover))
    whole.carry(ba, mon)
    assert rows(ba, folders) == rows(mon, folders) == 0
    assert not any(desk.store.of_folder(f) for desk in (ba, mon, whole.desks["Aye"]) for f in folders)
    assert not any(whole.hub.of_folder(folder) for folder in folders)

    for store in (whole.hub, aye.store, mon.store):
        new = take_in_pouch(store, tmp_path / "old").pulled.new
        assert not {item.folder for item in store.get(new)} & set(folders)
        assert not any(store.of_folder(folder) for folder in folders)
    for desk in (aye, mon):
        desk.take_in_all()
    assert rows(mon, folders) == 0
    assert rows(aye, folders) == 0 and aye.held("conversation") == [other.folder]


def test_an_erasure_is_placed_once_and_its_signatures_hold_for_no_other(whole):
    way, other = Journey(whole).opens(), Journey(whole).opens()
    aye, chit = whole.desks["Aye"], whole.desks["Chit"]
    erasing.erase_all(desk=aye, folder=way.folder, reason="told")
    whole.carry()
    (waits,) = office.waiting(chit).values()
    sign(chit)
    whole.carry(chit)
    (signed,) = office.waiting(chit).values()
    assert whole.place() == 1
    roster = whole.hub.roster()
    again = {"index": roster.index + 1, "previous": tuple(sorted(roster.head)), "time": aye.now // 1000}
    link = chain.place(aye.keys, act=signed.data, assents=signed.assents, **again)
    with pytest.raises(Forged, match="already used"):
        check_next(roster, read_item(link))
    assert not LocalPeer(whole.hub, aye.keys.id).place(link).accepted
    grave = Grave(folder=other.folder, seals=(), names=())
    swapped = write(Bury(graves=(grave,), reason="told", made=aye.now // 1000, nonce=b"s" * 16))
    link = chain.place(aye.keys, act=swapped, assents=signed.assents, **again)
    assert not LocalPeer(whole.hub, aye.keys.id).place(link).accepted
    assert office.waiting(chit) == {} and waits.id in roster.acts
    assert whole.hub.of_folder(other.folder) and aye.conversation(other.folder) is not None


def test_two_who_propose_at_once_erase_once_and_the_rest_lapses(whole):
    way = Journey(whole).opens()
    aye, ba, chit = (whole.desks[name] for name in ("Aye", "Ba", "Chit"))
    for desk in (aye, ba):
        erasing.erase_all(desk=desk, folder=way.folder, reason="told")
    whole.carry()
    waiting = office.waiting(chit)
    assert len(waiting) == 2
    office.sign(desk=chit, act=next(iter(waiting)))
    assert whole.place() == 1
    assert office.waiting(chit) == {}  # what is left would change nothing
    with pytest.raises(NotYet):
        office.sign(desk=chit, act=list(waiting)[1])
    assert whole.hub.of_folder(way.folder) == [] and ba.conversation(way.folder) is None


def test_the_wrong_seats_propose_and_sign_nothing(whole):
    way = Journey(whole).opens()
    grave = Grave(folder=way.folder, seals=(), names=())
    for name in ("Chit", "Yu", "Ei", "Mon", "Lin", "Oo", "Thi"):
        desk = whole.desks[name]
        with pytest.raises(NotYet, match="Only intake and planning"):
            burials.propose(desk, [way.folder], "told")
        act = Bury(graves=(grave,), reason="told", made=desk.now // 1000, nonce=secrets.token_bytes(16))
        desk.store.add(  # a desk that keeps no rule
            [acts.mark(acts.Sort.ACT, write(act)), acts._assent_item(desk.keys, desk.roster, write(act))], unsent=True
        )  # fmt: skip
    assert whole.place() == 0
    assert all(office.waiting(desk) == {} for desk in whole.desks.values())
    erasing.erase_all(desk=whole.desks["Aye"], folder=way.folder, reason="told")
    assert whole.place() == 0
    for name in ("Ba", "Kyi", "Ei", "Mon"):
        (waits,) = office.waiting(whole.desks[name]).values()
        with pytest.raises(NotYet, match="somebody of the office"):
            office.sign(desk=whole.desks[name], act=waits.id)
    assert whole.place() == 0 and whole.hub.of_folder(way.folder)
    sign(whole.desks["Yu"])  # of oversight
    assert whole.place() == 1 and whole.hub.of_folder(way.folder) == []


def test_what_two_erased_leaves_the_hubs_file_too(whole):
    way = Journey(whole).opens()
    (item, *_) = whole.hub.of_folder(way.cover)
    part = item.data[-80:-20]

    def file() -> bytes:
        return b"".join(path.read_bytes() for path in whole.folder.glob("hub.sqlite3*"))

    assert part in file()
    erasing.erase_all(desk=whole.desks["Aye"], folder=way.folder, reason="law")
    whole.carry()
    sign(whole.desks["Chit"])
    assert part in file() and whole.place() == 1
    assert part not in file()
