"""What all desks share, so that knowing one is knowing all: a desk brings its own rules, actions and words, the rest
is here.

- `pages`: the frame of a page, one form for one action, what one button does, who else can see it.
- `addresses`: folders and cases in addresses, the rows of this desk, who sits on a case.
- `drafts`: what was typed and not sent.
- `fields`: the fields that forms of several desks have, and the form of a household.
- `codes`: stages, needs, halts and languages by name; moments and numbers in the language of the page.
- `words`: a row, a member's pseudonym, what has not arrived or does not fit.
- `files`: files that people sent, on their way to the browser.
- `proposals`: what a member signed first, and how it is taken back.
- `timeline`: what happened, and the moves of a case.

Used by every desk. It knows the cover of a case and no other kind of folder, and never decides or writes.
"""

from banyan.desks.frame.addresses import (
    case_or_404,
    cases,
    folder_of,
    folder_or_404,
    parts,
    seated,
    slug_of,
)
from banyan.desks.frame.codes import (
    HALTS,
    LANGUAGES,
    NEEDS,
    STAGES,
    STAYS,
    Choices,
    Text,
    exact,
    halted_for,
    in_words,
    language,
    moment,
    needs,
    next_morning,
    number,
    stages,
    zone,
)
from banyan.desks.frame.fields import HouseholdForm, Moment, OneMember, Several, Written, named, stands
from banyan.desks.frame.pages import Frame, done, posted, refusal, who_sees
from banyan.desks.frame.proposals import signed_first, take_back
from banyan.desks.frame.timeline import Event, moves
from banyan.desks.frame.words import Arrival, Line, arrival, more, notices, warnings, who

__all__ = [
    "HALTS", "LANGUAGES", "NEEDS", "STAGES", "STAYS", "Arrival", "Choices", "Event", "Frame", "HouseholdForm", "Line",
    "Moment", "OneMember", "Several", "Text", "Written", "arrival", "case_or_404", "cases", "done", "exact",
    "folder_of", "folder_or_404", "halted_for", "in_words", "language", "moment", "more", "moves", "named", "needs",
    "next_morning", "notices", "number", "parts", "posted", "refusal", "seated", "signed_first", "slug_of", "stages",
    "stands", "take_back", "warnings", "who", "who_sees", "zone",
]  # fmt: skip
