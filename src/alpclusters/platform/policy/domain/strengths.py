"""How strong a recommendation is: computed on read, or set by a person who says why."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import and_
from typing import Any, Final, cast

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from alpclusters.analysis.denominators import Denominator
from alpclusters.analysis.errors import InputError, Where
from alpclusters.analysis.plans import Strength, StrengthFacts, StrengthResult, strength_of
from alpclusters.analysis.plans.strength import Letter
from alpclusters.analysis.scales import Scale
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evaluation.domain.across import Across, AcrossCriterion, across_project
from alpclusters.platform.evaluation.domain.common_ground import country_of
from alpclusters.platform.evaluation.domain.records import Words
from alpclusters.platform.evidence.domain.grading import shown_grade
from alpclusters.platform.history import sign
from alpclusters.platform.policy.domain.contradictions import open_among
from alpclusters.platform.policy.domain.reasons import Reason, set_reason, text_of
from alpclusters.platform.policy.domain.states import DECIDED
from alpclusters.platform.policy.models import Finding, Recommendation
from alpclusters.platform.worlds import same_world

# --- How surely a rated measure passes: across borders, or in one region --------------------------


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


# --- The strength of a recommendation, computed on read from what it rests on ---------------------


_LETTERS: Final = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class ShownStrength:
    """What a page says of the strength of a recommendation.

    Attributes
    ----------
    result : StrengthResult
        As computed, with its reasons.
    facts : StrengthFacts
        The numbers it was computed from.
    rated : Rated or None
        The criterion that counts, with the verdict on the common denominator.
    all_rated : tuple of Rated
        Every criterion.
    lessons : tuple of str
        Codes of the supporting findings that have a certainty.
    conflicts, contradictions : tuple of str
        Codes of decided recommendations in conflict, of findings without an answer.
    override : str
        What a person set beside it; empty if nobody did.
    override_reason : mapping of str to str
        Why, by language.
    n_findings : int
        How many findings it rests on: those that no newer one replaces.
    """

    result: StrengthResult
    facts: StrengthFacts
    rated: Rated | None
    all_rated: tuple[Rated, ...]
    lessons: tuple[str, ...]
    conflicts: tuple[str, ...]
    contradictions: tuple[str, ...]
    override: str
    override_reason: dict[str, str]
    n_findings: int = 0

    @property
    def shown(self) -> str:
        """The strength that counts: the person's where there is one."""
        return self.override or str(self.result.strength)

    @property
    def is_raised(self) -> bool:
        """Say whether a person set a higher one than the evidence carries."""
        order = [str(one) for one in Strength]
        higher = self.override and order.index(self.override) > order.index(self.result.strength)
        return bool(higher)


def with_evidence(rows: "QuerySet[Recommendation]") -> "QuerySet[Recommendation]":
    """Load all that the strength needs, in a constant number of queries."""
    findings = Finding.objects.select_related("lesson", "measure", "criterion").order_by("pk")
    others = Recommendation.objects.select_related("project").order_by("pk")
    return rows.select_related("project", "region").prefetch_related(
        Prefetch("findings", queryset=findings.filter(_of_one_world())),
        Prefetch("conflicts_with", queryset=others),
    )


def _of_one_world() -> Q:
    """Return the condition under which a finding and its source are both real or both simulated.

    Ties across are refused today; those that were made before carry nothing.
    """
    sources = ("lesson", "snapshot")
    return functools.reduce(
        and_, (Q(**{source: None}) | same_world(Finding, "project", source) for source in sources)
    )


def strengths_of(recommendations: Iterable[Recommendation]) -> dict[int, ShownStrength]:
    """Compute the strength of recommendations; each project's evaluations are read once.

    The recommendations should come from `with_evidence`.
    """
    known: dict[int, Across] = {}
    found = {}
    for one in recommendations:
        if one.project_id not in known:
            known[one.project_id] = across_project(one.project)
        found[one.pk] = strength_with(one, known[one.project_id])
    return found


def strength_for(recommendation: Recommendation) -> ShownStrength:
    """Compute the strength of one recommendation."""
    (loaded,) = with_evidence(Recommendation.objects.filter(pk=recommendation.pk))
    return strengths_of([loaded])[loaded.pk]


def strength_with(recommendation: Recommendation, across: Across) -> ShownStrength:
    """Compute the strength from the evaluations of the project taken together."""
    findings = [
        f
        for f in recommendation.findings.all()
        if f.superseded_by_id is None and f.project_id == recommendation.project_id
    ]
    region = recommendation.region.code if recommendation.region else ""
    rated = rated_of(findings, across, region=region)
    weakest = weakest_of(rated)
    conflicts = _decided(
        other
        for other in recommendation.conflicts_with.all()
        if other.project.is_simulated == recommendation.project.is_simulated
    )
    contradictions = tuple(f.code for f in open_among(recommendation, findings))
    lessons = _supporting(findings)
    facts = StrengthFacts(
        certainty=cast("Letter", min(lessons.values(), default="none")),
        **_people(findings, weakest),
        level=recommendation.level,
        conflict_open=bool(conflicts),
        contradiction_open=bool(contradictions),
    )
    return ShownStrength(
        result=strength_of(facts),
        facts=facts,
        rated=weakest,
        all_rated=tuple(rated),
        lessons=tuple(lessons),
        conflicts=conflicts,
        contradictions=contradictions,
        override=recommendation.strength_override,
        override_reason=recommendation.strength_reason.each(),
        n_findings=len(findings),
    )


def _supporting(findings: Sequence[Finding]) -> Mapping[str, str]:
    """Return the certainty that each supporting lesson has now, by the code of its finding."""
    return {
        finding.code: grade
        for finding in findings
        if finding.lesson is not None
        and finding.direction == Finding.Direction.SUPPORTS
        and (grade := shown_grade(finding.lesson).grade) in _LETTERS
    }


def _people(findings: Sequence[Finding], rated: Rated | None) -> dict[str, Any]:
    """Return the figures about the people; without released evaluations those of the findings."""
    if rated is not None:
        return {
            "probability": rated.probability,
            "n": rated.n,
            "agreement": rated.agreement,
            "cannot_judge": rated.cannot_judge,
            "countries": rated.countries,
        }
    ratings = [f for f in findings if f.kind == Finding.Kind.RATING]
    shares = [f.cannot_judge_share for f in ratings if f.cannot_judge_share is not None]
    return {
        "n": max((f.n or 0 for f in ratings), default=0),
        "cannot_judge": max(shares, default=None),
    }


def _decided(others: Iterable[Recommendation]) -> tuple[str, ...]:
    return tuple(sorted(other.code for other in others if other.state in DECIDED))


# --- A person sets another strength beside the computed one, and says why -------------------------


SHORTEST_REASON: Final = 20


@transaction.atomic
def override_strength(
    recommendation: Recommendation, strength: str, *, reason: Reason, by: User | None
) -> Recommendation:
    """Show another strength beside the computed one.

    Raises
    ------
    InputError
        No such strength (``recommendation.strength``), or a reason under twenty characters
        (``recommendation.short_reason``).
    """
    if strength not in Recommendation.Strength.values:
        code = "recommendation.strength"
        raise InputError(code, where=Where(field="strength"), found=strength)
    if len(text_of(reason)) < SHORTEST_REASON:
        code = "recommendation.short_reason"
        raise InputError(code, where=Where(field="reason"), expected=str(SHORTEST_REASON))
    return _set(recommendation, strength, reason, by)


@transaction.atomic
def clear_strength(recommendation: Recommendation, *, by: User | None) -> Recommendation:
    """Let the computed strength stand alone again."""
    return _set(recommendation, "", "", by)


def _set(
    recommendation: Recommendation, strength: str, reason: Reason, by: User | None
) -> Recommendation:
    rows = Recommendation.objects.select_for_update(of=("self",))
    current = rows.get(pk=recommendation.pk)
    current.strength_override = strength
    set_reason(current, "strength_reason", reason)
    sign(current, by)
    current.save()
    return current
