"""No member joins a recorded name to a recorded place: every key there is, against a copy of every store, over a
programme in which three cases stand at three stages.
"""

import secrets
from collections import Counter

import pytest

from banyan.cases import casework
from banyan.cases.attached import read_file
from banyan.cases.folders import FOLDS, house, identity, leg, passage, placement, support
from banyan.cases.folders.conversation import Letter
from banyan.cases.folders.testimony import Account, Agreed, Custody, Testimony
from banyan.cases.journey import Journey
from banyan.cases.table import TABLE
from banyan.cases.testing import WHOLE, Programme
from banyan.folders.epoch import quorum_recipient
from banyan.folders.items import Sort, read_item
from banyan.folders.seats import WHERE_SIDE, WHO_SIDE, Seat
from banyan.sealing import codes
from banyan.sealing.keys import Keys
from banyan.sealing.quorum import bucket_of
from promises.kit import everything
from promises.test_keys import opened

NAME, WAY, HOUSE, LETTER, SPOKEN = (
    "Zaw-canary-name",
    "canary-crossing",
    "canary-house",
    "canary-letter",
    "I want to leave",
)
PLACES = (WAY, HOUSE)
SEEN, PICTURE = "canary-what-I-saw", b"canary-of-a-picture" * 1000
COURT = {**WHOLE, "Zin": (Seat.TESTIMONY,)}


@pytest.fixture
def whole(tmp_path, django_db_blocker):
    """The programme with somebody on every seat; Zin keeps testimony."""
    with django_db_blocker.unblock():
        made = Programme(tmp_path, COURT)
        yield made
        made.close()


@pytest.fixture
def three(whole):
    """One with a bed and money, one on the way, one who is being screened; all three told their names."""
    there, going, here = Journey(whole), Journey(whole), Journey(whole)
    there.supported()
    _name(there, "Min Min Latt")
    mon = there.desk("Mon")
    home = mon.found("house", [there.member("Nwe").keys])
    mon.write(home, house.About(label=HOUSE, region="TH", beds=4, keeper=whole.keys["Nwe"].id, words=HOUSE))
    key, folder = secrets.token_bytes(16), there.part("Mon", "placement")
    mon.write(folder, placement.Asked(shelter=home, key=key, people=3))
    mon.write(home, house.Request(key=key, people=3))
    going.goes()
    kyi = going.desk("Kyi")
    on_foot = kyi.found("leg", [going.member("Lin").keys])
    kyi.write(on_foot, leg.Begun(passage=going.part("Kyi", "passage"), nth=1))
    kyi.write(on_foot, leg.Way(meet=WAY, end=WAY, means="on_foot"))
    kyi.write(going.part("Kyi", "passage"), passage.SafetyPlan(first_step=WAY, region="MM-13"))
    casework.write_to_person(kyi, going.cover, "way", Letter(text=LETTER))
    here.found_twice()
    left = whole.door.testimony(there.code)
    left.post(b"t" * 16, Agreed(purpose="keep", given=True), Account(text=SEEN, language="en"))
    left.attach(b"u" * 16, PICTURE, kind="jpeg", media_type="", cleaned=False)
    whole.carry()
    whole.carry()
    return whole, there, going, here, on_foot, home


def _name(way: Journey, name: str) -> None:
    """The screeners note the name that the person told, with the canary."""
    folder = next(
        f for f in way.desk("Ei").held("identity")
        if way.state("Ei", f, identity.Identity).cover == way.cover
    )  # fmt: skip
    way.desk("Ei").write(
        folder, identity.Person(given=f"{name} {NAME}", birth_year=1990, service_number="123")
    )


def words(histories) -> bytes:
    """All that a key opens, as bytes."""
    return b"\0".join(bytes(told.opened.entry.document) for one in histories for told in one.told)


def test_what_every_seat_opens_over_all_folders_is_what_the_table_and_the_assignments_say(three):
    whole, *_ = three
    items, roster = [read_item(data) for data in everything(whole)], whole.hub.roster()
    kinds = {}
    for name, keys in whole.keys.items():
        histories = opened(items, keys, roster)
        kinds[name] = Counter(history.kind for history in histories.values())
        for history in histories.values():
            assert roster.members[keys.id].seats & set(TABLE[history.kind].seats)
            assert len(history.holders & roster.members.keys()) <= TABLE[history.kind].most
    screener = {"cover": 3, "identity": 3, "finding": 6}
    assert kinds == {
        "Aye": {"conversation": 3, "cover": 3}, "Ba": {"conversation": 3, "cover": 3},
        "Ei": screener, "Gyi": screener, "Hla": {"cover": 3, "finding": 6},
        "Kyi": {"cover": 2, "passage": 2, "leg": 1}, "Lin": {"leg": 1},
        "Mon": {"cover": 1, "placement": 1, "house": 1}, "Nwe": {"cover": 1, "placement": 1, "house": 1},
        "Oo": {"cover": 1, "support": 1}, "Phyu": {"cover": 1, "support": 1}, "San": {"cover": 1, "support": 1},
        "Thi": {"tally": 1}, "Chit": {}, "Dway": {}, "Yu": {}, "Zin": {"testimony": 1},
    }  # fmt: skip
    assert (
        {kind for held in kinds.values() for kind in held}
        == set(TABLE) - {"notebook"}
        == set(FOLDS) - {"notebook"} | {"cover"}
    )


def test_no_member_joins_a_recorded_name_to_a_recorded_place(three):
    whole, *_ = three
    items, roster = [read_item(data) for data in everything(whole)], whole.hub.roster()
    who, where = set(), set()
    for name, keys in whole.keys.items():
        read = words(opened(items, keys, roster).values())
        knows_name, knows_place = NAME.encode() in read, any(one.encode() in read for one in PLACES)
        assert not (knows_name and knows_place), name
        assert LETTER.encode() not in read  # what is written to the person is the person's alone
        assert (SPOKEN.encode() in read) == (name in ("Aye", "Ba"))
        who |= {name} if knows_name else set()
        where |= {name} if knows_place else set()
    assert who == {"Ei", "Gyi"} and where == {
        "Kyi",
        "Lin",
        "Mon",
        "Nwe",
    }  # the test finds what is there to be found
    assert all(set(WHOLE[name]) <= WHO_SIDE for name in who) and all(
        set(WHOLE[name]) <= WHERE_SIDE for name in where
    )


def test_the_door_the_persons_and_strangers_open_no_case(three):
    whole, there, going, here, *_ = three
    items, roster = [read_item(data) for data in everything(whole)], whole.hub.roster()
    for keys in (whole.door.keys, Keys.generate()):
        assert opened(items, keys, roster) == {}
    for way in (there, going, here):
        person, witness = (
            codes.keys_of(way.code, roster.programme, part) for part in ("person", "testimony")
        )
        assert set(opened(items, person, roster)) == {way.folder}
        left = [history.kind for history in opened(items, witness, roster).values()]
        assert left == (["testimony"] if way is there else [])
    assert [one.letter.text for one in going.visit().letters()][-1] == LETTER


def test_what_one_case_holds_shares_nothing_in_clear_with_another_folder_of_it(three):
    whole, there, *_ = three
    items = [read_item(data) for data in everything(whole)]
    case = there.case("Oo")
    (left,) = whole.desks["Zin"].held("testimony")
    ids = [there.folder, there.cover, case.part("support").folder, case.part("identity").folder, left]
    by_folder = {folder: [item for item in items if item.folder == folder] for folder in ids}
    for folder, mine in by_folder.items():
        clear = b"".join(item.data[:200] for item in mine)
        assert mine and not any(other in clear for other in ids if other != folder)
        assert not any(case.number in item.data for item in items if item.folder)
    assert support.Begun(cover=there.cover)


def test_who_leaves_a_case_reads_nothing_that_comes_after(three):
    whole, there, *_ = three
    items, roster = [read_item(data) for data in everything(whole)], whole.hub.roster()
    mine = opened(items, whole.keys["Ei"], roster)[there.cover]
    theirs = opened(items, whole.keys["Oo"], roster)[there.cover]
    assert len(mine.told) < len(theirs.told) and whole.keys["Ei"].id not in theirs.holders


def test_what_is_left_for_a_court_is_read_by_its_keeper_alone_and_not_its_file_either(three):
    whole, there, *_ = three
    datas, roster = everything(whole), whole.hub.roster()
    items, zin = [read_item(data) for data in datas], whole.desks["Zin"]
    (folder,) = zin.held("testimony")
    zin.write(folder, Custody(what="opened"))
    (file,) = [part.document for part in zin.state(folder, Testimony).files]
    assert read_file(zin, folder, file) == PICTURE
    for name, keys in whole.keys.items():
        mine = opened(items, keys, roster)
        assert (SEEN.encode() in words(mine.values())) == (folder in mine) == (name == "Zin"), name
        assert (bytes(file.key) in words(mine.values())) == (name == "Zin"), (
            name
        )  # who has it opens the pieces
    assert words(opened(items, whole.keys["Zin"], roster).values()).count(NAME.encode()) == 0
    clear = b"".join(datas)
    assert not any(canary in clear for canary in (SEEN.encode(), PICTURE[:19], bytes(file.key)))
    talk = {item.recipient for item in items if item.folder == there.folder and item.sort is Sort.WRAP}
    court = {item.recipient for item in items if item.folder == folder and item.sort is Sort.WRAP}
    assert not talk & court - {quorum_recipient(bucket_of(one)) for one in (folder, there.folder)}
