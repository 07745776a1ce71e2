"""How surely a rated measure passes: across borders, or in one region."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alpclusters.analysis.denominators import Denominator
from alpclusters.analysis.scales import Scale
from alpclusters.platform.evaluation.domain.across import Across, AcrossCriterion
from alpclusters.platform.evaluation.domain.common_ground import country_of
from alpclusters.platform.evaluation.domain.records import Words
from alpclusters.platform.policy.models import Finding


@dataclass(frozen=True, slots=True)
class Rated:
    """What the released evaluations of a project say of one measure on one criterion.

    Attributes
    ----------
    measure : int
    names, scale
        Of the criterion.
    n : int
        People who judged, in all regions together.
    probability : float or None
        As common denominator, or in the region; None where no verdict is possible.
    denominator : Denominator or None
    region : str
        Code of the region where the recommendation is for one alone.
    min_regions, min_countries : int
        The rule as applied; 0 where it was not.
    reasons : tuple of str
        Why there is no probability.
    countries : int
    agreement : float or None
        Tastle and Wierman's, the lowest of the evaluations.
    cannot_judge : float or None
        The highest of the evaluations.
    fit_regions : tuple of str
        Regions that pass with 80 % or more.
    """

    measure: int
    names: Words
    scale: Scale
    n: int
    probability: float | None
    denominator: Denominator | None
    region: str
    min_regions: int
    min_countries: int
    reasons: tuple[str, ...]
    countries: int
    agreement: float | None
    cannot_judge: float | None
    fit_regions: tuple[str, ...]


def weakest_of(rated: Sequence[Rated]) -> Rated | None:
    """Return the criterion on which the measure is least sure to pass.

    A measure that some find useful and nobody finds feasible is no common denominator, so the
    lowest probability counts; a criterion without a verdict counts as none at all.
    """
    if not rated:
        return None
    return min(rated, key=lambda one: -1.0 if one.probability is None else one.probability)


def rated_of(findings: Iterable[Finding], across: Across, *, region: str = "") -> list[Rated]:
    """Return what is known per criterion of the measures the findings are about."""
    wanted = {
        (finding.criterion.key, finding.measure_id)
        for finding in findings
        if finding.kind == Finding.Kind.RATING
        and finding.superseded_by_id is None
        and finding.direction != Finding.Direction.AGAINST
        and finding.criterion is not None
    }
    return [
        _rated(criterion, measure, across, region)
        for criterion in across.criteria
        for key, measure in sorted(wanted, key=str)
        if key == criterion.key and measure is not None
    ]


def _rated(criterion: AcrossCriterion, measure: int, across: Across, region: str) -> Rated:
    figures = [f for f in criterion.figures if f.measure == measure]
    own = [f for f in figures if f.region == region] if region else figures
    found = next((d for d in _judged(criterion) if d.measure == measure), None)
    agreements, shares = _spread(criterion.key, measure, across)
    return Rated(
        measure=measure,
        names=criterion.names,
        scale=criterion.scale,
        n=sum(figure.n for figure in own),
        probability=_in_region(own, criterion.threshold)
        if region
        else (found.probability if found else None),
        denominator=found,
        region=region,
        min_regions=criterion.found.min_regions if criterion.found else 0,
        min_countries=criterion.found.min_countries if criterion.found else 0,
        reasons=criterion.reasons if found is None else found.reasons,
        countries=len({country_of(figure.region) for figure in figures}),
        agreement=min(agreements, default=None),
        cannot_judge=max(shares, default=None),
        fit_regions=_fit(criterion, found),
    )


def _judged(criterion: AcrossCriterion) -> Sequence[Denominator]:
    return criterion.found.measures if criterion.found else ()


def _in_region(figures: Sequence[object], threshold: float | None) -> float | None:
    """Return the chance that the value of one region lies above the threshold."""
    from scipy.special import ndtr  # noqa: PLC0415 - only who asks for it waits for SciPy

    for figure in figures:
        value, error = getattr(figure, "value", None), getattr(figure, "error", None)
        if value is not None and error is not None and threshold is not None:
            return float(ndtr((value - threshold) / max(error, 1e-9)))
    return None


def _fit(criterion: AcrossCriterion, found: Denominator | None) -> tuple[str, ...]:
    if found is None or criterion.found is None:
        return ()
    pairs = zip(criterion.found.regions, found.region_probabilities, strict=True)
    certain = dict(criterion.found.conventions.thresholds)["certain"]
    return tuple(str(name) for name, p in pairs if p is not None and p >= certain)


def _spread(key: str, measure: int, across: Across) -> tuple[list[float], list[float]]:
    """Return agreement and share of "cannot judge" of every evaluation that shows the measure."""
    agreements, shares = [], []
    for one in across.released:
        for result in one.evaluation.criteria:
            is_shown = any(item.pk == measure for item in one.evaluation.measures)
            summary = result.summary(measure) if result.key == key and is_shown else None
            if summary is not None and summary.n:
                agreements += [summary.consensus] if summary.consensus is not None else []
                share = summary.cannot_judge_share
                shares += [share] if share is not None else []
    return agreements, shares
