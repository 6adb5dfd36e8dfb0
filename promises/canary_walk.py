"""A whole way walked with texts that stand nowhere else: whatever may be written of somebody on it, at the door and at
every desk from intake to testimony, is filled with some.

By `requests` and the HTML alone, against a real hub and a real desk process for each member.
"""

import re
from collections.abc import Callable

from banyan.doors.front.rules import uncarried
from banyan.house.processes import Home, Process, python, until
from banyan.sealing.codes import to_words
from promises.story_going import COUNT
from promises.walk import Walker


class Flock:
    """Hands out canaries, each once."""

    def __init__(self, canaries: list[str]) -> None:
        self.left = list(canaries)
        self.codes: list[str] = []

    def take(self, number: int = 1) -> str:
        """So many canaries as one text."""
        assert len(self.left) >= number
        taken, self.left = self.left[:number], self.left[number:]
        return " ".join(taken)

    def latin(self) -> str:
        """One in Latin letters, as a name is spelt."""
        return self._first(str.isascii)

    def burmese(self) -> str:
        """One in Burmese script."""
        return self._first(lambda text: not text.isascii())

    def _first(self, fits: Callable[[str], bool]) -> str:
        found = next(text for text in self.left if fits(text))
        self.left.remove(found)
        return found


class Laptops:
    """A hub and each member's desk, started when it is first needed."""

    def __init__(self, home: Home, started: Callable[..., Process], more: dict[str, str]) -> None:
        self.home, self.started, self.more = home, started, more
        self.hub = started("hub", "--home", str(home.path), "--port", "0", **more)
        self.processes: dict[str, Process] = {}
        self.walkers: dict[str, Walker] = {}

    def at(self, name: str, path: str = "/") -> Walker:
        """A member's unlocked desk, at a page."""
        if name not in self.walkers:
            options = (
                "--home",
                str(self.home.path),
                "--port",
                "0",
                "--no-browser",
                "--hub",
                self.hub.address,
            )
            process = self.processes[name] = self.started("desk", *options, **self.more)
            key = process.link.partition("/start")[2]
            walker = self.walkers[name] = Walker(f"{process.address}/start{key}")
            walker.send("phrase", member=name, phrase=self.home.members[name])
            until(lambda: 'id="lock"' in walker.open(f"{process.address}/").answer.text, 60)
        return self.walkers[name].open(self.processes[name].address + path)

    def sync(self, *names: str) -> None:
        """One after the other they bring and take."""
        for name in names:
            walker = self.at(name)
            walker.send("sync-now")
            until(lambda walker=walker: "dot leaf" in walker.open(walker.url).answer.text, 60)


def write_at_the_door(address: str, flock: Flock, language: str) -> None:
    """Somebody writes for the first time."""
    walker = Walker(f"{address}/{language}/").send("words")
    flock.codes.append(str(walker.form("write").fields["code"]))
    walker.send("write", f"/{language}/write/")
    walker.send("nonce", "send", danger="yes", message=flock.take(5), safe_times=flock.take(1))
    assert walker.answer.status_code == 200 and "/write" in walker.url


class WholeWay:
    """One person's way, with canaries in every text that is asked for."""

    def __init__(self, laptops: Laptops, flock: Flock) -> None:
        self.laptops, self.flock = laptops, flock
        self.words = self.case = ""
        self.numbers: list[str] = []

    def walk(self) -> None:
        """From the first message to a publication."""
        for step in (
            self.asks,
            self.sends,
            self.leaves_an_account,
            self.told,
            self.found_twice,
            self.planned,
            self.goes,
            self.housed,
            self.paid,
            self.counted,
        ):
            step()

    def asks(self) -> None:
        """A message, advice that is refused for want of a topic, an answer, consent, a case with a note."""
        at, flock = self.laptops, self.flock
        at.at("Thi", "/figures/").send("/figures/box")
        at.sync("Thi")
        door = Walker(f"{at.hub.address}/my/").send("words")
        flock.codes.append(str(door.form("write").fields["code"]))
        self.words = " ".join(to_words(uncarried(flock.codes[-1]), "my"))
        door.send("write", "/my/write/")
        door.send("nonce", "send", danger="no", message=flock.take(2), safe_times=flock.take(), force="army")
        at.sync("Aye")
        talk = re.findall(r"/intake/[0-9a-f]{16}\b", at.at("Aye", "/intake/conversations").text_of_links)[0]
        refused = at.at("Aye", f"{talk}/close").send("advice", advice=flock.take())
        assert refused.url.endswith("/close")
        replies = at.at("Aye", "/intake/replies").send(
            "title", "Keep it", title=flock.take(), text=flock.take(2)
        )
        changed = at.at("Aye", replies.linked("/intake/replies/[0-9a-f]+"))
        changed.send("title", "Keep it", title=flock.take(), text=flock.take())
        at.at("Aye", "/intake/flood").send("shortest", words=flock.take())
        at.at("Aye", talk).send("/answer", text=flock.take(2))
        self.fill("Aye", f"{talk}/consent", "purposes", purposes=["service", "figures"])
        at.sync("Aye")
        self.back().send("", "/my/agree/").send("adult", "yes").send("answer", "yes").send("answer", "yes")
        at.sync("Aye")
        self.fill("Aye", f"{talk}/open-case", "adults", adults="2", children="1", needs=["children"])
        self.case = re.findall(r"/intake/case/([0-9a-f]{16})", at.at("Aye", talk).text_of_links)[0]
        at.at("Aye", f"/intake/case/{self.case}").send("/note", text=flock.take())
        self.fill("Aye", f"/intake/case/{self.case}/screening", "screeners")
        at.sync("Aye")

    def sends(self) -> None:
        """A text as a file, and a file that cannot be cleaned; intake looks at both and saves them."""
        at, flock = self.laptops, self.flock
        self.files = [flock.take(2).encode(), b"PK\x03\x04" + flock.take(2).encode()]
        for data in self.files:
            page = self.back().send("", "/my/more/").send("", "/my/file/").send("file", "send", file=data)
            page = page.send(button="as_it_is") if 'name="as_it_is"' in page.answer.text else page
            assert page.answer.status_code == 200, page.text
        at.sync("Aye")
        talk = re.findall(r"/intake/[0-9a-f]{16}\b", at.at("Aye", "/intake/conversations").text_of_links)[0]
        found = sorted(
            set(re.findall(r"/intake/[0-9a-f]{16}/file/[0-9a-f]{16}", at.at("Aye", talk).text_of_links))
        )
        saved = [at.at("Aye", file).send("/save").answer.content for file in found]
        assert sorted(data.strip() for data in saved) == sorted(self.files), page.text

    def leaves_an_account(self) -> None:
        """An account for a court, once after a form was refused; its keeper opens it, gives it on and notes that."""
        at, flock = self.laptops, self.flock
        page = self.back().send("", "/my/more/").send("", "/my/apart/").send("step", "write")
        page.send("account", "send", account=flock.take(2))  # refused: what may be done with it is not said
        page.send("account", "send", account=flock.take(3), keep="on", investigators="on")
        assert page.answer.status_code == 200, page.text
        at.sync("Zin")
        account = at.at("Zin", "/testimony/").linked("/testimony/account/[0-9a-f]{16}")
        assert at.at("Zin", account).send("/open").answer.ok
        self.fill(
            "Zin", f"{account}/given", "basis", use="investigators", to=flock.take(), basis=flock.take()
        )
        self.fill("Zin", f"{account}/note", "words", words=flock.take())
        assert at.at("Zin", f"{account}/sheet").answer.ok
        at.sync("Zin")

    def told(self) -> None:
        """The screeners ask for names and for something else; the person tells both, once after a form was refused."""
        at, flock = self.laptops, self.flock
        at.sync("Ei")
        self.fill("Ei", f"/screening/{self.case}/ask", "text", kind="names", text=flock.take())
        at.sync("Ei")
        names = self.letter().send("given", "send", given="", words=flock.take())
        names.send("given", "send", given=flock.burmese(), romanised=flock.latin())
        self.fill("Ei", f"/screening/{self.case}/ask", "text", kind="question", text=flock.take())
        at.sync("Ei")
        self.letter().send("words", "send", words=flock.take(2))
        self.fill("Ei", f"/screening/{self.case}/note", "given", given=flock.burmese(), burmese=flock.burmese(),
            romanised=flock.latin(), birth_year="1998",
            service_number=flock.take(),
        )  # fmt: skip
        at.sync("Ei", "Gyi")

    def found_twice(self) -> None:
        """Two decline at first, and the case is screened again for what is different now; then both admit."""
        for verdict, act in (("not_eligible", "decline"), ("eligible", "admit")):
            for name in ("Ei", "Gyi"):
                self.finds(name, verdict)
            self.laptops.sync("Ei", "Gyi", "Ei")
            for name in ("Ei", "Gyi"):
                self.laptops.at(name, f"/screening/{self.case}/compare").send("/do/open")
            self.laptops.sync("Ei", "Gyi", "Ei")
            reason = {"reason": "not_enough_known"} if act == "decline" else {}
            self.main("Ei", f"/screening/{self.case}/propose/{act}", "Sign", **reason)
            self.laptops.sync("Ei", "Gyi")
            page = self.laptops.at("Gyi", f"/screening/{self.case}")
            self.main("Gyi", page.linked("/sign/"), "Sign")
            self.laptops.sync("Gyi", "Aye")
            if act == "decline":
                again = self.laptops.at("Aye", f"/intake/case/{self.case}/screening")
                again.send("different", different=self.flock.take())
                self.laptops.sync("Aye", "Ei", "Gyi")

    def finds(self, name: str, verdict: str) -> None:
        """One finding, whose words were kept as a draft and whose form was refused once."""
        address = f"/screening/{self.case}/finding"
        page = self.laptops.at(name, address)
        page.send("verdict", verdict=verdict, text=self.flock.take())
        form = page.form("verdict")
        said = {key: "met" for key in form.choices if key.startswith("answer_")}
        said |= {key: given[1] for key, given in form.choices.items() if key.startswith("evidence_")}
        if verdict == "not_eligible":
            said["answer_consistent"] = "not_met"
        page.send("verdict", verdict=verdict, text=self.flock.take(2), force="army", rank_band="nco", **said)
        assert "/finding" not in page.url, page.text

    def planned(self) -> None:
        """A plan, letters, a way that is halted once; the person's own words come with none of it."""
        at, flock, case = self.laptops, self.flock, f"/passage/{self.case}"
        at.sync("Kyi")
        self.fill("Kyi", f"{case}/plan", "first_step", threats=["arrest"], stays_behind="1",
            first_step=flock.take(2), if_silent=flock.take(),
            call_off=flock.take(), region="TH",
        )  # fmt: skip
        self.fill("Kyi", f"{case}/ask", "text", text=flock.take())
        at.sync("Kyi")
        self.letter().send("", "yes")
        at.sync("Kyi")
        self.main("Kyi", f"{case}/go", "Propose go")
        self.main("Kyi", f"{case}/halt", "Halt", reason="danger")
        self.main("Kyi", f"{case}/go", "Propose go")
        at.sync("Kyi", "Aye")
        self.main("Aye", at.at("Aye", f"/intake/case/{self.case}").linked("/sign/"), "Sign this")
        at.sync("Aye", "Kyi")

    def goes(self) -> None:
        """A leg, what its guide says, word from the way, shelter that is told, an arrival."""
        at, flock, case = self.laptops, self.flock, f"/passage/{self.case}"
        page = at.at("Kyi", f"{case}/leg")
        guide = page.form("meet").choices["guide"][0]
        page.send("meet", guide=guide, meet=flock.take(2), end=flock.take(), sign=flock.take())
        self.fill("Kyi", f"{case}/word", "text", text=flock.take())
        at.sync("Kyi", "Lin")
        mine = at.at("Lin", at.at("Lin", "/passage/mine").linked("/passage/mine/[0-9a-f]{16}"))
        for how in ("accepted", "met", "done"):
            mine.send("words", how, words=flock.take())
        self.letter().send("", "ok")
        at.sync("Lin", "Kyi")
        self.main("Kyi", f"{case}", "Call shelter")
        at.sync("Kyi", "Mon")
        at.at("Mon", f"/shelter/case/{self.case}").send("/do/begin")
        at.sync("Mon", "Kyi")
        self.fill("Kyi", f"{case}/expect", "words", words=flock.take(), due="2030-01-01T09:00", region="TH")
        self.main("Kyi", f"{case}/arrive", "Confirm the arrival")
        at.sync("Kyi", "Mon")

    def housed(self) -> None:
        """A house with its words, a bed, a letter of it."""
        at, flock, case = self.laptops, self.flock, f"/shelter/case/{self.case}"
        self.fill(
            "Mon",
            "/shelter/houses/new",
            "label",
            label=flock.take(),
            region="TH",
            beds="5",
            words=flock.take(2),
        )
        house = at.at("Mon", "/shelter/houses").linked(r"/shelter/houses/[0-9a-f]{16}")
        page = at.at("Mon", f"{case}/ask")
        page.send("shelter", shelter=page.form("shelter").choices["shelter"][0])
        at.at("Mon", house).send("key")  # its first button confirms
        self.fill("Mon", f"{case}/letter", "text", text=flock.take())
        self.main("Mon", f"{case}/here", "They are there")
        self.fill("Mon", f"{house}/change", "label", label=flock.take(), words=flock.take())
        at.sync("Mon")

    def paid(self) -> None:
        """A rate with its source, a payment that is stopped and one that reaches them, with its word."""
        at, flock = self.laptops, self.flock
        at.sync("Oo")
        self.fill("Oo", f"/support/case/{self.case}/begin", "currency", currency="MMK", way="cash")
        page = at.at("Oo", "/support/enter").send("month")
        page.send("rate_MMK", "show", rate_MMK="much", source_MMK=flock.take())  # refused: no number
        page.send("rate_MMK", "show", rate_MMK="66.5", source_MMK=flock.take())
        page.send("rate_MMK", "enter")
        at.sync("Oo", "Phyu")
        at.at("Phyu", at.at("Phyu", "/support/").linked("/support/runs/")).send("/approve", "approve")
        at.sync("Phyu", "San")
        page = at.at("San", at.at("San", "/support/").linked("/pay"))
        word = re.findall(r'class="code" lang="my">([^<]+)<', page.answer.text)[0].strip()
        page.send("given", given="on")
        at.sync("San")
        letter = self.letter("word").send("word", "send", word=flock.take())  # not the word
        letter.send("", "anew").send("word", "send", word=word)
        at.sync("Oo")

    def counted(self) -> None:
        """Eleven more are counted, and figures are published."""
        at = self.laptops
        self.numbers = python(COUNT, str(at.home.path), at.home.members["Aye"]).split()
        at.sync("Thi")
        self.main("Thi", "/figures/prepare", "Sign")
        at.sync("Thi", "Chit")
        at.at("Chit", at.at("Chit", "/office/sign/").linked("/office/sign/[0-9a-f]+")).send("Sign", "Sign")
        at.sync("Chit")
        assert "11" in Walker(f"{at.hub.address}/en/figures/").text

    # Hands

    def back(self) -> Walker:
        """The person at the door, inside."""
        return Walker(f"{self.laptops.hub.address}/my/back/").send("words", "open", words=self.words)

    def letter(self, asks: str = "") -> Walker:
        """The person opens the newest letter that waits, or the one that asks for this."""
        inside = self.back()
        waits = [one.value for form in inside.forms for one in form.buttons if one.name == "letter"]
        for name in waits:
            walker = self.back().send("", name)
            if not asks or any(asks in form.fields for form in walker.forms):
                return walker
        raise AssertionError(f"no letter asks for {asks!r}: {inside.text}")

    def fill(self, name: str, address: str, part: str, **filled: str | list[str]) -> None:
        """A page with one form is filled in and kept: it leads away from there."""
        page = self.laptops.at(name, address)
        page.send(part, **filled)
        assert page.answer.ok and not page.url.endswith(address), page.text

    def main(self, name: str, address: str, words: str, **filled: str) -> Walker:
        """A page whose main form has nothing, or little, to fill in."""
        page = self.laptops.at(name, address)
        before = page.url
        page.send(next(iter(filled), words), words, **filled)
        assert page.answer.ok and (page.url != before or "/do/" in before or "Call" in words), page.text
        return page
