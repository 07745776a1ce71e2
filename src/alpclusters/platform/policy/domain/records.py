"""A plan with all it rests on, as frozen records: one reading for page, document and digest."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from alpclusters.platform.evaluation.domain.records import Words
from alpclusters.platform.evaluation.domain.storage import digest_of
from alpclusters.platform.policy.domain.texts import words
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Finding,
    Level,
    Recommendation,
)


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A finding in words and figures."""

    pk: int
    code: str
    measure: Words
    measure_key: str
    criterion: Words
    cafe: Words
    cafe_pk: int
    snapshot: int
    snapshot_number: int
    n: int
    cannot_judge_share: float
    estimate: float | None
    low: float | None
    high: float | None
    convention: str


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """A recommendation with its findings."""

    pk: int
    code: str
    title: Words
    text: Words
    rationale: Words
    level: str
    addressee: str
    state: str
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A line of a plan with the recommendations it carries out."""

    pk: int
    code: str
    title: Words
    description: Words
    level: str
    responsible: str
    starts_on: date | None
    ends_on: date | None
    recommendations: tuple[RecommendationLine, ...]

    @property
    def evidence(self) -> tuple[EvidenceLine, ...]:
        """The findings behind the line, each once."""
        found = {line.pk: line for r in self.recommendations for line in r.evidence}
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A plan as it is at one moment."""

    slug: str
    title: Words
    summary: Words
    publisher: str
    version: int
    published_at: datetime | None
    created_at: datetime
    project: str
    acronym: str
    regions: tuple[Words, ...]
    is_simulated: bool
    is_published: bool
    actions: tuple[ActionLine, ...]

    @property
    def recommendations(self) -> tuple[RecommendationLine, ...]:
        """The recommendations carried out by the plan, each once, by code."""
        found = {r.pk: r for action in self.actions for r in action.recommendations}
        return tuple(sorted(found.values(), key=lambda line: (len(line.code), line.code)))

    @property
    def evidence(self) -> tuple[EvidenceLine, ...]:
        """The findings behind the plan, each once, in their order."""
        found = {line.pk: line for action in self.actions for line in action.evidence}
        return tuple(found[pk] for pk in sorted(found))

    def by_level(self) -> list[tuple[str, tuple[ActionLine, ...]]]:
        """Group the lines by level, from European to regional; empty levels are left out."""
        groups: dict[str, list[ActionLine]] = defaultdict(list)
        for action in self.actions:
            groups[action.level].append(action)
        return [(level, tuple(groups[level])) for level in Level.values if level in groups]

    @property
    def moment(self) -> datetime:
        """When it was published, or begun."""
        return self.published_at or self.created_at

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical content, as of a snapshot; equal plans have equal digests."""
        content = asdict(self)
        return digest_of(_plain(content))


def record_of(plan: ActionPlan) -> PlanRecord:
    """Read a plan with actions, recommendations, findings and measures in few queries."""
    actions = plan.actions.prefetch_related(_with_evidence("recommendations"))
    project = plan.project
    return PlanRecord(
        slug=plan.slug,
        title=words(plan, "title"),
        summary=words(plan, "summary"),
        publisher=plan.publisher,
        version=plan.version,
        published_at=plan.published_at,
        created_at=plan.created_at,
        project=project.slug,
        acronym=project.acronym,
        regions=tuple(_regions(plan)),
        is_simulated=plan.is_simulated,
        is_published=plan.is_published,
        actions=tuple(_action(action) for action in actions),
    )


def recommendation_line(recommendation: Recommendation) -> RecommendationLine:
    """Read one recommendation with its findings."""
    findings = recommendation.findings.select_related(*_FINDING_RELATED)
    return _recommendation(recommendation, findings)


_FINDING_RELATED = ("measure", "criterion", "snapshot__cafe")


def _with_evidence(path: str) -> "Prefetch[Any]":
    findings = Finding.objects.select_related(*_FINDING_RELATED).defer("snapshot__data")
    rows = Recommendation.objects.prefetch_related(Prefetch("findings", queryset=findings))
    return Prefetch(path, queryset=rows)


def _regions(plan: ActionPlan) -> Iterable[Words]:
    seen: set[int] = set()
    for partner in plan.project.partners.select_related("region"):
        region = partner.region
        if region is not None and region.pk not in seen:
            seen.add(region.pk)
            yield words(region, "name")


def _action(action: Action) -> ActionLine:
    return ActionLine(
        pk=action.pk,
        code=action.code,
        title=words(action, "title"),
        description=words(action, "description"),
        level=action.level,
        responsible=action.responsible,
        starts_on=action.starts_on,
        ends_on=action.ends_on,
        recommendations=tuple(_recommendation(r, r.findings.all()) for r in _related(action)),
    )


def _related(action: Action) -> Sequence[Recommendation]:
    return list(action.recommendations.all())


def _recommendation(
    recommendation: Recommendation, findings: Iterable[Finding]
) -> RecommendationLine:
    return RecommendationLine(
        pk=recommendation.pk,
        code=recommendation.code,
        title=words(recommendation, "title"),
        text=words(recommendation, "text"),
        rationale=words(recommendation, "rationale"),
        level=recommendation.level,
        addressee=recommendation.addressee,
        state=recommendation.state,
        evidence=tuple(_evidence(finding) for finding in findings),
    )


def _evidence(finding: Finding) -> EvidenceLine:
    snapshot = finding.snapshot
    return EvidenceLine(
        pk=finding.pk,
        code=finding.code,
        measure=words(finding.measure, "name"),
        measure_key=finding.measure.key,
        criterion=words(finding.criterion, "name"),
        cafe=words(snapshot.cafe, "title"),
        cafe_pk=snapshot.cafe_id,
        snapshot=snapshot.pk,
        snapshot_number=snapshot.number,
        n=finding.n,
        cannot_judge_share=finding.cannot_judge_share,
        estimate=finding.estimate,
        low=finding.low,
        high=finding.high,
        convention=finding.convention,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
