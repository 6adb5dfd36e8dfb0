"""The public figures: how many asked for help and how many came out, as two members signed them.

Read by anybody: journalists, donors, families, and those who wonder whether to write. Light pages without script, a
drawing with its table, and everything as CSV and as JSON. What it shows stands on the roster and nowhere else.

It never counts anything itself, and holds nothing that is finer than what was signed.
"""
