"""The demo programme: a founding marked as a demo, and invented people who write to it.

`plan` says who writes when, of which force and rank, so that the totals follow what was reported; `texts` has
what they and the staff say; `people` plays it through the same actions that the pages use, with the clock as
an argument; `founding` makes the programme on disk; `run` starts its hub and one desk.

Used by `banyan demo`, `make run` and `banyan bench demo`. Its phrases are printed for everybody to read, so it
never adds a member to a programme that is no demo, and no row is ever written but by an action.
"""
