"""The pages of Aye's desk through requests; beside each success what is refused, and who sees nothing."""

import re
from datetime import UTC, datetime

import pytest

from banyan.cases.casework import NotYet
from banyan.cases.folders.conversation import Message, Triage
from banyan.cases.reference import reference_of
from banyan.desks.intake import actions
from banyan.desks.intake.tests.conftest import slug


def title(page):
    return re.findall(r"<h1>(.*?)</h1>", page, re.S)[0]


def test_today_says_the_state_of_the_world(street):
    assert title(street.get("/intake/")) == "Nothing is due before tomorrow"
    first = street.person("I am hiding", danger=True)
    street.carry()
    page = street.get("/intake/")
    assert title(page) == "One person needs you now"
    assert "In danger now" in page and "I am hiding" in page and "first answer due in 1 hour" in page
    assert reference_of(first.history.folder) in page
    street.person("A question")
    street.carry()
    assert title(street.get("/intake/")) == "Two people need you now"
    street.programme.clock.forward(hours=26)
    page = street.get("/intake/")
    assert "2 hours late" in page and page.index("In danger now") < page.index("2 hours late")


def test_an_answer_reaches_the_person_and_the_list_is_empty(street):
    visit = street.person()
    street.carry()
    page = street.post(f"/intake/{slug(visit)}/answer", text="You are heard", language="en", key="x")
    assert "You are heard" in page and "needs nothing from you now" in title(page)
    assert title(street.get("/intake/")) == "Nothing is due before tomorrow"
    street.carry()
    again = street.programme.door.visit
    assert again and "You are heard" in [m.document.text for m in _again(street, visit).messages]


def _again(street, visit):
    visit._history = None
    return visit.conversation


def test_an_empty_answer_is_refused_and_says_so_beside_the_field(street):
    visit = street.person()
    street.carry()
    page = street.post(f"/intake/{slug(visit)}/answer", text="  ", language="en")
    assert 'id="id_text-error"' in page
    assert len(street.desk.conversation(visit.history.folder).messages) == 1


def test_titles_and_addresses_hold_no_words_of_the_person(street):
    visit = street.person("canary-words")
    street.carry()
    page = street.get(f"/intake/{slug(visit)}")
    assert "canary-words" in page
    assert re.findall(r"<title>(.*?)</title>", page)[0] == reference_of(visit.history.folder)


def test_an_office_member_sees_nothing(street):
    visit = street.person("only for intake")
    street.carry()
    assert "only for intake" in street.get(f"/intake/{slug(visit)}")
    street.sit("Chit")
    assert title(street.get("/intake/")) == "Nothing is due before tomorrow"
    assert "only for intake" not in street.get("/intake/conversations")
    assert "only for intake" not in street.post("/intake/conversations/search", q="only", state="")
    for path in ("", "/later", "/close", "/consent", "/check-in", "/hand-over", "/open-case"):
        assert street.client.get(f"/intake/{slug(visit)}{path}").status_code == 404
    for path in ("/answer", "/do/danger", "/open-case"):
        assert street.client.post(f"/intake/{slug(visit)}{path}", {"text": "x"}).status_code == 404
    assert street.client.get("/intake/" + "0" * 16).status_code == 404


def test_who_handed_over_cannot_write_and_keeps_what_was_typed(street):
    visit = street.person()
    street.carry()
    desk, folder = street.desk, visit.history.folder
    desk.hand_over(folder, [street.programme.desks["Ba"].me])
    assert title(street.get("/intake/")) == "Nothing is due before tomorrow"
    page = street.post(f"/intake/{slug(visit)}/answer", text="typed in vain", language="en")
    assert "You do not hold this any more" in page and "typed in vain" in page
    assert "Ba" in page and "You handed this over" in page
    assert [m.document.text for m in desk.conversation(folder).messages] == ["I want to leave"]


def test_handing_over_gives_my_place_to_an_active_colleague(street, monkeypatch):
    visit = street.person()
    street.carry()
    page = street.get(f"/intake/{slug(visit)}/hand-over")
    assert "Who reads it now:" in page and "<b>Aye</b>" in page and "<b>Ba</b>" in page
    ba, chit = (street.programme.desks[name].me for name in ("Ba", "Chit"))
    assert "Chit" not in page
    assert "There is nobody else of intake" in page
    for refused in (ba, chit):
        street.post(f"/intake/{slug(visit)}/hand-over", to=refused.id.hex())
        with pytest.raises(NotYet, match="Choose an active member"):
            actions.hand_over(desk=street.desk, folder=visit.history.folder, to=refused.id)
    assert len(street.desk.holders(visit.history.folder)) == 2


def test_saved_replies_are_kept_in_the_notebook_and_inserted_below_what_was_typed(street):
    assert street.desk.held("notebook") == []
    page = street.post("/intake/replies", title="Hello", text="We hear you.", language="en", key="")
    assert "Hello" in page
    assert "You have none yet" not in page and len(street.desk.held("notebook")) == 1
    (reply,) = street.desk.notebook().replies
    visit = street.person()
    street.carry()
    page = street.post(
        f"/intake/{slug(visit)}/answer", text="Dear you,", language="en", insert=reply.key.hex()
    )
    assert re.search(r"Dear you,\s+We hear you.\s*</textarea>", page)
    assert len(street.desk.conversation(visit.history.folder).messages) == 1
    key = reply.key.hex()
    page = street.post(
        f"/intake/replies/{key}", key=key, title="Hello", text="We do hear you.", language="en"
    )
    assert "We do hear you." in page and len(street.desk.notebook().replies) == 1
    assert 'id="id_title-error"' in street.post("/intake/replies", title="", text="x", language="en")
    assert "You have none yet" in street.post(f"/intake/replies/{key}/remove")


def test_late_entries_are_named_and_have_no_effect(street):
    visit = street.person()
    street.carry()
    aye, ba, folder = street.desk, street.programme.desks["Ba"], visit.history.folder
    ba.write(folder, Triage(lead=ba.keys.id))
    street.carry()
    ba.write(folder, Triage(topic="leaving"))
    ba.write(folder, Message(text="second of two", language="en"))
    second = ba.history(folder).told[-1].opened.seal_id
    street.bring(ba, aye, [second])
    page = street.get("/intake/")
    assert "1 entry has not arrived yet" in page and reference_of(folder) in page
    assert "1 entry has not arrived yet" in street.get(f"/intake/{slug(visit)}")
    street.carry()
    assert "has not arrived yet" not in street.get("/intake/")


def test_what_a_shut_out_reader_wrote_afterwards_is_shown_without_effect(street):
    visit = street.person()
    street.carry()
    aye, ba, folder = street.desk, street.programme.desks["Ba"], visit.history.folder
    ba.write(folder, Message(text="in time", language="en"))
    street.carry()
    ba.write(folder, Message(text="too late to count", language="en"))
    aye.hand_over(folder, [aye.me])
    street.carry()
    page = street.get(f"/intake/{slug(visit)}")
    assert "too late to count" in page and "Came late" in page and "has no effect" in page
    assert [s.counts for s in aye.conversation(folder).messages] == [True, True, False]


def test_search_finds_the_reference_and_all_their_words(street):
    visit = street.person("the Bridge at dawn " + "and more " * 40)
    other = street.person("something else")
    street.carry()
    name, stranger = (reference_of(one.history.folder) for one in (visit, other))
    for words in (name.split()[0], "bridge at", "Bridge"):
        page = street.post("/intake/conversations/search", q=words, state="")
        assert name in page
    assert stranger not in street.post("/intake/conversations/search", q="bridge", state="")
    assert "There is none" in street.post("/intake/conversations/search", q="bridge", state="enquiry")
    assert "There is none" in street.post("/intake/conversations/search", q="nowhere", state="")
    assert street.client.get("/intake/conversations/search").status_code == 405


def test_every_page_answers(street):
    visit = street.person()
    street.carry()
    for path in ("conversations", "waiting", "help", "replies"):
        assert "<h1>" in street.get(f"/intake/{path}")
    for path in ("", "/later", "/close", "/consent", "/check-in", "/hand-over", "/open-case"):
        assert reference_of(visit.history.folder) in street.get(f"/intake/{slug(visit)}{path}")
    assert street.client.post(f"/intake/{slug(visit)}/do/fly").status_code == 404


def test_a_later_time_starts_at_nine_tomorrow_on_the_clock_of_the_desk(street):
    visit = street.person()
    street.carry()
    for path, name in (("later", "until"), ("check-in", "next_due")):
        page = street.get(f"/intake/{slug(visit)}/{path}")
        assert f'name="{name}" value="2026-03-03T09:00"' in page
    street.programme.clock.forward(hours=9)  # past midnight in Yangon
    assert 'value="2026-03-04T09:00"' in street.get(f"/intake/{slug(visit)}/later")
    page = street.post(f"/intake/{slug(visit)}/later", until="2026-03-04T09:00")
    row = street.desk.conversation(visit.history.folder).values("later")
    assert row == (int(datetime(2026, 3, 4, 2, 30, tzinfo=UTC).timestamp() * 1000),)


def beside(page, name):
    """What stands beside a field as its fault."""
    found = re.findall(rf'<p class="error" id="id_{name}-error">(.*?)</p>', page)
    return found[0] if found else ""


def test_what_does_not_fit_is_said_beside_the_field_in_the_language_of_the_page(street):
    visit = street.person()
    street.carry()
    start = f"/intake/{slug(visit)}"
    past = "2026-03-01T09:00"
    page = street.post(f"{start}/later", until=past)
    assert beside(page, "until") == "That time has passed. Choose a later one." and f'value="{past}"' in page
    page = street.post(f"{start}/check-in", next_due=past, every_hours="24")
    assert "That time has passed" in beside(page, "next_due") and f'value="{past}"' in page
    page = street.post(f"{start}/close", topic="leaving", advice="", language="en")
    assert "They have no answer yet" in beside(page, "advice")
    page = street.post(f"{start}/close", topic="", advice="typed advice", language="en")
    assert beside(page, "topic") == "This field is required." and "typed advice" in page
    assert street.desk.conversation(visit.history.folder).state == "open"
    street.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "my"
    for path, name, sent in (
        ("later", "until", {"until": "soon"}),
        ("close", "topic", {"topic": "", "advice": "typed advice", "language": "en"}),
        ("close", "topic", {"topic": "nonsense", "advice": "typed advice", "language": "en"}),
        ("consent", "purposes", {"any": "thing"}),
        ("check-in", "every_hours", {"next_due": "2027-03-04T09:00", "every_hours": "7"}),
        ("answer", "text", {"text": "x" * 20_001, "language": "en"}),
    ):
        page = street.post(f"{start}/{path}", **sent)
        fault = beside(page, name)
        assert fault and not re.search("[A-Za-z]{4}", fault.replace("nonsense", "")), (path, fault)
        assert '<form method="post" novalidate' in page
