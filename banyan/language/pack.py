"""Reads a pack: the country's own data, checked once and never changed after.

A pack is a folder under `banyan/packs` with the TOML files named in `FILES`. Everything in them is checked
strictly on loading (types, unknown fields, codes said twice, ranks of no force), and what is wrong is raised
with the file's name, so that an edited pack fails at the start and not in front of somebody at the door.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

import msgspec

DEFAULT = "myanmar"
FILES = (
    "pack.toml",
    "forces.toml",
    "ranks.toml",
    "regions.toml",
    "concerns.toml",
    "currencies.toml",
    "languages.toml",
)


class PackFault(Exception):
    """A pack that is missing or says something wrong; the text names the file and the field."""


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer: its code is stored, its names are shown. `confidence` is how sure the Burmese name is."""

    code: str
    en: str
    my: str
    confidence: Literal["high", "medium", "low"] = "high"
    note: str = ""


class Rank(Choice, frozen=True, kw_only=True):
    """A rank of one force. Only its band is stored of a person."""

    force: str
    band: str
    abbreviation: str = ""


class Region(Choice, frozen=True, kw_only=True):
    """A state, a region or a whole country; nothing finer. `also` holds other spellings to accept."""

    kind: Literal["state", "region", "union", "country"]
    also: tuple[str, ...] = ()


class Currency(Choice, frozen=True, kw_only=True):
    """A currency; amounts are whole minor units."""

    minor_units: int


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is one country's own."""

    name: str
    zone: str
    zones: tuple[Choice, ...]
    forces: tuple[Choice, ...]
    service_categories: tuple[Choice, ...]
    rank_bands: tuple[Choice, ...]
    ranks: tuple[Rank, ...]
    regions: tuple[Region, ...]
    destinations: tuple[Region, ...]
    concerns: tuple[Choice, ...]
    currencies: tuple[Currency, ...]
    languages: tuple[Choice, ...]


def label(choice: Choice, language_code: str) -> str:
    """A choice's name in a language: Burmese for "my" and its variants, else English."""
    return choice.my if language_code.split("-")[0] == "my" else choice.en


@cache
def load_pack(name: str = DEFAULT) -> Pack:
    """The pack of that name, checked. Raises `PackFault`."""
    if not name.isidentifier():
        raise PackFault(f"{name!r} is no name of a pack")
    return read_pack(files("banyan") / "packs" / name)


def read_pack(folder: Traversable) -> Pack:
    """The pack in a folder, checked. Raises `PackFault` naming the file and the field."""
    tables: dict[str, Any] = {}
    for name in FILES:
        for field, value in _read(folder, name).items():
            if field in tables:
                raise PackFault(f"{folder.name}/{name}: {field} stands in another file too")
            tables[field] = _convert(value, field, f"{folder.name}/{name}")
    missing = [field for field in Pack.__struct_fields__ if field not in tables]
    if missing:
        raise PackFault(f"{folder.name}: {', '.join(missing)} missing in every file")
    pack = Pack(**tables)
    _check(pack, folder.name)
    return pack


def _read(folder: Traversable, name: str) -> dict[str, Any]:
    try:
        return msgspec.toml.decode((folder / name).read_bytes(), type=dict[str, Any])
    except OSError as error:
        raise PackFault(f"{folder.name}/{name} cannot be read") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PackFault(f"{folder.name}/{name}: {error}") from error


def _convert(value: Any, field: str, place: str) -> Any:
    types = {known.name: known.type for known in msgspec.structs.fields(Pack)}
    if field not in types:
        raise PackFault(f"{place}: {field} is unknown")
    try:
        return msgspec.convert(value, types[field])
    except msgspec.ValidationError as error:
        raise PackFault(f"{place}: {field}: {error}") from error


def _check(pack: Pack, name: str) -> None:
    """What types can't say: codes once, names given, ranks of a known force and band."""
    for field in Pack.__struct_fields__:
        choices = getattr(pack, field)
        if not isinstance(choices, str):
            _check_choices(choices, f"{name}: {field}")
    forces, bands = _codes(pack.forces), _codes(pack.rank_bands)
    for rank in pack.ranks:
        if rank.force not in forces:
            raise PackFault(f"{name}: ranks: {rank.code} is of no known force: {rank.force}")
        if rank.band not in bands:
            raise PackFault(f"{name}: ranks: {rank.code} is in no known band: {rank.band}")
    if pack.zone not in _codes(pack.zones):
        raise PackFault(f"{name}: zone: {pack.zone} is not among the zones")


def _check_choices(choices: tuple[Choice, ...], place: str) -> None:
    if not choices:
        raise PackFault(f"{place} is empty")
    seen: set[str] = set()
    for choice in choices:
        if not (choice.code.strip() and choice.en.strip() and choice.my.strip()):
            raise PackFault(f"{place}: {choice.code or 'a choice without code'} lacks a name")
        if choice.code in seen:
            raise PackFault(f"{place}: {choice.code} stands twice")
        seen.add(choice.code)


def _codes(choices: Iterable[Choice]) -> frozenset[str]:
    return frozenset(choice.code for choice in choices)
