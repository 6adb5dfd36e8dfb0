"""The vectors, good and hostile: what any other program that reads the format must do too."""

import json
from pathlib import Path

import pytest

from banyan.sealing import boxes, codes, faults, phrases, quorum
from banyan.sealing.format import read
from banyan.sealing.keys import Keys
from banyan.sealing.signed import Signed

HERE = Path(__file__).parent.parent / "vectors"


def _signature(seed: bytes, data: bytes) -> bytes:
    signed = read(data, Signed)
    signed.check("entry", Keys(seed).public)
    return signed.name("entry")


RUN = {
    "seals": boxes.open_seal,
    "wraps": lambda seed, data: boxes.unwrap(Keys(seed), data),
    "signatures": _signature,
    "codes": lambda seed, data: codes.keys_of(codes.from_words(data.decode()), seed).id,
    "locked-keys": lambda seed, data: phrases.unlock(data, seed.decode()).secret,
    "quorum": lambda seed, data: quorum.combine(read(data, tuple[quorum.HandedOver, ...])),
}
VECTORS = [
    (sort, vector) for sort in RUN for vector in json.loads((HERE / f"{sort}.json").read_text("utf-8"))
]


def test_there_are_vectors_for_every_sort_good_and_hostile():
    assert {path.stem for path in HERE.glob("*.json")} == set(RUN)
    for sort in RUN:
        assert {"text", "fault"} <= {key for s, vector in VECTORS if s == sort for key in vector}


@pytest.mark.parametrize(("sort", "vector"), VECTORS, ids=[f"{s}: {v['name']}" for s, v in VECTORS])
def test_vector(sort, vector):
    seed, data = bytes.fromhex(vector["seed"]), bytes.fromhex(vector["data"])
    if "text" in vector:
        assert RUN[sort](seed, data).hex() == vector["text"]
    else:
        with pytest.raises(getattr(faults, vector["fault"])) as raised:
            RUN[sort](seed, data)
        assert raised.type is getattr(faults, vector["fault"])
