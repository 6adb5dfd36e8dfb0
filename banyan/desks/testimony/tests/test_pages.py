"""The pages of Zin's desk through requests; beside each success what is refused, and who sees nothing."""

import re
from hashlib import sha256

from banyan.cases.reference import reference_of
from banyan.desks.testimony import actions
from banyan.desks.testimony.codes import hex_groups
from banyan.desks.testimony.tests.conftest import YES, title
from banyan.desks.testimony.tests.test_files import PICTURE, with_sandbox
from banyan.sealing import codes

WORDS = "canary-what-I-saw"


def test_a_new_account_shows_no_word_before_it_is_noted_that_it_was_opened(court):
    assert title(court.get()) == "No account is new" and "Nothing is kept here yet." in court.get()
    court.leaves(WORDS, typed="canary-as-typed", keep=True, investigators=False)
    court.leaves("of another", code=codes.new_code(), keep=True)
    court.meet()
    page = court.get()
    assert title(page) == "Two accounts are new" and "also with Yan" in page and "1 account" in page
    assert reference_of(court.folder) in page and WORDS not in page and "yes to: Kept for a court" in page
    page = court.get(court.path)
    assert "is not opened yet" in title(page) and WORDS not in page and "canary-as-typed" not in page
    assert "It is noted that you opened it, and when." in page and "You and Yan." in page
    assert court.notes() == []  # to look at the page is not to open it
    assert court.client.get(f"/testimony/{court.path}/open").status_code == 405
    page = court.post(f"{court.path}/open")
    assert WORDS in page and "canary-as-typed" in page and "It is noted" not in page and "English" in page
    assert "<strong>They do not want it shown to investigators.</strong>" in page
    assert "Take that for a no" in page  # nothing was said of open court
    assert court.notes() == [("opened", court.at.keys.id)]
    court.post(f"{court.path}/open")
    assert len(court.notes()) == 1 and title(court.get()) == "One account is new"


def test_what_comes_later_asks_again_and_the_rest_stays_readable(court):
    court.leaves(WORDS, **YES)
    court.opened()
    court.programme.clock.forward(hours=1)
    court.leaves("canary-more")
    court.meet()
    page = court.get(court.path)
    assert "something came" in title(page) and WORDS in page and "canary-more" not in page
    assert title(court.get()) == "One account is new"
    assert "Open it first" in court.post(f"{court.path}/given", use="investigators", to="X", basis="Y")
    page = court.post(f"{court.path}/open")
    assert WORDS in page and page.index(WORDS) < page.index("canary-more")
    assert [what for what, _ in court.notes()] == ["opened", "opened"]


def test_it_is_given_on_only_with_a_yes_and_a_legal_basis(court):
    court.leaves(WORDS, keep=True, investigators=True, open_court=False)
    court.opened()
    path, to, basis = f"{court.path}/given", "The mechanism, office 4", "Order 12 of 1 March 2026"
    page = court.post(path, use="open_court", to=to, basis=basis)
    assert "They do not want it used in open court." in page and to in page and "nothing was noted" in page
    assert 'id="id_basis-error"' in court.post(path, use="investigators", to=to, basis="")
    assert court.notes() == [("opened", court.at.keys.id)]
    page = court.post(path, use="investigators", to=to, basis=basis)
    assert f"To: {to}. For investigators. Legal basis: {basis}" in page
    court.says("investigators", given=False)
    court.meet()
    page = court.get(court.path)
    assert "does not agree to this any more" in page and f"given to {to}: tell them" in page
    assert "Taken back" in court.get()
    assert "nothing was noted" in court.post(path, use="investigators", to=to, basis=basis)
    court.says("investigators", given=True)
    court.says("keep", given=False)
    court.meet()
    assert "Do nothing with it" in court.post(path, use="investigators", to=to, basis=basis)
    assert [what for what, _ in court.notes()] == ["opened", "given"]


def test_the_sheet_of_custody_has_digests_and_who_did_what_and_no_word_of_it(court):
    court.leaves(WORDS, typed="canary-as-typed", **YES)
    court.sends(b"%PDF-canary-of-a-paper", "pdf")
    court.opened()
    actions.save_copy(desk=court.at, folder=court.folder, part=court.file.name)
    assert 'id="id_words-error"' in court.post(f"{court.path}/note", words="")
    assert "A copy lies in the safe" in court.post(f"{court.path}/note", words="A copy lies in the safe")
    page = court.get(f"{court.path}/sheet")
    for digest in (sha256(WORDS.encode()).digest(), court.file.document.sha256):
        assert hex_groups(digest) in page
    assert (
        "Saved a copy of file 1<" in page
        and "File 1: Paper (PDF)" in page
        and "A copy lies in the safe" in page
        and "Zin" in page
    )
    assert "canary" not in page and court.folder.hex() in page and reference_of(court.folder) in page


@with_sandbox
def test_the_wrong_member_finds_no_row_and_no_page_and_writes_nothing(court):
    court.leaves(WORDS, **YES)
    court.sends(PICTURE, media_type="image/jpeg", cleaned=True)
    court.opened()
    paths = [f"{court.path}{path}" for path in ("", "/given", "/note", "/sheet")]
    paths += [court.file_path("look"), court.file_path("picture")]
    posts = [f"{court.path}/{path}" for path in ("open", "given", "note")]
    posts += [court.file_path("fetch"), court.file_path("save")]
    assert all(court.client.get(f"/testimony/{path}").status_code == 200 for path in paths)
    before = court.notes()
    for name in ("Aye", "Ei", "Kyi", "Chit"):
        court.sit(name)
        page = court.get()
        assert title(page) == "No account is new" and reference_of(court.folder) not in page
        assert all(court.client.get(f"/testimony/{path}").status_code == 404 for path in paths), name
        assert all(
            court.client.post(f"/testimony/{path}", {"words": "x"}).status_code == 404 for path in posts
        )
    court.sit("Zin")
    assert court.client.get("/testimony/account/" + "0" * 16).status_code == 404
    assert court.client.get(f"/testimony/{court.path}/file/{'0' * 16}/look").status_code == 404
    court.meet()
    assert court.notes() == before


def test_no_page_and_no_address_changes_or_erases_what_the_person_left(court):
    court.leaves(WORDS, **YES)
    court.opened()
    pages = [court.get(path) for path in ("", court.path, f"{court.path}/sheet", "help")]
    forms = {found for page in pages for found in re.findall(r'(?:form)?action="(/testimony/[^"]+)"', page)}
    assert {form.rsplit("/", 1)[1] for form in forms} <= {"open", "save", "fetch"}
    for path in ("erase", "delete", "change"):
        assert court.client.post(f"/testimony/{court.path}/{path}").status_code == 404
    assert court.programme.door.testimony(court.code).erase()
    court.meet()
    assert court.client.get(f"/testimony/account/{court.at.keys.id[:8].hex()}").status_code == 404
    assert "Nothing is kept here yet." in court.get() and court.at.held("testimony") == []


def test_titles_hold_the_reference_alone(court):
    court.leaves(WORDS, **YES)
    court.opened()
    pages = [court.get(f"{court.path}{path}") for path in ("", "/given", "/note", "/sheet")]
    titles = [re.findall(r"<title>(.*?)</title>", page)[0] for page in pages]
    assert all(reference_of(court.folder) in one and "canary" not in one for one in titles)
