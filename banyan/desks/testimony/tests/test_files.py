"""Files at Zin's desk: saved byte for byte after a note, fetched when asked for, never shown as what they are not; and
what two keepers do who are apart.
"""

import io
import secrets

import pytest
from django.db import connections
from PIL import Image

from banyan.cases.casework import NotYet
from banyan.cases.reference import reference_of
from banyan.cleaning import clean, sandboxed
from banyan.desks.frame import files
from banyan.desks.testimony import actions
from banyan.desks.testimony.tests.conftest import YES, title
from banyan.folders import union
from banyan.folders.peers import LocalPeer


def painted() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((128, 96), 40).convert("RGB").save(out, "JPEG")
    return out.getvalue()


PICTURE = painted()
with_sandbox = pytest.mark.skipif(not sandboxed(), reason="no sandbox here: no picture is shown")
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def answer(court, what, method="post", part=None):
    return getattr(court.client, method)(f"/testimony/{court.file_path(what, part)}")


def test_a_file_is_saved_byte_for_byte_and_the_note_of_it_stands_before(court):
    court.leaves(**YES)
    data = secrets.token_bytes(70_000)
    court.sends(b"the first", "text")
    court.sends(data, "video")
    court.meet()
    assert answer(court, "save").status_code == 404  # not opened yet, so it is not here to be saved
    court.post(f"{court.path}/open")
    saved = answer(court, "save")
    assert saved.content == data and saved.headers["Content-Type"] == "application/octet-stream"
    name = reference_of(court.folder).replace(" ", "-")
    assert saved.headers["Content-Disposition"] == f'attachment; filename="{name}-2.bin"'
    assert (
        saved.headers["X-Content-Type-Options"] == "nosniff" and saved.headers["Cache-Control"] == "no-store"
    )
    assert court.state().custody[-1].document.of == court.file.name
    assert [what for what, _ in court.notes()] == ["opened", "copy"]
    assert "Saved a copy of file 2" in court.get(court.path)
    assert answer(court, "save", "get").status_code == 405 and len(court.notes()) == 2


def test_no_bytes_go_out_where_the_note_cannot_be_written(court):
    court.leaves(**YES)
    court.sends(PICTURE)
    court.opened()
    court.remove("Zin")
    court.meet()
    page = answer(court, "save")
    assert PICTURE not in page.content and "nothing was written" in page.content.decode()
    assert "copy" not in [what for what, _ in court.notes("Yan")]


@with_sandbox
def test_a_hostile_file_never_comes_out_as_a_page_whatever_the_record_says(court):
    court.leaves(**YES)
    sent = [
        (data, kind, media_type)
        for data in (HTML, SVG, b"GIF8" + HTML) for kind in ("jpeg", "unknown")
        for media_type in ("text/html", "image/svg+xml", "image/jpeg")
    ]  # fmt: skip
    for data, kind, media_type in sent:  # a door that was taken over says what it likes
        court.sends(data, kind, media_type=media_type, cleaned=True)
    court.opened()
    for part, (data, _, media_type) in zip(court.state().files, sent, strict=True):
        for what in ("look", "picture"):
            shown = answer(court, what, "get", part)
            assert data not in shown.content and b"<img" not in shown.content
            assert shown.status_code == (200 if what == "look" and media_type == "image/jpeg" else 404)
        saved = answer(court, "save", part=part)
        assert saved.content == data and saved.headers["Content-Type"] == "application/octet-stream"
        assert saved.headers["Content-Disposition"].startswith("attachment;")
        assert "sandbox" in saved.headers["Content-Security-Policy"]


@with_sandbox
def test_only_a_picture_that_was_made_anew_is_looked_at_and_locked_in(court):
    court.leaves(**YES)
    court.sends(PICTURE, cleaned=False)
    court.opened()
    assert "Look at it" not in court.get(court.path)
    assert answer(court, "look", "get").status_code == answer(court, "picture", "get").status_code == 404
    court.sends(PICTURE, media_type="image/jpeg", cleaned=True)
    court.opened()
    assert "Look at it" in court.get(court.path) and "<img" in court.get(court.file_path("look"))
    shown = answer(court, "picture", "get")
    assert shown.content == clean(PICTURE).data and shown.headers["Content-Type"] == "image/jpeg"
    policy = shown.headers["Content-Security-Policy"]
    assert "sandbox" in policy and "allow" not in policy and "default-src 'none'" in policy
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert [what for what, _ in court.notes()] == ["opened", "opened"]


@with_sandbox
def test_a_picture_that_cannot_be_made_anew_here_is_only_saved(court, monkeypatch):
    court.leaves(**YES)
    bad = PICTURE[:300]
    court.sends(bad, media_type="image/jpeg", cleaned=True)
    court.opened()
    assert "<img" in court.get(court.file_path("look"))
    assert answer(court, "picture", "get").status_code == 404 and answer(court, "save").content == bad
    monkeypatch.setattr(files, "sandboxed", lambda: False)
    assert "Look at it" not in court.get(court.path) and answer(court, "look", "get").status_code == 404
    assert answer(court, "save").content == bad


def test_a_large_file_comes_when_it_is_asked_for(court):
    court.leaves(**YES)
    data = secrets.token_bytes(9 * 1024 * 1024)
    court.sends(data, "video")
    court.opened()
    page = court.get(court.path)
    assert "has not arrived here yet" in page and "Fetch it" in page and "Save it" not in page
    assert "Press “Fetch it”" in answer(court, "save").content.decode()
    page = court.post(court.file_path("fetch"))
    assert "It comes with the next sync" in page and "Fetch it" not in page
    list(union.pull_wanted(court.at.store, LocalPeer(court.programme.hub, court.at.keys.id), court.at.wanted))
    assert "Save it" in court.get(court.path) and answer(court, "save").content == data
    assert [what for what, _ in court.notes()] == ["opened", "copy"]


def test_a_damaged_file_is_said_to_be_damaged_and_nothing_else_is_lost(court):
    court.leaves("still to be read", **YES)
    court.sends(PICTURE, media_type="image/jpeg", cleaned=True)
    court.opened()
    (piece,) = court.file.document.pieces
    with connections[court.at.store.alias].cursor() as cursor:
        cursor.execute("SELECT data FROM folders_held WHERE item = %s", [piece])
        changed = bytearray(cursor.fetchone()[0])
        changed[300] ^= 1
        cursor.execute("UPDATE folders_held SET data = %s WHERE item = %s", [bytes(changed), piece])
    page = answer(court, "save")
    said = page.content.decode()
    assert "Content-Disposition" not in page.headers and "still to be read" in said
    assert "damaged on this laptop" in said and "Fetch it" in said
    assert answer(court, "picture", "get").status_code == 404
    assert [what for what, _ in court.notes()] == ["opened"]  # a copy that was not made is not noted
    court.post(court.file_path("fetch"))
    list(union.pull_wanted(court.at.store, LocalPeer(court.programme.hub, court.at.keys.id), court.at.wanted))
    assert answer(court, "save").content == PICTURE


# Two keepers


def test_two_keepers_without_a_line_are_both_noted_and_nothing_is_lost(court):
    court.leaves("I saw", **YES)
    court.sends(PICTURE)
    court.meet()
    for name in ("Zin", "Yan"):  # neither has heard of the other
        court.sit(name)
        assert "I saw" in court.post(f"{court.path}/open")
        court.post(f"{court.path}/note", words=f"note of {name}")
        assert {author for _, author in court.notes(name)} == {court.at.keys.id}
    court.leaves("and then", code=court.code)
    court.meet()
    for name in ("Zin", "Yan"):
        court.sit(name)
        assert sorted(what for what, _ in court.notes(name)) == ["note", "note", "opened", "opened"]
        page = court.get(court.path)
        assert "note of Zin" in page and "note of Yan" in page and "and then" not in page
        assert title(court.get()) == "One account is new"
    assert court.notes("Zin") == court.notes("Yan")
    court.post(f"{court.path}/open")
    court.meet()
    court.sit("Zin")
    assert title(court.get()) == "No account is new" and "something came" in court.get(court.path)


def test_a_removed_keeper_gets_nothing_new_and_does_nothing_any_more(court):
    court.leaves("before", **YES)
    court.opened("Yan")
    court.remove("Yan")
    court.meet()
    court.leaves("canary-after")
    court.meet()
    court.sit("Yan")
    page = court.get(court.path)
    assert "before" in page and "canary-after" not in page and "Zin" in page
    assert len(court.state("Yan").accounts) == 1 and len(court.state("Zin").accounts) == 2
    before = court.notes("Yan")
    with pytest.raises(NotYet):
        actions.note(desk=court.at, folder=court.folder, words="still here")
    assert "nothing was written" in court.post(f"{court.path}/given", use="investigators", to="X", basis="Y")
    court.meet()
    assert court.notes("Yan") == before and len(court.notes("Zin")) == len(before)
    court.sit("Zin")
    assert "canary-after" in court.post(f"{court.path}/open") and "Only you." in court.get(court.path)
