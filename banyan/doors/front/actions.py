"""What a person does at the door: the only writes. Each takes the `Door` and the person's code.

All raise `NobodyToRead` where there is nobody to read it, `NothingHere` where the code opens nothing (any more) and
what is written founds nothing, and what the store raises where it cannot keep it; then nothing was kept. Who of intake
is concerned is rung after the commit, and never holds a person up.
"""

import secrets
from typing import Literal

from banyan.cases.folders import cover, identity, passage, support
from banyan.cases.folders.conversation import About, CheckIn, Consent, Message, Read
from banyan.cases.folders.testimony import Account, Agreed
from banyan.cases.visit import Door, NothingHere, Opened, Posted, Visit
from banyan.cleaning import Clean
from banyan.doors.front.bell import belfry
from banyan.doors.front.forms import Answers
from banyan.doors.front.held import held
from banyan.doors.front.rules import as_kept
from banyan.language.names import Name
from banyan.sealing.format import Record, digest


def send(*, door: Door, code: bytes, nonce: bytes, answers: Answers, language: str) -> Posted:
    """A message and the answers given with it are kept together, and once for each nonce and text."""
    about = About(**answers.about)
    text, typed = as_kept(answers.text)
    message = Message(text=text, language=language, typed=typed)
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
    """A person's yes or no to their plan; all on the case see which, for nobody goes without it."""
    posted = visit.answer(
        nonce,
        letter.name,
        "cover",
        lambda nth: cover.Answer(nth=nth, yes=yes),
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
    """All of the person's, what they left for a court too, is erased here at once, elsewhere when a desk connects."""
    held().drop(code)
    return door.visit(code).erase(door.testimony(code))


def ask_erasure(*, door: Door, code: bytes) -> None:
    """The person's words and what they left for a court are erased at once; two members are asked to erase what other
    desks keep.
    """
    held().drop(code)
    visit = door.visit(code)
    _ring(visit, visit.ask_erasure(door.testimony(code)))


def _ring(visit: Visit, posted: Posted, *, danger: bool = False) -> None:
    if posted.ring:
        conversation = visit.conversation
        danger = danger or (conversation is not None and conversation.danger)
        belfry().ring([member.name for member in posted.ring], danger=danger)


# A file, and what is left for a court


def send_file(*, door: Door, code: bytes, nonce: bytes, data: bytes, made: Clean, original: bool) -> Posted:
    """The cleaned copy is kept, or where there is none the file as it was sent, marked so; the unchanged file goes to
    testimony alone, where the person said so. Both are kept, or neither.
    """
    visit = door.visit(code)
    with visit.alone():
        posted = visit.attach(
            nonce, data if made.data is None else made.data, kind=made.kind, media_type=made.media_type,  # type: ignore[arg-type]
            cleaned=made.data is not None, why=made.why,
        )  # fmt: skip
        if original:
            door.testimony(code).keep_unchanged(nonce, data, kind=made.kind)  # type: ignore[arg-type]
    _ring(visit, posted)
    return posted


def leave_account(
    *, door: Door, code: bytes, nonce: bytes, text: str, uses: dict[str, bool], language: str
) -> Posted:
    """An account and what may be done with it are kept together, for those who keep testimony alone; once for each
    nonce and text. Only beside a conversation: who erased everything meanwhile leaves nothing behind.
    """
    read, typed = as_kept(text)
    agreed = [Agreed(purpose=use, given=given) for use, given in uses.items()]  # type: ignore[arg-type]
    visit = door.visit(code)
    with visit.alone():
        if visit.conversation is None:
            raise NothingHere("an account is left beside a conversation")
        return door.testimony(code).post(nonce, *agreed, Account(text=read, language=language, typed=typed))


def agree_to_use(*, visit: Visit, use: str, given: bool) -> None:
    """A yes or no to one use of what was left for a court; the last word counts."""
    visit.post(secrets.token_bytes(16), Agreed(purpose=use, given=given))  # type: ignore[arg-type]


def erase_testimony(*, visit: Visit) -> None:
    """All that was left for a court is erased, with its files."""
    visit.erase()
