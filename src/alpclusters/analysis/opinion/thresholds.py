"""Where ratings become agreement, pass and disagreement."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.errors import ScaleError, Where
from alpclusters.analysis.opinion.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Ratings from ``agree_from`` on agree, down to ``disagree_to`` disagree."""

    agree_from: float
    disagree_to: float


# By the ends of a scale of whole steps.
KNOWN: Final = {
    (-1.0, 1.0, 3): Thresholds(1, -1),
    (1.0, 5.0, 5): Thresholds(4, 2),
    (1.0, 9.0, 9): Thresholds(7, 3),
}


def thresholds_of(
    scale: tuple[float, ...], agree_from: float | None, disagree_to: float | None
) -> Thresholds:
    """Return the thresholds named, completed by those known for the scale."""
    known = KNOWN.get((scale[0], scale[-1], len(scale))) if scale else None
    upper = known.agree_from if agree_from is None and known else agree_from
    lower = known.disagree_to if disagree_to is None and known else disagree_to
    if upper is None or lower is None:
        code = "thresholds.missing"
        raise ScaleError(code, where=Where(argument="agree_from"))
    if not lower < upper:
        code = "thresholds.order"
        raise ScaleError(code, where=Where(argument="disagree_to"))
    return Thresholds(float(upper), float(lower))


def cut_into_votes(values: FloatArray, cuts: Thresholds) -> NDArray[np.float32]:
    """Return 1, 0 or -1 for each rating."""
    agree, disagree = values >= cuts.agree_from, values <= cuts.disagree_to
    return agree.astype(np.float32) - disagree.astype(np.float32)
