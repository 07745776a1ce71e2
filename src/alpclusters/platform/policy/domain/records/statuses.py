"""Where the actions of plans stand: a few plain queries, then the computation of analysis."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from alpclusters.analysis.plans import (
    DEFAULT_RULES,
    ActionFacts,
    ActionState,
    ActionStatus,
    Colour,
    DependencyFacts,
    MilestoneFacts,
    PlanRules,
    PlanSummary,
    SummaryItem,
    plan_statuses,
    plan_summary,
)
from alpclusters.platform.policy.domain.records.lines import OverrideLine
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Dependency,
    Milestone,
    MonitoringRound,
    Override,
    ProgressReport,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """An action with its computed status, what a person made of it, and what is shown."""

    pk: int
    plan: int
    facts: ActionFacts
    status: ActionStatus
    override: OverrideLine | None
    shown: Colour


def rules_of(plan: ActionPlan) -> PlanRules:
    """Return the parameters that hold for a plan: the defaults with its own reporting interval."""
    return replace(DEFAULT_RULES, report_interval_days=plan.reporting_days)


def standings_of(
    plan: ActionPlan, *, today: date, children: Collection[int] = ()
) -> dict[int, Standing]:
    """Return where each action of a plan and of its children stands, by number.

    Five queries, whatever the number of actions.
    """
    plans = [plan.pk, *children]
    facts = _facts(plans)
    known = facts.keys()
    edges = [
        DependencyFacts(str(before), str(after), lag)
        for before, after, lag in dependencies_of(plans)
        if before in known and after in known
    ]
    actions = [item for _, item in facts.values()]
    statuses = plan_statuses(actions, edges, today=today, rules=rules_of(plan))
    overrides = overrides_of(plans)
    return {
        pk: _standing(pk, owner, item, statuses[item.key], overrides.get(pk))
        for pk, (owner, item) in facts.items()
    }


def summary_of(standings: Collection[Standing]) -> PlanSummary:
    """Sum up a plan: counts, weights and one colour, from what is shown."""
    return plan_summary(
        [
            SummaryItem(replace(s.status, colour=s.shown), s.facts.weight, s.facts.critical)
            for s in standings
        ]
    )


def overrides_of(plans: Collection[int]) -> dict[int, OverrideLine]:
    """Return the overrides that hold, by number of the action.

    One holds until it is ended or until its last round has closed.
    """
    rows = (
        Override.objects.filter(action__plan__in=plans, ended_at__isnull=True)
        .exclude(Exists(_last_round()))
        .order_by("made_at", "pk")
    )
    return {
        row.action_id: OverrideLine(
            row.computed, row.shown, row.reason.each(), row.until_round, row.made_at.date()
        )
        for row in rows
    }


def _last_round() -> QuerySet[MonitoringRound]:
    """Find the closed round until which an override lasts."""
    return MonitoringRound.objects.filter(
        plan=OuterRef("action__plan"), number=OuterRef("until_round"), closed_at__isnull=False
    )


def _facts(plans: Collection[int]) -> dict[int, tuple[int, ActionFacts]]:
    milestones, reports = _milestones(plans), _reports(plans)
    rows: QuerySet[Action, tuple[Any, ...]] = (
        QuerySet(Action)
        .filter(plan__in=plans)
        .order_by("order", "pk")
        .values_list(
            "pk", "plan_id", "starts_on", "ends_on", "done_on", "stopped_on", "weight", "critical"
        )
    )
    found = {}
    for pk, owner, starts_on, ends_on, done_on, stopped_on, weight, critical in rows:
        confirmed_on, progress = reports.get(pk, (None, None))
        found[pk] = (
            owner,
            ActionFacts(
                str(pk),
                starts_on,
                ends_on,
                progress=progress,
                milestones=tuple(milestones.get(pk, ())),
                confirmed_on=confirmed_on,
                done_on=done_on,
                stopped_on=stopped_on,
                weight=weight,
                critical=critical,
            ),
        )
    return found


def _milestones(plans: Collection[int]) -> Mapping[int, list[MilestoneFacts]]:
    rows: QuerySet[Milestone] = (
        QuerySet(Milestone).filter(action__plan__in=plans).order_by("due", "pk")
    )
    found: dict[int, list[MilestoneFacts]] = {}
    for pk, due, weight, done_on, critical in rows.values_list(
        "action_id", "due", "weight", "done_on", "critical"
    ):
        facts = MilestoneFacts(due, weight=weight, done_on=done_on, critical=critical)
        found.setdefault(pk, []).append(facts)
    return found


def _reports(plans: Collection[int]) -> dict[int, tuple[date, float | None]]:
    """Return date and progress of the last report of each action."""
    rows = ProgressReport.objects.filter(action__plan__in=plans).order_by("confirmed_on", "pk")
    values = rows.values_list("action_id", "confirmed_on", "progress")
    return {pk: (confirmed_on, progress) for pk, confirmed_on, progress in values}


def dependencies_of(plans: Collection[int]) -> list[tuple[int, int, int]]:
    """Return the dependencies in plans: number before, number after, days between."""
    rows = Dependency.objects.filter(after__plan__in=plans).order_by("pk")
    return list(rows.values_list("before_id", "after_id", "lag_days"))


def _standing(
    pk: int,
    plan: int,
    facts: ActionFacts,
    status: ActionStatus,
    override: OverrideLine | None,
) -> Standing:
    return Standing(pk, plan, facts, status, override, _shown(status, override))


def _shown(status: ActionStatus, override: OverrideLine | None) -> Colour:
    """Prefer what a person decided for a running action; grey asks for a report instead."""
    if override is None or status.state is not ActionState.RUNNING or status.colour is Colour.GREY:
        return status.colour
    return Colour(override.shown)
