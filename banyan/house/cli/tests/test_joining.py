"""Somebody joins through real processes: their own machine, a hub, and two desks of the office in the browser."""

import re

from banyan.house.processes import Browser, Home, Process, banyan, until


def sit(started, home: Home, name: str, phrase: str, hub: Process) -> Browser:
    desk = started("desk", "--home", str(home.path), "--port", "0", "--no-browser", "--hub", hub.address)
    browser = Browser(desk)
    browser.open()
    browser.post("/unlock", {"member": name, "phrase": phrase})
    until(lambda: "Location" in browser.get("/", allow_redirects=False).headers)
    return browser


def synced(*browsers: Browser) -> None:
    for one in browsers:
        one.post("/sync-now", {"next": "/office/"})


def test_two_sign_a_newcomer_in_and_their_desk_opens(home, started, tmp_path):
    hub = started("hub", "--home", str(home.path), "--port", "0")
    mine = Home(tmp_path / "mine", {"members": {}, "trustees": {}})
    out = banyan("member", "join", "Ei", "--home", str(mine.path)).stdout
    (phrase,) = re.findall(r"Your seven words:\s+(.+)\n", out)
    (heard,) = re.findall(r"(?:\d{4} ){5}(\d{4})", out)
    chit, dway = (sit(started, home, name, home.members[name], hub) for name in ("Chit", "Dway"))

    refused = chit.post("/office/add", {"card": out, "heard": "12", "seats": "guide"})
    assert "You have signed" not in refused.text
    assert "You have signed" in chit.post("/office/add", {"card": out, "heard": heard, "seats": "guide"}).text

    def waits() -> str:
        synced(chit, dway)
        found = re.search(r"/office/sign/[0-9a-f]{64}", dway.get("/office/").text)
        return found[0] if found else ""

    until(waits)
    assert "5 active members" not in dway.get("/office/members").text
    dway.post(waits(), {"heard": heard})

    def added() -> bool:
        synced(dway, chit)
        return all("5 active members" in one.get("/office/members").text for one in (chit, dway))

    until(added)
    shown = banyan("roster", "--home", str(home.path), "--hub")
    assert shown.returncode == 0 and "add Ei: guide" in shown.stdout
    newcomer = sit(started, mine, "Ei", phrase, hub)
    assert "5 active members" in newcomer.get("/office/members").text
    assert "Add a member" not in newcomer.get("/office/").text
