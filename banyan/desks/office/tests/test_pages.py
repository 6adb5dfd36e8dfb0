"""The office through its pages: what two sign happens, what one signs does not, and others see no way to act."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from banyan.cases import burials
from banyan.cases.reference import reference_of
from banyan.desks.office.tests.sitting import Newcomer, Office
from banyan.folders import acts
from banyan.folders.peers import LocalPeer
from banyan.folders.roster import Change, Mend, assent, place
from banyan.sealing.format import write

ACTS = ("freeze", "thaw", "remove", "seats", "phrase")


def add(office: Office, newcomer: Newcomer, **other: object) -> str:
    data: dict[str, Any] = {"card": newcomer.text, "heard": newcomer.heard, "seats": ["intake"], **other}
    return office.post("add", **data)


def test_nothing_waits_and_the_members_stand_with_seats_and_fingerprints(office: Office):
    assert "Nothing waits for you" in office.get()
    page = office.get("members")
    assert "4 active members" in page
    member = office.desk.roster.members[office.id("Dway")]
    assert "Office" in page and "Figures" in page
    page = office.get(office.member("Dway"))
    assert all(group in page for group in acts_groups(member.keys))
    assert "since 2 March 2026" in page


def acts_groups(keys):
    from banyan.folders.roster import fingerprint

    return fingerprint(keys).split()


def test_a_member_is_added_by_two_who_each_heard_the_fingerprint(office: Office, newcomer: Newcomer):
    page = office.post("add", text=newcomer.text)
    assert "Is this the card of Ei?" in page
    shown, hidden = acts_groups(newcomer.keys.public)[:5], newcomer.heard
    assert " ".join(shown) in page and f"{shown[4]} {hidden}" not in page
    page = add(office, newcomer)
    assert "You have signed" in page and "One signature is missing" in page
    office.sync()
    assert "Ei" not in office.roster  # one signature is not enough
    office.sit("Dway")
    assert "One thing waits for your signature" in office.get()
    (path,) = office.waiting()
    assert "Hear it from Ei yourself" in office.get(path)
    page = office.post(path, heard=newcomer.heard)
    assert "It takes effect with the next sync" in page
    office.sync()
    assert office.roster["Ei"] == ("active", {"intake"})
    assert "Nothing waits for you" in office.get()
    assert "does not wait any more" in office.get(path, status=404)
    assert "Add Ei: Intake" in office.get()  # among what changed lately


@pytest.mark.parametrize("heard", ["", "0000 1", "12345", "၁၂၃"])
def test_whoever_did_not_hear_the_same_signs_nothing(office: Office, newcomer: Newcomer, heard: str):
    page = add(office, newcomer, heard=heard)
    assert 'class="error"' in page and "checked" in page
    assert office.waiting() == []
    add(office, newcomer)
    office.sync()
    office.sit("Dway")
    (path,) = office.waiting()
    assert 'class="error"' in office.post(path, heard=heard)
    office.sync()
    assert "Ei" not in office.roster
    digits = dict(zip("0123456789", "၀၁၂၃၄၅၆၇၈၉", strict=True))
    office.post(path, heard="".join(digits[one] for one in newcomer.heard))
    office.sync()
    assert "Ei" in office.roster


def test_a_card_comes_as_a_file_and_what_is_no_card_is_refused(office: Office, newcomer: Newcomer):
    file = SimpleUploadedFile("card.txt", newcomer.text.encode())
    assert "Is this the card of Ei?" in office.post("add", text="", file=file)
    for text in ("hello", newcomer.text[:300], newcomer.text[:300] + newcomer.text[301:]):
        page = office.post("add", text=text)
        assert "no whole join card" in page and "Is this the card" not in page
    assert "Paste the card here" in office.post("add", text="")
    assert "no whole join card" in office.post("add", file=SimpleUploadedFile("x", b"\xff\x00" * 50))


def test_seats_that_never_meet_are_refused_with_the_reason_and_what_was_typed_stays(office, newcomer):
    page = add(office, newcomer, seats=["intake", "screening"])
    assert "Intake and Screening do not go together" in page
    assert page.count(" checked") == 2 and f'value="{newcomer.heard}"' in page
    assert "Choose" in add(office, newcomer, seats=[]) or "required" in add(office, newcomer, seats=[])
    assert office.waiting() == []
    page = office.post(f"{office.member('Aye')}/seats", seats=["intake", "guide"])
    assert "do not go together" in page and page.count(" checked") == 2


def test_a_pseudonym_or_keys_that_are_taken_are_refused(office: Office):
    page = add(office, Newcomer("ba"))
    assert "Somebody has this pseudonym already" in page
    taken = Newcomer()
    add(office, taken)
    assert "waits for a signature already" in add(office, taken)


def test_a_freeze_needs_one_and_a_thaw_two(office: Office):
    page = office.get(f"{office.member('Aye')}/freeze")
    assert "Two signatures let them work again" in page
    assert office.roster["Aye"][0] == "active"  # looking does nothing
    office.post(f"{office.member('Aye')}/freeze")
    office.sync()
    assert office.roster["Aye"][0] == "frozen"
    office.get(f"{office.member('Aye')}/freeze", status=404)
    office.post(f"{office.member('Aye')}/thaw")
    office.sync()
    assert office.roster["Aye"][0] == "frozen"
    office.sit("Ba")
    (path,) = office.waiting()
    office.post(path)
    office.sync()
    assert office.roster["Aye"][0] == "active"


def test_a_removed_members_desk_says_so_and_signs_nothing(office: Office, newcomer: Newcomer):
    page = office.get(f"{office.member('Dway')}/remove")
    assert "holds no key" in page and "3 active members are left, 1 of them" in page
    office.post(f"{office.member('Dway')}/remove")
    office.sync()
    office.sit("Dway")
    assert "Nothing waits for you" in office.get()  # nobody signs their own removal
    assert "Ask two colleagues" in office.post(office.waiting()[0])
    office.sit("Aye")
    (path,) = office.waiting()
    office.post(path)
    office.sync()
    assert office.roster["Dway"][0] == "removed"
    office.sit("Dway")
    assert "no longer a member" in office.get()
    office.get("add", status=404)
    office.post("add", status=404, card=newcomer.text, heard=newcomer.heard, seats=["intake"])
    assert "Freeze" not in office.get(office.member("Aye"))
    office.sit("Chit")
    page = office.get(office.member("Dway"))
    assert "What happened to their folders" in page and "/remove" not in page


def test_a_member_without_the_office_sees_no_way_to_act_and_may_be_asked_to_second(office, newcomer):
    office.sit("Aye")
    page = office.get() + office.get("members") + office.get(office.member("Ba"))
    for word in ("Add a member", "/freeze", "/remove", '/seats"', "/phrase"):
        assert word not in page.replace('href="/office/seats"', "")
    office.get("add", status=404)
    add_status = {"card": newcomer.text, "heard": newcomer.heard, "seats": ["intake"]}
    office.post("add", status=404, **add_status)
    for what in ACTS:
        office.get(f"{office.member('Ba')}/{what}", status=404)
        office.post(f"{office.member('Ba')}/{what}", status=404)
    office.get("mend", status=404)
    assert office.desk.store.unsent_count() == 0
    office.sit("Chit")
    add(office, newcomer)
    office.sync()
    office.sit("Aye")
    page = office.get("sign/")
    assert "One thing waits for your signature" in page and "Sign only when" in page


def test_seats_are_changed_by_two(office: Office):
    office.post(f"{office.member('Dway')}/seats", seats=["office"])
    office.sync()
    assert office.roster["Dway"][1] == {"office", "figures"}
    office.sit("Ba")
    (path,) = office.waiting()
    office.post(path)
    office.sync()
    assert office.roster["Dway"][1] == {"office"}


def test_a_lost_phrase_gets_new_keys_for_the_same_seats(office: Office):
    new = Newcomer("Aye")
    path = f"{office.member('Aye')}/phrase"
    assert "New keys for Aye" in office.post(path, text=new.text)
    assert 'class="error"' in office.post(path, card=new.text, heard="1")
    office.post(path, card=new.text, heard=new.heard)
    office.sync()
    office.sit("Dway")
    (waits,) = office.waiting()
    office.post(waits, heard=new.heard)
    office.sync()
    members = office.programme.hub.roster().members
    assert members[new.keys.id].seats == {"intake"} and members[new.keys.id].active
    assert members[office.id("Aye")].replaced_by == new.keys.id


def test_what_nobody_signs_lapses(office: Office, newcomer: Newcomer):
    add(office, newcomer)
    office.sync()
    office.sit("Dway")
    (path,) = office.waiting()
    office.programme.clock.forward(days=15)
    assert "Nothing waits for you" in office.get()
    assert "does not wait" in office.post(path, status=404, heard=newcomer.heard)


def test_of_two_changes_at_once_both_find_their_place(office: Office, newcomer: Newcomer):
    add(office, newcomer)
    office.sync()
    office.sit("Dway")
    office.post(office.waiting()[0], heard=newcomer.heard)
    stale = acts.ready_links(office.desk.keys, office.desk.store, office.desk.roster, office.desk.now // 1000)
    office.sit("Chit")
    office.post(f"{office.member('Ba')}/freeze")
    office.sync()
    assert office.roster["Ba"][0] == "frozen" and "Ei" in office.roster
    assert not LocalPeer(office.programme.hub).place(stale[0]).accepted


def test_a_fork_is_said_in_plain_words_and_mended_by_two(office: Office):
    desk, links = office.desk, []
    for name in ("Aye", "Ba"):
        act = Change(
            what="freeze", member=office.id(name), seats=(), made=desk.now // 1000, nonce=acts.new_nonce()
        )
        signed = (assent(desk.keys, desk.roster.programme, write(act)),)
        links.append(
            place(desk.keys, index=1, previous=desk.roster.head, time=desk.now // 1000, act=write(act),
                  assents=signed)
        )  # fmt: skip
    office.get("mend", status=404)
    office.programme.hub.add(links)
    office.sync()
    assert "two histories" in office.get()
    page = office.post(f"{office.member('Dway')}/freeze")
    assert "Mend that first" in page
    page = office.post("mend")
    assert "You have signed" in page
    office.sync()
    assert office.programme.hub.roster().forked
    office.sit("Dway")
    office.post(office.waiting()[0])
    office.sync()
    roster = office.programme.hub.roster()
    assert not roster.forked and {m.name for m in roster.active()} == {"Chit", "Dway"}
    assert "two histories" not in office.get()
    assert isinstance(acts.told(office.desk.store, roster)[-1].act, Mend)


def test_the_page_of_seats_says_what_is_missing(office: Office):
    page = office.get("seats")
    assert "8 seats are not filled" in page
    assert "needs at least" in page and "Nobody can be admitted" in page
    assert "Aye, Ba" in page


@pytest.mark.parametrize("path", ["", "members", "add", "seats", "help", "sign/"])
def test_titles_name_nobody(office: Office, path: str):
    page = office.get(path)
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert title and not any(name in title for name in office.programme.keys)


def test_a_desk_that_is_not_on_the_roster_yet_says_so_and_signs_nothing(office: Office, newcomer: Newcomer):
    add(office, newcomer)
    office.sync()
    (path,) = office.waiting()
    office.programme.desks["Ei"] = office.programme.desk(newcomer.keys, "Ei")
    office.sync()
    office.sit("Ei")
    assert "You are not on the roster yet" in office.get() and "Nothing waits for you" in office.get()
    assert "not an active member" in office.post(path, heard=newcomer.heard)
    office.get("add", status=404)
    assert office.desk.store.unsent_count() == 0


def test_an_erasure_shows_how_much_why_and_what_it_is_called_and_no_more(office: Office):
    folders = [bytes([nth]) * 32 for nth in range(1, 4)]
    office.sit("Chit")
    assert office.waiting() == []
    burials.propose(office.programme.desks["Aye"], folders, "asked")
    office.sync()
    (address,) = office.waiting()
    page = office.get(address)
    called = reference_of(folders[0])
    assert f"Erase {called} for good: three folders" in page or f"Erase {called} for good: 3 folders" in page
    assert "they asked at the door to be erased" in page and "They must say the same words" in page
    assert reference_of(folders[1]) not in page and "You cannot open them" in page
    office.sit("Ba")
    page = office.get(address)
    assert "somebody of the office or of oversight" in page and ">Sign<" not in page
    assert "somebody of the office or of oversight" in office.post(address)
    assert office.programme.hub.roster().graves == ()
    office.sit("Chit")
    assert "It takes effect with the next sync" in office.post(address)
    office.sync()
    assert [grave.folder for grave in office.programme.hub.roster().graves] == folders
    assert office.waiting() == [] and f"Erase {called}" in office.get()  # what changed lately
    office.get(address, 404)
