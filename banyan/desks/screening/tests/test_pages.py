"""The pages of screening: what each shows, whom it refuses, and that nothing typed is lost."""

import re

from banyan.cases.folders.finding import Found
from banyan.cases.folders.identity import Identity
from banyan.desks.screening import rules
from banyan.desks.screening.rules import Need
from banyan.desks.screening.tests.conftest import answers, as_form
from banyan.folders.seats import Seat
from banyan.language.pack import load_pack

ZAWGYI = "ေမာင္ေအာင္ေက်ာ္"


def test_a_case_is_screened_by_two_and_admitted_through_the_pages(room):
    page = room.get()
    assert "One case waits for you" in page and "was not asked for their name yet" in page
    assert room.get(f"{room.at}/ask").count("သင့်") or "In English" in room.get(f"{room.at}/ask")
    page = room.post(f"{room.at}/ask", kind="names", text="Your name?", language="en")
    assert "Nothing yet. They answer when they come back" in page and room.need("Ei") is Need.FIND
    room.carry()
    room.tells(given="Min Min Latt")
    assert room.need("Ei") is room.need("Gyi") is Need.TOLD
    assert "Min Min Latt" in room.get(f"{room.at}/identity") and "Min Min" not in room.get() + room.get(
        room.at
    )
    page = room.get(f"{room.at}/finding")
    assert "Never asked here" in page and "Why we ask" in page and "Names of people who serve" in page
    room.post(f"{room.at}/finding", **as_form(answers(), text="calm"))
    page = room.get(f"{room.at}/finding")
    assert "It is written and stays as it is" in page and "calm" in page
    assert "the other finding stays closed until both are in" in room.get(f"{room.at}/compare")
    room.carry()
    room.sit("Gyi")
    page = room.get(f"{room.at}/compare") + room.get(room.at)
    assert "calm" not in page and "written, and closed until both are in" in page
    room.post(
        f"{room.at}/finding", **as_form(answers(consistent="unknown"), text="nervous", rank_band="junior")
    )
    assert "Open mine" in room.get(f"{room.at}/compare") and "calm" not in room.get(f"{room.at}/compare")
    page = room.post(f"{room.at}/do/open")
    assert "not both are open to you" in page
    room.carry()
    page = room.sit("Ei").post(f"{room.at}/do/open")
    assert "nervous" in page and "calm" in page and page.count("differs") == 2  # one criterion, and the rank
    assert "Sign to admit" in page and "Sign to decline" not in page
    page = room.post(f"{room.at}/propose/admit")
    assert "You signed “Admit”" in page
    (back,) = re.findall(rf'"/screening/({room.at}/take-back/[0-9a-f]+)"', room.get(room.at))
    page = room.post(back)
    assert "Taken back: They are admitted" in page and "You signed “Admit”" not in page
    assert "nothing to take back" in room.post(back)
    room.post(f"{room.at}/propose/admit")
    room.carry()
    page = room.sit("Gyi").get(f"{room.at}/compare")
    (to,) = re.findall(rf'"/screening/({room.at}/sign/[0-9a-f]+)"', page)
    assert "That cannot be undone here" in room.get(to)
    page = room.post(to)
    assert "You handed this over" in page and "Passage" in page
    assert "No case waits for you" in room.get()
    assert "cannot be signed any more" in room.get(to) and "do not sit" in room.post(to)


def test_nobody_else_has_these_pages(room):
    room.found()
    for name in ("Aye", "Kyi", "Chit"):
        room.sit(name)
        assert "No case waits for you" in room.get()
        for path in ("", "/identity", "/ask", "/note", "/evidence", "/finding", "/compare", "/under-18",
                     "/propose/admit"):  # fmt: skip
            room.get(room.at + path, status=404)
        room.post(f"{room.at}/do/finish", status=404)
        room.post(f"{room.at}/propose/admit", status=404)
    room.sit("Ei")
    for path in ("0" * 16, f"{room.at}/propose/refer", f"{room.at}/sign/xyz/abc"):
        room.get(path, status=404)
    room.post(f"{room.at}/do/nothing", status=404)
    page = room.sit("Hla").get(f"{room.at}/compare")
    assert "they sign themselves" in page and "Sign to" not in page
    assert "they sign themselves" in room.get(f"{room.at}/propose/admit")
    assert "write no finding of your own" in room.get(f"{room.at}/finding")
    assert "do not sit" in room.post(f"{room.at}/finding", **as_form(answers()))


def test_a_finding_that_contradicts_itself_is_refused_beside_the_field_and_kept(room):
    form = as_form(answers(own_will="not_met", not_sent="unknown"), text="typed words", rank_band="")
    form.pop("answer_consistent")
    form["evidence_served"] = ""
    page = room.post(f"{room.at}/finding", **form)
    for said in (
        "An admission needs a yes here. Change your verdict", "this is not known. Ask again",
        "Choose what this answer rests on", "An admission needs this to be known", "Nothing was kept yet",
    ):  # fmt: skip
        assert said in page, said
    error = page[page.index('id="id_answer_own_will-error"') :][:200]
    assert "An admission needs a yes here" in error and "typed words" in page
    assert re.search(r'name="answer_own_will" value="not_met"[^>]*checked', page)
    assert not room.way.case("Ei").findings
    page = room.post(f"{room.at}/finding", **as_form(answers(consistent="not_met")))
    assert "Say in a few words why you found so" in page
    page = room.post(f"{room.at}/finding", **as_form(answers(), verdict="not_eligible"))
    assert "Say in a few words why you found so" in page
    room.post(f"{room.at}/finding", **as_form(answers(legal_advice="met")))
    (one,) = room.way.case("Ei").findings.values()
    found = room.way.state("Ei", one.folder, Found).finding
    assert found.legal_advice and found.version == load_pack().criteria().version
    again = room.post(f"{room.at}/finding", **as_form(answers(), text="second thoughts"))
    assert "You have written your finding" in again and "second thoughts" in again


def test_under_18_stops_without_a_finding_and_is_said_to_both(room):
    form = as_form(answers(adult="not_met"), text="typed words")
    form.pop("answer_served")
    page = room.post(f"{room.at}/finding", **form)
    assert "stop here, they are under 18" in page and "child protection" in page and "Aye, Ba" in page
    assert "<textarea" not in page and not room.way.case("Ei").findings
    page = room.post(f"{room.at}/finding", **form, again="1")
    assert "<textarea" in page and "typed words" in page and not room.way.case("Ei").findings
    room.post(f"{room.at}/note", birth_year=str(2026 - 17))
    room.carry()
    assert room.need("Ei") is room.need("Gyi") is Need.CHILD
    page = room.sit("Gyi").get()
    assert "is under 18" in page and "See what to do" in page
    page = room.get(f"{room.at}/finding")
    assert "stop here, they are under 18" in page and "<textarea" not in page
    page = room.post(f"{room.at}/finding", **as_form(answers()))
    assert "stop here, they are under 18" in page and not room.way.case("Gyi").findings


def test_names_are_read_with_what_is_in_doubt_beside_them_and_what_two_noted_at_once(room):
    page = room.post(f"{room.at}/note", given="1234", romanised="မောင်")
    assert "at least one letter" in page and 'value="1234"' in page
    room.post(f"{room.at}/ask", kind="names", text="Your name?", language="en")
    room.carry()
    room.tells(given=ZAWGYI, words="ask for me at nine")
    page = room.get(f"{room.at}/identity")
    assert "မောင်အောင်ကျော်" in page and ZAWGYI in page and "typed in Zawgyi" in page
    assert "Burmese script" in page and "ask for me at nine" in page
    assert "မောင်အောင်ကျော်" in room.get(f"{room.at}/note")
    room.post(f"{room.at}/note", given="Aung Kyaw", birth_year="1990", service_number="12-34")
    room.sit("Gyi").post(f"{room.at}/note", given="Aung Kyaw", birth_year="1991")
    room.carry()
    page = room.get(f"{room.at}/identity")
    assert "1990" in page and "1991" in page and page.count("two answers") == 1 and "12-34" in page
    room.post(f"{room.at}/note", birth_year="1991")
    room.post(f"{room.at}/evidence", kind="paper", kept="returned")
    room.carry()
    page = room.sit("Ei").get(f"{room.at}/identity")
    assert "two answers" not in page and "1990" not in page
    assert "A paper that was looked at" in page and "Given back" in page
    assert "You and Gyi." in page and "Hla" not in page
    assert all(room.programme.desks[name].held("identity") == [] for name in ("Aye", "Hla", "Kyi"))


def test_of_two_years_noted_in_two_identities_at_once_neither_is_lost(room):
    for name, year in (("Ei", 1995), ("Gyi", 2010)):  # whichever folder of the two the case comes to name
        room.sit(name).post(f"{room.at}/note", given="Min Min", birth_year=str(year))
    room.carry()
    for name in ("Ei", "Gyi"):
        page = room.sit(name).get(f"{room.at}/identity")
        assert "1995" in page and "2010" in page and page.count("two answers") == 1
        assert room.need(name) is Need.CHILD
    room.sit("Ei").post(f"{room.at}/note", birth_year="1995")
    room.carry()
    for name in ("Ei", "Gyi"):
        page = room.sit(name).get(f"{room.at}/identity")
        assert "2010" not in page and "two answers" not in page and "Min Min" in page
        assert room.need(name) is not Need.CHILD
    room.sit("Gyi").post(f"{room.at}/note", birth_year="2010")
    room.carry()
    assert room.need("Ei") is room.need("Gyi") is Need.CHILD


def test_both_may_begin_at_once_and_whoever_comes_later_is_let_in(room):
    for name in ("Ei", "Gyi"):
        room.sit(name).post(f"{room.at}/ask", kind="names", text=f"Your name? {name}", language="en")
    room.carry()
    visit = room.way.visit()
    for nth, letter in enumerate(visit.letters()):
        visit.answer(bytes([nth]) * 16, letter.name, "identity", told(f"Min {nth}"))
    room.carry()
    page = room.sit("Ei").get(f"{room.at}/identity")
    assert "Min 0" in page and "Min 1" in page
    folder = room.way.case("Ei").part("identity").folder
    assert room.way.state("Ei", folder, Identity).told
    room.change("seats", "San", Seat.SCREENING)
    room.carry()
    leave, come = room.programme.keys["Gyi"].id, (room.way.member("San"), Seat.SCREENING)
    from banyan.cases import casework

    casework.give_seats(room.way.desk("Aye"), room.cover, [come], [leave])
    room.carry()
    page = room.sit("San").get(f"{room.at}/identity")
    assert "kept by those who screened before" in page and "Min" not in page
    page = room.post(f"{room.at}/ask", kind="names", text="typed in vain", language="en")
    assert "kept by those who screened before" in page and "typed in vain" in page
    page = room.sit("Ei").get(f"{room.at}/identity")
    assert "San screens this case now and cannot open this yet" in page
    room.post(f"{room.at}/do/share")
    room.carry()
    assert "Min" in room.sit("San").get(f"{room.at}/identity")


def told(given):
    from banyan.cases.folders.identity import Told

    return lambda nth: Told(nth=nth, given=given)


def test_help_and_burmese(room):
    assert "How screening works" in room.get("help")
    room.client.cookies["banyan_language"] = "my"
    assert rules.JUDGES and "စိစစ်ရေး" in room.get("help")
