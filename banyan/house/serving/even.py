"""Answers of few lengths, compressed only where nobody's words are.

Length tells a listener what a body holds, and far more of one that is compressed: a secret beside words that somebody
chose gives itself away letter by letter (BREACH). So a page is one gzip stream of pieces. What is still, the frame and
the programme's own sentences, which are the same for everybody, is compressed piece by piece; whatever else there is
(a code, a nonce, a name, anybody's words) is stored as it stands, and no piece refers to another. Blanks at the end
fill the stream up to the next of a few lengths.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from struct import pack

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import trans_real

from banyan.sealing import words

KIB = 1024
LENGTHS = tuple((3 * KIB) << doubled for doubled in range(10))
OF_A_POST = LENGTHS[
    1
]  # the shortest answer to a post: room for what a code opens, so that it looks like any other
WORTHWHILE = 150  # bytes of still text that are compressed apart; a piece of its own costs some ten

Piece = tuple[bool, bytes]
_BLANK = b" "
_GZIP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # no name, no time, no system
_BLOCK = 0xFFFF
_MAIN = b"<main"
# A choice comes with its label: it is one of few, by a name that the page gives. Other values may be a person's own.
_TOKEN = re.compile(rb'<(?:option|input type="(?:radio|checkbox)")[^>]*>[^<]*|<[^>]*>?|[^<]+')
_NAMED = re.compile(rb'<(?:option|button|input type="(?:radio|checkbox)")[^>]* value="[A-Za-z0-9_-]{0,20}"')


def length_for(size: int, least: int = 0) -> int:
    """The shortest of the few lengths into which so many bytes go; beyond the longest its multiples."""
    fitting = (length for length in LENGTHS if length >= max(size, least))
    return next(fitting, -(-size // LENGTHS[-1]) * LENGTHS[-1])


def filled(body: bytes, least: int = 0) -> bytes:
    """A body with blanks at its end, for a browser that takes no gzip."""
    return body.ljust(length_for(len(body), least), _BLANK)


def gzipped(pieces: Iterable[Piece], least: int = 0) -> bytes:
    """One gzip stream of pieces (whether to compress it, its bytes), filled up with blanks to one of the lengths."""
    stream, crc, size = bytearray(_GZIP), 0, 0
    for still, piece in pieces:
        stream += _squeezed(piece) if still else _stored(piece)
        crc, size = zlib.crc32(piece, crc), size + len(piece)
    blocks, blanks = _blanks(length_for(len(stream) + 5 + 8, least) - len(stream) - 8)
    return bytes(stream + blocks + pack("<II", zlib.crc32(blanks, crc), size + len(blanks) & 0xFFFFFFFF))


def _blanks(room: int) -> tuple[bytes, bytes]:
    """Blocks that take exactly this room (5 bytes or more) and end the stream, and the blanks in them."""
    left, blocks = room, bytearray()
    while left > _BLOCK + 5:
        one = min(_BLOCK + 5, left - 5)
        blocks += _block(_BLANK * (one - 5))
        left -= one
    blocks += _block(_BLANK * (left - 5), last=True)
    return bytes(blocks), _BLANK * (room - 5 * -(-room // (_BLOCK + 5)))


def _block(data: bytes, *, last: bool = False) -> bytes:
    return pack("<BHH", last, len(data), len(data) ^ _BLOCK) + data


def _stored(piece: bytes) -> bytes:
    return b"".join(_block(piece[start : start + _BLOCK]) for start in range(0, len(piece), _BLOCK))


@lru_cache(maxsize=256)
def _squeezed(piece: bytes) -> bytes:
    """Compressed without a window into anything before. Kept: it is the same for everybody, and comes again."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(piece) + deflate.flush(zlib.Z_FULL_FLUSH)


def parts(page: bytes) -> Iterator[Piece]:
    """A page in pieces: its frame up to `<main`, and from there on what is still in it and what is not."""
    frame, main, rest = page.partition(_MAIN)
    yield bool(main), frame
    run, stored = b"", b""
    for token in _TOKEN.findall(main + rest):
        if _is_still(token):
            run += token
            continue
        if len(run) >= WORTHWHILE:
            yield False, stored
            yield True, run
            run = stored = b""
        stored, run = stored + run + token, b""
    yield False, stored
    yield len(run) >= WORTHWHILE, run


def _is_still(token: bytes) -> bool:
    if not token.startswith(b"<"):
        return token.strip() in _sentences() or not token.strip()
    return token.endswith(b">") if b" value=" not in token else _NAMED.match(token) is not None


@cache
def _sentences() -> frozenset[bytes]:
    """All that the catalogues say in any language, and no word that a code may have."""
    said: set[str] = set()
    for language, _ in settings.LANGUAGES:
        for key, translated in trans_real.translation(language)._catalog.items():  # type: ignore[attr-defined]
            asked = key[0] if isinstance(key, tuple) else key
            said |= {str(asked).rpartition("\x04")[2], str(translated)}
    of_codes = {word for language in ("en", "my") for word in words.load(language)}
    return frozenset(escape(sentence).strip().encode() for sentence in said - of_codes if sentence.strip())
