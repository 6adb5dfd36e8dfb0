"""Files at the desk: a picture made anew is shown, all else is saved and never opened; large ones are asked for."""

import io
import re
import secrets
import threading

import pytest
from PIL import Image

from banyan.cases.folders.file import File
from banyan.cleaning import Clean, clean, sandboxed
from banyan.cleaning.tests.hostile import vast_jpeg
from banyan.desks.frame import anew, files
from banyan.folders import union
from banyan.folders.peers import LocalPeer


def painted(width: int = 64, height: int = 48) -> bytes:
    """A JPEG as a phone makes it: patches of colour, and grain."""
    small = (width // 16, height // 16)
    patches = Image.frombytes("RGB", small, secrets.token_bytes(3 * small[0] * small[1]))
    grain = Image.effect_noise((width, height), 12).convert("RGB")
    out = io.BytesIO()
    Image.blend(patches.resize((width, height), Image.Resampling.BICUBIC), grain, 0.2).save(out, "JPEG")
    return out.getvalue()


JPEG = painted()
with_sandbox = pytest.mark.skipif(not sandboxed(), reason="no sandbox here: no picture is shown")
HTML = b"<script>alert(1)</script>"


def sent(street, visit, data, **said):
    """The file's page, of a file that the person sent."""
    visit.attach(
        secrets.token_bytes(16), data, **{"kind": "jpeg", "media_type": "", "cleaned": False, **said}
    )
    street.carry()
    page = street.get(f"/intake/{visit.history.folder[:8].hex()}")
    return re.findall(r'href="(/intake/[0-9a-f]+/file/[0-9a-f]+)"', page)[-1]


def arrive(street):
    """What the desk wants comes."""
    desk = street.desk
    list(union.pull_wanted(desk.store, LocalPeer(street.programme.hub, desk.keys.id), desk.wanted))


@with_sandbox
def test_a_picture_made_anew_is_made_anew_once_more_to_be_shown_and_saved_as_it_came(street):
    visit = street.person()
    came = JPEG[:2] + b"\xff\xfe\x00\x0fcanary-hidden" + JPEG[2:] + b"canary-behind"
    path = sent(street, visit, came, media_type="image/jpeg", cleaned=True)
    page = street.get(path)
    assert "<h1>A picture</h1>" in page and f'src="{path}/look"' in page and "never open" not in page.lower()
    look, save = street.client.get(f"{path}/look"), street.client.post(f"{path}/save")
    assert save.content == came and b"canary" not in look.content
    assert look.content == clean(came).data and look.headers["Content-Type"] == "image/jpeg"
    assert (
        save.headers["Content-Disposition"].startswith("attachment")
        and ".jpg" in save.headers["Content-Disposition"]
    )
    for answer in (look, save):
        assert (
            "sandbox" in answer.headers["Content-Security-Policy"]
            and "no-store" in answer.headers["Cache-Control"]
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "said",
    [
        {"why": "broken"},
        {"media_type": "image/jpeg", "cleaned": True},  # it calls itself a picture and is none
        {"media_type": "text/html", "cleaned": True},
        {"media_type": "image/svg+xml", "cleaned": True},
    ],
)
def test_what_is_no_picture_made_anew_never_comes_out_inline(street, said):
    path = sent(street, street.person(), HTML, **said)
    assert street.client.get(f"{path}/look").status_code == 404
    saved = street.client.post(f"{path}/save")
    assert saved.content == HTML and saved.headers["Content-Type"] == "application/octet-stream"
    assert saved.headers["Content-Disposition"].startswith("attachment")
    if not said.get("cleaned"):
        page = street.get(path)
        assert "This file is as it was sent" in page and "made to do harm" in page and "<img" not in page


def test_a_large_file_is_fetched_when_somebody_asks(street):
    visit, data = street.person(), JPEG + secrets.token_bytes(5 * 1024 * 1024)
    path = sent(street, visit, data, media_type="image/jpeg", cleaned=True)
    page = street.get(path)
    assert (
        "Fetch it" in page and "Save it" not in page and street.client.get(f"{path}/look").status_code == 404
    )
    assert "It comes with the next sync" in street.post(f"{path}/fetch")
    arrive(street)
    assert "Save it" in street.get(path) and street.client.post(f"{path}/save").content == data
    assert street.desk.wanted == set()


def test_who_does_not_hold_the_conversation_finds_no_file_and_a_changed_piece_is_refused(street):
    visit = street.person()
    path = sent(street, visit, JPEG, media_type="image/jpeg", cleaned=True)
    street.sit("Chit")
    assert {street.client.get(path).status_code, street.client.get(f"{path}/look").status_code} == {404}
    street.sit("Aye")
    assert street.client.get(path[:-4] + "0000").status_code == 404
    file = next(
        said.document for said in street.desk.conversation(visit.history.folder).files
        if isinstance(said.document, File)
    )  # fmt: skip
    (item,) = street.desk.store.get(file.pieces)
    _flip(street.desk.store.alias, item.id)
    said = street.post(f"{path}/save")
    assert "was damaged on this laptop" in said and "Fetch it" in said and "Save it" not in said
    assert street.client.get(f"{path}/look").status_code == 404
    street.post(f"{path}/fetch")
    arrive(street)
    assert street.client.post(f"{path}/save").content == JPEG


@with_sandbox
@pytest.mark.parametrize("bad", [b"\xff\xd8\xff\xe0 no picture", vast_jpeg, JPEG[:200]])
def test_what_a_door_that_was_taken_over_calls_made_anew_and_cannot_be_is_not_shown(street, bad):
    data = bad if isinstance(bad, bytes) else bad(secrets.SystemRandom())
    path = sent(street, street.person(), data, media_type="image/jpeg", cleaned=True)
    assert "tell your office" in street.get(path)
    assert street.client.get(f"{path}/look").status_code == 404
    assert street.client.post(f"{path}/save").content == data


def test_where_no_picture_can_be_made_anew_none_is_shown_and_it_is_offered_to_be_saved(street, monkeypatch):
    monkeypatch.setattr(files, "sandboxed", lambda: False)
    path = sent(street, street.person(), JPEG, media_type="image/jpeg", cleaned=True)
    page = street.get(path)
    assert "<img" not in page and "cannot make it anew safely" in page and "Save it" in page
    assert street.client.get(f"{path}/look").status_code == 404
    assert street.client.post(f"{path}/save").content == JPEG


def test_a_picture_that_takes_long_holds_no_page_up_and_is_there_when_it_is_asked_for_again(
    street, monkeypatch
):
    go_on, at_once, most = threading.Event(), threading.Semaphore(anew.IN_WORK), list[bool]()

    def slowly(data: bytes) -> Clean:
        most.append(at_once.acquire(blocking=False))
        go_on.wait(60)
        at_once.release()
        return Clean("jpeg", data, "image/jpeg")

    monkeypatch.setattr(files, "sandboxed", lambda: True)
    monkeypatch.setattr(anew, "clean", slowly)
    monkeypatch.setattr(anew, "PATIENCE", 0.1)
    paths = [
        sent(street, street.person(), painted(), media_type="image/jpeg", cleaned=True) for _ in range(4)
    ]
    assert [street.client.get(f"{path}/look").status_code for path in paths] == [404] * 4
    assert street.get(paths[0]) and len(most) == 2, "pages come while two are made, and no third is begun"
    go_on.set()
    monkeypatch.setattr(anew, "PATIENCE", 60)
    assert [street.client.get(f"{path}/look").status_code for path in paths[:2]] == [200, 200]
    assert [street.client.get(f"{path}/look").status_code for path in paths] == [200] * 4 and all(most)


@with_sandbox
def test_a_usual_photograph_of_a_phone_is_shown_and_kept_to_be_shown_again(street, monkeypatch):
    photograph = clean(painted(4000, 3000)).data
    assert photograph
    path = sent(street, street.person(), photograph, media_type="image/jpeg", cleaned=True)
    street.post(f"{path}/fetch")
    arrive(street)
    monkeypatch.setattr(anew, "PATIENCE", 60)  # it may be late where this machine has other work
    look = street.client.get(f"{path}/look")
    assert look.status_code == 200 and Image.open(io.BytesIO(look.content)).size == (4000, 3000)
    monkeypatch.setattr(anew, "clean", lambda data: Clean("jpeg", None, "", "broken"))
    assert street.client.get(f"{path}/look").content == look.content


def _flip(alias, ident):
    """Change one byte of an item at rest."""
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT data FROM folders_held WHERE item = %s", [ident])
        data = bytearray(cursor.fetchone()[0])
        data[-1] ^= 1
        cursor.execute("UPDATE folders_held SET data = %s WHERE item = %s", [bytes(data), ident])
