"""Put the parts together into points and ranks, and spread who is proposed how often."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError, Where
from alpclusters.analysis.matching.score_parts import (
    PARTS,
    FloatArray,
    IntArray,
    Part,
    finite,
    frozen,
    out_of_range,
    same_length,
)

# --- Put the parts together: points, ranks, and what they came from -------------------------------


DEFAULT_WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {"text": 0.40, "complementarity": 0.20, "taxonomy": 0.15, "network": 0.20, "popularity": 0.05}
)
MOST_POPULARITY: Final = 0.05
BRIDGE_WEIGHT: Final = 0.2


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who is ranked, and by what.

    Attributes
    ----------
    ids : ndarray of shape (n,), int64
        The caller's numbers.
    parts : tuple of Part
        At most one of each name; a part that is left out is absent for everybody.
    bridge : ndarray of shape (n,), float64
        Gain of a tie to the candidate's region as a share of the greatest gain, at most 1; 0
        where unknown. Orders equal scores and, with a weight, moves the ranking.
    recommended : ndarray of shape (n,), int64
        How often each was proposed before.
    """

    ids: IntArray
    parts: tuple[Part, ...]
    bridge: FloatArray
    recommended: IntArray


@dataclass(frozen=True, slots=True)
class PartScore:
    """What one part adds.

    Attributes
    ----------
    value : float
        Between 0 and 1.
    weight : float
        Share of this part in the weights of the parts that exist; they sum to 1.
    points : float
        100 times value times weight.
    """

    value: float
    weight: float
    points: float


@dataclass(frozen=True, slots=True)
class Match:
    """One candidate with its score.

    Attributes
    ----------
    place, id : int
        In the candidates, and the caller's number.
    points : float
        Sum of the points of the parts, 0 to 100.
    multiplier : float
        1 + weight of bridging times the share of the greatest gain; 1 without.
    score : float
        Points times multiplier: what the ranking goes by.
    parts : mapping of str to PartScore
        Those that exist, in the order of `PARTS`.
    n_parts, n_possible : int
        For "based on 3 of 5 parts"; parts whose weight is 0 are not counted.
    reasons : tuple of str
        Names of the parts that add points, most first.
    """

    place: int
    id: int
    points: float
    multiplier: float
    score: float
    parts: Mapping[str, PartScore]
    n_parts: int
    n_possible: int
    reasons: tuple[str, ...]

    def as_record(self) -> dict[str, object]:
        """Return it as a plain mapping for JSON."""
        parts = {name: asdict(part) for name, part in self.parts.items()}
        names = ("id", "points", "multiplier", "score", "n_parts", "n_possible")
        told = {name: getattr(self, name) for name in names}
        return {**told, "parts": parts, "reasons": list(self.reasons)}


def make_candidates(
    ids: ArrayLike,
    parts: Sequence[Part],
    *,
    bridge: ArrayLike | None = None,
    recommended: ArrayLike | None = None,
) -> Candidates:
    """Put candidates together.

    Parameters
    ----------
    ids : array_like of shape (n,)
        Whole numbers.
    parts : sequence of Part
        Each of n values; no name twice.
    bridge : array_like of shape (n,), optional
        Share of the greatest gain, at most 1.
    recommended : array_like of shape (n,), optional
        How often each was proposed before.

    Returns
    -------
    Candidates

    Raises
    ------
    AnalysisError
        Unequal lengths, NaN, a name twice, a value outside of 0 to 1.

    Examples
    --------
    >>> from alpclusters.analysis.matching import Part
    >>> part = Part("text", np.array([0.5, 1.0]), np.array([True, True]))
    >>> make_candidates([7, 9], [part]).bridge
    array([0., 0.])
    """
    numbers = finite(ids, "ids").astype(np.int64)
    n = len(numbers)
    names = [part.name for part in parts]
    if len(set(names)) < len(names) or set(names) - set(PARTS):
        where = Where(argument="parts")
        raise AnalysisError("argument.not_one_of", where=where, expected=", ".join(PARTS))
    for part in parts:
        _check_part(part, n)
    gain = finite(np.zeros(n) if bridge is None else bridge, "bridge")
    before = finite(np.zeros(n) if recommended is None else recommended, "recommended")
    for values, name in ((gain, "bridge"), (before, "recommended")):
        same_length(values, n, name)
    if (gain > 1).any():
        raise out_of_range("bridge", "– 1")
    ordered = sorted(parts, key=lambda part: PARTS.index(part.name))
    return Candidates(
        frozen(numbers), tuple(ordered), frozen(gain), frozen(before.astype(np.int64))
    )


def match(
    query: int,
    candidates: Candidates,
    *,
    weights: Mapping[str, float] = DEFAULT_WEIGHTS,
    top: int = 20,
    bridge_weight: float = BRIDGE_WEIGHT,
) -> tuple[Match, ...]:
    """Rank candidates for one organisation, each with the parts of its score.

    Parameters
    ----------
    query : int
        Number of the one that asks; it is never its own match.
    candidates : Candidates
        Those that are eligible.
    weights : mapping of str to float
        Of parts; one that is left out weighs 0. Popularity is held to .05 of the sum.
    top : int
        How many matches at most.
    bridge_weight : float
        c in score = points times (1 + c times share of the greatest bridge gain); 0 switches it
        off.

    Returns
    -------
    tuple of Match
        Highest score first; equal ones by bridge gain, then fewer past proposals, then number.
        Candidates without any part are left out.

    Raises
    ------
    AnalysisError
        A weight that is negative or not finite, of no part, or none above 0; ``top`` below 1.

    Notes
    -----
    points = 100 sum w_k v_k / sum w_k over the parts that exist. A candidate is neither praised
    nor blamed for data that are missing; how many parts there are is said with the score.

    Examples
    --------
    >>> from alpclusters.analysis.matching import Part
    >>> text = Part("text", np.array([0.5, 1.0]), np.array([True, True]))
    >>> codes = Part("taxonomy", np.array([0.4, 0.0]), np.array([True, False]))
    >>> first, second = match(1, make_candidates([7, 9], [text, codes]))
    >>> (first.id, first.points, first.n_parts), (second.id, round(second.points, 2))
    ((9, 100.0, 1), (7, 47.27))
    >>> second.reasons
    ('text', 'taxonomy')
    """
    weighed = _checked(weights)
    if top < 1:
        raise out_of_range("top", "1 – …")
    if not np.isfinite(bridge_weight) or not 0 <= bridge_weight <= 1:
        raise out_of_range("bridge_weight", "0 – 1")
    value, weight = _tables(candidates, weighed)
    total = weight.sum(axis=0)
    share = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    points = 100 * value * share
    multiplier = np.maximum(1 + bridge_weight * candidates.bridge, 0.0)
    score = points.sum(axis=0) * multiplier
    ranked = np.flatnonzero((total > 0) & (candidates.ids != query))
    keys = (candidates.ids, candidates.recommended, -candidates.bridge, -np.round(score, 9))
    order = ranked[np.lexsort(tuple(key[ranked] for key in keys))][:top]
    n_possible = sum(weighed[name] > 0 for name in PARTS)
    return tuple(
        _match(i, candidates, (value, share, points), float(multiplier[i]), n_possible)
        for i in order.tolist()
    )


def _check_part(part: Part, n: int) -> None:
    values = finite(part.values, "parts")
    same_length(values, n, "parts")
    same_length(part.present, n, "parts")
    if ((values < 0) | (values > 1)).any():
        raise out_of_range("parts", "0 – 1")


def _checked(weights: Mapping[str, float]) -> dict[str, float]:
    """Return a weight for each part; popularity must not decide."""
    if set(weights) - set(PARTS):
        where = Where(argument="weights")
        raise AnalysisError("argument.not_one_of", where=where, expected=", ".join(PARTS))
    found: dict[str, float] = {name: float(weights.get(name, 0.0)) for name in PARTS}
    given = finite(list(found.values()), "weights")
    if (given < 0).any() or not given.any():
        raise out_of_range("weights", "0 – …")
    others = sum(weight for name, weight in found.items() if name != "popularity")
    if others:
        most = MOST_POPULARITY / (1 - MOST_POPULARITY) * others
        found["popularity"] = min(found["popularity"], most)
    return found


def _tables(candidates: Candidates, weights: Mapping[str, float]) -> tuple[FloatArray, FloatArray]:
    """Return values and weights by part and candidate; weight 0 where a part is absent."""
    n = len(candidates.ids)
    value, weight = np.zeros((len(PARTS), n)), np.zeros((len(PARTS), n))
    for part in candidates.parts:
        row = PARTS.index(part.name)
        value[row] = part.values
        weight[row] = np.where(part.present, weights[part.name], 0.0)
    return value, weight


def _match(
    i: int,
    candidates: Candidates,
    tables: tuple[FloatArray, FloatArray, FloatArray],
    multiplier: float,
    n_possible: int,
) -> Match:
    value, share, points = (table[:, i] for table in tables)
    parts: dict[str, PartScore] = {
        name: PartScore(float(value[row]), float(share[row]), float(points[row]))
        for row, name in enumerate(PARTS)
        if share[row] > 0
    }
    total = float(points.sum())
    helpful = sorted((-part.points, _row(name)) for name, part in parts.items() if part.points > 0)
    return Match(
        place=i,
        id=int(candidates.ids[i]),
        points=total,
        multiplier=multiplier,
        score=total * multiplier,
        parts=MappingProxyType(parts),
        n_parts=len(parts),
        n_possible=n_possible,
        reasons=tuple(PARTS[row] for _, row in helpful),
    )


def _row(name: str) -> int:
    names: list[str] = [*PARTS]
    return names.index(name)


# --- Who is proposed how often, and how to spread it ----------------------------------------------


NOBODY: Final = -1
TOP_SHARE: Final = 0.01
CAP: Final = 0.05


@dataclass(frozen=True, slots=True)
class Exposure:
    """How evenly proposals are spread over the organisations.

    Attributes
    ----------
    counts : ndarray of shape (n,), int64
        Lists each organisation stands on.
    gini : float or None
        0 if all stand on as many lists, near 1 if a few stand on all.
    coverage : float or None
        Share of the organisations that stand on some list.
    top_share : float or None
        Share of all slots taken by the 1 % that stand on most, at least one organisation.
    n, n_lists, n_slots : int
        Organisations, lists, filled places on lists.
    reasons : tuple of str
        ``no_lists``.
    """

    counts: IntArray
    gini: float | None
    coverage: float | None
    top_share: float | None
    n: int
    n_lists: int
    n_slots: int
    reasons: tuple[str, ...]


def exposure(recommendations: ArrayLike, n: int) -> Exposure:
    """Count how often each organisation is proposed.

    Parameters
    ----------
    recommendations : array_like of shape (n_lists, k)
        Places 0 to n - 1; -1 is an empty slot. On one list an organisation counts once.
    n : int
        Number of eligible organisations, those that are never proposed included.

    Returns
    -------
    Exposure

    Raises
    ------
    AnalysisError
        NaN, or a place that is none.

    Notes
    -----
    Gini = sum (2i - n - 1) x_i / (n sum x) over counts x in rising order, zeros included.

    Examples
    --------
    >>> found = exposure([[4, 3], [4, 3], [4, 2], [4, -1], [4, -1], [4, -1], [4, -1]], 5)
    >>> found.counts, found.gini, found.coverage
    (array([0, 0, 1, 2, 7]), 0.64, 0.6)
    """
    lists = _lists(recommendations, n)
    rows, _ = np.nonzero(lists >= 0)
    pairs = np.unique(rows * max(n, 1) + lists[lists >= 0])
    counts = np.bincount(pairs % max(n, 1), minlength=n).astype(np.int64)
    total = int(counts.sum())
    if not total:
        return Exposure(frozen(counts), None, None, None, n, len(lists), 0, ("no_lists",))
    rising = np.sort(counts)
    gini = float(((2 * np.arange(1, n + 1) - n - 1) * rising).sum() / (n * total))
    n_top = max(int(np.ceil(TOP_SHARE * n)), 1)
    return Exposure(
        frozen(counts),
        gini,
        float((counts > 0).mean()),
        float(rising[-n_top:].sum() / total),
        n,
        len(lists),
        total,
        (),
    )


def _lists(recommendations: ArrayLike, n: int) -> IntArray:
    given = np.array(recommendations, dtype=np.float64)
    if given.size == 0:
        return np.zeros((0, 1), dtype=np.int64)
    if given.ndim != 2:  # noqa: PLR2004 - lists and slots
        raise ShapeError("array.lengths_differ", where=Where(argument="recommendations"))
    if not np.isfinite(given).all():
        raise NotFiniteError("array.not_finite", where=Where(argument="recommendations"))
    lists = given.astype(np.int64)
    if lists.max() >= n or lists.min() < NOBODY:
        raise out_of_range("recommendations", f"-1 – {n - 1}")
    return lists
