"""The play: a small demo is made on disk, by the actions alone, and opens like any programme."""

import json
from contextlib import closing
from datetime import UTC, datetime

import pytest
from django.db import connections

from banyan.cases.attached import read_file
from banyan.cases.folders.testimony import Testimony
from banyan.cases.models import CaseRow, ConversationRow, FolderRow
from banyan.cases.stages import Stage as Stages
from banyan.cleaning import sandboxed
from banyan.desks.intake.rules import Need, may_become_case, need_of
from banyan.folders.seats import Seat
from banyan.house.cli import places
from banyan.house.cli.refused import Refused
from banyan.house.demo import founding
from banyan.house.demo.cast import MEMBERS
from banyan.house.demo.clock import Clock
from banyan.house.demo.plan import FAR, MOST_RECENT, RECENT, SHARES
from banyan.house.demo.stage import Stage
from banyan.house.demo.story.courses import COURSES
from banyan.sealing import codes
from banyan.sealing.faults import WrongPhrase
from banyan.sealing.phrases import unlock

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PEOPLE = 48


@pytest.fixture(scope="module")
def home(tmp_path_factory, django_db_blocker):
    """A demo with 48 people, of whom 12 write around now."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        for name in ("BANYAN_DESK_DIR", "BANYAN_HUB_DIR", "DJANGO_SETTINGS_MODULE"):
            patch.setenv(name, "")
        patch.setenv("DJANGO_SETTINGS_MODULE", "banyan.house.settings")
        done = []
        made = founding.make(
            folder, people=PEOPLE, seed=1, now=NOW, progress=lambda one, of: done.append((one, of))
        )
        assert made.people == PEOPLE and done == [(one, PEOPLE) for one in range(1, PEOPLE + 1)]
        assert made.entries > 4 * PEOPLE and made.wraps > 4 * PEOPLE
        yield folder


@pytest.fixture
def stage(home, django_db_blocker):
    """The same at four desks, unlocked with the demo's phrases."""
    words = founding.phrases(1).members
    with django_db_blocker.unblock():
        keys = {
            name: unlock((places.desk_dir(home, name) / places.KEYS).read_bytes(), words[name])
            for name in ("Aye", "Ba", "Ei", "Gyi", "Chit")
        }
        with closing(Stage(home, keys, Clock(NOW))) as made:
            yield made


def rows(stage):
    found: dict[bytes, ConversationRow] = {}
    for desk in stage.desks.values():
        for row in ConversationRow.objects.using(desk.view.alias):
            found.setdefault(bytes(row.folder), row)
    return list(found.values())


def test_it_is_a_demo_and_everybody_wrote_once(stage):
    assert stage.door.roster.demo
    assert len(rows(stage)) == PEOPLE
    assert len(stage.door.roster.active()) == len(MEMBERS)


def test_pictures_that_were_sent_open_at_the_desks_of_those_who_read_them_and_at_no_other(stage):
    opened, intake = 0, {member.id for member in stage.door.roster.active() if Seat.INTAKE in member.seats}
    for row in rows(stage):
        for ident, desk in stage.desks.items():
            state = desk.conversation(bytes(row.folder)) if desk.history(bytes(row.folder)) else None
            for said in state.files if state is not None else ():
                assert sandboxed() is said.document.cleaned and ident in intake
                assert len(read_file(desk, bytes(row.folder), said.document)) == said.document.size
                opened += 1
    assert opened > 1


def test_the_list_of_today_is_alive_and_history_is_quiet(stage):
    now = int(NOW.timestamp() * 1000)
    month = 30 * 24 * 3_600_000
    needed = {need_of(row, now, now + 1) for row in rows(stage)}
    assert {Need.DANGER, Need.LATE, Need.SILENT, Need.NEW} <= needed
    assert any(may_become_case(row) for row in rows(stage))
    old = [row for row in rows(stage) if row.began < now - month]
    assert len(old) == PEOPLE - 12
    assert {need_of(row, now, now + 1) for row in old} == {None}
    assert {row.state for row in old} >= {"open", "enquiry", "case"}


def test_nothing_is_missing_or_in_doubt_at_either_reader(stage):
    for desk in stage.desks.values():
        assert desk.store.unsent_count() == 0
        for folder in desk.held("conversation"):
            history = desk.history(folder)
            assert history is not None
            assert (history.missing, history.waiting, history.faults, history.doubled) == (0, 0, (), ())
            assert len(history.current) == 1
            assert all(told.counts for told in history.told)
            times = [told.opened.entry.time for told in history.told]
            assert times == sorted(times) and times[-1] <= NOW.timestamp() * 1000
            assert sum(folder in other.held("conversation") for other in stage.desks.values()) == 2


SEATS = {
    "Hla": {"to-find", "to-compare", "to-decide"}, "Mya": {"to-sign", "to-accept", "overdue"},
    "Win": {"without-bed", "to-confirm"}, "Oo": {"to-enter", "to-approve", "to-pay"},
}  # fmt: skip


def test_every_case_went_by_the_table_and_nothing_of_it_is_refused(home, django_db_blocker):
    words = founding.phrases(1).members
    with django_db_blocker.unblock():
        keys = {
            name: unlock((places.desk_dir(home, name) / places.KEYS).read_bytes(), words[name])
            for name in ("Aye", "Ba", "Ei", "Gyi", *SEATS)
        }
        with closing(Stage(home, keys, Clock(NOW))) as stage:
            found = [
                desk.case(bytes(row.folder))
                for desk in stage.desks.values()
                for row in CaseRow.objects.using(desk.view.alias)
            ]
            cases = [case for case in found if case is not None]
            assert all(case.refused == [] and len(case.stages) == 1 for case in cases)
            stood = {case.stage for case in cases}
            assert {Stages.WAITING, Stages.RECEPTION, Stages.SCREENING, Stages.PASSAGE} <= stood
            assert stood & {Stages.CLOSED, Stages.FOLLOW_UP, Stages.REINTEGRATION, Stages.SUPPORT}
            out = [case for case in cases if case.standing("go") and case.stage is not Stages.PASSAGE]
            assert out and all(len(case.findings) == 2 and case.standing("admit") for case in out)
            told = [desk.history(folder) for desk in stage.desks.values() for folder in every(desk)]
            assert all(one.missing == one.waiting == 0 and not one.faults for one in told if one)
            assert all(entry.counts for one in told if one for entry in one.told)


def every(desk):
    return [bytes(row.folder) for row in FolderRow.objects.using(desk.view.alias)]


def test_the_office_reads_none_of_it(stage):
    office = next(desk for desk in stage.desks.values() if desk.me.name == "Chit")
    assert office.take_in_all() == 0
    assert office.held("conversation") == [] == office.held("cover")


def test_somebody_left_an_account_for_a_court_and_its_keeper_alone_has_it(home, stage, django_db_blocker):
    words = founding.phrases(1).members["Lwin"]
    with django_db_blocker.unblock():
        keys = {"Lwin": unlock((places.desk_dir(home, "Lwin") / places.KEYS).read_bytes(), words)}
        with closing(Stage(home, keys, Clock(NOW))) as own:
            (desk,) = own.desks.values()
            states = [desk.state(folder, Testimony) for folder in desk.held("testimony")]
            left = [state for state in states if state is not None]
            assert any(one.unopened() for one in left) and all(
                one.accounts and one.agreed("keep") for one in left
            )
            assert all(NOW.timestamp() * 1000 >= one.began for one in left)
    assert not any(desk.held("testimony") for desk in stage.desks.values())


def test_the_kept_codes_open_their_conversations_in_both_languages(stage, home):
    lines = [
        line.strip() for line in (home / founding.CODES).read_text().splitlines() if line.startswith("    ")
    ]
    assert len(lines) == 10
    english, burmese = codes.from_words(lines[0]), codes.from_words(lines[1])
    assert english == burmese
    assert stage.door.visit(english).conversation is not None
    assert stage.door.visit(codes.new_code()).conversation is None


def test_a_demo_phrase_opens_its_own_member_alone(home):
    data = (places.desk_dir(home, "Aye") / places.KEYS).read_bytes()
    assert unlock(data, founding.phrases(1).members["Aye"])
    with pytest.raises(WrongPhrase):
        unlock(data, founding.phrases(2).members["Aye"])


def test_a_second_run_finds_it_and_a_real_programme_is_left_alone(home, tmp_path):
    assert founding.told(home) == {"people": PEOPLE, "seed": 1}
    assert founding.told(tmp_path) is None
    (tmp_path / "hub").mkdir()
    with pytest.raises(Refused, match="programme"):
        founding.told(tmp_path)
    with pytest.raises(Refused):
        founding.make(tmp_path, people=1, seed=1, now=NOW, progress=lambda one, of: None)
    assert json.loads((home / founding.TOLD).read_text())["seed"] == 1


def test_no_scratch_folder_and_no_connection_is_left(home):
    assert list(home.glob("making-*")) == []
    assert not any(alias.startswith("demo-") for alias in connections.databases)


def test_the_first_twelve_of_now_show_every_urgent_need():
    assert {"danger", "late", "silent", "new", "check-in", "consent", "case"} <= set(RECENT[:12])


def test_the_newest_thirty_give_every_desk_something_to_do():
    assert set(FAR) <= set(RECENT) <= set(COURSES) and len(RECENT) == MOST_RECENT
    assert all(courses <= set(FAR) for courses in SEATS.values())
    assert {*SHARES, "out", "waiting"} <= set(COURSES) and sum(SHARES.values()) == 100
