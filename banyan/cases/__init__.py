"""The spine: what a programme's folders hold, and what they come to.

`table` is the one place that says which seat holds which folder and who writes what into it. `folders` has
one file a kind: its documents and its fold, a pure function from a history to a state. `desk` is a member's
own place, `visit` a person's at the door: every action takes one of them as an argument. `view` keeps what a
desk has opened, in memory, and sealed as one blob at rest.

Used by the desks and the doors. It never decides by an `if user.may_read`: what a place has no key for, it
does not have. It never knows a page or a request.
"""
