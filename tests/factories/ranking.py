"""Small incomplete sets of ratings whose results are known, and random ones; all made up."""

from dataclasses import dataclass

import numpy as np

from alpclusters.analysis.ranking.equations import Design

BASE = (0, 1, 2, 2, 3, 3, 4, 5)
FIRST_MODEL = {"residuals": "one", "cluster": False, "prior": "normal", "inside": False}
"""Arguments of `rank_measures` for the model of the first version."""


@dataclass(frozen=True)
class Columns:
    """Columns of a long table; ``region`` has one entry per rating."""

    value: list[float]
    rater: list[int]
    measure: list[int]
    region: list[int] | None = None
    weight: list[float] | None = None

    @property
    def table(self):
        return self.value, self.rater, self.measure


def weak_effect() -> Columns:
    """51 ratings of 6 measures by 12 raters."""
    cells = [(i, j) for j in range(12) for i in range(6) if (i * j + 2 * i + j) % 4]
    values = [1 + (3 * i + 5 * j + i * j * j) % 7 % 5 for i, j in cells]
    return Columns([float(y) for y in values], [j for _, j in cells], [i for i, _ in cells])


def strong_effect(*, by_region: bool = False) -> Columns:
    """232 ratings of 8 measures by 40 raters; with regions also an interaction with four."""
    cells = [(i, j) for j in range(40) for i in range(8) if _is_rated(i, j)]
    values = [float(_rating(i, j, by_region=by_region)) for i, j in cells]
    regions = [j % 4 for _, j in cells] if by_region else None
    return Columns(values, [j for _, j in cells], [i for i, _ in cells], regions)


def random_ratings(
    seed: int,
    *,
    n_raters: int = 9,
    n_measures: int = 5,
    n_regions: int = 0,
    fill: float = 0.6,
    is_weighted: bool = False,
) -> Columns:
    """Ratings from 1 to 5 with unseen ones; the first rater saw every measure."""
    g = np.random.default_rng(seed)
    seen = g.random((n_raters, n_measures)) < fill
    seen[0] = seen[:, 0] = True
    rater, measure = np.nonzero(seen)
    latent = 3 + g.normal(0, 0.6, n_measures)[measure] + g.normal(0, 0.5, n_raters)[rater]
    value = np.clip(np.rint(latent + g.normal(0, 0.9, rater.size)), 1, 5)
    value[:2] = 2, 4
    weight = np.array([0.5, 1.0, 2.0])[g.integers(0, 3, n_raters)][rater]
    return Columns(
        value.tolist(),
        rater.tolist(),
        measure.tolist(),
        (rater % n_regions).tolist() if n_regions else None,
        weight.tolist() if is_weighted else None,
    )


def design(columns: Columns, *, has_cells: bool = False) -> Design:
    """Turn columns with contiguous numbers into what is fitted."""
    rater, measure = np.array(columns.rater), np.array(columns.measure)
    n, region = rater.size, np.array(columns.region or [])
    n_regions = int(region.max()) + 1 if region.size else 0
    contrast = (region[:, None] == np.arange(n_regions - 1)).astype(float)
    contrast[region == n_regions - 1] = -1
    return Design(
        value=np.array(columns.value),
        rater=rater,
        measure=measure,
        n_raters=int(rater.max()) + 1,
        n_measures=int(measure.max()) + 1,
        weight=np.array(columns.weight or np.ones(n)),
        contrast=contrast if n_regions else np.zeros((n, 0)),
        region=region if has_cells else None,
        n_regions=n_regions if has_cells else 0,
    )


def _is_rated(i: int, j: int) -> bool:
    return (3 * i + j * j + i * j) % 5 not in {1, 3} or i in {1, 4}


def _rating(i: int, j: int, *, by_region: bool) -> int:
    shift = i * (j % 4) % 3 if by_region else 0
    return min(max(1 + (BASE[i] + j % 3 + (7 * i + 3 * j + i * j) % 5 + shift) // 2, 1), 5)
