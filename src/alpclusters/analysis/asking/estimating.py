"""What standing answers tell of the measures: estimates and the covariance of their errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.ranking.criteria import Combined, combine
from alpclusters.analysis.ranking.fitting import Part, fit_table
from alpclusters.analysis.ranking.ratings import FIRST, Ids, read_tables

FloatArray = NDArray[np.float64]

_LEAST: Final = 1e-6  # variance of a rating, so that a score stays defined


@dataclass(frozen=True, slots=True)
class AskingState:
    """What `next_measures` and `top_doubt` ask for, on 0 to 1.

    Attributes
    ----------
    estimate : array of shape (n,) or None
        In the order of the measures that were named; of all criteria with equal weight.
    covariance : array of shape (n, n) or None
        A measure without a rating has the variance of the measures.
    residual, rater : float
        Variances of a person's ratings and strictness, of the mean over the criteria.
    status : {'ok', 'undefined'}
    reasons : tuple of str
        Undefined: those of `rank_measures`, or ``criterion_undefined``.
    conventions : Conventions
    """

    estimate: FloatArray | None
    covariance: FloatArray | None
    residual: float
    rater: float
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def asking_state(
    ratings: ArrayLike,
    raters: Ids,
    measures: Ids,
    *,
    asked: Sequence[Id],
    scale: Sequence[float] | None = None,
    criterion: Ids | None = None,
) -> AskingState:
    """Estimate all measures from the answers that stand, quickly enough to be asked again.

    Parameters
    ----------
    ratings, raters, measures, scale, criterion
        As for `rank_measures`.
    asked : sequence of str or int, shape (n,)
        All measures, also those nobody rated; ratings of others move only the variances.

    Returns
    -------
    AskingState

    Raises
    ------
    ShapeError, ScaleError, NotFiniteError, DuplicateError
        As `rank_measures`.

    Notes
    -----
    The model of `rank_measures` with one residual variance, taken as known: one fit per criterion.
    Which measure is asked next needs no interval of its own for each.

    Examples
    --------
    >>> rows = [(who, name, int(v)) for who, values in enumerate(["542", "431", "552", "441"])
    ...     for name, v in zip(["fair", "lab", "visit"], values)]
    >>> found = asking_state([v for *_, v in rows], [w for w, *_ in rows], [m for _, m, _ in rows],
    ...     asked=["fair", "lab", "visit", "prize"], scale=(1, 5))
    >>> [round(float(one), 2) for one in found.estimate], found.status
    ([0.87, 0.75, 0.13, 0.58], 'ok')
    """
    tables = read_tables(
        ratings, raters, measures, scale=scale, criterion=criterion, region=None, weights=None
    )
    parts = [fit_table(table, FIRST) for table in tables.values()]
    conventions = Conventions(method="asking_state", scale=(0.0, 1.0))
    undefined = next((part.reasons for part in parts if part.fit is None), ())
    if undefined:
        return AskingState(None, None, 1.0, 0.0, "undefined", undefined, conventions)
    combined = combine(parts, np.full(len(parts), 1 / len(parts)))
    if combined.posterior is None:
        return AskingState(None, None, 1.0, 0.0, "undefined", combined.reasons, conventions)
    estimate, covariance = _of_all(combined, asked, _mean(parts, "measure"))
    residual = max(_mean(parts, "residual") / len(parts), _LEAST)
    rater = _mean(parts, "rater") / len(parts)
    return AskingState(estimate, covariance, residual, rater, "ok", (), conventions)


def _of_all(
    combined: Combined, asked: Sequence[Id], spread: float
) -> tuple[FloatArray, FloatArray]:
    """Put the rated measures among all; the others lie in the middle, as unsure as can be."""
    assert combined.posterior is not None  # noqa: S101 - the caller asked
    posterior = combined.posterior
    place = {name: position for position, name in enumerate(asked)}
    names = [combined.counts.ids[row] for row in posterior.rows]
    known = np.array([row for row, name in enumerate(names) if name in place], dtype=np.int64)
    at = np.array([place[names[row]] for row in known], dtype=np.int64)
    estimate = np.full(len(asked), float(posterior.estimate.mean()))
    covariance = np.eye(len(asked)) * spread
    estimate[at] = posterior.estimate[known]
    covariance[np.ix_(at, at)] = posterior.covariance[np.ix_(known, known)]
    for array in (estimate, covariance):
        array.setflags(write=False)
    return estimate, covariance


def _mean(parts: Sequence[Part], name: str) -> float:
    """Return the mean of a variance over the criteria, on 0 to 1."""
    found = [
        getattr(part.fit, name) / (part.scale[-1] - part.scale[0]) ** 2
        for part in parts
        if part.fit is not None
    ]
    return float(np.mean(found))
