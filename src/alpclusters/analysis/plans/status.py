"""The status of one action on one day: how late it will be, whether anybody still reports."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.plans.facts import (
    ROUNDING,
    ActionFacts,
    ActionState,
    ActionStatus,
    Colour,
    MilestoneFacts,
    Progress,
    read_progress,
)
from alpclusters.analysis.plans.rules import DEFAULT_RULES, LAST_DAY, Param, PlanRules, Reason

BY_SEVERITY: Final = (Colour.GREEN, Colour.YELLOW, Colour.RED)


def action_status(
    facts: ActionFacts,
    *,
    today: dt.date,
    ready: dt.date | None = None,
    remarks: tuple[Reason, ...] = (),
    rules: PlanRules = DEFAULT_RULES,
) -> ActionStatus:
    """Say how an action stands: its state, a colour, a forecast and the reasons.

    At the pace so far, when will it be finished, and how far beyond the plan is that? Milestones
    that are late count as well. Without a report for too long the answer is grey: nobody knows.

    Parameters
    ----------
    facts : ActionFacts
        Dates, progress, milestones, latest report.
    today : date
        The day the status is for.
    ready : date, optional
        When the actions before it will be finished, lag included.
    remarks : tuple of Reason
        About the actions before it.
    rules : PlanRules
        Tolerances.

    Returns
    -------
    ActionStatus
        State, colour, forecast, delay in days, reasons in the order of the rules.

    Raises
    ------
    AnalysisError
        ``plans.ends_before_start``.
    ScaleError
        ``plans.weight``: a milestone with a negative weight.

    Notes
    -----
    Linear in the milestones. A forecast beyond the year 9999 is its last day.

    References
    ----------
    .. [1] docs/methods/plan-status.md, convention ap-1.

    Examples
    --------
    >>> from datetime import date
    >>> facts = ActionFacts("a", date(2026, 1, 1), date(2026, 12, 31), progress=0.35,
    ...                     confirmed_on=date(2026, 6, 30))
    >>> found = action_status(facts, today=date(2026, 7, 1))
    >>> print(found.state, found.colour, found.forecast, found.delay_days)
    running yellow 2027-02-23 54
    """
    _check_dates(facts)
    if facts.done_on is not None:
        return _done(facts, facts.done_on, ready, rules)
    if facts.stopped_on is not None:
        return _without_colour(facts, facts.stopped_on, ready, rules)
    if facts.starts_on is None or facts.ends_on is None:
        return ActionStatus(
            key=facts.key,
            state=ActionState.UNDATED,
            colour=Colour.GREY,
            ready=ready,
            reasons=(Reason("undated"), *remarks),
            convention=rules.convention,
        )
    course = _Course.of(facts.starts_on, facts.ends_on, today, ready)
    return _open(facts, course, remarks, rules)


@dataclass(frozen=True, slots=True)
class _Course:
    """The dates of an open action as day numbers."""

    start: int
    end: int
    today: int
    ready: int | None
    duration: int

    @classmethod
    def of(
        cls, starts_on: dt.date, ends_on: dt.date, today: dt.date, ready: dt.date | None
    ) -> "_Course":
        start, end = starts_on.toordinal(), ends_on.toordinal()
        ready_day = None if ready is None else ready.toordinal()
        return cls(start, end, today.toordinal(), ready_day, max(1, end - start))

    def forecast(self, progress: float) -> int:
        """Return the day on which it will be finished."""
        ready = self.start if self.ready is None else self.ready
        begun = max(self.today, self.start)
        if progress > 0:
            remaining = ceil((1 - progress) * self.duration - ROUNDING)
            return min(LAST_DAY, max(begun + max(0, remaining), ready))
        return min(LAST_DAY, max(begun, ready) + self.duration)


def _check_dates(facts: ActionFacts) -> None:
    if facts.starts_on is None or facts.ends_on is None or facts.starts_on <= facts.ends_on:
        return
    raise AnalysisError(
        "plans.ends_before_start",
        where=Where(field="ends_on"),
        found=facts.ends_on.isoformat(),
        expected=facts.starts_on.isoformat(),
        values={"action": str(facts.key)},
    )


def tolerances(duration: int, rules: PlanRules) -> tuple[float, float]:
    """Return the delay in days that is still green, and the one that is still yellow."""
    green = max(rules.green_least_days, rules.green_share * duration)
    yellow = max(rules.yellow_least_days, rules.yellow_share * duration)
    return min(rules.green_most_days, green), min(rules.yellow_most_days, yellow)


def _done(
    facts: ActionFacts, done_on: dt.date, ready: dt.date | None, rules: PlanRules
) -> ActionStatus:
    delay, reason, state = None, Reason("done_undated"), ActionState.DONE
    if facts.ends_on is not None:
        delay = max(0, (done_on - facts.ends_on).days)
        start = facts.starts_on or facts.ends_on
        green, _ = tolerances(max(1, (facts.ends_on - start).days), rules)
        is_late = delay > green + ROUNDING
        state = ActionState.DONE_LATE if is_late else ActionState.DONE
        reason = Reason(state.value, {"days": delay, "tolerance": green})
    return ActionStatus(
        key=facts.key,
        state=state,
        colour=Colour.BLUE,
        progress=1.0,
        progress_source="report",
        forecast=done_on,
        ready=ready,
        delay_days=delay,
        reasons=(reason,),
        convention=rules.convention,
    )


def _without_colour(
    facts: ActionFacts, stopped_on: dt.date, ready: dt.date | None, rules: PlanRules
) -> ActionStatus:
    return ActionStatus(
        key=facts.key,
        state=ActionState.STOPPED,
        colour=Colour.NONE,
        ready=ready,
        reasons=(Reason("stopped", {"on": stopped_on}),),
        convention=rules.convention,
    )


def _open(
    facts: ActionFacts, course: _Course, remarks: tuple[Reason, ...], rules: PlanRules
) -> ActionStatus:
    progress = read_progress(facts.progress, facts.milestones, rules)
    forecast = course.forecast(progress.value)
    schedule, why = _schedule(course, forecast, rules)
    milestone, late = _milestones(facts.milestones, course.today, rules)
    severity = max(schedule, milestone)
    stale = _stale(facts.confirmed_on, course, rules)
    colour = BY_SEVERITY[severity]
    is_planned = course.today < course.start and progress.value == 0
    hints = _hints(course, forecast, progress)
    return ActionStatus(
        key=facts.key,
        state=ActionState.PLANNED if is_planned else ActionState.RUNNING,
        colour=Colour.GREY if stale else colour,
        last_known=colour if stale else None,
        progress=progress.value,
        progress_source=progress.source,
        forecast=dt.date.fromordinal(forecast),
        ready=None if course.ready is None else dt.date.fromordinal(course.ready),
        delay_days=max(0, forecast - course.end),
        severity=severity,
        reasons=(*stale, *why, *late, *progress.reasons, *hints, *remarks),
        convention=rules.convention,
    )


def _schedule(course: _Course, forecast: int, rules: PlanRules) -> tuple[int, tuple[Reason, ...]]:
    delay = max(0, forecast - course.end)
    green, yellow = tolerances(course.duration, rules)
    severity = int(delay > green + ROUNDING) + int(delay > yellow + ROUNDING)
    reasons = [_delay_reason(delay, severity, green, yellow)]
    if course.today > course.end:
        severity = max(1, severity)
        reasons.append(Reason("after_end", {"days": course.today - course.end}))
    return severity, tuple(reasons)


def _delay_reason(delay: int, severity: int, green: float, yellow: float) -> Reason:
    if delay == 0:
        return Reason("on_time")
    key = f"delay_{BY_SEVERITY[severity]}"
    return Reason(key, {"days": delay, "green": green, "yellow": yellow})


def _milestones(
    milestones: Sequence[MilestoneFacts], today: int, rules: PlanRules
) -> tuple[int, tuple[Reason, ...]]:
    """Return the worst severity of the open ones, and what makes it."""
    late = [
        (_lateness(one, today, rules), today - one.due.toordinal(), one.due)
        for one in milestones
        if one.done_on is None
    ]
    counted = [one for one in late if one[0]]
    if not counted:
        return 0, ()
    severity, days, due = max(counted)
    params: dict[str, Param] = {"days": days, "due": due, "n": len(counted)}
    return severity, (Reason(f"milestone_{BY_SEVERITY[severity]}", params),)


def _lateness(milestone: MilestoneFacts, today: int, rules: PlanRules) -> int:
    days = today - milestone.due.toordinal()
    limit = rules.milestone_critical_days if milestone.critical else rules.milestone_yellow_days
    return int(days > rules.milestone_green_days) + int(days > limit)


def _stale(confirmed_on: dt.date | None, course: _Course, rules: PlanRules) -> tuple[Reason, ...]:
    if course.today <= course.start:
        return ()
    heard = course.start
    if confirmed_on is not None:
        heard = max(heard, confirmed_on.toordinal())
    days, limit = course.today - heard, rules.report_interval_days + rules.report_grace_days
    return (Reason("stale", {"days": days, "limit": limit}),) if days > limit else ()


def _hints(course: _Course, forecast: int, progress: Progress) -> tuple[Reason, ...]:
    found = []
    if progress.value >= 1:
        found.append(Reason("mark_done"))
    if course.ready is not None and _is_waiting(course, forecast, progress.value):
        found.append(Reason("waiting", {"ready": dt.date.fromordinal(course.ready)}))
    return tuple(found)


def _is_waiting(course: _Course, forecast: int, progress: float) -> bool:
    """Whether it would be finished earlier if nothing came before it."""
    alone = _Course(course.start, course.end, course.today, None, course.duration)
    return forecast > alone.forecast(progress)
