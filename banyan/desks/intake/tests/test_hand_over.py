"""A third colleague takes over; and drafts, which the house keeps, come back into the form and go when sent."""

import pytest

from banyan.cases.folders.conversation import Message
from banyan.cases.testing import Programme
from banyan.desks.intake import actions
from banyan.desks.intake.tests.conftest import slug
from banyan.folders.seats import Seat


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
