"""Looking for traces: a text in raw bytes, in every spelling in which a program might have left it."""

import base64
import json
import random
import urllib.parse
from collections.abc import Iterable, Iterator
from pathlib import Path

CONSONANTS = "ကခဂစဆဇတထဒနပဖဗမယရလဝသဟအ"
SIGNS = ("", "ာ", "ိ", "ု", "ေ", "ော", "ို", "့", "း")


def canaries(number: int, seed: int) -> list[str]:
    """Texts that stand nowhere else: half of them Latin letters, half Burmese."""
    chance = random.Random(seed)
    latin = ("".join(chance.choices("bcdfghjklmnpqrstvwxz", k=16)) for _ in range(number - number // 2))
    burmese = (
        "".join(chance.choice(CONSONANTS) + chance.choice(SIGNS) for _ in range(9))
        for _ in range(number // 2)
    )
    return [text for pair in zip(latin, burmese, strict=False) for text in pair]


def spellings(text: str) -> set[bytes]:
    """The bytes that would give a text away."""
    raw = text.encode()
    found = {
        raw,
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        raw.hex().encode(),
        raw.hex().upper().encode(),
    }
    found |= {
        urllib.parse.quote(text).encode(),
        urllib.parse.quote_plus(text).encode(),
        json.dumps(text)[1:-1].encode(),
    }
    for shift in range(3):
        coded = base64.b64encode(bytes(shift) + raw)
        start = (shift * 8 + 5) // 6
        whole = coded[start : len(coded) - 4]
        found |= {whole, whole.replace(b"+", b"-").replace(b"/", b"_")}
    return {one for one in found if len(one) >= 12}


def files(*places: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file below these places, with its bytes."""
    for place in places:
        for path in sorted(place.rglob("*")):
            if path.is_file():
                yield path, path.read_bytes()


def traces(texts: Iterable[str], *places: Path) -> list[str]:
    """Where a trace of a text was found: `file: text`, for every one."""
    wanted = [(text, spelling) for text in texts for spelling in spellings(text)]
    return [
        f"{path}: {text}" for path, data in files(*places) for text, spelling in wanted if spelling in data
    ]
