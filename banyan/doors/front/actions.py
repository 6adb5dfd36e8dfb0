"""What a person does at the door: the only writes. Each takes the `Door` and the person's code.

All raise `NobodyOnIntake` where there is nobody to read it, and what the store raises where it cannot keep it;
then nothing was kept. Who of intake is concerned is rung after the commit, and never holds a person up.
"""

import secrets

from banyan.cases.folders.conversation import About, CheckIn, Consent, Message, Read
from banyan.cases.visit import Door, Posted, Visit
from banyan.doors.front.bell import belfry
from banyan.doors.front.forms import Answers
from banyan.language.text import nfc
from banyan.sealing.format import Record


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
