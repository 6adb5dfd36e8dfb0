"""The documents against the code: commands, options, targets and paths exist, generated pages are fresh."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from banyan.house.checks.checkout import ROOT, files, finish
from banyan.house.cli import main as banyan_command

# Pages written from the code: the path, and the function that returns the page's whole text.
GENERATED = (
    ("docs/DEMO.md", "banyan.house.demo.page:as_markdown"),
    ("docs/FOLDERS.md", "banyan.cases.table:as_markdown"),
    ("docs/STAGES.md", "banyan.cases.stages:as_markdown"),
)
CODE = re.compile(r"^```[^\n]*\n(.*?)^```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")


def problems(root: Path = ROOT, command: click.Group = banyan_command) -> Iterator[str]:
    """Everything that README.md and docs/ say and the code does not."""
    pages = [path for path in files(root) if path.name == "README.md" or path.match("docs/*.md")]
    targets = set(TARGET.findall((root / "Makefile").read_text(encoding="utf-8")))
    tops = {path.parts[0] for path in files(root) if len(path.parts) > 1}
    said: set[str] = set()
    for page in pages:
        text = (root / page).read_text(encoding="utf-8")
        for line in _code_lines(text):
            for words in _calls(line, "banyan"):
                said.add(words[0])
                yield from (f"{page}: {wrong}" for wrong in _wrong_call(command, words))
            for words in _calls(line, "make"):
                if words[0] not in targets:
                    yield f"{page}: there is no `make {words[0]}`"
            yield from (f"{page}: {name} is not there" for name in _missing_paths(root, line, tops))
        yield from (f"{page}: the link to {name} leads nowhere" for name in _dead_links(root / page, text))
    for name in command.list_commands(click.Context(command)):
        if name not in said:
            yield f"README.md and docs/ never name `banyan {name}`"


def stale_pages(root: Path = ROOT, *, write: bool = False) -> Iterator[str]:
    """Generated pages that differ from what the code says now; with `write` they are written instead."""
    for name, source in GENERATED:
        wanted = _generate(source)
        page = root / name
        if write:
            page.parent.mkdir(exist_ok=True)
            page.write_text(wanted, encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != wanted:
            yield f"{name} is stale: `make docs` writes it anew"


def _generate(source: str) -> str:
    module, function = source.split(":")
    text: str = getattr(importlib.import_module(module), function)()
    return text.rstrip("\n") + "\n"


def _code_lines(text: str) -> Iterator[str]:
    for block, span in CODE.findall(text):
        yield from (block or span).splitlines()


def _calls(line: str, program: str) -> Iterator[list[str]]:
    """The words after each call of `program` in a line of code, up to what ends the command."""
    for rest in re.findall(rf"(?:^|[\s/$;&|]){program}[ \t]+([^;&|#\n]+)", line):
        try:
            words = shlex.split(rest)
        except ValueError:
            words = rest.split()
        if words and re.fullmatch(r"[a-z][a-z-]*", words[0]):
            yield words


def _wrong_call(command: click.Group, words: list[str]) -> Iterator[str]:
    """What of `banyan WORDS` is not so: a command that does not exist, or an option that it does not take."""
    here: click.Command = command
    context = click.Context(command, info_name="banyan")
    trail = ["banyan"]
    for word in words:
        if word.startswith("-"):
            name = word.partition("=")[0]
            taken = here.get_params(context)
            if not any(name in (*param.opts, *param.secondary_opts) for param in taken):
                yield f"`{' '.join(trail)}` takes no {name}"
        elif isinstance(here, click.Group):
            try:
                found = here.get_command(context, word)
            except click.ClickException:
                found = None
            if found is None:
                if word.islower() and word.isidentifier():
                    yield f"there is no `{' '.join([*trail, word])}`"
                return
            here, context = found, click.Context(found, parent=context)
            trail.append(word)


def _missing_paths(root: Path, line: str, tops: set[str]) -> Iterator[str]:
    """Words of a code line that name a file of the checkout by a path, and no file or folder is there."""
    for word in line.split():
        name = word.strip(",.:;()\"'") if not word.startswith(".") else word.rstrip(",:;()\"'")
        named = PATH.fullmatch(name) and "/" in name and name.split("/")[0] in tops
        if named and not (root / name).exists():
            yield name


def _dead_links(page: Path, text: str) -> Iterator[str]:
    for name in LINK.findall(text):
        if "://" not in name and not name.startswith("mailto:") and not (page.parent / name).exists():
            yield name


def _set_up_django() -> None:
    import django  # only generated pages need it

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banyan.house.settings")
    django.setup()


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Hold the documents against the code.")
    asked.add_argument("--write", action="store_true", help="write the generated pages of docs/ anew")
    write = asked.parse_args().write
    _set_up_django()
    stale = list(stale_pages(write=write))
    if write:
        finish(stale, "docs: written")
    finish([*stale, *problems()], "docs: agree with the code")
