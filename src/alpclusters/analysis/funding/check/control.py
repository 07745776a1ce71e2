"""Single undertakings: those that hang together by control count as one."""

from collections.abc import Iterable, Mapping

from alpclusters.analysis.funding.case.records import Undertaking


def single_undertakings(undertakings: Iterable[Undertaking]) -> Mapping[str, str]:
    """Return for each undertaking the first of those it is one with (Reg. 2023/2831 Art. 2(2)).

    Chains of control join too. Union-find over ``controlled_by``; of a group the undertaking that
    stands first in the case names it.
    """
    listed = list(undertakings)
    order = {one.id: at for at, one in enumerate(listed)}
    above = {one.id: one.id for one in listed}
    for one in listed:
        if one.controlled_by in above:
            first, second = _root(above, one.id), _root(above, one.controlled_by)
            top, below = sorted((first, second), key=order.__getitem__)
            above[below] = top
    return {one.id: _root(above, one.id) for one in listed}


def _root(above: dict[str, str], name: str) -> str:
    while above[name] != name:
        above[name] = above[above[name]]
        name = above[name]
    return name
