"""The house's own files, read once: the door's style inside its pages, the desk's style and script beside."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import ascii_uppercase

from banyan.language.frontage import Schemes
from banyan.language.pack import front_of_pack

STATIC = Path(__file__).resolve().parent.parent / "static"
TYPES = {"banyan.css": "text/css; charset=utf-8", "desk.js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True)
class Asset:
    """A file as it is served; `version` changes with its bytes."""

    body: bytes
    content_type: str
    version: str


@cache
def served(name: str) -> Asset | None:
    """The file of this name, or None for any name that is not on the list."""
    if name not in TYPES:
        return None
    body = Path(f"{STATIC}/{name}").read_bytes()  # a template hands over its own kind of string
    if name.endswith(".css"):
        body = minified(body.decode()).encode()
    return Asset(body, TYPES[name], hashlib.sha256(body).hexdigest()[:16])


def door_style() -> str:
    """The door's whole style, to stand inside the page: a second request costs more than its bytes.

    Its colours are the pack's. Their names become single letters, at most 26.
    """
    return _style_in(front_of_pack().colours)


@cache
def _style_in(colours: Schemes) -> str:
    day, night = colours.light.named(), colours.dark.named()
    changing = [name for name in day if night[name] != day[name]]
    root = _root({name: day[name] for name in changing})
    dark = f"@media (prefers-color-scheme:dark){{{_root({name: night[name] for name in changing})}}}"
    css = minified(root + dark + (STATIC / "door.css").read_text(encoding="utf-8"))
    for name in set(day) - set(changing):  # the same by day and by night: no variable
        css = css.replace(f"var(--{name})", _short(day[name]))
    names = sorted(set(re.findall(r"--[a-z][a-z0-9-]*", css)), key=len, reverse=True)
    for i, name in enumerate(names):
        css = css.replace(name, f"--{ascii_uppercase[i]}")
    return css


def _root(colours: Mapping[str, str]) -> str:
    """Colours as the style's variables."""
    return f":root{{{';'.join(f'--{name}:{_short(value)}' for name, value in colours.items())}}}"


def _short(colour: str) -> str:
    """#ffffff as #fff."""
    return re.sub(r"^#(.)\1(.)\2(.)\3$", r"#\1\2\3", colour.lower())


def door_style_hash() -> str:
    """The one style that the door's Content-Security-Policy lets in."""
    return "sha256-" + base64.b64encode(hashlib.sha256(door_style().encode()).digest()).decode()


def minified(css: str) -> str:
    """The style without comments and needless space. Strings in it must hold no braces or semicolons."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r"(?<![0-9a-zA-Z])0\.(?=\d)", ".", css)
    return css.replace(": ", ":").replace(";}", "}").strip()
