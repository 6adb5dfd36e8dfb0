"""Reads a pack: the country's own data, checked once and never changed after.

A pack is a folder under `banyan/packs` with the TOML files named in `FILES` and `VERSIONED`. Everything in
them is checked strictly on loading (types, unknown fields, codes said twice, ranks of no force), and what is
wrong is raised with the file's name, so that an edited pack fails at the start and not in front of somebody
at the door.

What records name by its version has a file for the version in force (`criteria.toml`) and one for each
before it (`criteria-1.toml`). To change it: copy the file to its number, then edit and raise `version`.

A programme's own pack is a folder anywhere, named by BANYAN_PACK (`banyan hub --pack FOLDER`). It needs only the files
that differ: each other one is read from the default pack. `door.toml` is laid over the default one (`frontage`); of a
file with versions all come from the folder that has the one in force.
"""

import os
import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from banyan.language.choices import (
    Choice,
    Currency,
    FigureBand,
    Language,
    PackFault,
    Rank,
    Region,
    check_choices,
    codes,
    label,
    named,
    pairs,
)
from banyan.language.criteria import Criteria, check_criteria
from banyan.language.entitlements import Entitlements, check_entitlements
from banyan.language.frontage import Frontage, laid_over, read_frontage

__all__ = [
    "DEFAULT", "FILES", "VERSIONED", "Choice", "Currency", "FigureBand", "Language", "Pack", "PackFault", "Rank",
    "Region", "front_of_pack", "label", "load_pack", "named", "pairs", "read_pack",
]  # fmt: skip

DEFAULT = "myanmar"
FILES = (
    "pack.toml",
    "forces.toml",
    "ranks.toml",
    "regions.toml",
    "concerns.toml",
    "currencies.toml",
    "languages.toml",
    "lists.toml",
)
DOOR = "door.toml"
VERSIONED = ("criteria.toml", "entitlements.toml")
SHORT_LISTS = (
    "threats", "means_of_travel", "evidence_kinds", "decline_reasons", "close_reasons", "payment_methods",
    "figure_bands",
)  # fmt: skip

Version = TypeVar("Version", Criteria, Entitlements)


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is one country's own. Lists stand in the order in which they are shown."""

    name: str
    zone: str
    zones: tuple[Choice, ...]
    forces: tuple[Choice, ...]
    service_categories: tuple[Choice, ...]
    rank_bands: tuple[Choice, ...]
    figure_bands: tuple[FigureBand, ...]
    ranks: tuple[Rank, ...]
    regions: tuple[Region, ...]
    destinations: tuple[Region, ...]
    concerns: tuple[Choice, ...]
    currencies: tuple[Currency, ...]
    languages: tuple[Language, ...]
    threats: tuple[Choice, ...]
    means_of_travel: tuple[Choice, ...]
    evidence_kinds: tuple[Choice, ...]
    decline_reasons: tuple[Choice, ...]
    close_reasons: tuple[Choice, ...]
    payment_methods: tuple[Choice, ...]
    criteria_versions: tuple[Criteria, ...] = ()
    entitlements_versions: tuple[Entitlements, ...] = ()
    door: Frontage | None = None

    def criteria(self, version: int | None = None) -> Criteria:
        """The criteria of a version, or those in force. Raises `PackFault` for a version that is not here."""
        return _of_version(self.criteria_versions, version, f"{self.name}: criteria")

    def entitlements(self, version: int | None = None) -> Entitlements:
        """The entitlements of a version, or those in force. Raises `PackFault` for one that is not here."""
        return _of_version(self.entitlements_versions, version, f"{self.name}: entitlements")

    def currency(self, code: str) -> Currency | None:
        """The currency of that code, or nothing."""
        return next((currency for currency in self.currencies if currency.code == code), None)

    def figure_band(self, rank_band: str) -> FigureBand | None:
        """What figures call a rank band; nothing for a code that is no rank band."""
        return next((band for band in self.figure_bands if rank_band in band.bands), None)

    def code_words(self, language: str) -> str:
        """The list of code words ("en" or "my") for a reader of a language: its own, else the one that the pack names
        for it, else Burmese.
        """
        if language in ("en", "my"):
            return language
        return next((one.words for one in self.languages if one.code == language), "my")

    @property
    def house_regions(self) -> tuple[Region, ...]:
        """Where a house may be, as coarse as it is ever said: a whole country, or a state or region."""
        return (*self.destinations, *self.regions)


def load_pack(name: str | None = None) -> Pack:
    """The pack of that name or in that folder, checked; without one that of BANYAN_PACK, else the default. Raises
    `PackFault`.
    """
    return _loaded(name if name is not None else os.environ.get("BANYAN_PACK") or DEFAULT)


def front_of_pack() -> Frontage:
    """How the door of this programme looks. Raises `PackFault` for a pack that does not say it."""
    pack = load_pack()
    if pack.door is None:
        raise PackFault(f"{pack.name}: {DOOR} cannot be read")
    return pack.door


@cache
def _loaded(name: str) -> Pack:
    packs = files("banyan") / "packs"
    default = packs / DEFAULT
    if name.isidentifier() and (packs / name).is_dir():
        return read_pack(packs / name, default if name != DEFAULT else None)
    if name and Path(name).is_dir():
        return read_pack(Path(name), default)
    raise PackFault(f"{name!r} is no name of a pack and no folder with one")


def read_pack(folder: Traversable, default: Traversable | None = None) -> Pack:
    """The pack in a folder, checked; files that are not there come from `default`. Raises `PackFault` naming the file
    and the field.
    """
    _refuse_unknown(folder)
    tables: dict[str, Any] = {}
    for name in FILES:
        holding = _holding(folder, name, default)
        for field, value in _read(holding, name).items():
            if field in tables:
                raise PackFault(f"{holding.name}/{name}: {field} stands in another file too")
            tables[field] = _convert(value, field, f"{holding.name}/{name}")
    wanted = [known.name for known in msgspec.structs.fields(Pack) if known.required]
    missing = [field for field in wanted if field not in tables]
    if missing:
        raise PackFault(f"{folder.name}: {', '.join(missing)} missing in every file")
    pack = Pack(
        **tables,
        criteria_versions=_versions(_holding(folder, "criteria.toml", default), "criteria", Criteria),
        entitlements_versions=_versions(
            _holding(folder, "entitlements.toml", default), "entitlements", Entitlements
        ),
        door=_frontage(folder, default),
    )
    _check(pack, folder.name)
    return pack


def _refuse_unknown(folder: Traversable) -> None:
    """A file whose name is mistyped must not do nothing."""
    known = {*FILES, *VERSIONED, DOOR}
    for file in folder.iterdir():
        if file.name.endswith(".toml") and re.sub(r"-[1-9]\d*(?=\.toml$)", "", file.name) not in known:
            raise PackFault(f"{folder.name}/{file.name}: a pack has no such file")


def _holding(folder: Traversable, name: str, default: Traversable | None) -> Traversable:
    """The folder that a file is read from."""
    return folder if default is None or (folder / name).is_file() else default


def _frontage(folder: Traversable, default: Traversable | None) -> Frontage | None:
    """How the door looks: the own file over the default one; nothing for a pack without any."""
    tables = [_read(one, DOOR) for one in (folder, default) if one is not None and (one / DOOR).is_file()]
    if not tables:
        return None
    return read_frontage(laid_over(tables[0], tables[-1]), f"{folder.name}/{DOOR}")


def _of_version(versions: tuple[Version, ...], version: int | None, place: str) -> Version:
    """Versions stand from 1 up, without a gap."""
    number = len(versions) if version is None else version
    if not 1 <= number <= len(versions):
        raise PackFault(f"{place}: version {number} is not in this pack")
    return versions[number - 1]


def _versions(folder: Traversable, name: str, kind: type[Version]) -> tuple[Version, ...]:
    """The version in force, read from `name.toml`, after all before it, read from `name-1.toml` on."""
    latest = _one_version(folder, f"{name}.toml", kind)
    if latest.version < 1:
        raise PackFault(f"{folder.name}/{name}.toml: version: the first is 1")
    older: list[Version] = [
        _one_version(folder, f"{name}-{number}.toml", kind) for number in range(1, latest.version)
    ]
    for number, one in enumerate(older, 1):
        if one.version != number:
            raise PackFault(f"{folder.name}/{name}-{number}.toml: version: it says {one.version}")
    older.append(latest)
    return tuple(older)


def _one_version(folder: Traversable, name: str, kind: type[Version]) -> Version:
    try:
        return msgspec.convert(_read(folder, name), kind)
    except msgspec.ValidationError as error:
        raise PackFault(f"{folder.name}/{name}: {error}") from error


def _read(folder: Traversable, name: str) -> dict[str, Any]:
    try:
        return msgspec.toml.decode((folder / name).read_bytes(), type=dict[str, Any])
    except OSError as error:
        raise PackFault(f"{folder.name}/{name} cannot be read") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PackFault(f"{folder.name}/{name}: {error}") from error


def _convert(value: Any, field: str, place: str) -> Any:
    types = {known.name: known.type for known in msgspec.structs.fields(Pack) if known.required}
    if field not in types:
        raise PackFault(f"{place}: {field} is unknown")
    try:
        return msgspec.convert(value, types[field])
    except msgspec.ValidationError as error:
        raise PackFault(f"{place}: {field}: {error}") from error


def _check(pack: Pack, name: str) -> None:
    """What types can't say: codes once, names given, and every code that is named elsewhere is known."""
    for known in msgspec.structs.fields(Pack):
        choices = getattr(pack, known.name)
        if known.required and not isinstance(choices, str):
            check_choices(choices, f"{name}: {known.name}", short=known.name in SHORT_LISTS)
    if pack.zone not in codes(pack.zones):
        raise PackFault(f"{name}: zone: {pack.zone} is not among the zones")
    _check_ranks(pack, name)
    _check_money(pack, name)
    for criteria in pack.criteria_versions:
        check_criteria(criteria, codes(pack.evidence_kinds), f"{name}: criteria {criteria.version}")


def _check_ranks(pack: Pack, name: str) -> None:
    forces, bands = codes(pack.forces), [band.code for band in pack.rank_bands]
    for rank in pack.ranks:
        if rank.force not in forces:
            raise PackFault(f"{name}: ranks: {rank.code} is of no known force: {rank.force}")
        if rank.band not in bands:
            raise PackFault(f"{name}: ranks: {rank.code} is in no known band: {rank.band}")
    if [band for figure_band in pack.figure_bands for band in figure_band.bands] != bands:
        raise PackFault(f"{name}: figure_bands: they do not hold every rank band once, from low to high")


def _check_money(pack: Pack, name: str) -> None:
    for currency in pack.currencies:
        if not (0 <= currency.minor_units <= 4 and currency.step >= 1):
            raise PackFault(f"{name}: currencies: {currency.code} cannot be counted in its minor units")
    for rules in pack.entitlements_versions:
        check_entitlements(rules, codes(pack.currencies), f"{name}: entitlements {rules.version}")
