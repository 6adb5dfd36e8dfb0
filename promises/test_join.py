"""No member joins a recorded name to a recorded place: every key there is, against a copy of every store, over a
programme in which three cases stand at three stages.
"""

import secrets
from collections import Counter

import pytest

from banyan.cases import casework
from banyan.cases.folders import FOLDS, house, identity, leg, passage, placement, support
from banyan.cases.folders.conversation import Letter
from banyan.cases.journey import Journey
from banyan.cases.table import TABLE
from banyan.cases.testing import WHOLE
from banyan.folders.items import read_item
from banyan.folders.seats import WHERE_SIDE, WHO_SIDE
from banyan.sealing import codes
from banyan.sealing.keys import Keys
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
        "Thi": {"tally": 1}, "Chit": {}, "Dway": {}, "Yu": {},
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
        person = codes.keys_of(way.code, roster.programme)
        assert set(opened(items, person, roster)) == {way.folder}
    assert [one.letter.text for one in going.visit().letters()][-1] == LETTER


def test_what_one_case_holds_shares_nothing_in_clear_with_another_folder_of_it(three):
    whole, there, *_ = three
    items = [read_item(data) for data in everything(whole)]
    case = there.case("Oo")
    ids = [there.folder, there.cover, case.part("support").folder, case.part("identity").folder]
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
