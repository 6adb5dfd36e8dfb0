"""The codes of testimony and what they are called in the language of the page."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from banyan.cases.folders.file import File
from banyan.desks.frame import Choices, Text, number
from banyan.desks.testimony.rules import Says

# Of each use: its name; what a yes, a no, and no answer mean.
USES: dict[str, tuple[Text, dict[Says, Text]]] = {
    "keep": (_("Kept for a court"), {
        Says.YES: _("They want it kept for a court."),
        Says.NO: _("They do not want it kept any more. Do nothing with it: they alone can erase it."),
        Says.NOTHING: _("They did not say whether it is to be kept."),
    }),
    "investigators": (_("Shown to investigators"), {
        Says.YES: _("It may be shown to investigators."),
        Says.NO: _("They do not want it shown to investigators."),
        Says.NOTHING: _("They did not say whether investigators may see it. Take that for a no."),
    }),
    "open_court": (_("Used in open court"), {
        Says.YES: _("It may be used in open court."),
        Says.NO: _("They do not want it used in open court."),
        Says.NOTHING: _("They did not say whether it may be used in open court. Take that for a no."),
    }),
}  # fmt: skip
TONES = {Says.YES: "leaf", Says.NO: "alarm", Says.NOTHING: "sun"}
TAGS = {Says.YES: _("Yes"), Says.NO: _("No"), Says.NOTHING: _("Not said")}
GIVEN_FOR: Choices = [("investigators", _("For investigators")), ("open_court", _("For use in open court"))]
CUSTODY = {"opened": _("Opened"), "copy": _("Saved a copy"), "given": _("Given on"), "note": _("Note")}
KINDS: dict[str, Text] = {
    "jpeg": _("Picture (JPEG)"), "png": _("Picture (PNG)"), "webp": _("Picture (WebP)"), "gif": _("Picture (GIF)"),
    "heic": _("Picture (HEIC)"), "pdf": _("Paper (PDF)"), "text": _("Text"), "audio": _("Sound"), "video": _("Film"),
    "zip": _("Packed files (ZIP)"), "office": _("Office document"),
}  # fmt: skip
GROUP = 8


def kind(file: File) -> str:
    """What a file is by its content."""
    return str(KINDS.get(file.kind, _("Of an unknown kind")))


def made(file: File) -> str:
    """Whether a file is as it was sent."""
    if file.cleaned:
        return gettext("Made anew from what it shows; the file that was sent is not kept.")
    if file.why == "original":
        return gettext("Exactly as it was sent, as they wished. It may do harm when it is opened.")
    return gettext("Exactly as it was sent: it could not be made harmless. It may do harm when it is opened.")


def size(count: int) -> str:
    """A number of bytes, roughly."""
    if count < 1000:
        return ngettext("%(count)s byte", "%(count)s bytes", count) % {"count": number(count)}
    if count < 1_000_000:
        return gettext("%(count)s kB") % {"count": number(round(count / 1000))}
    return gettext("%(count)s MB") % {"count": number(f"{count / 1_000_000:.1f}")}


def hex_groups(digest: bytes) -> str:
    """A digest in groups, to be read aloud and compared."""
    text = digest.hex()
    return " ".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))
