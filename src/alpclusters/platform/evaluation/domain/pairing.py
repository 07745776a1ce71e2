"""Pair two ratings of the same people so that those who rated once are never fewer than five.

What everybody said is known, in the first round and as it stands after both, and so is what the
paired said: the difference is what the others said. Where these are few, some pairs, drawn by
chance, are set aside with them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP
from alpclusters.analysis.second_round import TwoRounds
from alpclusters.platform.evaluation.domain.tables import SECOND, Tables


@dataclass(frozen=True, slots=True)
class Pairs:
    """Who rated one measure twice.

    Attributes
    ----------
    n_both : int
        People with a value in both rounds.
    joined : int
        People with a value in the second only.
    aside : tuple
        Pairs that no figure may use; all of them where too few would be left.
    is_closed : bool
        Whether there are pairs and none may be used.
    is_alike : bool
        Whether all, or all but one, of those used kept, raised or lowered their answer (rule U).
    """

    n_both: int
    joined: int
    aside: tuple[Id, ...]
    is_closed: bool
    is_alike: bool


def pairs_of(rounds: TwoRounds[Id], *, seed: int) -> Pairs:
    """Find the pairs of one measure and set aside as few as possible.

    ``seed`` is no public number: the pairs stand in the order of what they said, so who could draw
    again would know where in the published counts those set aside lie.

    Examples
    --------
    >>> first = dict(zip("abcdefghijkl", [1, 2, 3, 4, 5, 4, 3, 2, 1, 2, 3, 4]))
    >>> second = {who: value for who, value in first.items() if who not in "ab"}
    >>> found = pairs_of(TwoRounds(first, second), seed=20260601)
    >>> found.n_both, len(found.aside)
    (10, 5)
    """
    # By what they said, not by their numbers: these are given anew when an AlpCafé is sealed, and
    # two draws of the same pairs would tell what the pairs said that are in one of them only.
    both = sorted(rounds.paired, key=lambda who: (rounds.first[who], rounds.second[who], str(who)))
    drawn = [both[place] for place in np.random.default_rng(seed).permutation(len(both))]
    wholes = (rounds.first, rounds.second, rounds.standing)
    outside = [list(values.values()) for values in rounds.unpaired]
    joined = len(outside[1])
    for n in range(max(0, len(both) - K_ANONYMITY + 1)):
        aside = drawn[:n]
        if all(
            is_safe([*values, *(whole[who] for who in aside)])
            for values, whole in zip(outside, wholes, strict=True)
        ):
            is_alike = _is_alike(rounds, drawn[n:])
            return Pairs(len(both), joined, tuple(aside), is_closed=False, is_alike=is_alike)
    return Pairs(len(both), joined, tuple(both), is_closed=bool(both), is_alike=False)


def aside_seed(tables: Tables, criterion: int, measure: int) -> int:
    """Return the secret number that decides which pairs of a question are set aside."""
    return tables[SECOND].chance.seed("aside", criterion, measure)


def _is_alike(rounds: TwoRounds[Id], used: Sequence[Id]) -> bool:
    steps = [(rounds.second[who] or 0) - (rounds.first[who] or 0) for who in used]
    directions = Counter((step > 0) - (step < 0) for step in steps)
    return max(directions.values(), default=0) >= len(steps) - 1


def is_safe(values: Sequence[float | None]) -> bool:
    """Say whether a group may follow from figures: none, or five who did not all say the same."""
    if not values:
        return True
    is_alike = len(set(values)) == 1 and len(values) < SMALLEST_GROUP
    return len(values) >= K_ANONYMITY and not is_alike


def set_aside(ratings: Ratings, pairs: Mapping[Id, Pairs], *, mark: str) -> Ratings:
    """Give the answers set aside to nobody else: they count in the round and pair with none."""
    hidden = {(who, measure) for measure, found in pairs.items() for who in found.aside}
    people = [ratings.rater_ids[place] for place in ratings.rater]
    measures = [ratings.measure_ids[place] for place in ratings.measure]
    unsure = [[ids[p] for p in part] for ids, part in _cannot(ratings)]
    named = [
        f"{mark}:{who}" if (who, measure) in hidden else str(who)
        for who, measure in zip(people, measures, strict=True)
    ]
    return Ratings.from_arrays(
        [*named, *map(str, unsure[0])],
        [*measures, *unsure[1]],
        [*ratings.value.tolist(), *([0] * len(unsure[0]))],
        cannot=[*([False] * len(named)), *([True] * len(unsure[0]))],
        scale=ratings.scale,
        measures=list(ratings.measure_ids),
    )


def _cannot(ratings: Ratings) -> list[tuple[tuple[Id, ...], Sequence[int]]]:
    rater, measure = ratings.cannot
    return [(ratings.rater_ids, rater.tolist()), (ratings.measure_ids, measure.tolist())]
