"""The strength of a recommendation, computed on read from what it rests on."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import and_
from typing import Any, Final, cast

from django.db.models import Prefetch, Q, QuerySet

from alpclusters.analysis.plans import Strength, StrengthFacts, StrengthResult, strength_of
from alpclusters.analysis.plans.strength import Letter
from alpclusters.platform.evaluation.domain.across import Across, across_project
from alpclusters.platform.evidence.domain.grading import shown_grade
from alpclusters.platform.policy.domain.contradictions import open_among
from alpclusters.platform.policy.domain.states import DECIDED
from alpclusters.platform.policy.domain.strengths.probabilities import Rated, rated_of, weakest_of
from alpclusters.platform.policy.models import Finding, Recommendation
from alpclusters.platform.worlds import same_world

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
