"""What Banyan promises, tried from outside.

These tests span rooms: real processes, real stores, real pages. Each is named in docs/PROMISES.md beside the
promise that it proves, its adversary and its limit. `walk` is a person without script; `killed_desk` is made
to be killed.

Nothing here is imported by the program.
"""
