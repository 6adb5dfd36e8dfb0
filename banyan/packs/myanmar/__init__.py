"""The Myanmar pack: data only.

Read by `banyan.language.pack`; used by the door's and the desks' forms, and by the counting of coarse facts.
Each entry says how sure its Burmese is: "high" was read in two sources or an ISO table, "medium" in one,
"low" is general knowledge, to be confirmed by a native speaker before release. Sources stand in each file.
It holds states and regions only: no township, coordinate, unit, base or command, ever.
"""
