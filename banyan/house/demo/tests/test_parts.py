"""Parts: however many play, the people and their words are the same, and what they wrote is united whole."""

import os
import shutil
from contextlib import closing
from datetime import UTC, datetime

import pytest

from banyan.cases.models import ConversationRow
from banyan.house.cli import places
from banyan.house.demo import founding
from banyan.house.demo.cast import MEMBERS
from banyan.house.demo.clock import Clock
from banyan.house.demo.parts import BATCH, dealt, unite, unite_views, unlocking
from banyan.house.demo.plan import make_plan
from banyan.house.demo.stage import Stage
from banyan.sealing import codes

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PEOPLE = 2 * BATCH + 10
INTAKE = ("Aye", "Ba", "Ei", "Gyi")


@pytest.fixture(scope="module", params=[1, 2])
def home(request, tmp_path_factory, django_db_blocker):
    """The same people, played by one process and by two."""
    folder, heard = tmp_path_factory.mktemp("demo"), []
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        for name in ("BANYAN_DESK_DIR", "BANYAN_HUB_DIR"):
            patch.setenv(name, "")
        patch.setenv("DJANGO_SETTINGS_MODULE", "banyan.house.settings")
        made = founding.make(
            folder, people=PEOPLE, seed=1, now=NOW, workers=request.param,
            progress=lambda done, of: heard.append(done), uniting=lambda done, of: heard.append(-done),
        )  # fmt: skip
    places_ = len(MEMBERS) + 1
    assert heard == [*range(1, PEOPLE + 1), *range(-1, -places_ - 1, -1)]
    assert made.people == PEOPLE and made.processes == request.param and made.memory > 0
    return folder


def at(home, *names):
    keys = unlocking(home, founding.phrases(1).members)
    return closing(Stage(home, {name: keys(name) for name in names}, Clock(NOW)))


def said_at(stage):
    """Every person's words, with when they began and what they said that they are."""
    found = {}
    for desk in stage.desks.values():
        for row in ConversationRow.objects.using(desk.view.alias):
            state = desk.conversation(bytes(row.folder))
            words = tuple((said.by_person, said.document.text) for said in state.messages)
            found[bytes(row.folder)] = (row.began, row.force, row.concern, row.state, words)
    return sorted(found.values())


SAID: dict[str, list[object]] = {}


def test_the_words_do_not_depend_on_how_many_played(home, django_db_blocker):
    with django_db_blocker.unblock(), at(home, *INTAKE) as stage:
        said = said_at(stage)
    assert len(said) == PEOPLE
    assert SAID.setdefault("once", said) == said


def test_no_part_is_left_and_the_desks_that_nobody_needed_are_untouched(home):
    assert {path.name for path in home.iterdir()} == {
        "hub", "desks", "trustees", founding.CODES, founding.TOLD,
    }  # fmt: skip
    assert not list(home.rglob(founding.UNFINISHED))
    assert (places.desk_dir(home, "Aye") / places.VIEW).exists()
    assert not (places.desk_dir(home, "Tin") / places.VIEW).exists()


def test_nothing_is_missing_anywhere_and_everything_can_be_searched(home, django_db_blocker):
    with django_db_blocker.unblock(), at(home, *INTAKE) as stage:
        stage.settle()  # the figures were published after they had left
        assert stage.settle() == 0
        for desk in stage.desks.values():
            assert desk.take_in_all() == 0 and desk.store.unsent_count() == 0
            for row in ConversationRow.objects.using(desk.view.alias):
                state = desk.conversation(bytes(row.folder))
                told = desk.view.saying(state.messages[0].document.text)
                rows = ConversationRow.objects.using(desk.view.alias).filter(folder__in=told)
                assert bytes(row.folder) in {bytes(one.folder) for one in rows}
                assert row.missing == row.warnings == 0
        given = stage.door.store.given(desk.keys.id for desk in stage.desks.values())
        held = {ident: len(desk.held("conversation")) for ident, desk in stage.desks.items()}
        assert len({held[ident] - given[ident] for ident in held}) == 1


def test_what_is_counted_has_a_box_that_every_desk_can_drop_into(home, django_db_blocker):
    with django_db_blocker.unblock(), at(home, "Aye", "Tin", "Dway", "Yin") as stage:
        desks = {desk.me.name: desk for desk in stage.desks.values()}
        boxes = [desks[name].held("tally") for name in ("Dway", "Yin")]
        assert boxes[0] == boxes[1] and len(boxes[0]) == 1
        assert desks["Aye"].tally_slot().folder == boxes[0][0]
        assert desks["Aye"].held("tally") == []
        assert desks["Tin"].tally_slot() is None
        stage.settle()  # a desk that nobody needed has not synced yet
        assert desks["Tin"].tally_slot().folder == boxes[0][0]


def test_figures_are_published_and_signed_by_two_of_two_sides(home, django_db_blocker):
    with django_db_blocker.unblock(), at(home, "Yin", "Chit") as stage:
        roster = stage.door.roster
        assert roster.publications
        for one in roster.publications:
            assert {roster.members[ident].name for ident in one.signers} == {"Yin", "Chit"}
            assert all(row.count == 0 or row.count >= 10 for row in one.act.rows)
        assert all(desk.roster.publications == roster.publications for desk in stage.desks.values())


def test_every_one_of_the_plan_is_dealt_out_once():
    plan = make_plan(330, 1, NOW)
    for parts in (1, 2, 3, 7):
        shares = [dealt(plan, part, parts) for part in range(parts)]
        assert sorted(one.number for share in shares for one in share) == list(range(330))
        assert max(map(len, shares)) - min(map(len, shares)) <= BATCH


def test_a_folder_that_two_views_know_is_shown_anew(home, tmp_path, django_db_blocker):
    other = tmp_path / "other"
    shutil.copytree(home, other)
    code = codes.from_words((home / founding.CODES).read_text().splitlines()[3].strip())
    with django_db_blocker.unblock(), at(other, *INTAKE) as there, at(home, *INTAKE) as here:
        from banyan.doors.front import actions as front

        folder = there.door.visit(code).history.folder
        ident = next(i for i, desk in there.desks.items() if folder in desk.held("conversation"))
        before = len(here.desks[ident].history(folder).told)
        front.check_in(door=there.door, code=code, nonce=os.urandom(16), how="ok")
        there.hub_to(there.desks[ident], [folder])
        unite(here.desks[ident].store, there.desks[ident].store)
        both = unite_views(here.desks[ident].view, there.desks[ident].view)
        assert folder in both
        assert len(here.desks[ident].take_in_folder(folder).told) == before + 1
