"""One whole way in a real browser: from the first message to a published figure, each member at their own desk.

The door in Burmese on a phone without script, the desks in English on laptops; every process is real. At each step
members who do not hold the page try its address and find nothing. Pictures of each page are kept in `artefacts/`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, sync_playwright

from banyan.house.processes import founded_whole, python, started, whole_home
from promises.story import FLAGS, Story

__all__ = ["founded_whole", "started", "whole_home"]
pytestmark = pytest.mark.browser
QUESTION, ANSWER = "ကျွန်တော် ထွက်ချင်ပါတယ်။ ဘယ်လိုလုပ်ရမလဲ။", "သင့်စာကို ဖတ်ပြီးပါပြီ။ ဘေးကင်းပါစေ။"
NAME, ROMAN = "မင်းမင်းလတ်", "Min Min Latt"
FINDING = {"Ei": "Told the same story twice, weeks apart.", "Gyi": "Knew the barracks by its daily round."}
FIRST_STEP, SILENT, CALL_OFF = (
    "Wait for the second word.",
    "Kyi calls the guide after six hours.",
    "A red cloth.",
)
MEET, SIGN = "By the third pillar of the bridge", "A newspaper folded twice"
HOUSE, WAY = "Heron", "နက်ဖြန် မိုးမလင်းခင် ထွက်ပါမယ်။"


@dataclass
class Way:
    """What is known on the way: the person's words, and where the case stands in addresses."""

    words: str = ""
    talk: str = ""
    case: str = ""


@pytest.fixture
def chrome(chromium: str) -> Iterator[Browser]:
    """A browser with nothing in it."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def found(pattern: str, text: str) -> str:
    """What stands in the pattern's brackets."""
    match = re.search(pattern, text)
    assert match is not None, (pattern, text)
    return match[1]


def the_box(story: Story) -> None:
    """Thi opens the box for counting; desks drop into it from their next sync on."""
    page = story.at("Thi", "/figures/")
    story.press(page, "Open the box")
    story.picture(page, "figures-today")
    story.sync("Thi")


def the_message(story: Story, way: Way) -> None:
    """The person writes for the first time."""
    page = story.phone()
    assert page.locator("html").get_attribute("lang") == "my"
    story.picture(page, "door-first")
    page.locator("form[action$='/words/'] button").first.click()
    way.words = " ".join(re.findall(r"[\u1000-\u109f]{2,}", page.locator(".code").inner_text()))
    assert len(way.words.split()) == 8
    story.picture(page, "door-words")
    page.locator("button[formaction$='/my/write/']").click()
    page.locator("[name=danger][value=no]").check()
    page.locator("[name=message]").fill(QUESTION)
    page.locator("details:has([name=concern]) summary").first.click()
    page.locator("[name=concern]").select_option("self")
    page.locator("[name=force]").select_option("army")
    page.locator("[name=rank_band]").select_option("nco")
    story.picture(page, "door-write")
    page.locator("button[name=send]").click()
    story.picture(page, "door-sent")
    assert QUESTION not in page.title() and "words" not in page.url


def the_answer(story: Story, way: Way) -> None:
    """Aye answers and asks for consent."""
    story.sync("Aye")
    page = story.at("Aye", "/intake/")
    story.picture(page, "intake-today")
    page.locator("main a.button").first.click()
    assert QUESTION in page.locator("main").inner_text()
    way.talk = found(r"(/intake/[0-9a-f]{16})", page.url)
    story.closed_to(page, "Chit", "Dway", secret=QUESTION)
    page.locator("[name=text]").first.fill(ANSWER)
    page.locator("form[action$='/answer'] button").first.click()
    assert ANSWER in page.locator("main").inner_text()
    page = story.at("Aye", f"{way.talk}/consent")
    for purpose in ("service", "figures"):
        page.locator(f"[name=purposes][value={purpose}]").check()
    story.picture(page, "intake-consent")
    story.closed_to(page, "Ei", "Lin")
    story.press(page, "Ask")
    story.picture(page, "intake-conversation")
    story.sync("Aye")


def the_consent(story: Story, way: Way) -> None:
    """The person reads the answer, is 18 or older, and agrees to each question by itself."""
    page = story.comes_back(way.words)
    assert ANSWER in page.locator("main").inner_text()
    story.picture(page, "door-answered")
    page.locator("button[formaction$='/my/agree/']").click()
    story.picture(page, "door-age")
    page.locator("button[name=adult][value=yes]").click()
    for _ in ("service", "figures"):
        story.picture(page, "door-agree")
        page.locator("button[name=answer][value=yes]").click()
    story.picture(page, "door-agreed")


def the_case(story: Story, way: Way) -> None:
    """Aye opens a case, which Ba shares."""
    story.sync("Aye", "Ba")
    page = story.at("Aye", f"{way.talk}/open-case")
    page.locator("[name=adults]").fill("2")
    page.locator("[name=children]").fill("1")
    page.locator("[name=needs][value=children]").check()
    story.picture(page, "intake-open-case")
    story.press(page, "Open case")
    link = page.locator("a[href*='/intake/case/']").first.get_attribute("href") or page.url
    way.case = found(r"/intake/case/([0-9a-f]{16})", link)
    page = story.at("Aye", f"/intake/case/{way.case}")
    story.picture(page, "intake-case")
    story.closed_to(page, "Dway", "Lin")
    story.sync("Aye", "Ba")


def the_two_offline(story: Story, way: Way) -> None:
    """While the hub is away Aye asks for screening and Ba lets the case wait, with different households. Both are
    shown, Ba chooses, and Aye agrees after sync.
    """
    story.hub_away()
    case = f"/intake/case/{way.case}"
    for name, children in (("Aye", "2"), ("Ba", "3")):
        page = story.at(name, f"{case}/change")
        page.locator("[name=children]").fill(children)
        story.press(page, "Keep it")
    page = story.at("Aye", f"{case}/screening")
    story.picture(page, "intake-ask-screening")
    story.press(page, "Ask")
    story.picture(page, "intake-offline")
    page = story.at("Ba", f"{case}/to/waiting")
    story.picture(page, "intake-to-waiting")
    page.locator("main form button.button").first.click()
    story.hub_back()
    story.sync("Aye", "Ba", "Aye", "Ba")
    for name in ("Aye", "Ba"):
        page = story.at(name, case)
        assert page.get_by_text("Two wrote different things at once").is_visible()
        assert page.locator("[formaction$='/do/screening']").count() == 1
        assert page.locator("[formaction$='/do/waiting']").count() == 1
    story.picture(page, "intake-two-stages")
    page.locator("[formaction$='/do/screening']").click()
    page = story.at("Ba", f"{case}/change")
    story.picture(page, "intake-two-households")
    page.locator("[name=children]").fill("2")
    story.press(page, "Keep it")
    story.sync("Ba", "Aye")
    for name in ("Aye", "Ba"):
        page = story.at(name, case)
        assert page.get_by_text("Two wrote different things at once").count() == 0
        assert page.locator("[formaction*='/do/']").count() == 0
    story.picture(page, "intake-settled")


def the_name(story: Story, way: Way) -> None:
    """Ei begins and asks for the name by letter; the person tells it at the door, where intake cannot read it."""
    story.sync("Ei")
    page = story.at("Ei", "/screening/")
    story.picture(page, "screening-today")
    page = story.at("Ei", f"/screening/{way.case}/ask")
    page.locator("[name=kind][value=names]").check()
    story.picture(page, "screening-ask")
    story.closed_to(page, "Aye", "Lin")
    story.press(page, "Send")
    story.sync("Ei")
    page = story.opens_letter(way.words, "door-letter-names")
    page.locator("[name=given]").fill(NAME)
    page.locator("[name=romanised]").fill(ROMAN)
    story.picture(page, "door-names")
    page.locator("button[name=send]").click()
    story.picture(page, "door-names-told")
    story.sync("Aye", "Ei", "Gyi")
    page = story.at("Ei", f"/screening/{way.case}/identity")
    assert NAME in page.locator("main").inner_text()
    story.picture(page, "screening-identity")
    story.closed_to(page, "Aye", "Yu", secret=NAME)
    for path in (way.talk, f"/intake/case/{way.case}"):
        assert NAME not in story.at("Aye", path).content() and ROMAN not in story.at("Aye", path).content()


def the_findings(story: Story, way: Way) -> None:
    """Ei and Gyi find alone, open theirs to one another, and sign the admission one after the other."""
    for name, text in FINDING.items():
        page = story.at(name, f"/screening/{way.case}/finding")
        for answer in page.locator("[name^=answer_][value=met]").all():
            answer.check()
        for choice in page.locator("select[name^=evidence_]").all():
            choice.select_option(index=1)
        page.locator("[name=force]").select_option("army")
        page.locator("[name=rank_band]").select_option("nco")
        page.locator("[name=verdict][value=eligible]").check()
        page.locator("[name=text]").fill(text)
        story.picture(page, f"screening-finding-{name}")
        story.press(page, "Keep my finding")
        story.closed_to(page, "Aye", "Kyi", secret=text)
    assert FINDING["Ei"] not in story.at("Gyi", f"/screening/{way.case}/compare").content()
    story.sync("Ei", "Gyi", "Ei")
    for name in FINDING:
        page = story.at(name, f"/screening/{way.case}/compare")
        story.picture(page, f"screening-open-{name}")
        page.locator("form[action$='/do/open'] button").click()
        story.sync(name)
    story.sync("Ei")
    page = story.at("Ei", f"/screening/{way.case}/compare")
    for text in FINDING.values():
        assert text in page.locator("main").inner_text()
    story.picture(page, "screening-compare")
    story.closed_to(page, "Ba", "San", secret=FINDING["Gyi"])
    page = story.at("Ei", f"/screening/{way.case}/propose/admit")
    story.picture(page, "screening-propose")
    story.press(page, "Sign")
    story.sync("Ei", "Gyi")
    page = story.at("Gyi", f"/screening/{way.case}")
    story.picture(page, "screening-case")
    page.locator("main a[href*='/sign/']").first.click()
    story.picture(page, "screening-sign")
    story.press(page, "Sign")
    story.picture(page, "screening-signed")
    story.sync("Gyi")


def the_plan(story: Story, way: Way) -> None:
    """Kyi writes the plan in two goes, for the laptop is locked in the middle of typing; the person says yes."""
    story.sync("Kyi")
    page = story.at("Kyi", "/passage/")
    story.picture(page, "passage-today")
    case = f"/passage/{way.case}"
    page = story.at("Kyi", f"{case}/plan")
    page.locator("[name=threats]").first.check()
    page.locator("[name=stays_behind]").fill("2")
    page.locator("[name=first_step]").fill(FIRST_STEP)
    story.press(page, "Keep the plan")
    page = story.at("Kyi", f"{case}/plan")
    page.locator("[name=if_silent]").fill(SILENT[:9])
    story.lock("Kyi")
    story.picture(page, "passage-locked")
    assert page.goto(story.origin("Kyi") + f"{case}/plan") and FIRST_STEP not in page.content()
    page.goto(story.origin("Kyi") + "/")
    story.unlock("Kyi")
    page = story.at("Kyi", f"{case}/plan")
    assert page.locator("[name=first_step]").input_value() == FIRST_STEP
    page.locator("[name=if_silent]").fill(SILENT)
    page.locator("[name=call_off]").fill(CALL_OFF)
    page.locator("[name=region]").select_option("TH")
    story.picture(page, "passage-plan")
    story.closed_to(page, "Dway", "Lin", secret=FIRST_STEP)
    story.press(page, "Keep the plan")
    page = story.at("Kyi", f"{case}/ask")
    page.locator("[name=text]").fill(WAY)
    page.locator("select[name=language]").select_option("my")
    story.picture(page, "passage-ask")
    story.press(page, "Send")
    story.sync("Kyi", "Aye")
    assert WAY not in story.at("Aye", way.talk).content()
    page = story.opens_letter(way.words, "door-letter-way")
    assert WAY in page.locator("main").inner_text()
    page.locator("button[name=send][value=yes]").click()
    story.picture(page, "door-way-yes")


def the_go(story: Story, way: Way) -> None:
    """Kyi proposes, Aye signs."""
    story.sync("Kyi")
    page = story.at("Kyi", f"/passage/{way.case}/go")
    story.picture(page, "passage-go")
    story.closed_to(page, "Ei", "Mon")
    story.press(page, "Propose go")
    story.picture(page, "passage-proposed")
    story.sync("Kyi", "Aye")
    page = story.at("Aye", "/intake/")
    story.picture(page, "intake-today-sign")
    page = story.at("Aye", f"/intake/case/{way.case}")
    page.locator("main a[href*='/sign/']").first.click()
    story.picture(page, "intake-sign")
    assert FIRST_STEP not in page.content()
    story.closed_to(page, "Chit", "Gyi")
    page.locator("main form button.button").first.click()
    story.picture(page, "intake-signed")
    story.sync("Aye", "Kyi")


def the_leg(story: Story, way: Way) -> None:
    """Kyi gives Lin a leg, Lin accepts, meets and says done."""
    page = story.at("Kyi", f"/passage/{way.case}/leg")
    page.locator("[name=guide]").first.check()
    page.locator("[name=meet]").fill(MEET)
    page.locator("[name=end]").fill("At the market")
    page.locator("[name=means]").select_option(index=1)
    page.locator("[name=sign]").fill(SIGN)
    story.picture(page, "passage-leg")
    story.closed_to(page, "Yu", "Aye", secret=MEET)
    story.press(page, "Ask the guide")
    story.sync("Kyi", "Lin")
    page = story.at("Lin", "/passage/mine")
    story.picture(page, "passage-mine")
    page.locator("main a[href*='/passage/mine/']").first.click()
    story.picture(page, "passage-my-leg")
    assert MEET in page.content() and FIRST_STEP not in page.content() and way.case not in page.content()
    story.closed_to(page, "Aye", "Dway", secret=MEET)
    for how in ("accepted", "met", "done"):
        page.locator(f"button[name=how][value={how}]").click()
    story.picture(page, "passage-leg-done")
    story.sync("Lin", "Kyi")


def the_arrival(story: Story, way: Way) -> None:
    """Kyi confirms the arrival and reads nothing new from then on."""
    page = story.at("Kyi", f"/passage/{way.case}")
    story.picture(page, "passage-case")
    page = story.at("Kyi", f"/passage/{way.case}/arrive")
    story.picture(page, "passage-arrive")
    story.closed_to(page, "Lin", "Yu")
    story.press(page, "Confirm the arrival")
    story.picture(page, "passage-left")
    story.sync("Kyi")


def the_bed(story: Story, way: Way) -> None:
    """Mon founds a house that Nwe keeps and asks for a bed, Nwe confirms, and they are there."""
    story.sync("Mon")
    page = story.at("Mon", "/shelter/")
    story.picture(page, "shelter-today")
    page = story.at("Mon", "/shelter/houses/new")
    page.locator("[name=label]").fill(HOUSE)
    page.locator("[name=region]").select_option(index=1)
    page.locator("[name=beds]").fill("6")
    page.get_by_label("Nwe").check()
    story.picture(page, "shelter-new-house")
    story.press(page, "Add the house")
    case = f"/shelter/case/{way.case}"
    page = story.at("Mon", case)
    story.picture(page, "shelter-case")
    page.locator("form[action$='/do/begin'] button").click()
    page = story.at("Mon", f"{case}/ask")
    page.locator("[name=shelter]").first.check()
    story.picture(page, "shelter-ask")
    story.closed_to(page, "Kyi", "Oo", secret=HOUSE)
    story.press(page, "Ask")
    story.sync("Mon", "Nwe")
    page = story.at("Nwe", "/shelter/houses")
    story.picture(page, "shelter-houses")
    page.locator("main a[href*='/shelter/houses/']:not([href$=new])").first.click()
    story.picture(page, "shelter-house")
    story.closed_to(page, "Kyi", "Dway", secret=HOUSE)
    page.locator("[formaction$='/do/confirm']").first.click()
    story.sync("Nwe", "Mon")
    page = story.at("Mon", f"{case}/here")
    story.picture(page, "shelter-here")
    story.press(page, "They are there")
    story.picture(page, "shelter-lives")
    assert HOUSE in page.locator("h1").inner_text()
    story.closed_to(page, "Aye", "Ei", secret=HOUSE)
    story.sync("Mon")


def the_money(story: Story, way: Way) -> None:
    """Oo entitles the household and enters the month, Phyu approves, San pays; the person says that they have it."""
    story.sync("Oo")
    page = story.at("Oo", "/support/")
    story.picture(page, "support-today")
    page = story.at("Oo", f"/support/case/{way.case}/begin")
    page.locator("[name=currency]").select_option("MMK")
    page.locator("[name=way]").first.check()
    story.picture(page, "support-begin")
    story.closed_to(page, "Mon", "Yu")
    story.press(page, "Begin")
    page = story.at("Oo", "/support/enter")
    story.press(page, "")
    page.locator("[name=rate_MMK]").fill("66.5")
    page.locator("[name=source_MMK]").fill("the market")
    page.locator("button[name=do][value=show]").click()
    story.picture(page, "support-enter")
    page.locator("button[name=do][value=enter]").click()
    story.picture(page, "support-run")
    story.closed_to(page, "Mon", "Dway")
    story.sync("Oo", "Phyu")
    page = story.at("Phyu", "/support/")
    story.picture(page, "support-approve-today")
    page.locator("main a.button").first.click()
    story.picture(page, "support-approve")
    story.closed_to(page, "San", "Thi")
    page.locator("button[name=do][value=approve]").click()
    story.sync("Phyu", "San")
    page = story.at("San", "/support/")
    story.picture(page, "support-pay-today")
    page.locator("main a.button").first.click()
    word = page.locator(".code[lang=my]").inner_text()
    story.picture(page, "support-pay")
    story.closed_to(page, "Oo", "Lin", secret=word)
    page.locator("[name=given]").check()
    page.locator("main form button.button").first.click()
    story.sync("San", "Oo")
    page = story.opens_letter(way.words, "door-letter-money")
    page.locator("[name=word]").fill(word)
    page.locator("button[name=send]").click()
    story.picture(page, "door-money-said")
    page.locator("button[formaction$='/my/money/']").click()
    story.picture(page, "door-money")
    story.sync("Oo")
    page = story.at("Oo", f"/support/case/{way.case}")
    assert page.get_by_text(re.compile("received|confirmed", re.I)).count()
    story.picture(page, "support-received")
    story.closed_to(page, "Mon", "Aye")


COUNT = """
import secrets, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from banyan.house.cli import places
home, phrase = Path(sys.argv[1]), sys.argv[2]
store = places.open_store(home, hub=True)
from banyan.cases.folders import kind_of
from banyan.cases.folders.tally import Counted
from banyan.cases.place import Place
from banyan.folders import compose
from banyan.sealing import phrases
from banyan.sealing.format import write
keys = phrases.unlock((places.desk_dir(home, "Aye") / places.KEYS).read_bytes(), phrase)
place = Place(keys=keys, store=store)
month = (datetime.now(UTC) - timedelta(days=100)).strftime("%Y-%m")
for _ in range(11):
    one = Counted(number=secrets.token_bytes(16), event="asked", month=month, force="army", rank_band="nco")
    data = compose.drop(keys, place.tally_slot(), roster=place.roster, kind=kind_of("tally", one),
                        document=write(one), time=place.now)
    print(store.add([data]))
"""


def the_figures(story: Story, way: Way) -> None:
    """Eleven more were counted in a quarter that is over: Thi signs the figures first, Chit second; all may read."""
    python(COUNT, str(story.home.path), story.home.members["Aye"])
    story.sync("Thi")
    page = story.at("Thi", "/figures/")
    story.picture(page, "figures-counted")
    page = story.at("Thi", "/figures/prepare")
    story.picture(page, "figures-prepare")
    story.press(page, "Sign")
    story.picture(page, "figures-published")
    public = f"{story.hub.address}/en/figures/"
    before = story.phone("/en/figures/")
    story.picture(before, "figures-public-before")
    story.sync("Thi", "Chit")
    page = story.at("Chit", "/office/sign/")
    story.picture(page, "office-signing")
    page.locator("main a[href*='/office/sign/']").first.click()
    story.picture(page, "office-sign")
    page.locator("main form button.button").first.click()
    story.sync("Chit")
    page = story.phone("/en/figures/")
    assert "11" in page.locator("main").inner_text() and public in page.url
    assert "11" not in before.locator("main").inner_text()
    story.picture(page, "figures-public")
    story.picture(story.phone("/my/figures/"), "figures-public-my")


STEPS = (
    the_message, the_answer, the_consent, the_case, the_two_offline, the_name, the_findings, the_plan, the_go, the_leg,
    the_arrival, the_bed, the_money, the_figures,
)  # fmt: skip


def test_one_persons_whole_way_through_the_pages(chrome, whole_home, started) -> None:
    story, way = Story(chrome, whole_home, started, "whole"), Way()
    the_box(story)
    for step in STEPS:
        step(story, way)
