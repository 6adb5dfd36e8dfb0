"""Write `vectors/*.json` anew: `python -m banyan.sealing.tests.make_vectors`. Only for a new version of the format.

Each vector gives the inputs as hex and either what comes out or the fault by name. Any program may run them.
"""

import json
from pathlib import Path

from banyan.sealing import boxes, codes, phrases, quorum, signed
from banyan.sealing.format import write
from banyan.sealing.keys import Keys

HERE = Path(__file__).parent.parent / "vectors"
FOLDER, EPOCH, SEED = b"f" * 32, b"e" * 16, b"s" * 32
Vector = dict[str, str]


def flip(data: bytes, place: int) -> bytes:
    """The bytes with one bit changed."""
    return data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]


def case(name: str, data: bytes, *, text: bytes | None = None, fault: str = "", seed: bytes = SEED) -> Vector:
    """One vector: what goes in, and what comes out."""
    out = {"text": text.hex()} if text is not None else {"fault": fault}
    return {"name": name, "seed": seed.hex(), "data": data.hex(), **out}


def seals() -> list[Vector]:
    """Entries and statements under a known seed."""
    good = boxes.seal(SEED, sort=boxes.ENTRY, folder=FOLDER, epoch=EPOCH, plaintext=b"hello", salt=b"a" * 32)
    other = boxes.seal(SEED, sort=boxes.STATEMENT, folder=FOLDER, epoch=EPOCH, plaintext=b"", salt=b"b" * 32)
    return [
        case("an entry", good, text=b"hello"),
        case("an empty statement", other, text=b""),
        case("another seed", good, seed=b"t" * 32, fault="NotForUs"),
        case("another mark", b"BNY2" + good[4:], fault="UnknownFormat"),
        case("no bytes", b"", fault="UnknownFormat"),
        case("the mark alone", good[:4], fault="Damaged"),
        case("cut by one", good[:-1], fault="Damaged"),
        case("one byte more", good + b"\0", fault="Damaged"),
        case("a sort that is none", good[:4] + b"\x07" + good[5:], fault="Damaged"),
        case("a class that is none", good[:5] + b"\x07" + good[6:], fault="Damaged"),
        case("a smaller class than its length", good[:5] + b"\x01" + good[6:], fault="Damaged"),
        case("said to be a drop", good[:4] + b"\x03" + good[5:], fault="Damaged"),
        case("moved to another sort", good[:4] + b"\x02" + good[5:], fault="NotForUs"),
        case("moved to another folder", flip(good, 6), fault="NotForUs"),
        case("moved to another epoch", flip(good, 40), fault="NotForUs"),
        case("another salt", flip(good, 60), fault="NotForUs"),
        case("another commitment", flip(good, 90), fault="NotForUs"),
        case("the first sealed byte", flip(good, 118), fault="Damaged"),
        case("the last byte", flip(good, 1023), fault="Damaged"),
    ]


def wraps() -> list[Vector]:
    """A seed wrapped to keys; `seed` is the reader's secret here and `text` the seed inside."""
    keys = Keys(b"k" * 32)
    good = boxes.wrap(SEED, keys.public, folder=FOLDER, epoch=EPOCH)
    reader = b"k" * 32
    return [
        case("a wrap", good, text=SEED, seed=reader),
        case("for somebody else", good, fault="NotForUs", seed=b"l" * 32),
        case("another mark", b"BNW2" + good[4:], fault="UnknownFormat", seed=reader),
        case("cut by one", good[:-1], fault="Damaged", seed=reader),
        case("moved to another folder", flip(good, 4), fault="Damaged", seed=reader),
        case("moved to another epoch", flip(good, 36), fault="Damaged", seed=reader),
        case("another reader's name", flip(good, 52), fault="NotForUs", seed=reader),
        case("a byte of the ML-KEM part", flip(good, 100), fault="Damaged", seed=reader),
        case("the last byte", flip(good, len(good) - 1), fault="Damaged", seed=reader),
    ]


def signatures() -> list[Vector]:
    """Signed records; `seed` is the author's secret and `text` the 32-byte name for the purpose `entry`."""
    keys = Keys(b"k" * 32)
    one = signed.sign(keys, "entry", b"body", salt=b"c" * 32)
    good, name = write(one), one.name("entry")
    author = b"k" * 32
    other = write(signed.sign(keys, "burial", b"body", salt=b"c" * 32))
    return [
        case("a signed record", good, text=name, seed=author),
        case("by somebody else", good, fault="Forged", seed=b"l" * 32),
        case("signed for another purpose", other, fault="Forged", seed=author),
        case(
            "another byte in the body",
            good.replace(b"\xc4\x04body", b"\xc4\x04bodY"),
            fault="Forged",
            seed=author,
        ),
        case("the last byte of the signature", flip(good, len(good) - 1), fault="Forged", seed=author),
        case("a byte behind", good + b"\xc0", fault="Damaged", seed=author),
        case("an empty map", b"\x80", fault="Damaged", seed=author),
        case("a longer spelling of the same map", b"\xde\x00\x04" + good[1:], fault="Damaged", seed=author),
        case("nested without end", b"\x91" * 5000, fault="Damaged", seed=author),
    ]


def codes_and_phrases() -> list[Vector]:
    """Codes: `data` is the words in UTF-8, `seed` the programme, `text` the id of the keys that they open."""
    programme, code = b"p" * 32, bytes(range(11))
    ident = codes.keys_of(code, programme).id
    english, burmese = (" ".join(codes.to_words(code, language)) for language in ("en", "my"))
    return [
        case("in English", english.encode(), text=ident, seed=programme),
        case("in Burmese", burmese.encode(), text=ident, seed=programme),
        case("shouted, with spaces", f"  {english.upper()} ".encode(), text=ident, seed=programme),
        case("a word too few", english.rsplit(" ", 1)[0].encode(), fault="WrongCode", seed=programme),
        case(
            "a word too many", f"{english} {english.split()[0]}".encode(), fault="WrongCode", seed=programme
        ),
        case(
            "a word that is none",
            f"{english.rsplit(' ', 1)[0]} xxxxxx".encode(),
            fault="WrongCode",
            seed=programme,
        ),
        case("nothing", b"", fault="WrongCode", seed=programme),
    ]


def locked() -> list[Vector]:
    """Keys under a phrase: `seed` is the phrase in UTF-8, `text` the secret."""
    good = phrases.lock(Keys(b"k" * 32), "one two three", phrases.Cost(memory_kib=32, passes=1))
    phrase = b"one two three"
    return [
        case("the phrase", good, text=b"k" * 32, seed=phrase),
        case("another phrase", good, fault="WrongPhrase", seed=b"one two four"),
        case("the last byte", flip(good, len(good) - 1), fault="WrongPhrase", seed=phrase),
        case("cut", good[:-1], fault="Damaged", seed=phrase),
    ]


def pieces() -> list[Vector]:
    """Quorum: `data` is an array of hand-overs, `text` the bucket's seed that they come to."""
    shares = quorum.deal()
    brought = [quorum.hand_over(share, 7) for share in shares]
    whole = quorum.combine(brought[:3])
    wrong = [brought[0], brought[1], quorum.hand_over(shares[2], 8)]
    return [
        case("trustees 1, 2 and 3", write(brought[:3]), text=whole),
        case("trustees 2, 4 and 5", write([brought[1], brought[3], brought[4]]), text=whole),
        case("two trustees", write(brought[:2]), fault="Damaged"),
        case("pieces of different buckets", write(wrong), fault="Damaged"),
    ]


def main() -> None:
    """Write every file."""
    made = {
        "seals": seals(), "wraps": wraps(), "signatures": signatures(),
        "codes": codes_and_phrases(), "locked-keys": locked(), "quorum": pieces(),
    }  # fmt: skip
    for name, vectors in made.items():
        text = json.dumps(vectors, indent=1, ensure_ascii=False)
        (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
