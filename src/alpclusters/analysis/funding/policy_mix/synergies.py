"""What two strategies share, and what each looks for that the other offers."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.funding.policy_mix.weights import Weights

NOTHING: Final = Weights((), (), frozenset())


@dataclass(frozen=True, slots=True)
class Strategy:
    """What a region or programme puts weight on, needs and is strong in; each may be empty."""

    priorities: Weights = field(default=NOTHING)
    needs: Weights = field(default=NOTHING)
    strengths: Weights = field(default=NOTHING)


@dataclass(frozen=True, slots=True)
class Part:
    """One theme's part of a figure; ``is_assumed`` where a weight behind it is unknown."""

    theme: str
    value: float
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class Synergy:
    """Two strategies beside each other.

    Attributes
    ----------
    overlap : float or None
        ``sum min(a, b)`` of the priorities, 0 to 1; None if a side has none.
    jaccard : float or None
        ``sum min / sum max``.
    complementarity : float or None
        ``(sum needs_a strengths_b + sum needs_b strengths_a) / 2``; None unless both directions
        are known.
    shared, first_seeks, second_seeks : tuple of Part
        Themes behind the figures, the largest part first: what both put weight on, what the first
        needs and the second is strong in, and the other way round.
    n_first, n_second : int
        Themes behind each side's weights, over priorities, needs and strengths.
    unknown_share : float or None
        Share of these weights that nobody stated.
    status, reasons
        "undefined" where no figure can be given.
    conventions : Conventions
    """

    overlap: float | None
    jaccard: float | None
    complementarity: float | None
    shared: tuple[Part, ...]
    first_seeks: tuple[Part, ...]
    second_seeks: tuple[Part, ...]
    n_first: int
    n_second: int
    unknown_share: float | None
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def synergy(first: Strategy, second: Strategy) -> Synergy:
    """Compare two strategies by the weights of their themes.

    Parameters
    ----------
    first, second : Strategy
        Weights sum to 1 in each part that is known.

    Returns
    -------
    Synergy

    Examples
    --------
    >>> from alpclusters.analysis.funding.policy_mix import Strategy, theme_weights
    >>> a = Strategy(theme_weights({"energy": 0.4, "ict": 0.3, "wood": 0.3, "med": 0}))
    >>> b = Strategy(theme_weights({"energy": 0.1, "ict": 0.5, "wood": 0, "med": 0.4}))
    >>> found = synergy(a, b)
    >>> round(found.overlap, 12), round(found.jaccard, 12), found.complementarity
    (0.4, 0.25, None)
    >>> [part.theme for part in found.shared]
    ['ict', 'energy']
    """
    shared = _parts(first.priorities, second.priorities, min)
    seeks = _parts(first.needs, second.strengths, _product)
    sought = _parts(second.needs, first.strengths, _product)
    overlap = _sum(first.priorities, second.priorities, shared)
    given, taken = (
        _sum(first.needs, second.strengths, seeks),
        _sum(second.needs, first.strengths, sought),
    )
    complementarity = None if given is None or taken is None else (given + taken) / 2
    return Synergy(
        overlap=overlap,
        # Both sides sum to 1: sum max = 2 - sum min.
        jaccard=None if overlap is None else overlap / (2 - overlap),
        complementarity=complementarity,
        shared=shared,
        first_seeks=seeks,
        second_seeks=sought,
        n_first=_n_themes(first),
        n_second=_n_themes(second),
        unknown_share=_unknown_share(first, second),
        status="undefined" if overlap is None and complementarity is None else "ok",
        reasons=_reasons(overlap, complementarity),
        conventions=Conventions(method="synergy", missing="equal_marked"),
    )


def _product(one: float, other: float) -> float:
    return one * other


def _parts(
    first: Weights, second: Weights, join: Callable[[float, float], float]
) -> tuple[Part, ...]:
    assumed = first.assumed | second.assumed
    others = dict(second.items())
    found = [
        Part(theme, value, theme in assumed)
        for theme, weight in first.items()
        if (value := join(weight, others.get(theme, 0.0))) > 0
    ]
    return tuple(sorted(found, key=lambda part: (-part.value, part.theme)))


def _sum(first: Weights, second: Weights, parts: tuple[Part, ...]) -> float | None:
    if not first.themes or not second.themes:
        return None
    # Weights are divided by their sum, which may leave the last digit above 1.
    return min(1.0, math.fsum(part.value for part in parts))


def _n_themes(strategy: Strategy) -> int:
    sides = (strategy.priorities, strategy.needs, strategy.strengths)
    return len({theme for side in sides for theme in side.themes})


def _unknown_share(first: Strategy, second: Strategy) -> float | None:
    sides = [
        side
        for strategy in (first, second)
        for side in (strategy.priorities, strategy.needs, strategy.strengths)
    ]
    n = sum(len(side.themes) for side in sides)
    return sum(len(side.assumed) for side in sides) / n if n else None


def _reasons(overlap: float | None, complementarity: float | None) -> tuple[str, ...]:
    told = {"no_priorities": overlap is None, "no_needs_or_strengths": complementarity is None}
    return tuple(code for code, holds in told.items() if holds)
