"""Weights of themes that sum to 1, with those that are assumed marked."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from alpclusters.analysis.errors import AnalysisError, Where


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each theme weighs.

    Attributes
    ----------
    themes : tuple of str
    weights : tuple of float
        Sum 1; empty without themes.
    assumed : frozenset of str
        Themes whose weight nobody stated.
    """

    themes: tuple[str, ...]
    weights: tuple[float, ...]
    assumed: frozenset[str]

    def items(self) -> Iterator[tuple[str, float]]:
        """Give themes with their weights."""
        return zip(self.themes, self.weights, strict=True)

    def of(self, theme: str) -> float:
        """Return the weight of a theme; 0 for one that is not listed."""
        return dict(self.items()).get(theme, 0.0)


def theme_weights(stated: Mapping[str, float | None]) -> Weights:
    """Bring stated weights to a sum of 1; unknown ones are equal and marked.

    If stated weights leave a remainder to 1, the unknown ones share it equally. If they leave none,
    or none is stated, each unknown one takes the mean of the stated ones (all alike if there are
    none), and all are divided by their sum.

    Parameters
    ----------
    stated : mapping of str to float or None
        By theme, at least 0; None is unknown.

    Returns
    -------
    Weights

    Raises
    ------
    AnalysisError
        ``policy_mix.not_a_weight`` for NaN, infinity, negative weights, or if all are 0.

    Examples
    --------
    >>> dict(theme_weights({"energy": 0.5, "ict": None, "wood": None}).items())
    {'energy': 0.5, 'ict': 0.25, 'wood': 0.25}
    >>> theme_weights({"energy": None, "ict": None}).weights
    (0.5, 0.5)
    """
    known = {theme: _checked(weight) for theme, weight in stated.items() if weight is not None}
    assumed = frozenset(stated) - frozenset(known)
    each = _each_unknown(list(known.values()), len(assumed))
    weights = [known.get(theme, each) for theme in stated]
    total = math.fsum(weights)
    if stated and not 0 < total < math.inf:
        raise AnalysisError("policy_mix.not_a_weight", where=Where(argument="stated"), found="0")
    return Weights(tuple(stated), tuple(weight / total for weight in weights), assumed)


def _each_unknown(known: list[float], n_unknown: int) -> float:
    total = math.fsum(known)
    if not n_unknown or total <= 0:
        return 1.0
    return (1 - total) / n_unknown if total < 1 else total / len(known)


def _checked(weight: float) -> float:
    if not math.isfinite(weight) or weight < 0:
        raise AnalysisError(
            "policy_mix.not_a_weight", where=Where(argument="stated"), found=str(weight)
        )
    return float(weight)
