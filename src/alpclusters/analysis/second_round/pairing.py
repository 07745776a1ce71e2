"""Two rounds side by side, which answers stand, and draws of whole raters."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.figures import tastle_wierman
from alpclusters.analysis.consensus.grids import Table, as_ratings
from alpclusters.analysis.consensus.intervals import resample_weights
from alpclusters.analysis.consensus.ratings import Id, Ratings
from alpclusters.analysis.errors import ScaleError, Where

# --- Two rounds side by side: the same raters in rows, the same measures in columns ---------------


FloatArray = NDArray[np.float64]
StateArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
NO_ANSWER: Final = -1
COLUMNS: Final = ("rater", "measure", "value")


@dataclass(frozen=True, slots=True)
class Rounds:
    """Answers of both rounds as states.

    Attributes
    ----------
    first, second : array of int, shape (n_raters, n_measures)
        Position on the scale, `NO_ANSWER`, or ``points.size`` for "cannot judge".
    points : array of shape (n_points,)
    measure_ids : tuple
    scale_assumed : bool
    """

    first: StateArray
    second: StateArray
    points: FloatArray
    measure_ids: tuple[Id, ...]
    scale_assumed: bool

    @property
    def has_first(self) -> BoolArray:
        """Where there is a value in the first round."""
        return (self.first >= 0) & (self.first < self.points.size)

    @property
    def has_second(self) -> BoolArray:
        """Where there is a value in the second round."""
        return (self.second >= 0) & (self.second < self.points.size)

    @property
    def paired(self) -> BoolArray:
        """Where there is a value in both."""
        return self.has_first & self.has_second


def pair_rounds(first: Table, second: Table, *, scale: Sequence[float] | None) -> Rounds:
    """Bring two rounds to the same scale, raters and measures.

    Parameters
    ----------
    first, second : Ratings or iterable of rows
    scale : sequence of float or None
        None takes the declared scale, or else what both rounds show together.

    Returns
    -------
    Rounds

    Raises
    ------
    ScaleError
        The rounds declare different scales, or a value is outside.

    Examples
    --------
    >>> rounds = pair_rounds([("a", "m", 2), ("b", "m", 1)], [("b", "m", 3)], scale=(1, 3))
    >>> rounds.first.tolist(), rounds.second.tolist()
    ([[1], [0]], [[-1], [2]])
    """
    one, two = _on_one_scale(as_ratings(first, scale=scale), as_ratings(second, scale=scale))
    raters = tuple(dict.fromkeys((*one.rater_ids, *two.rater_ids)))
    measures = tuple(dict.fromkeys((*one.measure_ids, *two.measure_ids)))
    return Rounds(
        first=_states(one, raters, measures),
        second=_states(two, raters, measures),
        points=np.array(one.scale, dtype=np.float64),
        measure_ids=measures,
        scale_assumed=one.scale_assumed,
    )


def _on_one_scale(first: Ratings, second: Ratings) -> tuple[Ratings, Ratings]:
    declared = {one.scale for one in (first, second) if not one.scale_assumed}
    if len(declared) > 1:
        code = "rounds.scales_differ"
        raise ScaleError(code, where=Where(argument="second"))
    if declared:
        (scale,) = declared
        return as_ratings(first, scale=scale), as_ratings(second, scale=scale)
    return _with_assumed(first, second)


def _with_assumed(first: Ratings, second: Ratings) -> tuple[Ratings, Ratings]:
    """Assume one scale from the values of both rounds."""
    columns = (np.concatenate([getattr(one, name) for one in (first, second)]) for name in COLUMNS)
    rater, measure, value = columns
    rater[first.rater.size :] += len(first.rater_ids)
    scale = Ratings.from_arrays(rater, measure, value).scale
    return replace(first, scale=scale), replace(second, scale=scale)


def _states(ratings: Ratings, raters: tuple[Id, ...], measures: tuple[Id, ...]) -> StateArray:
    row = _places(ratings.rater_ids, raters)
    column = _places(ratings.measure_ids, measures)
    states = np.full((len(raters), len(measures)), NO_ANSWER, dtype=np.int64)
    point = np.searchsorted(np.array(ratings.scale), ratings.value)
    states[row[ratings.rater], column[ratings.measure]] = point
    cannot_rater, cannot_measure = ratings.cannot
    states[row[cannot_rater], column[cannot_measure]] = len(ratings.scale)
    return states


def _places(names: tuple[Id, ...], among: tuple[Id, ...]) -> StateArray:
    place = {name: position for position, name in enumerate(among)}
    return np.fromiter((place[name] for name in names), np.int64, len(names))


# --- What stands when people could rate twice: of each person the answer of their last round ------


def standing_answers[Key, Answer](
    first: Mapping[Key, Answer], second: Mapping[Key, Answer]
) -> dict[Key, Answer]:
    """Return per person and question the answer of the last round in which it was given.

    Whoever rated once keeps that answer: nobody drops out because others rated again.

    Parameters
    ----------
    first, second : mapping
        Answers of each round by person and question.

    Returns
    -------
    dict

    Examples
    --------
    >>> standing_answers({"Ana": 4, "Luca": 2, "paper": 5}, {"Ana": 3, "late": 1})
    {'Ana': 3, 'Luca': 2, 'paper': 5, 'late': 1}
    """
    return {**first, **second}


@dataclass(frozen=True, slots=True)
class TwoRounds[Person]:
    """Who answered one question in which round.

    Attributes
    ----------
    first, second : mapping of person to float or None
        Answers of each round; None is "cannot judge". Who gave no answer is missing.
    """

    first: Mapping[Person, float | None]
    second: Mapping[Person, float | None]

    @property
    def standing(self) -> dict[Person, float | None]:
        """The answers that count in every figure of the whole."""
        return standing_answers(self.first, self.second)

    @property
    def again(self) -> frozenset[Person]:
        """People whose value of the second round counts."""
        return frozenset(self._values(self.second))

    @property
    def paired(self) -> frozenset[Person]:
        """People with a value in both rounds: they alone enter figures of change."""
        return frozenset(self._values(self.first).keys() & self._values(self.second).keys())

    @property
    def unpaired(self) -> tuple[dict[Person, float], ...]:
        """Values outside the pairs: of the first round, of the second, of those that stand.

        Each is what the figures of a whole tell beyond those of the pairs.
        """
        both = self.paired
        return tuple(
            {who: value for who, value in self._values(part).items() if who not in both}
            for part in (self.first, self.second, self.standing)
        )

    @staticmethod
    def _values(answers: Mapping[Person, float | None]) -> dict[Person, float]:
        return {who: value for who, value in answers.items() if value is not None}


def rounds_by_item(first: Ratings, second: Ratings) -> dict[Id, TwoRounds[Id]]:
    """Say of each item who answered what in which round.

    Parameters
    ----------
    first, second : Ratings

    Returns
    -------
    dict of id to TwoRounds
        Items of either round.

    Examples
    --------
    >>> one = Ratings.from_rows([("Ana", "fair", 4)], scale=(1, 5))
    >>> two = Ratings.from_rows([("Ana", "fair", 3)], scale=(1, 5))
    >>> rounds_by_item(one, two)["fair"].standing
    {'Ana': 3.0}
    """
    before, after = _answers(first), _answers(second)
    items = dict.fromkeys((*first.measure_ids, *second.measure_ids))
    return {item: TwoRounds(before.get(item, {}), after.get(item, {})) for item in items}


def _answers(ratings: Ratings) -> dict[Id, dict[Id, float | None]]:
    found: dict[Id, dict[Id, float | None]] = defaultdict(dict)
    values = (*ratings.value.tolist(), *(None for _who in ratings.cannot[0]))
    raters = (*ratings.rater.tolist(), *ratings.cannot[0].tolist())
    measures = (*ratings.measure.tolist(), *ratings.cannot[1].tolist())
    for who, what, value in zip(raters, measures, values, strict=True):
        found[ratings.measure_ids[what]][ratings.rater_ids[who]] = value
    return found


# --- Resample whole raters across all measures: one draw of raters serves every measure -----------


IntArray = NDArray[np.int64]
type Draw = tuple[slice, FloatArray, IntArray]


def resample_changes(rounds: Rounds, *, resamples: int, seed: int) -> tuple[FloatArray, FloatArray]:
    """Draw paired raters with replacement; compute the changes of every measure anew.

    Returns
    -------
    mean_change, consensus_change : array of shape (n_measures, n_resamples)
        NaN where a resample has nobody paired on the measure.
    """
    paired, points = rounds.paired, rounds.points
    shape = (len(rounds.measure_ids), resamples)
    means, consensus = np.full(shape, np.nan), np.full(shape, np.nan)
    for block, weights, rows in _draws(paired, resamples=resamples, seed=seed):
        for measure in np.flatnonzero(paired.any(axis=0)):
            first, second = (
                _histograms(weights, states[rows, measure], paired[rows, measure], points.size)
                for states in (rounds.first, rounds.second)
            )
            means[measure, block] = _ratios((second - first) @ points, first.sum(axis=1))
            if points.size > 1:
                consensus[measure, block] = _consensus(second, points) - _consensus(first, points)
    return means, consensus


def resample_leavers(rounds: Rounds, *, resamples: int, seed: int) -> FloatArray:
    """Draw raters of the first round with replacement; compare stayers and leavers anew.

    Returns
    -------
    array of shape (n_measures, n_resamples)
        First-round mean of stayers minus that of leavers, NaN where a resample has only one
        of the two.
    """
    stayed, points = rounds.paired, rounds.points
    left = rounds.has_first & ~stayed
    differences = np.full((len(rounds.measure_ids), resamples), np.nan)
    for block, weights, rows in _draws(rounds.has_first, resamples=resamples, seed=seed):
        for measure in np.flatnonzero(stayed.any(axis=0) & left.any(axis=0)):
            means = [
                _means(
                    _histograms(
                        weights, rounds.first[rows, measure], group[rows, measure], points.size
                    ),
                    points,
                )
                for group in (stayed, left)
            ]
            differences[measure, block] = means[0] - means[1]
    return differences


def _draws(eligible: BoolArray, *, resamples: int, seed: int) -> Iterator[Draw]:
    """Yield resamples of the raters who are eligible for any measure, block by block."""
    rows, start = np.flatnonzero(eligible.any(axis=1)), 0
    for weights in resample_weights(rows.size, resamples=resamples, seed=seed):
        yield slice(start, start + len(weights)), weights, rows
        start += len(weights)


def _histograms(
    weights: FloatArray, states: IntArray, chosen: BoolArray, n_points: int
) -> FloatArray:
    """Count points among the chosen raters, shape (n_resamples, n_points)."""
    is_point = states[chosen][:, None] == np.arange(n_points)
    return np.asarray(weights[:, chosen] @ is_point.astype(np.float64))


def _ratios(sums: FloatArray, n: FloatArray) -> FloatArray:
    known = n > 0
    return np.where(known, sums / np.where(known, n, 1.0), np.nan)


def _means(histograms: FloatArray, points: FloatArray) -> FloatArray:
    return _ratios(histograms @ points, histograms.sum(axis=1))


def _consensus(histograms: FloatArray, points: FloatArray) -> FloatArray:
    return tastle_wierman(histograms, values=points).values
