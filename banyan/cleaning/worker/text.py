"""Plain text, strictly decoded, without the signs that nobody sees.

Burmese and the other scripts of the country need single joiners and breaks of no width; runs of them are
needed by nobody and can carry a number. Signs that turn the direction of reading can lie about a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from banyan.cleaning.kinds import encoding_of
from banyan.cleaning.worker.refusal import Refused

MEDIA_TYPE = "text/plain; charset=utf-8"
KEPT = {"\n", "\t"}
WIDTHLESS = "\u200b\u200c\u200d\u2060\ufe00-\ufe0f"
RUN = re.compile(f"([{WIDTHLESS}])[{WIDTHLESS}]+")
ALONE = set("\u200b\u200c\u200d\u2060")
UNSEEN = {"Cc", "Cf", "Co", "Cn", "Zl", "Zp"}


def cleaner() -> Callable[[bytes], tuple[str, bytes]]:
    """Text, loaded."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        clean("a".encode(encoding))
    return clean


def clean(data: bytes) -> tuple[str, bytes]:
    """The same text in UTF-8, with line ends of one kind, and nothing that cannot be seen."""
    try:
        text = data.decode(encoding_of(data), "strict")
    except UnicodeDecodeError as broken:
        raise Refused("broken") from broken
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    seen = "".join(sign for sign in text if _stays(sign))
    return MEDIA_TYPE, RUN.sub(r"\1", seen).encode()


def _stays(sign: str) -> bool:
    if sign in KEPT or sign in ALONE:
        return True
    return unicodedata.category(sign) not in UNSEEN and not 0xE0100 <= ord(sign) <= 0xE01EF
