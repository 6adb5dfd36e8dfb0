"""Size, names and what no file of the project may say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from banyan.house.checks.checkout import ROOT, files, finish, text_of

FILE_LINES = 400
FUNCTION_LINES = 60
README_LINES = 90
ROOM_DOCSTRING_LINES = range(5, 16)
NAMES_THAT_SAY_NOTHING = {"utils", "util", "common", "core", "helpers", "misc", "shared"}
CATCHES_EVERYTHING = {"Exception", "BaseException"}
NOT_OUR_HAND = {
    "django.views.generic": "a class-based view",
    "django.dispatch": "a signal",
    "django.db.models.signals": "a signal",
    "django.core.signals": "a signal",
}
# Written apart, so that this file does not name what it looks for.
REGISTRIES = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "(?:org|com)"),
    ("deb", "debian", "org"),
    ("crates", "io"),
)
REGISTRY = re.compile(r"\b(?:" + "|".join(r"\.".join(parts) for parts in REGISTRIES) + r")\b")
ONE_MACHINE = re.compile(r"(?<![\w.])/(?:work/(?:main|steering|shared|\.library)|root/|home/[a-z]+/)")


def problems(root: Path = ROOT) -> Iterator[str]:
    """Every breach of a house rule under `root`, one line each, with the place."""
    listed = files(root)
    for path in listed:
        text = text_of(root / path)
        if text is None:
            continue
        yield from _of_any_file(path, text)
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield from _of_python(path, text)
    yield from _rooms_without_a_word(listed)


def _of_any_file(path: Path, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if REGISTRY.search(line):
            yield f"{path}:{number} names a package registry's host"
        if ONE_MACHINE.search(line):
            yield f"{path}:{number} names a path of one machine"
    if path == Path("README.md") and len(text.splitlines()) > README_LINES:
        yield f"README.md has {len(text.splitlines())} lines, never over {README_LINES}"


def _of_python(path: Path, text: str) -> Iterator[str]:
    try:
        tree = ast.parse(text)
    except SyntaxError as broken:
        yield f"{path}:{broken.lineno} does not parse"
        return
    for name in (*path.parts[:-1], path.stem):
        if name in NAMES_THAT_SAY_NOTHING:
            yield f"{path} has a name that says nothing: {name}"
    yield from _habits(path, tree)
    if "tests" in path.parts:
        return
    yield from _sizes(path, text, tree)
    if path.name == "__init__.py" and "templatetags" not in path.parts:
        count = len((ast.get_docstring(tree) or "").splitlines())
        if count not in ROOM_DOCSTRING_LINES:
            yield f"{path} says what the room is in {count} lines; 5 to 15 are wanted"


def _sizes(path: Path, text: str, tree: ast.Module) -> Iterator[str]:
    count = len(text.splitlines())
    if count > FILE_LINES:
        yield f"{path} has {count} lines, never over {FILE_LINES}"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{path}:{node.lineno} {node.name} has {length} lines, never over {FUNCTION_LINES}"


def _habits(path: Path, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and (node.type is None or _is_everything(node.type)):
            yield f"{path}:{node.lineno} catches everything"
        if (
            isinstance(node, ast.Call)
            and _last_name(node.func) == "suppress"
            and any(map(_is_everything, node.args))
        ):
            yield f"{path}:{node.lineno} suppresses everything"
        for module in _imported(node):
            if module in NOT_OUR_HAND:
                yield f"{path}:{node.lineno} imports {module}: {NOT_OUR_HAND[module]}"  # type: ignore[attr-defined]


def _is_everything(kind: ast.expr) -> bool:
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(_last_name(one) in CATCHES_EVERYTHING for one in kinds)


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _rooms_without_a_word(listed: Iterable[Path]) -> Iterator[str]:
    """A folder with modules but no `__init__.py` escapes the contracts between rooms."""
    modules = [path for path in listed if path.suffix == ".py" and path.parts[0] == "banyan"]
    packages = {path.parent for path in modules if path.name == "__init__.py"}
    for folder in sorted({path.parent for path in modules} - packages):
        if folder.name not in {"tests"}:
            yield f"{folder} has modules but no __init__.py"


if __name__ == "__main__":
    finish(problems(), "house rules: kept")
