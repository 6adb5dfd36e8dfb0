"""The desk of figures: counts those who agreed to be counted, and prepares what the public is told.

Used by members with the seat *figures*. They hold the tally: coarse facts under numbers that stand for people, and
no name, place or message. A publication needs a second signature, of the office or of oversight.

It never shows or lets anybody compute a group of one to nine people: `rules` makes the groups, `attack` tries
to undo them. It never takes a number back that was published, for the difference would tell.
"""
