"""What a body says about its action: progress, words, milestones, values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.analysis.plans import ActionState, ActionStatus, Colour
from alpclusters.platform.accounts.models import User
from alpclusters.platform.policy.domain.monitoring.rounds import current_number
from alpclusters.platform.policy.domain.reasons import Reason, set_reason, text_of
from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Indicator,
    IndicatorValue,
    Milestone,
    MonitoringRound,
    Override,
    ProgressReport,
    ReportLink,
)

# --- Values of indicators: reported by bodies, confirmed or rejected by those who write the plan


DECISIONS: Final = (IndicatorValue.Status.CONFIRMED, IndicatorValue.Status.REJECTED)


@dataclass(frozen=True, slots=True)
class SaidValue:
    """A value of an indicator with the day it speaks of."""

    indicator: Indicator
    value: Decimal
    refers_to: date
    source: str = ""
    note: str = ""


def report_value(
    said: SaidValue,
    *,
    round_: MonitoringRound | None = None,
    by: User | None,
    now: datetime,
) -> IndicatorValue:
    """Store a value; it counts once it is confirmed.

    Raises
    ------
    InputError
        The day it speaks of has not come (``report.in_future``).
    """
    if said.refers_to > today_of(said.indicator.plan, now):
        code = "report.in_future"
        raise InputError(code, where=Where(field="refers_to"), found=said.refers_to.isoformat())
    return IndicatorValue.objects.create(
        indicator=said.indicator,
        round=round_,
        value=said.value,
        refers_to=said.refers_to,
        source=said.source,
        note=said.note,
        reported_at=now,
        reported_by=by,
    )


@transaction.atomic
def decide_value(value: IndicatorValue, status: str, *, note: str = "") -> IndicatorValue:
    """Confirm or reject a value; a rejection keeps the value and says why.

    Raises
    ------
    StateError
        It was decided before (``value.decided``).
    InputError
        A rejection without a reason (``value.no_reason``), or no decision (``value.unknown``).
    """
    # Two people may decide at once: the first word counts.
    value = IndicatorValue.objects.select_for_update(of=("self",)).get(pk=value.pk)
    if status not in DECISIONS:
        code = "value.unknown"
        raise InputError(code, where=Where(field="status"), found=status)
    if value.status != IndicatorValue.Status.REPORTED:
        code = "value.decided"
        raise StateError(code, found=value.status)
    if status == IndicatorValue.Status.REJECTED and not note.strip():
        code = "value.no_reason"
        raise InputError(code, where=Where(field="note"))
    value.status = status
    value.note = note.strip() or value.note
    value.save(update_fields=["status", "note"])
    return value


def waiting_values(plan: ActionPlan) -> list[IndicatorValue]:
    """List the values of a plan that nobody confirmed or rejected, the oldest first."""
    rows = IndicatorValue.objects.filter(
        indicator__plan=plan, status=IndicatorValue.Status.REPORTED
    )
    return list(rows.select_related("indicator__action").order_by("reported_at", "pk"))


def n_waiting(plan: ActionPlan) -> int:
    """Count the values that wait for a decision."""
    return IndicatorValue.objects.filter(
        indicator__plan=plan, status=IndicatorValue.Status.REPORTED
    ).count()


# --- What a body says about its action: progress, words, milestones, values -----------------------


TEXTS: Final = ("text", "obstacles", "next_step")


@dataclass(frozen=True, slots=True)
class Said:
    """Everything a body says at once.

    Attributes
    ----------
    progress : float or None
        Share between 0 and 1; None where no figure is given and the milestones speak.
    texts : mapping
        ``text``, ``obstacles``, ``next_step`` in the language of the body.
    language : str
    milestones : mapping of Milestone to date
        Those that were reached, with the day.
    values : sequence of SaidValue
    """

    progress: float | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    milestones: Mapping[Milestone, date] = field(default_factory=dict)
    values: Sequence[SaidValue] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was said."""
        written = any((self.texts.get(name) or "").strip() for name in TEXTS)
        return self.progress is None and not (written or self.milestones or self.values)


@transaction.atomic
def report_progress(
    action: Action,
    said: Said,
    *,
    way: str,
    round_: MonitoringRound | None,
    by: User | None,
    now: datetime,
) -> ProgressReport:
    """Store what a body says of its action, dated by the day in the plan's time zone.

    Raises
    ------
    InputError
        Nothing was said (``report.empty``), the progress is no share (``report.not_a_share``), or
        a day lies in the future (``report.in_future``).
    StateError
        The action is done or stopped (``report.action_ended``).
    """
    action = Action.objects.select_related("plan").select_for_update(of=("self",)).get(pk=action.pk)
    today = today_of(action.plan, now)
    _check(action, said, today)
    report = ProgressReport.objects.create(
        action=action,
        round=round_,
        confirmed_on=today,
        progress=said.progress,
        language=said.language,
        way=way,
        reported_at=now,
        reported_by=by,
        **{name: said.texts.get(name) or "" for name in TEXTS},
    )
    _reach(said.milestones)
    for value in said.values:
        report_value(value, round_=round_, by=by, now=now)
    return report


@transaction.atomic
def report_by_link(link: ReportLink, said: Said, *, now: datetime) -> ProgressReport:
    """Store what came in by a mail link; the link can be used again until it expires."""
    report = report_progress(
        link.action, said, way=ProgressReport.Way.LINK, round_=link.round, by=None, now=now
    )
    link.used_at = now
    link.save(update_fields=["used_at"])
    return report


def latest_report(action: Action) -> ProgressReport | None:
    """Return what was said last."""
    return action.reports.order_by("confirmed_on", "pk").last()


def _reach(milestones: Mapping[Milestone, date]) -> None:
    for milestone, day in milestones.items():
        milestone.done_on = day
        milestone.save(update_fields=["done_on"])


def _check(action: Action, said: Said, today: date) -> None:
    if action.done_on is not None or action.stopped_on is not None:
        code = "report.action_ended"
        raise StateError(code, found=action.code)
    if said.is_empty:
        code = "report.empty"
        raise InputError(code, where=Where(field="text"))
    if said.progress is not None and not 0 <= said.progress <= 1:
        code = "report.not_a_share"
        raise InputError(code, where=Where(field="progress"), found=str(said.progress))
    _check_days([*said.milestones.values(), *(value.refers_to for value in said.values)], today)


def _check_days(days: Collection[date], today: date) -> None:
    for day in days:
        if day > today:
            code = "report.in_future"
            raise InputError(code, where=Where(field="date"), found=day.isoformat())


# --- A colour that a person sets beside the computed one, with the reason, for two rounds at most


SHORTEST_REASON: Final = 20
MOST_ROUNDS: Final = 2
CHOICES: Final = (Colour.GREEN, Colour.YELLOW, Colour.RED)


@transaction.atomic
def set_override(
    action: Action,
    computed: ActionStatus,
    *,
    shown: str,
    reason: Reason,
    rounds: int = 1,
    by: User | None,
    now: datetime,
) -> Override:
    """Show another colour than the computed one, which stays beside it.

    Parameters
    ----------
    action : Action
    computed : ActionStatus
        What the rules say today.
    shown : str
        Green, yellow or red.
    reason : str or mapping of str to str
        At least 20 characters; it is printed. In the language of the page, or in several.
    rounds : int
        1: until the round that is open or comes next closes; 2: until the one after it.

    Raises
    ------
    StateError
        The action is not running (``override.not_running``), or it is grey
        (``override.out_of_grey``): a report helps, not an opinion.
    InputError
        ``override.colour``, ``override.reason_short``, ``override.rounds``.
    """
    _check_state(action, computed)
    _check_words(shown, reason, rounds)
    Override.objects.filter(action=action, ended_at=None).update(ended_at=now)
    override = Override(
        action=action,
        computed=str(computed.colour),
        shown=shown,
        until_round=current_number(action.plan) + rounds - 1,
        author=by,
        made_at=now,
    )
    set_reason(override, "reason", reason)
    override.save()
    return override


def end_override(override: Override, *, now: datetime) -> Override:
    """Show the computed colour again."""
    if override.ended_at is None:
        override.ended_at = now
        override.save(update_fields=["ended_at"])
    return override


def _check_state(action: Action, computed: ActionStatus) -> None:
    if computed.state != ActionState.RUNNING:
        code = "override.not_running"
        raise StateError(code, found=action.code)
    if computed.colour == Colour.GREY:
        code = "override.out_of_grey"
        raise StateError(code, found=action.code)


def _check_words(shown: str, reason: Reason, rounds: int) -> None:
    if shown not in CHOICES:
        code = "override.colour"
        raise InputError(code, where=Where(field="shown"), found=shown)
    if len(text_of(reason)) < SHORTEST_REASON:
        code = "override.reason_short"
        raise InputError(code, where=Where(field="reason"), expected=str(SHORTEST_REASON))
    if not 1 <= rounds <= MOST_ROUNDS:
        code = "override.rounds"
        raise InputError(code, where=Where(field="rounds"), found=str(rounds))
