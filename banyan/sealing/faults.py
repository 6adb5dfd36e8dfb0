"""What can be wrong with sealed bytes. Every fault says in plain words what was refused, never what was
inside.
"""


class SealingFault(Exception):
    """Root of the tree: something was refused."""


class Damaged(SealingFault):
    """The bytes are not what their name, length or shape says."""


class Forged(SealingFault):
    """A signature or a commitment does not hold."""


class NotForUs(SealingFault):
    """The key at hand does not open this seal."""


class UnknownFormat(SealingFault):
    """A version mark that this program does not know. There is no fallback."""


class WrongPhrase(SealingFault):
    """The phrase does not open these keys."""


class WrongCode(SealingFault):
    """The words are not a code: too few, too many or not in the list."""


class TooLarge(SealingFault):
    """More bytes than the largest size class holds."""
