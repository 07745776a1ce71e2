"""The actions of a plan as records: outlines for lists, full lines for pages and documents."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Exists, OuterRef, Prefetch

from alpclusters.platform.evaluation.domain.records import Words
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.records.lines import (
    ActionLine,
    ActionOutline,
    CostLine,
    DependencyLine,
    EvidenceLine,
    FundingSource,
    IndicatorLine,
    MilestoneLine,
    PlayerLine,
    RecommendationLine,
    ReportLine,
    RiskLine,
)
from alpclusters.platform.policy.domain.records.statuses import Standing
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Dependency,
    Finding,
    FundingLine,
    ProgressReport,
    Recommendation,
)
from alpclusters.platform.territory.models import Region

# --- Recommendations with the findings behind them, read in a constant number of queries ----------


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


# --- The actions of a plan as records: outlines for lists, full lines for pages and documents -----


def outlines(plan: ActionPlan, standings: Mapping[int, Standing]) -> tuple[ActionOutline, ...]:
    """Return all actions of a plan in their order, in two queries."""
    names = ("pk", "uuid", "code", "level", "responsible", "starts_on", "ends_on", "done_on")
    more = ("stopped_on", "weight", "critical")
    rows = Action.objects.filter(plan=plan).order_by("order", "pk")
    regions = _region_pks(plan)
    found = []
    for row in rows.values(*names, *more, "title"):
        standing = standings[row["pk"]]
        title = row.pop("title")
        found.append(
            ActionOutline(
                **row | {"uuid": str(row["uuid"])},
                title={code: title.inside(code) for code in LANGUAGE_CODES},
                status=standing.status,
                shown=standing.shown,
                region_pks=tuple(regions.get(row["pk"], ())),
            )
        )
    return tuple(found)


def action_lines(
    plan: ActionPlan,
    standings: Mapping[int, Standing],
    indicators: Mapping[int | None, Sequence[IndicatorLine]],
    *,
    only: Collection[int] | None = None,
    has_evidence: bool = True,
) -> tuple[ActionLine, ...]:
    """Return the actions of a plan, or some of them, with all that belongs to them."""
    rows = plan.actions.prefetch_related(
        Prefetch("regions", queryset=Region.objects.order_by("pk")),
        "players",
        "milestones",
        "costs",
        Prefetch("funding", queryset=FundingLine.objects.select_related("offer").order_by("pk")),
        "risks",
        Prefetch("dependencies", queryset=Dependency.objects.select_related("before")),
    )
    if only is not None:
        rows = rows.filter(pk__in=only)
    if has_evidence:
        rows = rows.prefetch_related(with_evidence("recommendations"))
    actions = list(rows)
    reports = latest_reports(plan, None if only is None else [action.pk for action in actions])
    return tuple(
        _line(
            action,
            standings[action.pk],
            indicators.get(action.pk, ()),
            reports.get(action.pk),
            action.recommendations.all() if has_evidence else (),
        )
        for action in actions
    )


def _region_pks(plan: ActionPlan) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    ties = Action.regions.through.objects.filter(action__plan=plan).order_by("region_id")
    for action, region in ties.values_list("action_id", "region_id"):
        found.setdefault(action, []).append(region)
    return found


def latest_reports(plan: ActionPlan, only: Collection[int] | None) -> Mapping[int, ReportLine]:
    """Return the last report of each action, or of some, by number of the action."""
    rows = ProgressReport.objects.filter(action__plan=plan)
    if only is not None:
        rows = rows.filter(action__in=only)
    ordered = rows.select_related("round").order_by("confirmed_on", "pk")
    return {report.action_id: report_line(report) for report in ordered}


def report_line(report: ProgressReport) -> ReportLine:
    """Return a report as a record, without the person who sent it."""
    return ReportLine(
        confirmed_on=report.confirmed_on,
        progress=report.progress,
        language=report.language,
        text=report.text,
        obstacles=report.obstacles,
        next_step=report.next_step,
        way=report.way,
        round=report.round.number if report.round else None,
    )


def _line(
    action: Action,
    standing: Standing,
    indicators: Sequence[IndicatorLine],
    report: ReportLine | None,
    recommendations: Iterable[Recommendation],
) -> ActionLine:
    return ActionLine(
        pk=action.pk,
        uuid=str(action.uuid),
        code=action.code,
        title=action.title.each(),
        background=action.background.each(),
        description=action.description.each(),
        level=action.level,
        regions=tuple(_name(region) for region in action.regions.all()),
        region_pks=tuple(region.pk for region in action.regions.all()),
        responsible=action.responsible,
        accepted_on=action.accepted_on,
        starts_on=action.starts_on,
        ends_on=action.ends_on,
        done_on=action.done_on,
        stopped_on=action.stopped_on,
        reason_not_done=action.reason_not_done.each(),
        weight=action.weight,
        critical=action.critical,
        recommendations=tuple(recommendation_of(r, r.findings.all()) for r in recommendations),
        indicators=tuple(indicators),
        report=report,
        override=standing.override,
        status=standing.status,
        shown=standing.shown,
        **_parts(action),
    )


def _parts(action: Action) -> dict[str, Any]:
    return {
        "players": tuple(PlayerLine(str(p.uuid), p.body, p.role) for p in action.players.all()),
        "milestones": tuple(
            MilestoneLine(
                str(m.uuid), m.title.each(), m.due, m.weight, m.critical, m.done_on, m.evidence
            )
            for m in action.milestones.all()
        ),
        "costs": tuple(
            CostLine(str(c.uuid), c.year, c.type, c.amount_cents, c.currency)
            for c in action.costs.all()
        ),
        "funding": tuple(_funding(f) for f in action.funding.all()),
        "risks": tuple(
            RiskLine(str(r.uuid), r.text.each(), r.likelihood, r.impact, r.answer.each())
            for r in action.risks.all()
        ),
        "dependencies": tuple(
            DependencyLine(str(d.before.uuid), d.before.code, d.lag_days)
            for d in action.dependencies.all()
        ),
    }


def _funding(line: FundingLine) -> FundingSource:
    return FundingSource(
        uuid=str(line.uuid),
        source=line.source,
        offer=str(line.offer) if line.offer else "",
        offer_pk=line.offer_id,
        offer_key=line.offer.key if line.offer else "",
        amount_cents=line.amount_cents,
        currency=line.currency,
        status=line.status,
    )


def _name(region: Region) -> Words:
    return region.name.each()
