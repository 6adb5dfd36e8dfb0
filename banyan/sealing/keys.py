"""The two pairs that a member, a person or a door has: one to be sealed to (X-Wing), one to sign with
(Ed25519).

Both are derived from one secret of 32 bytes. X-Wing's private key is expanded from its 32-byte seed
as draft-connolly-cfrg-xwing-kem says (SHAKE256 to 64 bytes for ML-KEM-768 and 32 for X25519); the tests
hold it against Tink's.
"""

import hashlib
import secrets
from functools import cached_property, lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from banyan.sealing.faults import Damaged, Forged
from banyan.sealing.format import MARK, Bytes32, Record, SealingPublic, digest

MLKEM_PUBLIC = 1184


def derive(secret: bytes, purpose: str, *, salt: bytes = b"", length: int = 32) -> bytes:
    """HKDF-SHA256 of a secret for one purpose."""
    info = MARK + purpose.encode()
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


class PublicKeys(Record, frozen=True):
    """What others need to seal to somebody and to check what they signed."""

    sealing: SealingPublic
    signing: Bytes32

    @property
    def id(self) -> bytes:
        """16 bytes that name these keys; a hash of both, so neither can be exchanged alone."""
        return _id_of(self.sealing, self.signing)

    @property
    def sealing_key(self) -> MLKEM768X25519PublicKey:
        """The X-Wing public key for HPKE. Raises `Damaged` where the bytes are no such key."""
        return xwing_public(self.sealing)

    def check(self, purpose: str, message: bytes, signature: bytes) -> None:
        """Raise `Forged` unless these keys signed `message` for this purpose."""
        try:
            Ed25519PublicKey.from_public_bytes(self.signing).verify(signature, _to_sign(purpose, message))
        except (InvalidSignature, ValueError):
            raise Forged(f"the signature under this {purpose} does not hold") from None


@lru_cache(maxsize=4096)
def _id_of(sealing: bytes, signing: bytes) -> bytes:
    return digest("keys", sealing, signing)[:16]


class Keys:
    """Both private halves. Equal secrets give equal keys; nothing here is ever printed."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != 32:
            raise Damaged("a secret has 32 bytes")
        self.secret = secret

    @classmethod
    def generate(cls) -> "Keys":
        """New keys from the system's own randomness."""
        return cls(secrets.token_bytes(32))

    @cached_property
    def _signing(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(derive(self.secret, "signing key"))

    @property
    def signing_key(self) -> Ed25519PrivateKey:
        """The Ed25519 private key, for HTTP message signatures alone: everything else is signed by `sign`."""
        return self._signing

    @cached_property
    def sealing_key(self) -> MLKEM768X25519PrivateKey:
        """The X-Wing private key for HPKE."""
        return xwing_private(derive(self.secret, "sealing key"))

    @cached_property
    def public(self) -> PublicKeys:
        """The public halves."""
        return PublicKeys(
            sealing=xwing_public_bytes(derive(self.secret, "sealing key")),
            signing=self._signing.public_key().public_bytes_raw(),
        )

    @cached_property
    def id(self) -> bytes:
        """The 16 bytes that name these keys."""
        return self.public.id

    def sign(self, purpose: str, message: bytes) -> bytes:
        """A 64-byte signature over `message` for one purpose; for another purpose it does not hold."""
        return self._signing.sign(_to_sign(purpose, message))

    def __repr__(self) -> str:
        return "<Keys>"


def _to_sign(purpose: str, message: bytes) -> bytes:
    return digest("signature", purpose.encode(), message)


def _xwing_halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    expanded = hashlib.shake_256(seed).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(
        expanded[64:]
    )


def xwing_private(seed: bytes) -> MLKEM768X25519PrivateKey:
    """The X-Wing private key of a 32-byte seed."""
    return MLKEM768X25519PrivateKey(*_xwing_halves(seed))


def xwing_public_bytes(seed: bytes) -> bytes:
    """The 1,216 public bytes of the same key: ML-KEM-768's 1,184, then X25519's 32."""
    mlkem, x25519 = _xwing_halves(seed)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def xwing_public(data: bytes) -> MLKEM768X25519PublicKey:
    """The X-Wing public key of 1,216 bytes. Raises `Damaged` where they are no such key."""
    try:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(data[:MLKEM_PUBLIC]),
            X25519PublicKey.from_public_bytes(data[MLKEM_PUBLIC:]),
        )
    except ValueError:
        raise Damaged("not a sealing key") from None
