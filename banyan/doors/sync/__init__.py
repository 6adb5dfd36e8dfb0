"""The members' door: a desk fetches what its member is given and hands over what was written there.

Seven addresses, one for each thing that a peer can be asked (`banyan.folders.peers`). Every request is signed by
an active member of the roster, every answer is a padded record, and everything may be asked twice. `callers`
finds who asks, `rules` says who may, `actions` does it, `pages` joins the three.

Used by desks, through `banyan.folders.remote`. There are no sessions and no passwords.
It never opens a seal, never stores in which order things came or by whom, and never logs who called.
"""
