"""A third colleague takes over; and drafts, which the house keeps, come back into the form and go when sent."""

import re

import pytest

from banyan.cases.folders.conversation import Message
from banyan.cases.testing import Programme
from banyan.desks.intake import actions
from banyan.desks.intake.tests.conftest import slug
from banyan.folders import roster as chain
from banyan.folders.seats import Seat
from banyan.sealing.format import write


@pytest.fixture
def programme(tmp_path, django_db_blocker):
    """The programme with a third member of intake."""
    intake, office = (Seat.INTAKE,), (Seat.OFFICE,)
    with django_db_blocker.unblock():
        names: dict[str, tuple[Seat, ...]] = {
            "Aye": intake,
            "Ba": intake,
            "Eh": intake,
            "Chit": office,
            "Dway": office,
        }
        made = Programme(tmp_path, names)
        yield made
        made.close()


def test_a_conversation_and_its_case_go_to_a_colleague(street):
    visit = street.person()
    street.carry()
    folder = visit.history.folder
    names = [member.name for member in street.programme.desks["Aye"].roster.active(Seat.INTAKE)]
    readers = [name for name in names if street.programme.desks[name].held("conversation")]
    (heir,) = [name for name in names if name not in readers]
    giver, other = readers
    street.sit(giver)
    actions.ask_consent(desk=street.desk, folder=folder, purposes=("service",))
    street.carry()
    street.agrees(visit)
    cover = actions.open_case(desk=street.desk, folder=folder, adults=1, children=0)
    street.carry()
    to = street.programme.desks[heir]
    assert to.case(cover) is None
    page = street.get(f"/intake/{slug(visit)}/hand-over")
    assert heir in page and "Chit" not in page
    page = street.post(f"/intake/{slug(visit)}/hand-over", to=to.keys.id.hex())
    assert "You handed this over" in page and f"Now: {other}, {heir}" in page.replace(
        f"{heir}, {other}", f"{other}, {heir}"
    )
    street.carry()
    to.write(folder, Message(text="I take over", language="en"))
    street.carry()
    page = street.get(f"/intake/{slug(visit)}")
    assert "I take over" not in page and 'id="answer"' not in page and "/check-in" not in page
    page = street.post(f"/intake/{slug(visit)}/answer", text="typed in vain", language="en")
    assert "You do not hold this any more" in page and "typed in vain" in page
    assert to.case(cover) is not None
    street.sit(other)
    assert "I take over" in street.get(f"/intake/{slug(visit)}")
    assert {member.name for member in street.desk.holders(folder)} == {other, heir}
    path = f"/intake/case/{cover[:8].hex()}"
    street.sit(giver)
    assert "This case left you" in street.get(path)
    street.sit(heir)
    assert to.case(cover).sits(to.keys.id, Seat.INTAKE) and "This case left you" not in street.get(path)
    assert "came later" in street.post(f"{path}/note", text="came later")


def test_a_colleague_of_intake_is_replaced_on_the_case_and_in_the_conversation(street):
    visit, mine, theirs, heir = two_readers(street)
    folder = visit.history.folder
    actions.ask_consent(desk=street.desk, folder=folder, purposes=("service",))
    street.carry()
    street.agrees(visit)
    cover = actions.open_case(desk=street.desk, folder=folder, adults=1, children=0)
    street.carry()
    path, keys = f"/intake/case/{cover[:8].hex()}", street.programme.keys
    page = street.get(f"{path}/seat/intake/{keys[theirs].id.hex()}")
    assert (
        heir in page and "Who comes reads the conversation too" in page and "Nobody: their part" not in page
    )
    assert 'id="id_to-error"' in street.post(
        f"{path}/seat/intake/{keys[theirs].id.hex()}", to=keys["Chit"].id.hex()
    )
    assert 'id="id_to-error"' in street.post(f"{path}/seat/intake/{keys[theirs].id.hex()}", to="nobody")
    street.post(f"{path}/seat/intake/{keys[theirs].id.hex()}", to=keys[heir].id.hex())
    street.carry()
    new, old = street.programme.desks[heir], street.programme.desks[theirs]
    assert new.case(cover).sits(new.keys.id, Seat.INTAKE) and new.holds(folder)
    assert not old.holds(cover) and not old.holds(folder)
    assert {member.name for member in street.desk.holders(folder)} == {mine, heir}
    street.sit(theirs)
    assert "This case left you" in street.get(path)
    assert "You do not work on this case" in street.post(f"{path}/note", text="typed in vain")


class Kept(dict):
    """Drafts by key, as the house keeps them."""

    def load(self, key):
        return self.get(key)

    def drop(self, key):
        self.pop(key, None)


def test_a_draft_comes_back_and_goes_when_it_is_sent(street, monkeypatch):
    visit = street.person()
    street.carry()
    reader = next(n for n in ("Aye", "Ba", "Eh") if street.programme.desks[n].held("conversation"))
    street.sit(reader)
    drafts = Kept({f"intake {slug(visit)}": "half a sentence"})
    monkeypatch.setattr("django.core.handlers.wsgi.WSGIRequest.drafts", drafts, raising=False)
    page = street.get(f"/intake/{slug(visit)}")
    assert "half a sentence" in page and f'name="key" value="intake {slug(visit)}"' in page
    street.post(f"/intake/{slug(visit)}/answer", text=" ", language="en")
    assert drafts
    street.post(f"/intake/{slug(visit)}/answer", text="a whole sentence", language="en")
    assert not drafts


def remove(programme, name):
    """Both of the office remove somebody."""
    roster = programme.hub.roster()
    gone = chain.Change(what="remove", member=programme.keys[name].id, seats=(), made=0, nonce=bytes(16))
    act = write(gone)
    signers = [programme.keys[one] for one in ("Chit", "Dway")]
    assents = tuple(chain.assent(one, roster.programme, act) for one in signers)
    place = {"index": roster.index + 1, "previous": roster.head, "time": roster.index}
    programme.hub.add([chain.place(signers[0], **place, act=act, assents=assents)])


def two_readers(street):
    """A conversation, and the names of its two readers and of who does not read it; the first sits at the desk."""
    visit = street.person()
    street.carry()
    names = ("Aye", "Ba", "Eh")
    reads = [name for name in names if street.programme.desks[name].held("conversation")]
    street.sit(reads[0])
    return visit, *reads, *(name for name in names if name not in reads)


def test_what_a_removed_colleague_wrote_late_counts_once_a_holder_lets_it(street):
    visit, _, theirs, _ = two_readers(street)
    folder, gone = visit.history.folder, street.programme.desks[theirs]
    gone.write(folder, Message(text="said on the road", language="en"))
    remove(street.programme, theirs)
    street.programme.carry(street.desk)  # hears of it before the entry arrives
    street.carry()
    path = f"/intake/{slug(visit)}"
    page = street.get(path)
    assert "said on the road" in page and "has no effect" in page and "Came late" in page
    (name,) = re.findall(r'form="let-count" name="name" value="([0-9a-f]{64})"', page)
    assert "counts already, or it is not for you" in street.post(f"{path}/count", name="00" * 32)
    assert "counts already" in street.post(f"{path}/count", name="no name")
    assert [said.counts for said in street.desk.conversation(folder).messages] == [True, False]
    page = street.post(f"{path}/count", name=name)
    assert [said.counts for said in street.desk.conversation(folder).messages] == [True, True]
    assert "Came late" not in page and "Let a late entry count" in page and "let-count" in page
    assert "counts already" in street.post(f"{path}/count", name=name)
    street.carry()
    visit._history = None
    assert "said on the road" in [m.document.text for m in visit.conversation.messages if m.counts]


def test_nobody_lets_their_own_late_words_count_nor_without_holding_it(street):
    visit, _, theirs, _ = two_readers(street)
    me, folder, path = street.desk, visit.history.folder, f"/intake/{slug(visit)}"
    other = street.programme.desks[theirs]
    name = me.write(folder, Message(text="my own, too late", language="en"))
    other.hand_over(folder, [other.me])
    street.carry()
    assert not me.holds(folder) and "Let it count" not in street.get(path)
    other.hand_over(folder, [other.me, me.me])
    street.carry()
    page = street.get(path)
    assert me.holds(folder) and "my own, too late" in page and "Came late" in page
    assert "Let it count" not in page and "not for you" in street.post(f"{path}/count", name=name.hex())
    street.sit("Chit")
    assert street.client.post(f"{path}/count", {"name": name.hex()}).status_code == 404
    street.sit(theirs)
    assert "Let it count" in street.get(path)


def test_a_hand_over_is_told_by_names_and_never_as_refused(street):
    visit, mine, theirs, heir = two_readers(street)
    folder, path = visit.history.folder, f"/intake/{slug(visit)}"
    assert "handed over to" not in street.get(path)
    actions.hand_over(desk=street.desk, folder=folder, to=street.programme.keys[heir].id)
    assert f"You handed over to {heir}" in street.get(path)
    street.carry()
    for name in (theirs, heir):
        street.sit(name)
        page = street.get(path)
        to = "you" if name == heir else heir
        assert f"{mine} handed over to {to}" in page and "refused" not in page and "has no effect" not in page
    street.desk.hand_over(folder, [street.desk.me])
    street.carry()
    assert f"You go on without {theirs}" in street.get(path)
    street.sit(theirs)
    page = street.get(path)
    assert f"{heir} goes on without you" in page and "refused" not in page and "has no effect" not in page
    assert len(re.findall("goes on without", page)) == 1
