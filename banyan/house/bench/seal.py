"""Sealing and opening entries, beside the bare library on the same bytes; wrapping and unwrapping."""

import secrets
import time
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from banyan.folders.entry import PURPOSE, Entry, read_signed, seal_entry
from banyan.house.bench.figures import Figure, Figures
from banyan.sealing import boxes
from banyan.sealing.keys import Keys

TEXT = ("I am still serving and I do not want to be part of this any more. " * 4).encode()


def measure(quick: bool) -> Figures:
    """Rates of one core. Each is the best of several rounds, for other programs only ever slow it down."""
    seconds = 0.5 if quick else 2.0
    keys, seed = Keys.generate(), secrets.token_bytes(32)
    entry = _entry()
    data, _ = seal_entry(keys, seed, entry)

    def open_one() -> None:
        signed, _ = read_signed(boxes.open_seal(seed, data), boxes.read_header(data))
        signed.check(PURPOSE, keys.public)

    raw_seal, raw_open = _raw(len(data))
    sealed, opened = rate(lambda: seal_entry(keys, seed, entry), seconds), rate(open_one, seconds)
    bare_sealed, bare_opened = rate(raw_seal, seconds), rate(raw_open, seconds)
    wrapped = boxes.wrap(seed, keys.public, folder=entry.folder, epoch=entry.epoch)
    return {
        "entry_seal_per_s": Figure(round(sealed), "1/s"),
        "entry_open_per_s": Figure(round(opened), "1/s"),
        "entry_seal_share": Figure(round(sealed / bare_sealed, 3), "share"),
        "entry_open_share": Figure(round(opened / bare_opened, 3), "share"),
        "wrap_per_s": Figure(
            round(
                rate(lambda: boxes.wrap(seed, keys.public, folder=entry.folder, epoch=entry.epoch), seconds)
            ),
            "1/s",
        ),
        "unwrap_per_s": Figure(round(rate(lambda: boxes.unwrap(keys, wrapped), seconds)), "1/s"),
    }


def rate(act: Callable[[], object], seconds: float, rounds: int = 4) -> float:
    """How often a second `act` is done, the best of some rounds."""
    act()
    best = 0.0
    for _ in range(rounds):
        done, began = 0, time.perf_counter()
        while (spent := time.perf_counter() - began) < seconds / rounds:
            act()
            done += 1
        best = max(best, done / spent)
    return best


def _entry() -> Entry:
    return Entry(
        folder=secrets.token_bytes(32),
        epoch=secrets.token_bytes(16),
        roster=secrets.token_bytes(32),
        seq=3,
        previous=secrets.token_bytes(32),
        time=1_700_000_000_000,
        after=(secrets.token_bytes(32),),
        kind="message",
        document=TEXT,
    )


def _raw(length: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """The bare library at work on as many bytes: one Ed25519 signature and one AES-256-GCM."""
    signing, key, nonce = Ed25519PrivateKey.generate(), secrets.token_bytes(32), secrets.token_bytes(12)
    public, body, head = (
        signing.public_key(),
        secrets.token_bytes(length - boxes.HEADER - boxes.TAG),
        bytes(boxes.HEADER),
    )
    signature, sealed = signing.sign(body[:32]), AESGCM(key).encrypt(nonce, body, head)

    def seal() -> None:
        signing.sign(body[:32])
        AESGCM(key).encrypt(nonce, body, head)

    def open_() -> None:
        AESGCM(key).decrypt(nonce, sealed, head)
        public.verify(signature, body[:32])

    return seal, open_
