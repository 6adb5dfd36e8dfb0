"""What a person does at the door: the only writes. Each takes the `Door` and the person's code.

All raise `NobodyOnIntake` where there is nobody to read it, and what the store raises where it cannot keep it;
then nothing was kept. Who of intake is concerned is rung after the commit, and never holds a person up.
"""

import secrets
from typing import Literal

from banyan.cases.folders import identity, passage, support
from banyan.cases.folders.conversation import About, CheckIn, Consent, Message, Read
from banyan.cases.visit import Door, Opened, Posted, Visit
from banyan.doors.front.bell import belfry
from banyan.doors.front.forms import Answers
from banyan.language.names import Name
from banyan.language.text import nfc
from banyan.sealing.format import Record, digest


def send(*, door: Door, code: bytes, nonce: bytes, answers: Answers, language: str) -> Posted:
    """A message and the answers given with it are kept together, and once for each nonce and text."""
    about = About(**answers.about)
    message = Message(text=nfc(answers.text).replace("\r\n", "\n"), language=language)
    visit = door.visit(code)
    posted = visit.post(nonce, *([about] if answers.about else []), message)
    _ring(visit, posted)
    return posted


def mark_read(*, visit: Visit) -> None:
    """The person has been shown what was new."""
    visit.post(secrets.token_bytes(16), Read())


def check_in(*, door: Door, code: bytes, nonce: bytes, how: str) -> Posted:
    """A person says how they are; whoever is not well is rung for as in danger."""
    visit = door.visit(code)
    posted = visit.post(nonce, CheckIn(how=how))  # type: ignore[arg-type]  # checked when it is written
    if how == "not_ok":
        _ring(visit, posted, danger=True)
    return posted


def answer_consent(
    *, door: Door, code: bytes, nonce: bytes, purpose: str, given: bool, adult: bool | None
) -> Posted:
    """A yes or no to one purpose, and whether the person said that they are 18 or older."""
    return _consent(door.visit(code), nonce, [(purpose, given, adult)])


def say_under_age(*, door: Door, code: bytes, nonce: bytes, purposes: tuple[str, ...]) -> Posted:
    """A person under 18 agrees to nothing: every purpose that was asked is a no, and intake sees why."""
    return _consent(door.visit(code), nonce, [(purpose, False, False) for purpose in purposes])


def _consent(visit: Visit, nonce: bytes, said: list[tuple[str, bool, bool | None]]) -> Posted:
    documents: list[Record] = [
        Consent(purpose=purpose, given=given, adult=adult)  # type: ignore[arg-type]
        for purpose, given, adult in said
    ]
    return visit.post(nonce, *documents)


# Letters of other desks: the answer goes where only that desk reads it, and intake sees that there is one


def mark_opened(*, visit: Visit, letter: bytes) -> None:
    """A letter was shown; kept once."""
    visit.post(digest("opened", letter)[:16], Read(letter=letter))


def tell(*, visit: Visit, nonce: bytes, letter: Opened, name: Name | None, words: str) -> Posted:
    """Names and own words go to those who screen, as they were given; intake does not see them."""
    named = {key: getattr(name, key) for key in name.__struct_fields__} if name else {}
    posted = visit.answer(
        nonce, letter.name, "identity", lambda nth: identity.Told(nth=nth, words=words, **named)
    )
    return _ring_for(visit, letter, posted)


def answer_plan(*, visit: Visit, nonce: bytes, letter: Opened, yes: bool) -> Posted:
    """A person's yes or no to their plan; intake sees which, for nobody goes without it."""
    posted = visit.answer(
        nonce,
        letter.name,
        "passage",
        lambda nth: passage.Answer(nth=nth, yes=yes),
        said="yes" if yes else "no",
    )
    return _ring_for(visit, letter, posted)


def give_word(
    *, visit: Visit, nonce: bytes, letter: Opened, how: Literal["ok", "not_ok", "arrived"]
) -> Posted:
    """Word on the way; for whoever is not well intake is rung too, as for somebody in danger."""
    posted = visit.answer(nonce, letter.name, "passage", lambda nth: passage.Word(nth=nth, how=how), said=how)
    if how == "not_ok":
        _ring(visit, posted, danger=True)
    return _ring_for(visit, letter, posted, danger=how == "not_ok")


def say_received(*, visit: Visit, nonce: bytes, letter: Opened, word: str) -> Posted:
    """The person has the money, and says the word that came with it; intake learns only that they answered."""
    payment = letter.letter.payment or bytes(32)
    posted = visit.answer(
        nonce, letter.name, "support", lambda _nth: support.Receipt(payment=payment, word=word)
    )
    return _ring_for(visit, letter, posted)


def _ring_for(visit: Visit, letter: Opened, posted: Posted, *, danger: bool = False) -> Posted:
    """Ring whoever wrote the letter, if they are still there."""
    author = visit.door.roster.members.get(letter.author)
    if posted.new and author is not None and author.active:
        belfry().ring([author.name], danger=danger)
    return posted


def forget_words(*, door: Door, code: bytes) -> int:
    """The person's own messages and answers are erased here at once, elsewhere when a desk connects; how many."""
    return door.visit(code).forget_words()


def erase(*, door: Door, code: bytes) -> bool:
    """The whole conversation is erased here at once, elsewhere when a desk connects."""
    return door.visit(code).erase()


def _ring(visit: Visit, posted: Posted, *, danger: bool = False) -> None:
    if posted.ring:
        conversation = visit.conversation
        danger = danger or (conversation is not None and conversation.danger)
        belfry().ring([member.name for member in posted.ring], danger=danger)
