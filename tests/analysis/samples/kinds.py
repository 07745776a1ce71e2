"""What a sample is, and what several of them are made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from alpclusters.analysis.consensus import Ratings

NAN = np.nan
EDGES = ("nan", "empty", "one_rater", "constant")
Build = Callable[[], tuple[Any, ...]]


@dataclass(frozen=True)
class Edge:
    """What a bad input must lead to.

    ``refused``: a typed error. ``flagged``: a result that says by status, reasons or None that
    it is not to be trusted. ``answered``: there is a proper answer; ``why`` says which.
    ``absent``: the input cannot be made; ``why`` says why.
    """

    outcome: Literal["refused", "flagged", "answered", "absent"]
    build: Build = tuple
    options: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True)
class Sample:
    """Positional arguments are built anew for every call."""

    build: Build
    nan: Edge
    empty: Edge
    one_rater: Edge
    constant: Edge
    options: Mapping[str, Any] = field(default_factory=dict)
    has_seed: bool = False


def refused(*arguments: Any, **options: Any) -> Edge:
    return Edge("refused", lambda: arguments, options)


def flagged(*arguments: Any, **options: Any) -> Edge:
    return Edge("flagged", lambda: arguments, options)


def answered(why: str, *arguments: Any, **options: Any) -> Edge:
    return Edge("answered", lambda: arguments, options, why)


def absent(why: str) -> Edge:
    return Edge("absent", why=why)


def grid(n_raters: int = 8, n_items: int = 12, *, points: int = 5) -> np.ndarray:
    return np.random.default_rng(0).integers(1, points + 1, (n_raters, n_items)).astype(float)


def with_nan(array: np.ndarray) -> np.ndarray:
    changed = array.astype(float)
    changed.flat[0] = NAN
    return changed


def rows(values: np.ndarray) -> list[tuple[int, int, float]]:
    return [(rater, item, float(v)) for (rater, item), v in np.ndenumerate(values)]


def ratings(values: np.ndarray) -> Ratings:
    return Ratings.from_rows(rows(values), scale=(1, 5))


NO_NAN = absent("takes Ratings, which refuse NaN when they are built")
NOTHING = np.zeros((0, 0))
ALIKE = np.full((8, 12), 3.0)
