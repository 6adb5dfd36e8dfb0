"""The pages of letters in a real browser at 360 px, in both languages: pictured, measured, asked by axe."""

import pytest
from playwright.sync_api import Page

from banyan.cases.folders.conversation import Agreement, CaseOpened, Letter, Message
from banyan.cases.testing import Programme
from banyan.doors.front.tests.mail import MEMBERS, Mail
from banyan.house.testing import look, served, window
from banyan.sealing import codes

pytestmark = pytest.mark.browser
DAY = 86_400_000
TEXTS = {
    "en": ("Please tell us your name. Only we two read it.", "When did you join?",
           "On the agreed day wait for the second word.\nThen walk. You are met.", "Write when it is safe.",
           "A bed is ready for you and your family.", "Min Min Latt"),
    "my": ("နာမည်ကို ပြောပြပါ။ ကျွန်ုပ်တို့ နှစ်ဦးပဲ ဖတ်ပါမယ်။", "ဘယ်တုန်းက ဝင်ခဲ့တာလဲ။",
           "ချိန်းထားတဲ့နေ့မှာ ဒုတိယစကားကို စောင့်ပါ။\nပြီးရင် လမ်းလျှောက်ပါ။ လာကြိုပါမယ်။", "လုံခြုံတဲ့အခါ စာရေးပါ။",
           "သင်နဲ့ မိသားစုအတွက် အိပ်ရာ ရှိပါပြီ။", "မင်းမင်းလတ်"),
}  # fmt: skip


@pytest.fixture
def programme(tmp_path, django_db_blocker):
    with django_db_blocker.unblock():
        made = Programme(tmp_path, MEMBERS)
        yield made
        made.close()


class Walk:
    """A person who goes from page to page, and what was wrong with each."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language
        self.wrong: list[str] = []

    def seen(self, name: str) -> None:
        assert self.page.locator("html").get_attribute("lang") == self.language
        found = look(self.page, f"door-letters-{name}-{self.language}-360")
        # The buttons for other languages stand outside the window: their labels in the header are what one taps.
        self.wrong += [one for one in found if 'class="skip"' not in one]

    def press(self, path: str, nth: int = 0) -> None:
        self.page.locator(f"button[formaction$='/{path}/']").nth(nth).click()

    def send(self, value: str = "1") -> None:
        self.page.click(f"button[name=send][value='{value}']")


def all_letters(mail: Mail, language: str) -> None:
    """Every kind of letter, written by its desk."""
    names, question, way, word, bed, _ = TEXTS[language]
    for kind, text in (("names", names), ("question", question), ("way", way), ("bed", bed)):
        mail.write(kind, Letter(text=text, language=language))
    due = mail.programme.door.now + DAY
    mail.write("word", Letter(text=word, language=language, due=due, every_hours=12))
    for month in ("2026-02", "2026-03"):
        mail.write("money", Letter(amount=1_250_000, currency="THB", month=month, payment=b"p" * 32))
    for document in (
        Agreement(next_due=due, every_hours=24),
        CaseOpened(cover=b"c" * 32),
        Message(text=way, language=language),
    ):
        mail.aye.write(mail.folder, document)
    mail.programme.carry()


def goes(walk: Walk, mail: Mail) -> None:
    """Through every page of letters, with a fault and an answer on each."""
    page, name = walk.page, TEXTS[walk.language][-1]
    walk.seen("inside")
    walk.press("letter")
    walk.seen("names")
    walk.send()
    walk.seen("names-empty")
    page.fill("[name=given]", name)
    walk.send()
    walk.seen("names-sent")
    walk.press("inside")
    walk.press("letter")
    walk.seen("question")
    page.fill("[name=words]", name)
    walk.send()
    walk.seen("question-sent")
    walk.press("inside")
    walk.press("letter")
    walk.seen("way")
    walk.send("yes")
    walk.seen("way-yes")
    walk.send("no")
    walk.seen("way-no")
    walk.press("inside")
    walk.press("letter")
    walk.seen("bed")
    walk.press("inside")
    walk.press("letter")
    walk.seen("word")
    mail.programme.clock.forward(hours=26)
    walk.press("inside")
    walk.seen("inside-missed")
    walk.press("letter")
    walk.seen("word-missed")
    walk.send("not_ok")
    walk.seen("word-not-well")
    walk.send("arrived")
    walk.seen("word-arrived")
    walk.press("inside")
    walk.press("letter")
    walk.seen("money")
    page.fill("[name=word]", "river lake " * 9)
    walk.send()
    walk.seen("money-long")
    page.fill("[name=word]", "river")
    walk.send()
    walk.seen("money-sent")
    walk.press("money")
    walk.seen("statement")
    walk.press("letters")
    walk.seen("all")
    walk.press("inside")
    walk.press("more")
    walk.seen("more")
    walk.press("close")
    walk.seen("erase")
    page.click("[name=sure]")
    walk.seen("erase-asked")


@pytest.mark.parametrize("language", ["my", "en"])
def test_every_page_of_letters_fits_a_small_screen_and_reads_aloud(browser, programme, person, language):
    words, _ = person.tell(TEXTS[language][3])
    mail = Mail(programme)
    all_letters(mail, language)
    with served() as start, window(browser, language, 360) as page:
        page.goto(f"{start}/{language}/back/")
        page.fill("[name=words]", " ".join(codes.to_words(codes.from_words(" ".join(words)), language)))
        page.click("button[name=open]")
        walk = Walk(page, language)
        goes(walk, mail)
    assert walk.wrong == []
