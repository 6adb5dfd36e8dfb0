"""A hub that is full drops junk that was put aside, the oldest first, and never anything else."""

import pytest
from django.apps import apps

from banyan.cases.folders.conversation import CheckIn, Message
from banyan.cases.folders.testimony import Account
from banyan.cases.testing import Programme
from banyan.folders.peers import LocalPeer
from banyan.folders.quota import NoRoom
from banyan.folders.seats import Seat
from banyan.folders.tests.places import junk_wrap
from banyan.sealing import codes

BIG = "watches " * 2000


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch):
    """Bounds the hub to what it holds now and so many bytes more."""

    def bound(programme: Programme, more: int) -> None:
        monkeypatch.setenv("BANYAN_ROOM", str(programme.hub.quota.used() + more))

    return bound


def _write(programme: Programme, text: str = BIG, weeks: int = 0):
    programme.clock.forward(hours=weeks * 7 * 24)
    visit = programme.door.visit(codes.new_code())
    visit.post(bytes(16), Message(text=text, language="en"))
    return visit


def _aye(programme: Programme) -> LocalPeer:
    return LocalPeer(programme.hub, programme.desks["Aye"].keys.id)


def _there(programme: Programme, *visits) -> list[bool]:
    """Whether each of these people still has a conversation here."""
    return [bool(programme.hub.folders_for(one.keys.id)) for one in visits]


def test_what_was_put_aside_goes_first_to_last_and_nothing_else(programme: Programme, room) -> None:
    honest = _write(programme)
    junk = [_write(programme, weeks=1) for _ in range(120)]
    _aye(programme).aside([visit.history.folder for visit in reversed(junk)])
    room(programme, 40_000)
    assert programme.hub.has_room(30_000, message=True)
    assert all(_there(programme, honest, *junk))  # it fits: nothing is dropped
    assert programme.hub.has_room(70_000, message=True)
    left = _there(programme, *junk)
    assert left == sorted(left) and not left[0] and left[-1]
    assert _there(programme, honest) == [True]


def test_a_conversation_that_grew_is_never_dropped(programme: Programme, room) -> None:
    wrote, answered, junk = _write(programme), _write(programme), _write(programme)
    programme.carry()
    programme.carry()
    _aye(programme).aside([visit.history.folder for visit in (wrote, answered, junk)])
    wrote.post(b"2" * 16, CheckIn(how="ok"))
    aye = programme.desks["Aye"]
    aye.write(answered.history.folder, Message(text="Hello", language="en"))
    programme.carry()
    room(programme, 0)
    assert not programme.hub.has_room(
        10**9, message=True
    )  # more than there is at all: nothing is dropped for it
    assert all(_there(programme, wrote, answered, junk))
    assert not programme.hub.has_room(programme.hub.quota.used(), message=True)
    assert _there(programme, wrote, answered, junk) == [True, True, False]


def test_what_is_taken_back_stays(programme: Programme, room) -> None:
    one, other = _write(programme), _write(programme)
    both = [one.history.folder, other.history.folder]
    _aye(programme).aside(both)
    _aye(programme).aside(both[:1], back=True)
    assert programme.hub.quota.aside() == {both[1]}
    room(programme, 0)
    programme.hub.has_room(60_000, message=True)
    assert _there(programme, one, other) == [True, False]


def test_only_who_was_given_a_conversation_puts_it_aside(programme: Programme) -> None:
    folder = _write(programme).history.folder
    for reader in (programme.desks["Chit"].keys.id, bytes(16), None):
        LocalPeer(programme.hub, reader).aside([folder])
    assert programme.hub.quota.aside() == set()
    _aye(programme).aside([folder, bytes(32)])
    assert programme.hub.quota.aside() == {folder}
    LocalPeer(programme.hub, programme.desks["Chit"].keys.id).aside([folder], back=True)
    assert programme.hub.quota.aside() == {folder}


def test_no_wrap_that_somebody_brings_makes_a_folder_one_to_drop(tmp_path, django_db_blocker, room) -> None:
    with django_db_blocker.unblock():
        members: dict[str, tuple[Seat, ...]] = {
            "Aye": (Seat.INTAKE,),
            "Ei": (Seat.SCREENING,),
            "Dway": (Seat.OFFICE,),
            "Zin": (Seat.TESTIMONY,),
        }
        made = Programme(tmp_path, members)
        try:
            _no_forged_wrap(made, room)
        finally:
            made.close()


def _no_forged_wrap(made: Programme, room) -> None:
    identity = made.desks["Ei"].found("identity", [])
    made.carry()
    left, junk = made.door.testimony(codes.new_code()), _write(made)
    left.post(bytes(16), Account(text="What I saw", language="en"))
    assert left.history is not None
    folders = [identity, left.history.folder]
    forged = [junk_wrap(folder, made.keys["Aye"].id) for folder in folders]
    assert len(_aye(made).push(forged).confirmed) == 2
    _aye(made).aside([*folders, junk.history.folder])
    assert made.hub.quota.aside() == {junk.history.folder}
    noted = apps.get_model("folders", "Aside")  # nor where an older hub had noted them
    noted.objects.using(made.hub.alias).bulk_create(
        noted(folder=folder, week=0, seals=made.hub.seals_in(folder)) for folder in folders
    )
    room(made, 0)
    made.hub.has_room(made.hub.quota.used(), message=True)
    assert all(made.hub.seals_in(folder) for folder in folders) and _there(made, left, junk) == [True, False]


def test_files_are_refused_first_and_messages_last(programme: Programme, room, monkeypatch) -> None:
    visit = _write(programme)
    used = programme.hub.quota.used()
    monkeypatch.setenv("BANYAN_ROOM", str(int(used / 0.9) + 20_000))
    assert programme.hub.has_room(10_000) and not programme.hub.has_room(40_000)
    with pytest.raises(NoRoom):
        visit.attach(b"f" * 16, b"x" * 40_000, kind="text", media_type="text/plain", cleaned=True)
    assert not visit.conversation.files
    assert visit.post(b"3" * 16, Message(text="still heard", language="en")).new
    room(programme, -1)
    with pytest.raises(NoRoom):
        visit.post(b"4" * 16, Message(text="one more", language="en"))
    assert visit.post(b"5" * 16, CheckIn(how="ok")).new  # a sign of life is always taken
    monkeypatch.delenv("BANYAN_ROOM")
    assert visit.post(
        b"4" * 16, Message(text="one more", language="en")
    ).new  # what was refused was not half kept


def test_without_a_bound_nothing_is_refused_and_nothing_dropped(programme: Programme) -> None:
    junk = _write(programme)
    _aye(programme).aside([junk.history.folder])
    assert programme.hub.has_room(10**15)
    assert _there(programme, junk) == [True]


def test_who_comes_back_after_a_drop_is_heard_anew(programme: Programme, room, monkeypatch) -> None:
    visit = _write(programme)
    _aye(programme).aside([visit.history.folder])
    room(programme, 0)
    programme.hub.has_room(30_000, message=True)
    monkeypatch.delenv("BANYAN_ROOM")
    assert programme.door.visit(bytes(11)).conversation is None
    assert visit.post(b"6" * 16, Message(text="I am a person", language="en")).new
    assert visit.conversation.messages[-1].document.text == "I am a person"


def test_staff_syncs_into_a_full_hub(programme: Programme, room) -> None:
    visit = _write(programme)
    programme.carry()
    room(programme, -1000)
    aye = programme.desks["Aye"]
    aye.write(visit.history.folder, Message(text="We hear you", language="en"))
    unsent = aye.store.unsent()
    assert unsent and len(
        _aye(programme).push([item.data for item in aye.store.get(unsent)]).confirmed
    ) == len(unsent)
