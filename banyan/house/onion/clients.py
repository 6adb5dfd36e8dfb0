"""Who finds the staff's address: one key pair a member, of which the hub keeps the public half.

Without any public half tor would let everybody find it. So there is always one whose private half nobody has.
"""

from __future__ import annotations

from base64 import b32encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from banyan.house.cli import places
from banyan.house.cli.refused import Refused
from banyan.house.onion.place import OnionPlace

NOBODY = "nobody"


def close(place: OnionPlace) -> None:
    """See to it that the staff's address is found by none but those who were added."""
    path = _path(place, NOBODY)
    if not path.is_file():
        _write(path, X25519PrivateKey.generate())


def add(place: OnionPlace, name: str) -> str:
    """The line for the member's own tor, kept nowhere here. Refused for a name that has a key already."""
    address = place.address("staff")
    if not address:
        raise Refused("The staff's address is not made yet: start `banyan hub --onion` once.")
    path = _path(place, _named(name))
    if path.exists():
        raise Refused(f"{name} has a key already: `banyan onion remove` takes it away.")
    close(place)
    key = X25519PrivateKey.generate()
    _write(path, key)
    return f"{address.removesuffix('.onion')}:descriptor:x25519:{_base32(key.private_bytes_raw())}"


def remove(place: OnionPlace, name: str) -> None:
    """Take a member's key away. Refused where there is none."""
    path = _path(place, _named(name))
    if not path.exists():
        raise Refused(f"{name} has no key here.")
    close(place)
    path.unlink()


def names(place: OnionPlace) -> list[str]:
    """Who has a key."""
    found = (path.stem for path in _path(place, NOBODY).parent.glob("*.auth"))
    return sorted(name for name in found if name != NOBODY)


def _named(name: str) -> str:
    if not places.is_name(name) or name.casefold() == NOBODY:
        raise Refused("A name is made of letters, digits, spaces, dots and dashes, at most 60.")
    return name


def _path(place: OnionPlace, name: str) -> Path:
    return place.service("staff") / "authorized_clients" / f"{name}.auth"


def _write(path: Path, key: X25519PrivateKey) -> None:
    places.made(path.parent).chmod(0o700)
    line = f"descriptor:x25519:{_base32(key.public_key().public_bytes_raw())}\n"
    places.write_private(path, line.encode("ascii"))


def _base32(raw: bytes) -> str:
    return b32encode(raw).decode("ascii").rstrip("=")
