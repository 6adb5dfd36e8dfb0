"""Each rule is broken once, beside a file that keeps it."""

from __future__ import annotations

import pytest

from banyan.house.checks.house_rules import problems

ROOM = '"""A room.\n\nWhat it is.\nWho uses it.\nWhat it never does.\n"""\n'
KEPT = '"""A module."""\n\nLIMIT = 3\n'


def said(checkout) -> str:
    return "\n".join(problems(checkout))


def test_a_checkout_that_keeps_the_rules_has_no_problem(checkout, put):
    put("banyan/__init__.py", ROOM)
    put("banyan/rules.py", KEPT)
    put("README.md", "# Banyan\n" * 90)
    assert said(checkout) == ""


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("banyan/long.py", "LIMIT = 1\n" * 401, "banyan/long.py has 401 lines"),
        ("banyan/rules.py", "def f():\n" + "    x = 1\n" * 60, "banyan/rules.py:1 f has 61 lines"),
        ("banyan/rules.py", "try:\n    pass\nexcept:\n    pass\n", "catches everything"),
        ("banyan/rules.py", "try:\n    pass\nexcept Exception:\n    pass\n", "catches everything"),
        (
            "banyan/rules.py",
            "try:\n    pass\nexcept (OSError, BaseException):\n    pass\n",
            "catches everything",
        ),
        ("banyan/rules.py", "with suppress(Exception):\n    pass\n", "suppresses everything"),
        ("banyan/rules.py", "from django.dispatch import receiver\n", "a signal"),
        ("banyan/rules.py", "from django.views import generic\n", "a class-based view"),
        ("banyan/rules.py", "def f(:\n", "does not parse"),
        ("banyan/utils.py", KEPT, "a name that says nothing: utils"),
        ("banyan/room/__init__.py", '"""A room."""\n', "says what the room is in 1 lines"),
        ("banyan/room/rules.py", KEPT, "banyan/room has modules but no __init__.py"),
        ("README.md", "# Banyan\n" * 91, "README.md has 91 lines"),
        ("docs/SETUP.md", "from https://" + "pypi" + ".org/simple", "names a package registry's host"),
        ("docs/SETUP.md", "see " + "/root" + "/notes", "names a path of one machine"),
    ],
)
def test_what_breaks_a_rule_is_named_with_its_place(checkout, put, name, text, problem):
    put("banyan/__init__.py", ROOM)
    assert said(checkout) == ""
    put(name, text)
    assert problem in said(checkout)


def test_a_file_that_git_ignores_is_not_looked_at(checkout, put):
    put("banyan/__init__.py", ROOM)
    put("banyan/utils.py", KEPT)
    assert "utils" in said(checkout)
    put(".gitignore", "utils.py\n")
    assert said(checkout) == ""


def test_naming_an_error_is_no_breach(checkout, put):
    put("banyan/__init__.py", ROOM)
    put("banyan/rules.py", "try:\n    pass\nexcept (OSError, ValueError):\n    pass\n")
    assert said(checkout) == ""
