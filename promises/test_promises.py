"""docs/PROMISES.md against the tests: whatever it names is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def missing(text: str) -> list[str]:
    """The tests that a text names and that do not exist."""
    return [f"{path}::{name}" for path, name in NAMED.findall(text) if name not in functions_of(ROOT / path)]


def functions_of(path: Path) -> set[str]:
    """The names of the test functions of a file."""
    if not path.exists():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def page() -> str:
    """The page of promises."""
    return (ROOT / "docs" / "PROMISES.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_exists():
    assert missing(page()) == []
    assert missing("`promises/test_promises.py::test_nothing`") == ["promises/test_promises.py::test_nothing"]


def test_every_promise_says_who_would_break_it_and_names_a_test():
    rows = [line.split("|")[1:-1] for line in page().splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 20
    for promise, who, limit, tests in rows:
        assert promise.strip() and who.strip() and limit.strip() and NAMED.search(tests), promise
    assert {f"({letter})" for letter in "abcdefghi"} <= set(re.findall(r"\([a-i]\)", page()))
