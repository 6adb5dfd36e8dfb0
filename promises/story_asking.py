"""The first half of the whole story, scene by scene: contact, answer, consent, a case, names, findings, admission.

Each scene takes the `Story` and the person's `Way`, and takes a picture of each page on its way.
"""

import re
from dataclasses import dataclass

from promises.story import Story

QUESTION, ANSWER = "ကျွန်တော် ထွက်ချင်ပါတယ်။ ဘယ်လိုလုပ်ရမလဲ။", "သင့်စာကို ဖတ်ပြီးပါပြီ။ ဘေးကင်းပါစေ။"
NAME, ROMAN = "မင်းမင်းလတ်", "Min Min Latt"
FINDING = {"Ei": "Told the same story twice, weeks apart.", "Gyi": "Knew the barracks by its daily round."}


@dataclass
class Way:
    """What is known on the way: the person's words, and where the case stands in addresses."""

    words: str = ""
    talk: str = ""
    case: str = ""


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
    assert "What is your name" not in page.locator("main").inner_text()
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
