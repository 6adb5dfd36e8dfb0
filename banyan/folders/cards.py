"""A join card as text, to be pasted, mailed or carried: its first line, the record in base64, a last line.

Nothing in it is secret. Whoever carries it could exchange it for a card of their own, and that is why its
fingerprint is read aloud before anybody signs.
"""

import base64
import binascii
import re
import textwrap

from banyan.folders.roster import Card
from banyan.sealing.faults import Damaged
from banyan.sealing.format import read, write

FIRST, LAST = "banyan join card", "end of card"
LONGEST = 16 * 1024
BETWEEN = re.compile(rf"{FIRST}(.*?)(?:{LAST}|\Z)", re.IGNORECASE | re.DOTALL)


def card_text(card: Card) -> str:
    """The card in lines of 64 letters."""
    lines = textwrap.wrap(base64.b64encode(write(card)).decode(), 64)
    return "\n".join([FIRST, *lines, LAST, ""])


def read_card(text: str) -> Card:
    """The card that a text holds, whatever stands around it and however its lines were broken.

    Raises `Damaged` where there is none, `Forged` where its own keys did not sign it.
    """
    found = BETWEEN.search(text[:LONGEST])
    if found is None:
        raise Damaged("no join card: its first line is missing")
    letters = re.sub(r"[\s>]", "", found[1])
    try:
        data = base64.b64decode(letters, validate=True)
    except (binascii.Error, ValueError):
        raise Damaged("a join card with letters missing or exchanged") from None
    card = read(data, Card)
    if not card.name.isprintable() or card.name != card.name.strip():
        raise Damaged("a join card whose pseudonym cannot be shown")
    card.check()
    return card
