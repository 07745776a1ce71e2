"""A plan with all it rests on, as one frozen record: the one reading for page and document."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Q

from alpclusters.analysis.plans import PlanSummary
from alpclusters.platform.evaluation.domain.records import Words
from alpclusters.platform.evaluation.domain.storage import digest_of
from alpclusters.platform.policy.domain.records.actions import action_lines, outlines
from alpclusters.platform.policy.domain.records.figures import (
    MoneySum,
    MoneyYear,
    indicators_of,
    money_sums,
    money_years,
)
from alpclusters.platform.policy.domain.records.lines import (
    ActionLine,
    ActionOutline,
    DraftingLine,
    EndorsementLine,
    EvidenceLine,
    IndicatorLine,
    PlanRef,
    RecommendationLine,
    SnapshotRef,
    plain,
)
from alpclusters.platform.policy.domain.records.statuses import (
    Standing,
    dependencies_of,
    rules_of,
    standings_of,
    summary_of,
)
from alpclusters.platform.policy.models import Action, ActionPlan, Cost, FundingLine, Level
from alpclusters.platform.territory.models import Region


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A plan as it is at one moment.

    Attributes
    ----------
    actions : tuple of ActionLine
        All actions, or those that were asked for.
    outlines : tuple of ActionOutline
        Always all actions, with what lists and charts need.
    summary : Words
        The text of the summary.
    progress : PlanSummary
        Counts over the actions of the plan itself.
    joint : PlanSummary
        Counts and one colour over the actions of the plan and of the plans below it.
    below : tuple of PlanSummary
        Of each plan below, in the order of ``children``.
    today : date
        The day for which status is computed.
    """

    pk: int
    uuid: str
    slug: str
    kind: str
    title: Words
    summary: Words
    publisher: str
    policy_instrument: str
    instrument_type: str
    level: str
    version: int
    published_at: datetime | None
    created_at: datetime
    starts_on: date | None
    ends_on: date | None
    completed_on: date | None
    time_zone: str
    reporting_days: int
    signed_off_reason: str
    signed_off_keys: tuple[str, ...]
    project: str
    acronym: str
    regions: tuple[Words, ...]
    region_names: Mapping[int, Words]
    is_simulated: bool
    is_published: bool
    parent: PlanRef | None
    children: tuple[PlanRef, ...]
    drafting_bodies: tuple[DraftingLine, ...]
    endorsements: tuple[EndorsementLine, ...]
    indicators: tuple[IndicatorLine, ...]
    actions: tuple[ActionLine, ...]
    outlines: tuple[ActionOutline, ...]
    # Number before, number after, days between.
    edges: tuple[tuple[int, int, int], ...]
    money: tuple[MoneyYear, ...]
    money_sums: tuple[MoneySum, ...]
    snapshot: SnapshotRef | None
    progress: PlanSummary
    joint: PlanSummary
    below: tuple[PlanSummary, ...]
    today: date

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
    def text_on(self) -> date | None:
        """The day since which the text stands, where the plan is; None while it is a draft."""
        if self.published_at is None:
            return None
        return self.published_at.astimezone(ZoneInfo(self.time_zone)).date()


def today_of(plan: ActionPlan, now: datetime) -> date:
    """Return the date of a moment in the time zone of a plan."""
    return now.astimezone(ZoneInfo(plan.time_zone)).date()


def record_of(
    plan: ActionPlan,
    *,
    today: date,
    only: Collection[int] | None = None,
    has_evidence: bool = True,
) -> PlanRecord:
    """Read a plan with all it rests on; the number of queries does not depend on its size.

    Parameters
    ----------
    plan : ActionPlan
        With its project loaded.
    today : date
        The day for which status is computed, see `today_of`.
    only : collection of int or None
        Numbers of the actions that are wanted in full; None: all. Outlines, summary and money
        always cover the whole plan.
    has_evidence : bool
        False leaves recommendations and findings out: schedules and charts do not show them.
    """
    children = _children(plan)
    standings = standings_of(plan, today=today, children=[child.pk for child in children])
    indicators = indicators_of(plan.pk, today=today, rules=rules_of(plan), only=only)
    costs, funding = _costs(plan), _funding(plan)
    names = _region_names(plan)
    return PlanRecord(
        **_head(plan),
        regions=tuple(_regions(plan, names)),
        region_names=names,
        parent=_ref(plan.parent) if plan.parent else None,
        children=tuple(_ref(child) for child in children),
        drafting_bodies=tuple(
            DraftingLine(body.name, body.country) for body in plan.drafting_bodies.all()
        ),
        endorsements=tuple(_endorsements(plan)),
        indicators=tuple(indicators.get(None, ())),
        actions=action_lines(plan, standings, indicators, only=only, has_evidence=has_evidence),
        outlines=outlines(plan, standings),
        edges=tuple(dependencies_of([plan.pk])),
        money=money_years(costs),
        money_sums=money_sums(costs, funding),
        snapshot=last_report(plan),
        progress=_summary(standings, plan.pk),
        joint=summary_of(list(standings.values())),
        below=tuple(_summary(standings, child.pk) for child in children),
        today=today,
    )


def _summary(standings: Mapping[int, Standing], plan: int) -> PlanSummary:
    return summary_of([one for one in standings.values() if one.plan == plan])


def _head(plan: ActionPlan) -> dict[str, Any]:
    same = (
        "pk slug kind publisher policy_instrument instrument_type level version published_at "
        "created_at starts_on ends_on completed_on time_zone reporting_days signed_off_reason "
        "is_simulated is_published"
    )
    return {
        **{name: getattr(plan, name) for name in same.split()},
        "uuid": str(plan.uuid),
        "title": plan.title.each(),
        "summary": plan.summary.each(),
        "signed_off_keys": tuple(plan.signed_off_keys),
        "project": plan.project.slug,
        "acronym": plan.project.acronym,
    }


def _children(plan: ActionPlan) -> list[ActionPlan]:
    """Return the plans below; of a published plan only those that are published too."""
    rows = plan.children.order_by("pk")
    return list(rows.filter(state=ActionPlan.State.PUBLISHED) if plan.is_published else rows)


def _ref(plan: ActionPlan) -> PlanRef:
    return PlanRef(plan.pk, plan.slug, plan.title.each(), plan.level, plan.is_published)


def _region_names(plan: ActionPlan) -> dict[int, Words]:
    """Name the regions of the plan and of its actions, by number."""
    wanted = Q(pk__in=plan.regions.values("pk")) | Q(
        pk__in=Action.regions.through.objects.filter(action__plan=plan).values("region_id")
    )
    return {region.pk: region.name.each() for region in Region.objects.filter(wanted)}


def _regions(plan: ActionPlan, names: Mapping[int, Words]) -> Iterable[Words]:
    """Return the regions of the plan; where none are named, those of the partners."""
    own = sorted(plan.regions.values_list("pk", flat=True))
    if own:
        yield from (names[pk] for pk in own)
        return
    seen: set[int] = set()
    for partner in plan.project.partners.select_related("region"):
        region = partner.region
        if region is not None and region.pk not in seen:
            seen.add(region.pk)
            yield region.name.each()


def _endorsements(plan: ActionPlan) -> Iterable[EndorsementLine]:
    for row in plan.endorsements.select_related("region"):
        yield EndorsementLine(
            body=row.body,
            country=row.country,
            region=row.region.name.each() if row.region else None,
            mandate=row.mandate,
            state=row.state,
            applies=row.applies,
            reservation=row.reservation,
            reason=row.reason,
            decided_on=row.decided_on,
            document=row.document,
        )


def _costs(plan: ActionPlan) -> list[tuple[int, str, int]]:
    rows = Cost.objects.filter(action__plan=plan).order_by("pk")
    return list(rows.values_list("year", "currency", "amount_cents"))


def _funding(plan: ActionPlan) -> list[tuple[str, str, int]]:
    rows = FundingLine.objects.filter(action__plan=plan).order_by("pk")
    return list(rows.values_list("currency", "status", "amount_cents"))


def last_report(plan: ActionPlan) -> SnapshotRef | None:
    """Return the last link of the chain, in the plan's time zone."""
    rows = plan.snapshots.order_by("-number").values_list("number", "digest", "made_at")
    return next((SnapshotRef(n, digest, today_of(plan, at)) for n, digest, at in rows[:1]), None)


# --- The text of a plan apart from what becomes of it: what a body endorses, and its hash ---------


# Reports, ends, values, endorsements and what other apps say of it come later and elsewhere.
_PLAN: Final = (
    "title", "summary", "publisher", "policy_instrument", "instrument_type", "level", "starts_on",
    "ends_on", "drafting_bodies",
)  # fmt: skip
_ACTION: Final = (
    "uuid", "code", "title", "background", "description", "level", "responsible", "starts_on",
    "ends_on", "weight", "critical", "players", "costs", "funding", "risks", "dependencies",
)  # fmt: skip
_MILESTONE: Final = ("title", "due", "weight", "critical")
_INDICATOR: Final = (
    "code", "name", "unit", "direction", "stage", "path", "baseline", "baseline_on", "targets",
    "source",
)  # fmt: skip


def text_digest_of(record: PlanRecord) -> str:
    """Return the SHA-256 of the text of a whole plan; equal texts have equal ones.

    Status, reports and values are no part of it: they change while the text stays.
    """
    return digest_of(
        {
            **_chosen(record, _PLAN),
            "actions": [_action(line) for line in record.actions],
            "indicators": _all(record.indicators, _INDICATOR),
        }
    )


def _action(line: ActionLine) -> dict[str, Any]:
    return {
        **_chosen(line, _ACTION),
        "milestones": _all(line.milestones, _MILESTONE),
        "indicators": _all(line.indicators, _INDICATOR),
        "recommendations": [one.code for one in line.recommendations],
    }


def _all(things: Iterable[Any], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_chosen(one, names) for one in things]


def _chosen(thing: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: plain(getattr(thing, name)) for name in names}
