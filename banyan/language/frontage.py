"""How the front door looks and is called: `door.toml` of a pack, so that a programme needs no code for its own.

    quick_exit = "https://weather.com/"     # where the quick exit leads
    name = { en = "...", my = "..." }       # in the title and at the head of every page
    heading = { en = "...", my = "..." }    # of the first page

    [colours.light]                         # also [colours.dark]; "#rrggbb", by the names in `Colours`
    leaf = "#1f5c4d"

    [words]                                 # any sentence of the door, by its English text as it stands in the code
    "Nothing is here." = { en = "It is empty.", my = "..." }

    [[pages]]                               # further guidance, listed on the first page
    address = "bread"
    title = { en = "...", my = "..." }
    paragraphs = [{ en = "...", my = "..." }]

A programme's own file is laid over the default one: name by name, colour by colour. Whether the door says a sentence
at all is known to the hub, which refuses to start with one that it does not.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import msgspec

from banyan.language.choices import PackFault

LANGUAGE = re.compile(r"[a-z]{2,3}")
ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LEAST_TEXT, LEAST_MARK = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
# What stands on what: text, and what is no text (the mark of the focus).
TEXT_ON = (
    ("ink", "paper"), ("ink", "card"), ("ink", "leaf-soft"), ("ink", "sun-soft"), ("ink", "alarm-soft"),
    ("soft", "paper"), ("soft", "card"), ("leaf", "paper"), ("leaf", "card"), ("leaf", "leaf-soft"),
    ("on", "leaf"), ("alarm", "paper"), ("alarm", "card"), ("on-exit", "exit"),
)  # fmt: skip
MARK_ON = (("sun", "paper"),)

Said = Mapping[str, str]


class Colours(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The colours of the door in one light: ground, boxes, hairlines; text and quieter text; what can be pressed (and
    the text on it), what is to be read first, danger; the quick exit and its text.
    """

    paper: str
    card: str
    line: str
    ink: str
    soft: str
    leaf: str
    on: str
    leaf_soft: str
    sun: str
    sun_soft: str
    alarm: str
    alarm_soft: str
    exit: str
    on_exit: str

    def named(self) -> dict[str, str]:
        """The colours by the names that they have in the style."""
        return msgspec.to_builtins(self)  # type: ignore[no-any-return]


class Schemes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The colours by day and by night."""

    light: Colours
    dark: Colours


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A further page of guidance: what its address ends in, its title, and short paragraphs."""

    address: str
    title: Said
    paragraphs: tuple[Said, ...]


class Frontage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The door as a programme wants it. An empty `name` or `heading` leaves the words of the catalogue."""

    quick_exit: str
    colours: Schemes
    name: Said = {}
    heading: Said = {}
    words: Mapping[str, Said] = {}
    pages: tuple[Page, ...] = ()


def read_frontage(tables: Mapping[str, object], place: str) -> Frontage:
    """What `door.toml` says, checked. Raises `PackFault` naming the field, of colours the pair that cannot be read."""
    try:
        front = msgspec.convert(tables, Frontage)
    except msgspec.ValidationError as error:
        raise PackFault(f"{place}: {error}") from error
    fault = next(_faults(front), None)
    if fault:
        raise PackFault(f"{place}: {fault}")
    return front


def laid_over(own: Mapping[str, object], default: Mapping[str, object]) -> dict[str, object]:
    """A file laid over another: tables are put together name by name, of all else the own one counts."""
    found = dict(default)
    for name, value in own.items():
        under = found.get(name)
        both = isinstance(value, dict) and isinstance(under, dict)
        found[name] = laid_over(value, under) if both else value  # type: ignore[arg-type]
    return found


def said_in(said: Said, language: str) -> str:
    """A text in a language; where it is not said in it, in Burmese, and in English at last."""
    return said.get(language.split("-")[0]) or said.get("my") or said.get("en", "")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (1 to 21) as WCAG 2.2 reckons it: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _faults(front: Frontage) -> Iterator[str]:
    """What types can't say."""
    exit_to = urlsplit(front.quick_exit)
    if exit_to.scheme != "https" or not exit_to.hostname or re.search(r'[\s"<>]', front.quick_exit):
        yield "quick_exit: it is no address that begins with https://"
    for light in ("light", "dark"):
        yield from _hard_to_read(getattr(front.colours, light).named(), f"colours.{light}")
    for field in ("name", "heading"):
        if said := getattr(front, field):
            yield from _unsaid(said, field)
    for sentence, said in front.words.items():
        if not said or not all(LANGUAGE.fullmatch(code) and text.strip() for code, text in said.items()):
            yield f"words: {sentence!r} is exchanged for nothing in some language"
    yield from _page_faults(front.pages)


def _page_faults(pages: tuple[Page, ...]) -> Iterator[str]:
    addresses = [page.address for page in pages]
    for page in pages:
        if not ADDRESS.fullmatch(page.address) or addresses.count(page.address) > 1:
            yield f"pages: {page.address!r} is no address of its own of a-z, 0-9 and -"
        if not page.paragraphs:
            yield f"pages: {page.address} says nothing"
        for said in (page.title, *page.paragraphs):
            yield from _unsaid(said, f"pages: {page.address}")


def _unsaid(said: Said, place: str) -> Iterator[str]:
    for code in {"en", "my", *said}:
        if not LANGUAGE.fullmatch(code) or not said.get(code, "").strip():
            yield f"{place}: nothing is said in {code!r}"


def _hard_to_read(colours: Mapping[str, str], place: str) -> Iterator[str]:
    for name, colour in colours.items():
        if not COLOUR.fullmatch(colour):
            yield f"{place}: {name} is no colour like #1f5c4d"
            return
    for pairs, least in ((TEXT_ON, LEAST_TEXT), (MARK_ON, LEAST_MARK)):
        for one, other in pairs:
            there = contrast(colours[one], colours[other])
            if there < least:
                yield f"{place}: {one} on {other} has a contrast of {there:.2f}:1 and needs {least}:1"
