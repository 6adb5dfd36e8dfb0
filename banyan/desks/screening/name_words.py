"""A name as a page shows it: in Unicode, with what it was typed as beside it where there is a doubt."""

from dataclasses import dataclass

from banyan.cases.folders.identity import Told
from banyan.desks.screening import codes
from banyan.language.names import NameFault, read_name, script_of


@dataclass(frozen=True)
class Naming:
    """A name to show. `typed` is what came where that is not what is shown; `readings` are more than one where nobody
    can say which it is.
    """

    shown: str
    script: str
    lang: str
    burmese: str = ""
    romanised: str = ""
    typed: str = ""
    readings: tuple[str, ...] = ()


def naming(given: str, burmese: str = "", romanised: str = "") -> Naming | None:
    """A name as it is shown; None where there is none. What cannot be read as a name is shown as it came."""
    if not (given or burmese or romanised).strip():
        return None
    whole = given or burmese or romanised
    try:
        name = read_name(whole, burmese=burmese, romanised=romanised)
    except NameFault:
        return Naming(whole, "", "")
    script = script_of(name.shown)
    return Naming(
        shown=name.shown, script=str(codes.SCRIPTS[script]), lang="my" if script == "burmese" else "",
        burmese=name.burmese, romanised=name.romanised,
        typed=name.given if name.zawgyi == "converted" and name.given != name.shown else "",
        readings=tuple(name.readings) if name.zawgyi == "doubt" else (),
    )  # fmt: skip


def told(one: Told) -> Naming | None:
    """The name in what a person told."""
    return naming(one.given, one.burmese, one.romanised)
