"""Every text that a page can show, found in Python and in templates without gettext's programs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract

from banyan.house.checks.checkout import ROOT, files

TEMPLATES = {".html", ".txt"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


class Key(NamedTuple):
    """What a catalogue looks a text up by."""

    context: str | None
    single: str
    plural: str | None = None


@dataclass
class Text:
    """One text and the files that show it."""

    key: Key
    places: list[str] = field(default_factory=list)


def collect(root: Path = ROOT) -> dict[Key, Text]:
    """Every translatable text under `root`/banyan, by its key, in the order of the files."""
    found: dict[Key, Text] = {}
    for path in _sources(root):
        source = (root / path).read_text(encoding="utf-8")
        code = _as_python(source, str(path)) if path.suffix in TEMPLATES else source
        for key in _texts(code):
            text = found.setdefault(key, Text(key))
            if str(path) not in text.places:
                text.places.append(str(path))
    return found


def unreadable(root: Path = ROOT) -> Iterator[str]:
    """Calls that mark something other than a written-out text, which no catalogue can hold."""
    for path in _sources(root):
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse((root / path).read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            spec = node.func.id in KEYWORDS
            if spec and not isinstance(node.args[0], ast.Constant):
                yield f"{path}:{node.lineno} translates something that is not written out"


def _sources(root: Path) -> Iterator[Path]:
    for path in files(root):
        ours = path.parts[0] == "banyan" and not {"tests", "checks", "migrations"} & set(path.parts)
        if ours and (path.suffix == ".py" or (path.suffix in TEMPLATES and "templates" in path.parts)):
            yield path


def _as_python(template: str, name: str) -> str:
    from django.utils.translation.template import (
        templatize,  # its settings are not needed for anything else here
    )

    # What is not to be translated comes out as rows of X; their indentation would read as Python's.
    return "\n".join(line.lstrip() for line in templatize(template, origin=name).splitlines())


def _texts(code: str) -> Iterator[Key]:
    options = {"encoding": "utf-8"}
    for _line, message, _comments, context in extract(
        "python", BytesIO(code.encode()), keywords=KEYWORDS, options=options
    ):
        if isinstance(message, tuple):
            yield Key(context, message[0], message[1])
        elif message:
            yield Key(context, message)
