"""The office: who is a member, which seats they hold, and what happens when somebody goes or loses their
phrase.

Every addition, removal and change of seats needs two signatures after a fingerprint was read aloud; freezing
needs one. Used by members with the seat *office*, and by anybody who is asked for a second signature.

It never reads a conversation or a case: it holds no key to them.
"""
