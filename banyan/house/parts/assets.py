"""The house's own files, read once: the door's style inside its pages, the desk's style and script beside."""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import ascii_uppercase

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


@cache
def door_style() -> str:
    """The door's whole style, to stand inside the page: a second request costs more than its bytes.

    The names of its colours become single letters, at most 26.
    """
    css = minified((STATIC / "door.css").read_text(encoding="utf-8"))
    names = sorted(set(re.findall(r"--[a-z][a-z0-9-]*", css)), key=len, reverse=True)
    for i, name in enumerate(names):
        css = css.replace(name, f"--{ascii_uppercase[i]}")
    return css


@cache
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
