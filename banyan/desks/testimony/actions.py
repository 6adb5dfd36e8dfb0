"""What testimony does, each in one function: the only writes of this desk, and all of them are notes of custody.

Every action takes its `Desk`, says its rule in its first sentence, and raises `NotYet` with words for the page where
the rule is not met. What it returns is durable.
"""

from django.utils.translation import gettext as _

from banyan.cases.attached import missing, read_file, want
from banyan.cases.casework import NotYet, put
from banyan.cases.desk import Desk
from banyan.cases.folders.file import File, NotHereYet
from banyan.cases.folders.testimony import Custody, Testimony
from banyan.desks.testimony import codes, rules
from banyan.sealing.faults import SealingFault


def open_account(*, desk: Desk, folder: bytes) -> None:
    """A keeper notes that they open all that has come, before they read it; nothing where they noted it already."""
    if _state(desk, folder).unopened(desk.keys.id):
        put(desk, folder, Custody(what="opened"))


def save_copy(*, desk: Desk, folder: bytes, part: bytes) -> bytes:
    """A keeper saves a file that they opened, byte for byte; the note of it stands before the bytes go out."""
    data = read_whole(desk=desk, folder=folder, part=part)
    put(desk, folder, Custody(what="copy", of=part))
    return data


def read_whole(*, desk: Desk, folder: bytes, part: bytes) -> bytes:
    """The bytes of a file that this keeper opened, as they were sent; refused in words where they are not here."""
    file = _file(desk, folder, part)
    if missing(desk, file):
        raise NotYet(_("This file has not arrived here yet. Press “Fetch it”, then sync."))
    try:
        return read_file(desk, folder, file)
    except (NotHereYet, SealingFault):
        raise NotYet(
            _("This file was damaged on this laptop, so nothing was saved or shown. The damaged part is put away. "
              "Press “Fetch it”, then sync: it comes whole from the hub.")
        ) from None  # fmt: skip


def fetch(*, desk: Desk, folder: bytes, part: bytes) -> None:
    """The missing pieces of a file that this keeper opened come with the next sync."""
    want(desk, _file(desk, folder, part))


def give_on(*, desk: Desk, folder: bytes, use: str, to: str, basis: str) -> None:
    """A keeper who read it all notes to whom it was given on, for a use to which the person says yes."""
    state = _state(desk, folder)
    if state.unopened(desk.keys.id):
        raise NotYet(_("Something of it you have not opened. Open it first, so that you know what you give."))
    if rules.says(state, "keep") is rules.Says.NO:
        raise NotYet(str(codes.USES["keep"][1][rules.Says.NO]))
    if not rules.may_give(state, use):
        raise NotYet(
            _("%(why)s It may not be given on for that, and nothing was noted.")
            % {"why": codes.USES[use][1][rules.says(state, use)]}, "use",
        )  # fmt: skip
    put(desk, folder, Custody(what="given", words=rules.Given(use, to, basis).words))


def note(*, desk: Desk, folder: bytes, words: str) -> None:
    """A keeper notes what a court should know of how it was kept."""
    put(desk, folder, Custody(what="note", words=words))


def _state(desk: Desk, folder: bytes) -> Testimony:
    state = desk.state(folder, Testimony)
    if state is None:
        raise NotYet(_("This is not on this desk any more."))
    return state


def _file(desk: Desk, folder: bytes, part: bytes) -> File:
    files = rules.read_by(_state(desk, folder), desk.keys.id).files
    found = next((one.document for one in files if one.name == part), None)
    if found is None:
        raise NotYet(_("There is no such file, or you have not opened it."))
    return found
