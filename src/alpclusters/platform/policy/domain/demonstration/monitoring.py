"""Two closed rounds of reports on every plan, so that all colours are to be seen."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from alpclusters.platform.policy.domain.actions import end_action
from alpclusters.platform.policy.domain.demonstration.plans import Made
from alpclusters.platform.policy.domain.demonstration.recommendations import Calendar, table
from alpclusters.platform.policy.domain.monitoring.reports import Said, report_progress
from alpclusters.platform.policy.domain.monitoring.rounds import close_round, open_round
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    IndicatorValue,
    Milestone,
    MonitoringRound,
    ProgressReport,
)
from alpclusters.platform.seed_rows import Row, typed_texts

# Number, opening and close of the rounds.
ROUNDS: Final = (("1", "-230", "-200"), ("2", "-45", "-15"))
# Reported, not confirmed yet: somebody has to look at it.
_WAITING: Final = "course"
_LONG_AGO: Final = -10_000

type Actions = Mapping[str, Action]


def report_on(made: Made, calendar: Calendar) -> None:
    """Hold both rounds on every plan; what happened until a close is known then."""
    since = _LONG_AGO
    for number, opens, closes in ROUNDS:
        open_ones = _opened(made.plans, opens, closes, calendar)
        _report(made.actions, open_ones, number, calendar)
        _reach(made.actions, closes, calendar)
        _end(made.actions, closes, calendar)
        _tell_values(made, open_ones, (since, int(closes)), calendar)
        for round_ in open_ones.values():
            close_round(round_, now=calendar.moment(closes))
        since = int(closes)


def _opened(
    plans: Mapping[str, ActionPlan], opens: str, closes: str, calendar: Calendar
) -> dict[int, MonitoringRound]:
    days = {"opens_on": calendar.day(opens), "closes_on": calendar.day(closes)}
    return {plan.pk: open_round(plan, **days) for plan in plans.values() if plan.is_published}


def _report(
    actions: Actions, rounds: Mapping[int, MonitoringRound], number: str, calendar: Calendar
) -> None:
    for row in table("reports"):
        if row["round"] == number and row["action"] in actions:
            action = actions[row["action"]]
            report_progress(
                action,
                _said(row),
                way=ProgressReport.Way.LOGIN,
                round_=rounds[action.plan_id],
                by=None,
                now=calendar.moment(row["day"]),
            )


def _said(row: Row) -> Said:
    return Said(
        progress=float(row["progress"]),
        texts={name: row[name] for name in ("text", "obstacles", "next_step")},
        language=row["language"],
    )


def _reach(actions: Actions, until: str, calendar: Calendar) -> None:
    """Mark the milestones that were reached by then."""
    rows = [row for row in table("milestones") if row["done"] and int(row["done"]) <= int(until)]
    open_ones = {
        (one.action_id, one.due): one
        for one in Milestone.objects.filter(action__in=actions.values(), done_on=None)
    }
    reached = []
    for row in rows:
        action = actions.get(row["action"])
        one = open_ones.get((action.pk, calendar.day(row["due"]))) if action else None
        if one is not None:
            one.done_on = calendar.day(row["done"])
            reached.append(one)
    Milestone.objects.bulk_update(reached, ["done_on"])


def _end(actions: Actions, until: str, calendar: Calendar) -> None:
    """Say which actions were done or stopped by then."""
    for row in table("actions"):
        day = row["done"] or row["stopped"]
        action = actions.get(row["key"])
        if action is None or not day or int(day) > int(until) or _is_over(action):
            continue
        name = "done_on" if row["done"] else "stopped_on"
        changes = {name: calendar.day(day), **typed_texts(row, "reason_not_done")}
        ended = end_action(action, changes=changes, by=None)
        action.done_on, action.stopped_on = ended.done_on, ended.stopped_on


def _is_over(action: Action) -> bool:
    return bool(action.done_on or action.stopped_on)


def _tell_values(
    made: Made, rounds: Mapping[int, MonitoringRound], within: tuple[int, int], calendar: Calendar
) -> None:
    """Store the values of a time; those that wait for somebody's decision are not confirmed."""
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            indicator=indicator,
            round=rounds.get(indicator.plan_id),
            refers_to=calendar.day(day),
            value=Decimal(value),
            reported_at=calendar.moment(day),
            status=_status(row),
        )
        for row, indicator in made.indicators
        for day, value in _values(row)
        if within[0] < int(day) <= within[1]
    )


def _values(row: Row) -> Iterator[tuple[str, str]]:
    for part in row["values"].split("|") if row["values"] else ():
        day, _colon, value = part.partition(":")
        yield day, value


def _status(row: Row) -> str:
    status = IndicatorValue.Status
    return status.REPORTED if row["action"] == _WAITING else status.CONFIRMED
