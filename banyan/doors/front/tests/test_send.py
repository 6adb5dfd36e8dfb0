"""Nothing typed is lost, nothing is kept twice, and nothing half."""

import pytest
from django.db import OperationalError

from banyan.cases.visit import NobodyOnIntake, Visit
from banyan.doors.front.rules import MOST_SIGNS

TEXT = "We are three. We can leave on market days."


def texts(programme) -> list[str]:
    programme.carry()
    aye = programme.desks["Aye"]
    return [
        one.document.text for folder in aye.held("conversation") for one in aye.conversation(folder).messages
    ]


def test_a_form_sent_twice_is_kept_once_and_says_so(programme, person, bell):
    form = person.form()
    first = person.post("write", form.hidden, message=TEXT, danger="no", send="1")
    again = person.post("write", form.hidden, message=TEXT, danger="no", send="1")
    assert first.status == again.status == 200
    assert not first.says("It came once") and again.says("We have your message. It came once.")
    assert texts(programme) == [TEXT]
    assert len(bell.rung) == 1


def test_a_lost_answer_loses_nothing(programme, person, monkeypatch):
    form = person.form()
    from banyan.doors.front import pages

    def lost(*args, **kwargs):
        raise ConnectionResetError

    with monkeypatch.context() as broken:
        broken.setattr(pages, "_sent", lost)
        with pytest.raises(ConnectionResetError):
            person.post("write", form.hidden, message=TEXT, send="1")
    assert person.post("write", form.hidden, message=TEXT, send="1").says("It came once")
    assert texts(programme) == [TEXT]


def test_a_changed_text_under_the_same_nonce_is_kept_too(programme, person):
    form = person.form()
    person.post("write", form.hidden, message=TEXT, send="1")
    changed = person.post("write", form.hidden, message=TEXT + " Also my father.", send="1")
    assert changed.status == 200 and not changed.says("It came once")
    assert texts(programme) == [TEXT, TEXT + " Also my father."]


def test_an_empty_message_comes_back_with_everything_else(programme, person):
    form = person.form()
    back = person.post("write", form.hidden, message="  ", danger="yes", region="MM-17", send="1")
    assert back.status == 422
    assert back.says("Nothing is written here yet") and back.says('value="MM-17" selected')
    assert back.hidden == form.hidden
    assert texts(programme) == []


def test_a_text_too_long_is_told_kindly_and_kept_on_the_page(programme, person):
    form = person.form()
    long = "က" * (MOST_SIGNS + 1)
    back = person.post("write", form.hidden, message=long, send="1")
    assert back.status == 422 and back.says(long) and back.says("longer than we can take at once")
    assert texts(programme) == []
    assert person.post("write", form.hidden, message=long[:-1], send="1").status == 200
    assert texts(programme) == [long[:-1]]


@pytest.mark.parametrize("fault", [NobodyOnIntake("nobody"), OperationalError("database is locked")])
def test_what_cannot_be_kept_comes_back_and_goes_through_later(programme, person, bell, monkeypatch, fault):
    form = person.form()
    with monkeypatch.context() as broken:
        broken.setattr(Visit, "_found", lambda self: (_ for _ in ()).throw(fault))
        back = person.post("write", form.hidden, message=TEXT, force="army", send="1")
    assert back.status == 503
    assert back.says("This was not sent") and back.says(TEXT) and back.says('value="army" selected')
    assert str(fault) not in back.text
    assert bell.rung == [] and texts(programme) == []
    assert person.post("write", back.hidden, message=TEXT, force="army", send="1").says(
        "We have your message"
    )
    assert texts(programme) == [TEXT]


@pytest.mark.parametrize(
    "hostile",
    [
        {"force": "general-staff"},
        {"region": "<script>"},
        {"danger": "maybe"},
        {"safe_times": "x" * 301},
        {"message": "a\0b"},
    ],
)
def test_answers_that_the_form_does_not_offer_are_refused_beside_their_field(programme, person, hostile):
    form = person.form()
    back = person.post("write", {**form.hidden, "message": TEXT, "send": "1", **hostile})
    assert back.status == 422 and 'class="error"' in back.text
    assert "<script>" not in back.text
    assert texts(programme) == []


def test_marks_in_a_message_stay_text(programme, person):
    words, _ = person.tell("<script>alert(1)</script> & <b>bold</b>")
    thread = person.post("older", person.back(words).hidden)
    assert "<script>" not in thread.text and "&lt;script&gt;alert(1)" in thread.text
    assert texts(programme) == ["<script>alert(1)</script> & <b>bold</b>"]


def test_a_broken_nonce_keeps_the_message(programme, person):
    form = person.form()
    for nonce in ("", "zz", "00" * 15, "00" * 4000):
        assert (
            person.post("write", {**form.hidden, "nonce": nonce}, message=nonce + "!", send="1").status == 200
        )
    assert len(texts(programme)) == 4


def test_who_writes_again_goes_into_the_same_conversation(programme, person, bell):
    _, sent = person.tell(TEXT, danger="yes")
    form = person.post("write", sent.hidden)
    assert "Which force?" not in form.text
    person.post("write", form.hidden, message="And one thing more.", send="1")
    assert texts(programme) == [TEXT, "And one thing more."]
    assert len(programme.desks["Aye"].held("conversation")) == 1
    assert bell.rung == [(("Aye", "Ba"), True)] * 2, "danger stands until somebody takes it back"


def test_the_bell_says_danger_only_where_there_is_some(programme, person, bell):
    person.tell(TEXT)
    person.tell(TEXT, danger="no")
    person.tell(TEXT, danger="yes")
    assert [danger for _, danger in bell.rung] == [False, False, True]
