"""The second half of the whole story: a plan, a go, a leg, an arrival, a bed, money by three, figures by two."""

import re

from banyan.house.processes import python
from promises.story import Story
from promises.story_asking import Way

FIRST_STEP, SILENT, CALL_OFF = (
    "Wait for the second word.",
    "Kyi calls the guide after six hours.",
    "A red cloth.",
)
MEET, SIGN = "By the third pillar of the bridge", "A newspaper folded twice"
HOUSE, WAY = "Heron", "နက်ဖြန် မိုးမလင်းခင် ထွက်ပါမယ်။"
RATE = "the rate of the market that morning"


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
    page.locator("[name=if_silent]").fill(SILENT)
    story.lock_elsewhere("Kyi")
    page.locator("main form button.button").first.click()  # the desk has locked: it keeps what was sent
    story.picture(page, "passage-locked")
    page.goto(story.origin("Kyi") + f"{case}/plan")
    assert FIRST_STEP not in page.content() and SILENT not in page.content()
    story.unlock("Kyi")
    assert SILENT in page.locator("main").inner_text()
    story.picture(page, "passage-held")
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
    page.locator("[name=source_MMK]").fill(RATE)
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


# So many more asked in a quarter that is over: dropped with Aye's own keys, by what a desk drops with.
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
    assert store.add([data]).new
    print(one.number.hex())
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
