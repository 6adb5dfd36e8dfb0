"""docs/DEMO.md: what the demo is, and its figures beside the reported ones."""

from datetime import UTC, datetime

from banyan.house.demo.cast import MEMBERS
from banyan.house.demo.founding import CODES
from banyan.house.demo.plan import (
    CONFIRMED,
    COUNTED,
    DISAGREE,
    ENDS,
    HOW_FAR,
    SHARES,
    Contact,
    full,
    make_plan,
)
from banyan.house.demo.reported import REPORTED

# Only the newest thirty depend on the day, and the table leaves them out.
ANY_DAY = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)

HEAD = f"""# The demo programme

Made from `banyan/house/demo` by `make docs`; a stale copy fails `make check`.

`banyan demo --run` founds a programme that is marked as a demo, with 300 invented people, and starts its hub and one
desk. `banyan demo --people 10000` makes the full set. It lives in `demo-data` (`--home` names another folder): remove
that folder to begin anew. The same `--seed` gives the same people; keys and codes are drawn anew each time.

- Its {len(MEMBERS)} members fill every seat of a programme. Their phrases follow from the seed and are printed for
  everybody, so nothing true may ever be written into it.
- Everything went in through the actions that the pages use: people by the front door's, staff by those of their desks,
  at the dates of the plan, each place with keys and a store of its own. No row was written by hand.
- People go the whole way: consent, two findings, admission, a plan and their own yes, a go signed by two, legs with
  guides, word on the way, arrival, a bed that a keeper confirms, support by three, a word at the door, and on to their
  own feet. Others are declined, withdraw, are halted, say no to their plan, or wait inside with check-ins.
- The figures are published quarter by quarter by the same rules, signed by two; the last publication waits for its
  second signature. `/en/figures/` shows them at once.
- As many processes play as there are processors, each a part of the people on scratch copies of hub and desks. What
  they wrote is then united, as any two places are; the people and what they say do not depend on how many played.
- Ctrl-C while it is made leaves nothing behind, and the next run begins anew.
- `banyan demo --report` prints what the demo published beside what was reported; [REPORT.md](REPORT.md) is that page of
  a full set.
- The newest thirty write around now, so that every desk has something to do today: somebody in danger, a first answer
  that is late, a finding to write, two to compare, a disagreement, a signature, a leg to accept, somebody overdue on
  the way, an arrival without a bed, beds to confirm, money to enter, to approve and to hand over, figures to sign.
  Some of them sent a picture of a card, drawn by the demo and made anew by the door like any other file.
- `{CODES}` in the demo's folder has the eight words of five of them, so that you can come back as one. For a real
  person the words are shown once and kept nowhere.
- All texts are invented. They name no person, place, unit or order. Nobody who speaks Burmese by birth has read the
  Burmese ones yet.

## The figures

The reports are public claims of the groups and of those who wrote about them. They count different things and do not
agree; all are kept, and where two cannot both hold the last column says which reading the demo takes. Below the
officers the shares of ranks, the languages, regions and courses are invented.
"""
INVENTED = """## What is invented

Of the 453 who answered one call, 50 come out and 403 wait inside, as was reported. Nobody reported what became of the
others, so these shares are ours, and say nothing of anybody:
"""
SAID = {
    "out": "come out and go all the way", "ended": "have a case that ends inside",
    "waiting": "have a case and wait inside", "inside": "are in touch from inside, without a case",
    "enquiry": "ask one thing and are answered", "set-aside": "are set aside as junk",
}  # fmt: skip


def as_markdown() -> str:
    """The page."""
    plan = make_plan(full(), 1, ANY_DAY)
    rows = [
        f"| {one.ident} | {one.source} | {one.claim} | {one.said} | {_number(one.count(plan))} | {one.why} |"
        for one in REPORTED
    ]
    table = ["| claim | source | what | reported | demo | reading |", "|---|---|---|---|---|---|", *rows]
    return "\n".join(
        [HEAD, *table, "", INVENTED, *_invented(), "", "## Contacts by month", "", *_months(plan)]
    )


def _invented() -> list[str]:
    """The shares that nobody reported."""
    rows = ["| of a hundred | in any other span |", "|---|---|"]
    rows += [f"| {share} | {SAID[course]} |" for course, share in SHARES.items()]
    ends = ", ".join(f"{name} {share}" for name, share in ENDS.items())
    far = ", ".join(f"{name} {share}" for name, share in HOW_FAR.items())
    return [
        *rows,
        "",
        f"- Of a hundred cases that end inside: {ends} (to their own plan).",
        f"- Of a hundred who are out, so far have they come: {far}. Each has two or three months of money, and then no "
        "more: nobody's years are told.",
        f"- {COUNTED} of a hundred agree to be counted; on {DISAGREE} of a hundred cases the two screeners disagree; "
        f"{CONFIRMED} of a hundred payments are confirmed at the door with the right word.",
        "- Names of people are words for trees and flowers, houses are called after birds, rates of money are made up.",
    ]


def _months(plan: list[Contact]) -> list[str]:
    """How many first wrote in each month."""
    rows = ["| month | soldiers | police |", "|---|---|---|"]
    past = [one for one in plan if not one.recent]
    for month in sorted({f"{one.day:%Y-%m}" for one in past}):
        forces = [one.force for one in past if f"{one.day:%Y-%m}" == month]
        police = forces.count("police")
        rows.append(f"| {month} | {len(forces) - police} | {police} |")
    return rows


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")
