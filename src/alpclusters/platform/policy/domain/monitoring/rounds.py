"""Reporting rounds: open, close, and who did not answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max, QuerySet

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.policy.domain.addresses import versions_of_plan
from alpclusters.platform.policy.domain.monitoring.links import WORKS_AFTER
from alpclusters.platform.policy.domain.monitoring.snapshots import asked_in, take_snapshot
from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    MonitoringRound,
    Override,
    PlanSnapshot,
    ProgressReport,
    ReportLink,
)

# A round of years would be no round.
LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Answers:
    """Who answered in a round and who did not.

    Attributes
    ----------
    asked : sequence of Action
        Actions under way or still to come when the round was open.
    missing : sequence of Action
        Those of them without a report; a missing answer is a fact of the report.
    """

    asked: Sequence[Action]
    missing: Sequence[Action]

    @property
    def n_answered(self) -> int:
        """How many have a report."""
        return len(self.asked) - len(self.missing)


@transaction.atomic
def open_round(plan: ActionPlan, *, opens_on: date, closes_on: date) -> MonitoringRound:
    """Open the next round of a published plan.

    Raises
    ------
    StateError
        The plan is not published (``round.plan_is_draft``), or a round of it is still open
        (``round.still_open``).
    InputError
        The round would close before it opens (``round.closes_first``), or be longer than a year
        (``round.too_long``).
    """
    plan = ActionPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    _check(plan, opens_on, closes_on)
    return MonitoringRound.objects.create(
        plan=plan, number=_last_number(plan) + 1, opens_on=opens_on, closes_on=closes_on
    )


@transaction.atomic
def move_round(round_: MonitoringRound, *, opens_on: date, closes_on: date) -> MonitoringRound:
    """Change the dates of an open round; its links live as long as before."""
    _require_open(round_)
    _check_dates(opens_on, closes_on)
    round_.opens_on, round_.closes_on = opens_on, closes_on
    round_.save(update_fields=["opens_on", "closes_on"])
    ReportLink.objects.filter(round=round_).update(expires_on=closes_on + WORKS_AFTER)
    return round_


@transaction.atomic
def close_round(round_: MonitoringRound, *, now: datetime) -> PlanSnapshot:
    """Close a round: corrections that lasted until it end, and the report is kept for good.

    The corrections are still part of the report of this round.

    Raises
    ------
    StateError
        It is closed already (``round.closed``).
    """
    # Two people may press the button at once: one snapshot only.
    round_ = MonitoringRound.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    _require_open(round_)
    # Before the close, with which corrections end: they are part of the report.
    snapshot = take_snapshot(round_.plan, round_=round_, now=now)
    round_.closed_at = now
    round_.save(update_fields=["closed_at"])
    today = today_of(round_.plan, now)
    ReportLink.objects.filter(round=round_).update(expires_on=today + WORKS_AFTER)
    _ended_with(round_).update(ended_at=now)
    return snapshot


def answers_of(round_: MonitoringRound) -> Answers:
    """Say which actions were asked about in a round, and which of them have no report."""
    reported = set(
        ProgressReport.objects.filter(round=round_).order_by().values_list("action", flat=True)
    )
    asked = asked_in(round_)
    return Answers(asked, [action for action in asked if action.pk not in reported])


def open_round_of(plan: ActionPlan) -> MonitoringRound | None:
    """Return the round that is open."""
    return plan.rounds.filter(closed_at=None).order_by("number").last()


def current_number(plan: ActionPlan) -> int:
    """Return the number of the round that is open, or comes next."""
    still = open_round_of(plan)
    return still.number if still is not None else _last_number(plan) + 1


def _last_number(plan: ActionPlan) -> int:
    """Count on from the rounds of earlier versions, whose story the plan goes on telling."""
    rounds = MonitoringRound.objects.filter(plan__in=versions_of_plan(plan))
    found = rounds.aggregate(last=Max("number"))["last"]
    return int(found or 0)


def _ended_with(round_: MonitoringRound) -> "QuerySet[Override]":
    rows = Override.objects.filter(action__plan=round_.plan_id, ended_at=None)
    return rows.filter(until_round__lte=round_.number)


def _require_open(round_: MonitoringRound) -> None:
    if round_.closed_at is not None:
        code = "round.closed"
        raise StateError(code, found=str(round_.number))


def _check(plan: ActionPlan, opens_on: date, closes_on: date) -> None:
    if not plan.is_published:
        code = "round.plan_is_draft"
        raise StateError(code, found=plan.slug)
    still = open_round_of(plan)
    if still is not None:
        code = "round.still_open"
        raise StateError(code, found=str(still.number))
    _check_dates(opens_on, closes_on)


def _check_dates(opens_on: date, closes_on: date) -> None:
    if closes_on <= opens_on:
        code = "round.closes_first"
        raise InputError(code, where=Where(field="closes_on"), found=closes_on.isoformat())
    if closes_on - opens_on > LONGEST:
        code = "round.too_long"
        raise InputError(code, where=Where(field="closes_on"), found=closes_on.isoformat())
