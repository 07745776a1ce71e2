"""What holds across borders in a project: its released evaluations taken together.

Only figures that a snapshot shows are used. People of one region in several AlpCafés are several
groups of people; their estimates are weighted by precision.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

from alpclusters.analysis.denominators import Denominators, common_denominators
from alpclusters.analysis.scales import Scale
from alpclusters.platform.evaluation.domain.common_ground import country_of
from alpclusters.platform.evaluation.domain.records import (
    REGION,
    CriterionResult,
    Evaluation,
    Item,
    Words,
)
from alpclusters.platform.evaluation.domain.science import (
    FEWEST_COUNTRIES,
    FEWEST_REGIONS,
    RegionFigure,
)
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of, newest_released
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.partnership.models import Project

Z_90: Final = 1.6448536269514722
FEWEST_TO_COMPARE: Final = 2


@dataclass(frozen=True, slots=True)
class Released:
    """The newest released evaluation of one AlpCafé, and the code of the region it was held in."""

    snapshot: Snapshot
    evaluation: Evaluation
    region: str


@dataclass(frozen=True, slots=True)
class AcrossCriterion:
    """One criterion over all AlpCafés of a project.

    Attributes
    ----------
    key, names
        The criterion.
    measures : tuple of Item
        All that are shown anywhere.
    found : Denominators or None
    reasons : tuple of str
        Why there is no verdict: ``too_few_in_regions``, ``one_country``.
    regions : mapping of str to int
        People behind each region with figures.
    n_hidden : int
        Regions somebody named and of which no figure is shown.
    figures : tuple of RegionFigure
        One per measure and region.
    scale : Scale
        Of the newest evaluation.
    tiers : mapping of int to mapping of int to int
        Per snapshot the tier of each measure.
    """

    key: str
    names: Words
    measures: tuple[Item, ...]
    found: Denominators | None
    reasons: tuple[str, ...]
    regions: Mapping[str, int]
    n_hidden: int
    figures: tuple[RegionFigure, ...]
    scale: Scale
    tiers: Mapping[int, Mapping[int, int]]

    @property
    def threshold(self) -> float | None:
        """From here on a value counts as reached; None without an order."""
        return self.scale.reached


@dataclass(frozen=True, slots=True)
class Across:
    """All criteria of a project, and the evaluations behind them, latest AlpCafé first."""

    released: tuple[Released, ...]
    criteria: tuple[AcrossCriterion, ...]


def across_project(project: Project) -> Across:
    """Take the newest released evaluation of every AlpCafé of a project together."""
    snapshots = newest_released().filter(cafe__project=project).with_cafe()
    released = tuple(
        Released(found, evaluation_of(found), found.cafe.region.code)
        for found in snapshots.order_by("-cafe__held_on", "-pk")
    )
    keys = dict.fromkeys(r.key for one in released for r in one.evaluation.criteria)
    return Across(released, tuple(_criterion(key, released) for key in keys))


def _criterion(key: str, released: Sequence[Released]) -> AcrossCriterion:
    own = [(one, r) for one in released for r in one.evaluation.criteria if r.key == key]
    figures = pool(figure for one, result in own for figure in figures_of(one, result))
    measures = {item.pk: item for one, _ in own for item in one.evaluation.measures}
    shown = tuple(measures[pk] for pk in sorted({figure.measure for figure in figures}))
    people = _people(own)
    named = {g.key for one, _ in own for g in one.evaluation.groups[REGION] if g.key}
    hidden = sorted(named - people.keys())
    scale = own[0][1].scale
    threshold = scale.reached
    why = "no_order" if threshold is None else _obstacle(sorted(people))
    return AcrossCriterion(
        key=key,
        names=own[0][1].names,
        measures=shown,
        found=None
        if why or threshold is None
        else _judged(figures, shown, threshold, sorted(people), hidden),
        reasons=(why,) if why else (),
        regions=people,
        n_hidden=len(hidden),
        figures=figures,
        scale=scale,
        tiers={one.snapshot.pk: _tiers(result) for one, result in own},
    )


def figures_of(one: Released, result: CriterionResult) -> Iterator[RegionFigure]:
    """Yield the values by declared region; of an AlpCafé without any its whole, where it was held.

    A region of one AlpCafé is told apart only where another one is: else all count for the place.
    """
    if result.common is not None and result.common.figures:
        yield from result.common.figures
        return
    for item in result.ranking.measures if result.ranking and result.ranking.is_usable else ():
        if item.estimate is not None and item.low is not None and item.high is not None:
            half = max(item.estimate - item.low, item.high - item.estimate)
            yield RegionFigure(item.measure, one.region, item.n, item.estimate, half / Z_90)


def pool(figures: Iterable[RegionFigure]) -> tuple[RegionFigure, ...]:
    """Join the figures of one measure and region, weighted by precision.

    Examples
    --------
    >>> two = [RegionFigure(1, "AT32", 8, 4.0, 0.3), RegionFigure(1, "AT32", 20, 3.0, 0.1)]
    >>> [(one.n, round(one.value, 2), round(one.error, 4)) for one in pool(two)]
    [(28, 3.1, 0.0949)]
    """
    parts: dict[tuple[int, str], list[RegionFigure]] = defaultdict(list)
    for figure in figures:
        parts[figure.measure, figure.region].append(figure)
    return tuple(_joined(parts[place]) for place in sorted(parts))


def _joined(figures: Sequence[RegionFigure]) -> RegionFigure:
    weights = [1 / one.error**2 if one.error else inf for one in figures]
    sure = [one for one, weight in zip(figures, weights, strict=True) if weight == inf]
    if sure:
        return sure[0]
    total = sum(weights)
    value = sum(w * one.value for w, one in zip(weights, figures, strict=True)) / total
    n = sum(one.n for one in figures)
    return RegionFigure(figures[0].measure, figures[0].region, n, value, total**-0.5)


def _people(own: Sequence[tuple[Released, CriterionResult]]) -> dict[str, int]:
    """Count the people behind each region that has figures."""
    people: dict[str, int] = defaultdict(int)
    for one, result in own:
        regions = {figure.region for figure in figures_of(one, result)}
        known = {r: n for r, _, n in result.common.regions} if result.common else {}
        for region in regions:
            people[region] += known.get(region, one.evaluation.n_people or 0)
    return dict(sorted(people.items()))


def _obstacle(regions: Sequence[str]) -> str:
    if len(regions) < FEWEST_TO_COMPARE:
        return "too_few_in_regions"
    few = len({country_of(region) for region in regions}) < FEWEST_COUNTRIES
    return "one_country" if few else ""


def _judged(
    figures: Sequence[RegionFigure],
    measures: Sequence[Item],
    threshold: float,
    regions: Sequence[str],
    hidden: Sequence[str],
) -> Denominators:
    from scipy.special import ndtr  # noqa: PLC0415 - only who asks for it waits for SciPy

    names = [*regions, *hidden]
    rows = {item.pk: row for row, item in enumerate(measures)}
    table = np.full((len(measures), len(names)), np.nan)
    for one in figures:
        above = (one.value - threshold) / max(one.error, 1e-9)
        table[rows[one.measure], names.index(one.region)] = float(ndtr(above))
    return common_denominators(
        table,
        regions=names,
        countries=[country_of(name) for name in names],
        threshold=threshold,
        min_countries=FEWEST_COUNTRIES,
        min_regions=min(FEWEST_REGIONS, len(regions)),
        measures=[item.pk for item in measures],
    )


def _tiers(result: CriterionResult) -> dict[int, int]:
    if result.ranking is None or not result.ranking.is_usable:
        return {}
    return {item.measure: item.tier for item in result.ranking.measures if item.tier is not None}
