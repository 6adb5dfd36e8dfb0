"""The command `banyan`: one group whose commands are loaded only when they are called.

Each command NAME lives in `banyan/house/cli/NAME.py` as a click command called `command`; the table below
holds the sentence that `banyan --help` prints, so that listing commands imports none of them. The hub's
process therefore never loads a desk: `banyan hub` imports only its own module.
Used by people at a terminal, by `make` and by whatever starts Banyan as a service.
It never holds a rule of the programme, and it never prints a traceback for something a person can put right.
"""

from __future__ import annotations

from banyan.house.cli.group import Commands

COMMANDS = {
    "init": "Found a programme: its name, its trustees and its first members, in one sitting.",
    "demo": "Make or start the demo programme, filled with invented people.",
    "hub": "Start a programme's hub: the front door and the staff's sync.",
    "onion": "Give members a key to the staff's onion address, and take it away.",
    "desk": "Start a member's desk on this machine, in the browser.",
    "member": "Join a programme, show who is in, and place what was signed by two.",
    "pouch": "Write sealed entries to one file to carry by hand, or take them in.",
    "trustee": "Keep a trustee's share of the recovery key, and hand over what one recovery needs.",
    "recover": "Open what nobody holds a key for any more, with three of the five trustees.",
    "roster": "Show the signed chain of members and check every link of it.",
    "bench": "Measure this machine: the door, sealing, a desk, sync, files and the demo.",
    "check": "Look for damage in a store, and say what is wrong and what is safe.",
}

main = Commands(
    COMMANDS,
    package=__name__,
    name="banyan",
    help="Banyan runs a programme that helps soldiers and police leave an abusive armed force safely.",
)
