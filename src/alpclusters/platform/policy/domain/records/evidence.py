"""Recommendations with the findings behind them, read in a constant number of queries."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Exists, OuterRef, Prefetch

from alpclusters.platform.evaluation.domain.records import Words
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.policy.domain.records.lines import EvidenceLine, RecommendationLine
from alpclusters.platform.policy.models import Finding, Recommendation

_RELATED: Final = (
    "measure",
    "criterion",
    "snapshot__cafe",
    "lesson",
    "consultation",
)
# Results by the megabyte that no line shows.
_HEAVY: Final = ("snapshot__data", "consultation__texts")
_EMPTY: Final[Words] = {}


def with_evidence(path: str) -> "Prefetch[Any]":
    """Return the prefetch of recommendations with their findings."""
    rows = Recommendation.objects.prefetch_related(Prefetch("findings", queryset=_findings()))
    return Prefetch(path, queryset=rows)


def recommendation_line(recommendation: Recommendation) -> RecommendationLine:
    """Read one recommendation with its findings."""
    found = _findings().filter(recommendations=recommendation)
    return recommendation_of(recommendation, found)


def recommendation_of(
    recommendation: Recommendation, findings: Iterable[Finding]
) -> RecommendationLine:
    """Return a recommendation and the findings given as a record."""
    return RecommendationLine(
        pk=recommendation.pk,
        code=recommendation.code,
        title=recommendation.title.each(),
        text=recommendation.text.each(),
        rationale=recommendation.rationale.each(),
        level=recommendation.level,
        addressee=recommendation.addressee,
        state=recommendation.state,
        evidence=tuple(evidence_of(finding) for finding in findings),
        uuid=str(recommendation.uuid),
        problem=recommendation.problem.each(),
        expected_effect=recommendation.expected_effect.each(),
        rejected_reason=recommendation.rejected_reason.each(),
        state_reason=recommendation.state_reason.each(),
        instrument=recommendation.instrument,
        theme=recommendation.theme,
        horizon=recommendation.horizon,
        cost_band=recommendation.cost_band,
        strength_override=recommendation.strength_override,
        strength_reason=recommendation.strength_reason.each(),
        denominator=recommendation.denominator,
        denominator_reason=recommendation.denominator_reason.each(),
        no_action_reason=recommendation.no_action_reason.each(),
    )


def evidence_lines(pks: Iterable[int]) -> list[EvidenceLine]:
    """Read findings by their numbers, oldest first."""
    return [evidence_of(finding) for finding in _findings().filter(pk__in=pks)]


def evidence_of(finding: Finding) -> EvidenceLine:
    """Return a finding as a record; its sources have to be loaded with it."""
    snapshot, measure = finding.snapshot, finding.measure
    name, key = _source(finding)
    return EvidenceLine(
        pk=finding.pk,
        code=finding.code,
        measure=measure.name.each() if measure else _EMPTY,
        measure_key=measure.key if measure else "",
        criterion=finding.criterion.name.each() if finding.criterion else _EMPTY,
        cafe=snapshot.cafe.title.each() if snapshot else _EMPTY,
        cafe_pk=snapshot.cafe_id if snapshot else None,
        snapshot=snapshot.pk if snapshot else None,
        snapshot_number=snapshot.number if snapshot else None,
        n=finding.n,
        cannot_judge_share=finding.cannot_judge_share,
        estimate=finding.estimate,
        low=finding.low,
        high=finding.high,
        convention=finding.convention,
        kind=finding.kind,
        statement=finding.statement.each(),
        certainty=finding.certainty,
        direction=finding.direction,
        source=name,
        source_key=key,
        scale=finding.criterion.scale if finding.criterion else None,
        is_superseded=finding.superseded_by_id is not None,
        is_outdated=getattr(finding, "is_outdated", False),
    )


def _source(finding: Finding) -> tuple[Words | None, str]:
    """Name what a finding that is no rating rests on, and what its page is found by."""
    match finding.kind:
        case Finding.Kind.LESSON if finding.lesson:
            return finding.lesson.statement.each(), finding.lesson.key
        case Finding.Kind.CONSULTATION if finding.consultation:
            return finding.consultation.title.each(), str(finding.consultation_id)
        case Finding.Kind.NETWORK:
            return None, str(finding.network_id)
        case Finding.Kind.FUNDING:
            return None, str(finding.mix_id)
        case _:
            return None, ""


def _findings() -> Any:
    newer = Snapshot.objects.released().filter(
        cafe=OuterRef("snapshot__cafe"), number__gt=OuterRef("snapshot__number")
    )
    rows = Finding.objects.annotate(is_outdated=Exists(newer.order_by()))
    return rows.select_related(*_RELATED).defer(*_HEAVY).order_by("pk")
