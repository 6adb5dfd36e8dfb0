"""What a document says about commands, targets and paths is held against a small command and checkout."""

from __future__ import annotations

import sys
import types

import click
import pytest

from banyan.house.checks import docs


@click.group()
def banyan() -> None:
    """A command for these tests."""


@banyan.command()
@click.option("--people", type=int)
def demo(people: int) -> None:
    """Make a demo."""


@banyan.group()
def member() -> None:
    """Members."""


@member.command()
@click.argument("seat")
@click.option("--seal/--no-seal")
def add(seat: str, seal: bool) -> None:
    """Add one."""


NAMED = "Run `banyan demo --people 3`, then `banyan member add intake --no-seal`.\n"


def said(checkout) -> str:
    return "\n".join(docs.problems(checkout, banyan))


@pytest.fixture(autouse=True)
def makefile(put):
    put("Makefile", "run: setup\n\techo\nsetup-dev:\n\techo\n")
    put("docs/FORMAT.md", "# Format\n")


def test_a_true_document_has_no_problem(checkout, put):
    put(
        "README.md",
        NAMED + "```\nmake run\ncat docs/FORMAT.md\n```\nSee [it](docs/FORMAT.md). We make haste.\n",
    )
    assert said(checkout) == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("`banyan dance`", "there is no `banyan dance`"),
        ("`banyan member dance`", "there is no `banyan member dance`"),
        ("`banyan demo --persons 3`", "`banyan demo` takes no --persons"),
        ("```\n.venv/bin/banyan demo --seed=4\n```", "`banyan demo` takes no --seed"),
        ("`make dance`", "there is no `make dance`"),
        ("`docs/GONE.md`", "docs/GONE.md is not there"),
        ("[see](docs/GONE.md)", "the link to docs/GONE.md leads nowhere"),
    ],
)
def test_what_is_not_so_is_named(checkout, put, text, problem):
    put("README.md", NAMED + text + "\n")
    assert problem in said(checkout)


def test_a_command_that_no_document_names_is_a_problem(checkout, put):
    put("README.md", "`banyan demo`\n")
    assert said(checkout) == "README.md and docs/ never name `banyan member`"


def test_a_stale_page_is_named_and_write_mends_it(checkout, monkeypatch):
    monkeypatch.setattr(docs, "GENERATED", (("docs/MADE.md", "made_for_this_test:page"),))
    code = types.ModuleType("made_for_this_test")
    vars(code)["page"] = lambda: "# From the code"
    monkeypatch.setitem(sys.modules, "made_for_this_test", code)
    assert list(docs.stale_pages(checkout)) == ["docs/MADE.md is stale: `make docs` writes it anew"]
    assert list(docs.stale_pages(checkout, write=True)) == []
    assert list(docs.stale_pages(checkout)) == []
    (checkout / "docs/MADE.md").write_text("# By hand\n")
    assert list(docs.stale_pages(checkout)) == ["docs/MADE.md is stale: `make docs` writes it anew"]
