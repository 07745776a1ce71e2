"""Combine several criteria with stated weights, and see what other weights would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.errors import ShapeError, Where
from alpclusters.analysis.ranking.errors import WeightError
from alpclusters.analysis.ranking.fitting import Counts, Part
from alpclusters.analysis.ranking.posterior import Posterior, draw_values
from alpclusters.analysis.ranking.sensitivity import WeightSensitivity, posterior_sensitivity

FloatArray = NDArray[np.float64]
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
