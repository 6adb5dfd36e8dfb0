"""Whether a publication may be shown beside all earlier ones, by the attack. Pure.

Whoever knows the rules also learns from it that a publication is coarse: then the finer ones told too much. So where
one was made coarse, only such worlds count as another one in which the finer ones would have been refused too.
"""

from collections.abc import Sequence
from functools import cache

from banyan.desks.figures import attack
from banyan.desks.figures.attack import Change, Same
from banyan.desks.figures.joining import Coarse, Coding
from banyan.desks.figures.past import Past, as_groups, changed, coarse_of, finer, same_groups


def tells_too_much(earlier: Sequence[Past], past: Past, coding: Coding) -> bool:
    """Whether with this publication some count from one to nine could be worked out that was not before.

    What was published cannot be taken back, and is no reason to say nothing ever more.
    """
    return _more([*earlier, past], same_decisions([*earlier, past], coding), coding)


def _more(publications: Sequence[Past], same: Same, coding: Coding) -> bool:
    known: set[attack.Pinned] | None = None
    for one in attack.pinned(_groups(publications), same):
        if known is None:
            before = publications[:-1]
            known = set(attack.pinned(_groups(before), same_groups(before, coding)))
        if one not in known:
            return True
    return False


def _groups(publications: Sequence[Past]) -> list[attack.Group]:
    return [group for number, past in enumerate(publications) for group in as_groups(number, past)]


def same_decisions(publications: Sequence[Past], coding: Coding) -> Same:
    """Whether in a world with some changes the rules would have made the very same groups, and as coarse."""
    groups = same_groups(publications, coding)
    coarse = {
        number: found
        for number in range(len(publications))
        if (found := coarse_of(publications[: number + 1], coding)) > Coarse.BANDS
    }

    @cache
    def refused(number: int, changes: tuple[Change, ...]) -> bool:
        those = [
            changed(past, [one for one in changes if one[0] == at])
            for at, past in enumerate(publications[: number + 1])
        ]
        return all(
            _refused([*those[:-1], finer(those, one, coding)], coding) for one in _finer_than(coarse[number])
        )

    def same(changes: Sequence[Change]) -> bool:
        first = min(number for number, *_ in changes)
        return groups(changes) and all(
            refused(number, tuple(changes)) for number in coarse if first <= number
        )

    return same


def _finer_than(coarse: Coarse) -> list[Coarse]:
    """All that is finer."""
    return [one for one in Coarse if one < coarse]


def _refused(publications: Sequence[Past], coding: Coding) -> bool:
    return _more(publications, same_groups(publications, coding), coding)
