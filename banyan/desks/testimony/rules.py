"""The decisions of testimony: what a person agreed to, what may be given on. Pure: no request, no
database.
"""

from dataclasses import dataclass
from enum import StrEnum

from banyan.cases.folders.testimony import Custody, Testimony


class Says(StrEnum):
    """What a person said to a use; two answers at once that differ are a no."""

    YES = "yes"
    NO = "no"
    NOTHING = ""


def says(state: Testimony, use: str) -> Says:
    """What the person says to a use now."""
    register = state.agreements.get(use)
    if register is None or not register.values:
        return Says.NOTHING
    return Says.YES if state.agreed(use) else Says.NO


def may_give(state: Testimony, use: str) -> bool:
    """Whether it may be given on for a use: the person says yes to that, and not no to its being kept."""
    return says(state, use) is Says.YES and says(state, "keep") is not Says.NO


@dataclass(frozen=True)
class Given:
    """To whom it was given on, for which use, on what legal basis; in a note of custody one line each."""

    use: str
    to: str
    basis: str

    @property
    def words(self) -> str:
        """As a note of custody holds it."""
        return "\n".join((self.use, " ".join(self.to.split()), " ".join(self.basis.split())))


def given(custody: Custody) -> Given | None:
    """What a note says of a giving on; None for any other note, and where it is not in lines."""
    lines = custody.words.split("\n")
    return Given(*lines) if custody.what == "given" and len(lines) == 3 else None


def taken_back(state: Testimony) -> list[Given]:
    """What was given on for a use to which the person does not say yes now."""
    found = (given(part.document) for part in state.custody)
    return [one for one in found if one and not may_give(state, one.use)]


def read_by(state: Testimony, keeper: bytes) -> Testimony:
    """The same with those parts alone that this keeper noted to have opened."""
    seen = state.opened.get(keeper, set())
    return Testimony(
        state.folder, [one for one in state.accounts if one.name in seen],
        [one for one in state.files if one.name in seen], state.custody, state.agreements, state.opened,
    )  # fmt: skip


def number_of(state: Testimony, name: bytes) -> int:
    """Which of the files it is, from one; 0 for what is none."""
    return next((at for at, one in enumerate(state.files, 1) if one.name == name), 0)


def file_name(reference: str, number: int) -> str:
    """What a saved file is called, without its ending: the reference and a number."""
    return f"{reference.replace(' ', '-')}-{number}"
