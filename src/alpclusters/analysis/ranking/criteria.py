"""Several criteria with stated weights, and what ranks would be under all other weights."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from itertools import pairwise
from typing import Final, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError, Where
from alpclusters.analysis.ranking.fitting import Counts, Part
from alpclusters.analysis.ranking.posterior import Posterior, draw_values
from alpclusters.analysis.ranking.ratings import WeightError

# --- Results as plain mappings for JSON: no arrays, no NaN, no classes ----------------------------


def plain(value: object) -> object:
    """Turn a result into mappings, lists, numbers and texts; NaN becomes None.

    Examples
    --------
    >>> plain({"a": np.array([1.0, np.nan])})
    {'a': [1.0, None]}
    """
    if isinstance(value, Conventions):
        return value.as_record()
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return None if isinstance(value, float) and np.isnan(value) else value


# --- What ranks would be under all weights of the criteria (SMAA), exact for two criteria ---------


FloatArray = NDArray[np.float64]

TWO: Final = 2  # criteria, for which the shares are exact


@dataclass(frozen=True, slots=True)
class WeightSensitivity:
    """How ranks depend on the weights of the criteria.

    Attributes
    ----------
    criteria : tuple
        Ids.
    acceptability : array of shape (n_measures, n_measures)
        Share of all weights in which the row's measure has rank column + 1; rows and columns
        add up to 1. NaN in rows of measures without a value on every criterion.
    central_weights : array of shape (n_measures, n_criteria)
        Mean of the weights with which the measure is first; NaN if it never is.
    is_exact : bool
        Lengths of intervals of weights, not simulated.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``criterion_missing``.
    conventions : Conventions
        Weights are uniform on the simplex.
    """

    criteria: tuple[Id, ...]
    acceptability: FloatArray
    central_weights: FloatArray
    is_exact: bool
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    def as_record(self) -> dict[str, object]:
        """Return the whole as a plain mapping for JSON."""
        return cast("dict[str, object]", plain(self))


def weight_sensitivity(
    values: ArrayLike, *, criteria: Sequence[Id] | None = None, draws: int = 4000, seed: int = 0
) -> WeightSensitivity:
    """Work out the ranks of measures under all weights of criteria, from point values.

    Parameters
    ----------
    values : array_like of shape (n_measures, n_criteria)
        Higher is better; all criteria on one common range, such as 0 to 1.
    criteria : sequence, optional
        Ids; 0, 1, ... if not given.
    draws : int, default 4000
        Weights drawn for three and more criteria.
    seed : int, default 0

    Returns
    -------
    WeightSensitivity
        ``undefined`` with ``no_ratings`` if there is no measure.

    Raises
    ------
    ShapeError
        Not a table, fewer than two criteria, or ids that do not fit.
    NotFiniteError
        NaN or infinity.
    AnalysisError
        Fewer than one draw.

    Notes
    -----
    Two criteria with weights w and 1 - w: two measures change places at w = (z_j2 - z_i2) /
    ((z_i1 - z_i2) - (z_j1 - z_j2)); between crossings nothing changes, so lengths of intervals
    are the shares. O(n³ log n). More criteria: Dirichlet(1, ..., 1). Equal measures share their
    ranks evenly.

    References
    ----------
    .. [1] R. Lahdelma and P. Salminen, SMAA-2: stochastic multicriteria acceptability analysis
       for group decision making, Operations Research 49 (2001), 444-454.

    Examples
    --------
    >>> found = weight_sensitivity([(0.9, 0.2), (0.5, 0.6), (0.1, 0.9)])
    >>> found.acceptability.round(4).tolist()
    [[0.5, 0.0333, 0.4667], [0.0714, 0.9286, 0.0], [0.4286, 0.0381, 0.5333]]
    """
    table = _checked(values)
    names = tuple(range(table.shape[1])) if criteria is None else tuple(criteria)
    _check_names(names, table.shape[1])
    _check_draws(draws)
    is_exact = table.shape[1] == TWO
    drawn = None if is_exact else _simplex(table.shape[1], draws=draws, seed=seed)
    parts = _intervals(table) if drawn is None else ((w, 1 / draws) for w in drawn)
    weights, shares = (np.array(part) for part in zip(*parts, strict=True))
    tally = _Tally.of(*table.shape)
    tally.add_all(np.stack([table @ one for one in weights]), weights, shares)
    return tally.result(names, is_exact=is_exact, draws=draws, seed=seed)


def posterior_sensitivity(
    draws: FloatArray, *, criteria: tuple[Id, ...], rows: NDArray[np.int64], n: int, seed: int
) -> WeightSensitivity:
    """Do the same with one set of weights per posterior draw.

    ``draws`` has shape (n_draws, n_rows, n_criteria); ``rows`` are positions among n measures.
    """
    n_draws, n_rows, n_criteria = draws.shape
    weights = _simplex(n_criteria, draws=n_draws, seed=seed)
    values = np.stack([table @ one for table, one in zip(draws, weights, strict=True)])
    tally = _Tally.of(n_rows, n_criteria)
    tally.add_all(values, weights, np.full(n_draws, 1 / n_draws))
    found = tally.result(criteria, is_exact=False, draws=n_draws, seed=seed)
    return found if n_rows == n else _spread(found, rows, n)


def _spread(found: WeightSensitivity, rows: NDArray[np.int64], n: int) -> WeightSensitivity:
    """Lay the rows out among all measures, NaN elsewhere."""
    acceptability = np.full((n, n), np.nan)
    acceptability[rows] = 0.0
    acceptability[rows, : rows.size] = found.acceptability
    central = np.full((n, found.central_weights.shape[1]), np.nan)
    central[rows] = found.central_weights
    return WeightSensitivity(
        criteria=found.criteria,
        acceptability=_frozen(acceptability),
        central_weights=_frozen(central),
        is_exact=found.is_exact,
        status="limited" if rows.size else "undefined",
        reasons=(*found.reasons, "criterion_missing"),
        conventions=found.conventions,
    )


@dataclass(frozen=True, slots=True)
class _Tally:
    """Shares of weights per rank, and weights with which each measure is first."""

    acceptability: FloatArray
    first: FloatArray

    @classmethod
    def of(cls, n_measures: int, n_criteria: int) -> "_Tally":
        return cls(np.zeros((n_measures, n_measures)), np.zeros((n_measures, n_criteria)))

    def add_all(self, values: FloatArray, weights: FloatArray, shares: FloatArray) -> None:
        """Count sets of weights, one a row; sums come out as if they were added one by one."""
        order = np.argsort(-values, axis=1, kind="stable")
        if np.any(np.diff(np.take_along_axis(values, order, axis=1)) == 0):
            for one in zip(values, weights, shares, strict=True):
                self.add(*one)
            return
        np.add.at(self.acceptability, (order, np.arange(values.shape[1])), shares[:, None])
        np.add.at(self.first, order[:, :1], (shares[:, None] * weights)[:, None])

    def add(self, values: FloatArray, weights: FloatArray, share: float) -> None:
        """Count one set of weights; equal values share their ranks evenly."""
        order = np.argsort(-values, kind="stable")
        starts = np.flatnonzero(np.append(True, np.diff(values[order]) != 0)[: order.size])
        if starts.size == order.size:
            self.acceptability[order, np.arange(order.size)] += share
            self.first[order[:1]] += share * weights
            return
        for start, end in zip(starts, [*starts[1:], order.size], strict=True):
            block = order[start:end]
            self.acceptability[block, start:end] += share / block.size
            if start == 0:
                self.first[block] += share * weights / block.size

    def result(
        self, criteria: tuple[Id, ...], *, is_exact: bool, draws: int, seed: int
    ) -> WeightSensitivity:
        n_first = self.acceptability[:, :1].sum(axis=1, keepdims=True)
        central = np.full_like(self.first, np.nan)
        np.divide(self.first, n_first, out=central, where=n_first > 0)
        return WeightSensitivity(
            criteria=criteria,
            acceptability=_frozen(self.acceptability),
            central_weights=_frozen(central),
            is_exact=is_exact,
            status="ok" if central.size else "undefined",
            reasons=() if central.size else ("no_ratings",),
            conventions=_conventions(is_exact=is_exact, draws=draws, seed=seed),
        )


def _intervals(table: FloatArray) -> Iterator[tuple[FloatArray, float]]:
    """Yield the middle weights of every interval without a change of order, and its length."""
    ends = np.concatenate([[0.0], _crossings(table), [1.0]])
    for low, high in pairwise(ends.tolist()):
        if high > low:
            middle = (low + high) / 2
            yield np.array([middle, 1 - middle]), high - low


def _crossings(table: FloatArray) -> FloatArray:
    lean = table[:, 0] - table[:, 1]
    steep = lean[:, None] - lean
    gap = table[:, 1] - table[:, 1][:, None]
    weights = np.divide(gap, steep, out=np.full_like(gap, -1.0), where=steep != 0)
    return np.unique(weights[(weights > 0) & (weights < 1)])


def _simplex(n_criteria: int, *, draws: int, seed: int) -> FloatArray:
    return np.random.default_rng(seed).dirichlet(np.ones(n_criteria), size=draws)


def _checked(values: ArrayLike) -> FloatArray:
    table = np.array(values, dtype=np.float64)
    if table.size == 0:
        table = table.reshape(0, TWO)
    if table.ndim != 2 or table.shape[1] < TWO:  # noqa: PLR2004 - measures by criteria
        code = "counts.shape"
        expected = "(n_measures, n_criteria >= 2)"
        raise ShapeError(code, where=Where(argument="values"), expected=expected)
    wrong = np.flatnonzero(~np.isfinite(table).all(axis=1))
    if wrong.size:
        code = "values.not_finite"
        raise NotFiniteError(code, where=Where(argument="values", row=int(wrong[0])))
    return table


def _check_names(names: tuple[Id, ...], n_criteria: int) -> None:
    if len(names) != n_criteria:
        code = "ratings.lengths"
        where = Where(argument="criteria")
        raise ShapeError(code, where=where, found=str(len(names)), expected=str(n_criteria))


def _check_draws(draws: int) -> None:
    if draws < 1:
        code = "argument.out_of_range"
        raise AnalysisError(code, where=Where(argument="draws"), expected=">= 1")


def _conventions(*, is_exact: bool, draws: int, seed: int) -> Conventions:
    return Conventions(
        method="weight_sensitivity",
        ties="shared_evenly",
        seed=None if is_exact else seed,
        draws=None if is_exact else draws,
    )


def _frozen(array: FloatArray) -> FloatArray:
    array.setflags(write=False)
    return array


# --- Combine several criteria with stated weights, and see what other weights would do ------------


type CriteriaWeights = Mapping[Id, float] | Mapping[str, float] | Sequence[float]

SUM_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Combined:
    """Several criteria as one: counts, and estimates on 0 to 1 where every criterion has one."""

    counts: Counts
    posterior: Posterior | None
    is_core: NDArray[np.bool_]
    reasons: tuple[str, ...]


def stated_weights(given: CriteriaWeights | None, criteria: Sequence[Id]) -> FloatArray:
    """Check the weights of criteria: not negative, sum 1; equal if none are given."""
    if given is None:
        return np.full(len(criteria), 1 / len(criteria))
    found = _in_order(given, criteria)
    is_fine = np.isfinite(found).all() and (found >= 0).all()
    if not is_fine or abs(found.sum() - 1) > SUM_TOLERANCE:
        code = "ranking.criteria_weights"
        raise WeightError(code, where=Where(argument="criteria_weights"), expected="1")
    return found


def combine(parts: Sequence[Part], weights: FloatArray) -> Combined:
    """Add criteria up, each rescaled from its scale to 0 to 1; those of weight 0 are left out."""
    used = [(part, w) for part, w in zip(parts, weights, strict=True) if w > 0]
    counts = _counts(parts, used)
    core = np.logical_and.reduce([part.is_core for part, _ in used])
    if any(part.posterior is None for part, _ in used):
        return Combined(counts, None, core, ("criterion_undefined",))
    posteriors = [(unit_posterior(part), w) for part, w in used]
    rows = _common([posterior for posterior, _ in posteriors])
    if not rows.size:
        return Combined(counts, None, core, ("criterion_missing",))
    posterior = _added([(restricted(posterior, rows), w) for posterior, w in posteriors])
    is_partial = bool((counts.n > 0).sum() > rows.size)
    is_split = any("not_connected" in part.reasons for part, _ in used)
    reasons = (
        "criteria_independent",
        *(["criterion_missing"] if is_partial else []),
        *(["not_connected"] if is_split else []),
    )
    return Combined(counts, posterior, core, reasons)


def all_weights(
    parts: Sequence[Part], criteria: tuple[Id, ...], *, draws: int, seed: int
) -> WeightSensitivity | None:
    """Rank acceptability over all weights and the posterior; None if a criterion has none."""
    if any(part.posterior is None for part in parts):
        return None
    posteriors = [unit_posterior(part) for part in parts]
    rows = _common(posteriors)
    drawn = [
        draw_values(restricted(posterior, rows), draws=draws, seed=seed + place)
        for place, posterior in enumerate(posteriors)
    ]
    n = parts[0].counts.n.size
    return posterior_sensitivity(
        np.stack(drawn, axis=2), criteria=criteria, rows=rows, n=n, seed=seed + len(parts)
    )


def unit_posterior(part: Part) -> Posterior:
    """Rescale estimates from the declared scale, not from the values seen, to 0 to 1."""
    posterior = cast("Posterior", part.posterior)
    low, width = part.scale[0], part.scale[-1] - part.scale[0]
    return Posterior(
        rows=posterior.rows,
        estimate=(posterior.estimate - low) / width,
        standard_error=posterior.standard_error / width,
        covariance=posterior.covariance / width**2,
        freedom=posterior.freedom,
    )


def restricted(posterior: Posterior, rows: NDArray[np.int64]) -> Posterior:
    """Keep some measures only."""
    kept = np.isin(posterior.rows, rows)
    return Posterior(
        rows=rows,
        estimate=posterior.estimate[kept],
        standard_error=posterior.standard_error[kept],
        covariance=posterior.covariance[np.ix_(kept, kept)],
        freedom=None if posterior.freedom is None else posterior.freedom[kept],
    )


def _in_order(given: CriteriaWeights, criteria: Sequence[Id]) -> FloatArray:
    if isinstance(given, Mapping):
        by_name = cast("Mapping[Id, float]", given)
        if set(by_name) != set(criteria):
            code = "argument.not_one_of"
            expected = ", ".join(str(name) for name in criteria)
            raise ShapeError(code, where=Where(argument="criteria_weights"), expected=expected)
        return np.array([by_name[name] for name in criteria], dtype=np.float64)
    found = np.array(given, dtype=np.float64)
    if found.shape != (len(criteria),):
        code = "ratings.lengths"
        where = Where(argument="criteria_weights")
        expected = str(len(criteria))
        raise ShapeError(code, where=where, found=str(found.size), expected=expected)
    return found


def _common(posteriors: Sequence[Posterior]) -> NDArray[np.int64]:
    common = posteriors[0].rows
    for posterior in posteriors[1:]:
        common = np.intersect1d(common, posterior.rows)
    return common


def _added(parts: Sequence[tuple[Posterior, float]]) -> Posterior:
    return Posterior(
        rows=parts[0][0].rows,
        estimate=_total([w * posterior.estimate for posterior, w in parts]),
        standard_error=np.sqrt(_total([(w * p.standard_error) ** 2 for p, w in parts])),
        covariance=_total([w**2 * posterior.covariance for posterior, w in parts]),
        freedom=_least([posterior.freedom for posterior, _ in parts]),
    )


def _least(freedoms: Sequence[FloatArray | None]) -> FloatArray | None:
    """Return the fewest degrees of freedom, as a sum is no surer than its least sure part."""
    known = [freedom for freedom in freedoms if freedom is not None]
    return np.min(known, axis=0) if known else None


def _total(arrays: Sequence[FloatArray]) -> FloatArray:
    return np.asarray(np.sum(arrays, axis=0))


def _counts(parts: Sequence[Part], used: Sequence[tuple[Part, float]]) -> Counts:
    means = [w * _unit(part.counts.mean, part.scale) for part, w in used]
    return Counts(
        ids=parts[0].counts.ids,
        n=np.sum([part.counts.n for part in parts], axis=0),
        effective_n=np.sum([part.counts.effective_n for part in parts], axis=0),
        cannot=np.sum([part.counts.cannot for part in parts], axis=0),
        mean=_total(means),
    )


def _unit(values: FloatArray, scale: tuple[float, ...]) -> FloatArray:
    width = scale[-1] - scale[0] if scale else 0.0
    return (values - scale[0]) / width if width else np.full_like(values, np.nan)
