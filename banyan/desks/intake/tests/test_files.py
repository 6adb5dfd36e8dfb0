"""Files at the desk: a picture made anew is shown, all else is saved and never opened; large ones are asked for."""

import re
import secrets

import pytest

from banyan.cases.folders.file import File
from banyan.folders import union
from banyan.folders.peers import LocalPeer

JPEG = b"\xff\xd8\xff\xe0 the picture itself"
HTML = b"<script>alert(1)</script>"


def sent(street, visit, data, **said):
    """The file's page, of a file that the person sent."""
    visit.attach(
        secrets.token_bytes(16), data, **{"kind": "jpeg", "media_type": "", "cleaned": False, **said}
    )
    street.carry()
    page = street.get(f"/intake/{visit.history.folder[:8].hex()}")
    return re.findall(r'href="(/intake/[0-9a-f]+/file/[0-9a-f]+)"', page)[-1]


def test_a_picture_made_anew_is_shown_and_saved(street):
    visit = street.person()
    path = sent(street, visit, JPEG, media_type="image/jpeg", cleaned=True)
    page = street.get(path)
    assert "<h1>A picture</h1>" in page and f'src="{path}/look"' in page and "never open" not in page.lower()
    look, save = street.client.get(f"{path}/look"), street.client.post(f"{path}/save")
    assert look.content == save.content == JPEG and look.headers["Content-Type"] == "image/jpeg"
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
    desk = street.desk
    list(union.pull_wanted(desk.store, LocalPeer(street.programme.hub, desk.keys.id), desk.wanted))
    assert "Save it" in street.get(path) and street.client.get(f"{path}/look").content == data
    assert desk.wanted == set()


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
    list(
        union.pull_wanted(
            street.desk.store, LocalPeer(street.programme.hub, street.desk.keys.id), street.desk.wanted
        )
    )
    assert street.client.get(f"{path}/look").content == JPEG


def _flip(alias, ident):
    """Change one byte of an item at rest."""
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT data FROM folders_held WHERE item = %s", [ident])
        data = bytearray(cursor.fetchone()[0])
        data[-1] ^= 1
        cursor.execute("UPDATE folders_held SET data = %s WHERE item = %s", [bytes(data), ident])
