"""Milestones, costs, money, players, risks, indicators and dependencies, stored in bulk."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from simple_history.utils import bulk_create_with_history

from alpclusters.platform.policy.domain.demonstration.recommendations import Calendar, table
from alpclusters.platform.policy.domain.parts import store_dependencies
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Cost,
    FundingLine,
    Indicator,
    Milestone,
    Player,
    Risk,
    Target,
)
from alpclusters.platform.seed_rows import REASON, Row, texts

_CENTS = 100

type Actions = Mapping[str, Action]
type Measured = Sequence[tuple[Row, Indicator]]
"""Indicators with the row they were made of."""


def make_parts(plans: Mapping[str, ActionPlan], actions: Actions, calendar: Calendar) -> Measured:
    """Give the actions and the plans all their parts; nothing is reached or reported yet."""
    Player.objects.bulk_create(
        Player(action=action, body=row["body"], role=row["role"])
        for row, action in _rows("players", actions)
    )
    Milestone.objects.bulk_create(
        Milestone(
            action=action,
            due=calendar.day(row["due"]),
            weight=int(row["weight"]),
            critical=row["critical"] == "yes",
            **texts(row, "title"),
        )
        for row, action in _rows("milestones", actions)
    )
    Risk.objects.bulk_create(
        Risk(
            action=action,
            likelihood=int(row["likelihood"]),
            impact=int(row["impact"]),
            **texts(row, "text", "answer"),
        )
        for row, action in _rows("risks", actions)
    )
    _make_money(actions, calendar)
    _make_dependencies(actions)
    return _make_indicators(plans, actions, calendar)


def _known_rows(
    plans: Mapping[str, ActionPlan], actions: Actions
) -> Iterator[tuple[Row, ActionPlan, Action | None]]:
    for row in table("indicators"):
        is_there = not row["action"] or row["action"] in actions
        if row["plan"] in plans and is_there:
            yield row, plans[row["plan"]], actions.get(row["action"])


def _rows(name: str, actions: Actions) -> Iterator[tuple[Row, Action]]:
    return ((row, actions[row["action"]]) for row in table(name) if row["action"] in actions)


def _make_money(actions: Actions, calendar: Calendar) -> None:
    Cost.objects.bulk_create(
        Cost(
            action=action,
            year=calendar.year(row["year"]),
            type=row["type"],
            amount_cents=int(row["amount"]) * _CENTS,
            currency=row["currency"],
        )
        for row, action in _rows("costs", actions)
    )
    FundingLine.objects.bulk_create(
        FundingLine(
            action=action,
            source=row["source"],
            status=row["state"],
            amount_cents=int(row["amount"]) * _CENTS,
            currency=row["currency"],
        )
        for row, action in _rows("funding", actions)
    )


def _make_indicators(
    plans: Mapping[str, ActionPlan], actions: Actions, calendar: Calendar
) -> Measured:
    rows = list(_known_rows(plans, actions))
    made = bulk_create_with_history(
        [
            Indicator(
                plan=plan,
                action=action,
                direction=row["direction"],
                stage=row["stage"],
                baseline=Decimal(row["baseline"]),
                baseline_on=calendar.day(row["baseline_on"]),
                order=order,
                **texts(row, "name", "unit", "source"),
            )
            for order, (row, plan, action) in enumerate(rows)
        ],
        Indicator,
        default_change_reason=REASON,
    )
    Target.objects.bulk_create(
        Target(indicator=indicator, due=calendar.day(day), value=Decimal(value))
        for indicator, (row, _plan, _action) in zip(made, rows, strict=True)
        for day, _colon, value in (part.partition(":") for part in row["targets"].split("|"))
    )
    return [(row, indicator) for indicator, (row, *_) in zip(made, rows, strict=True)]


def _make_dependencies(actions: Actions) -> None:
    for row in table("actions"):
        before, _colon, lag = row["after"].partition(":")
        if before in actions and row["key"] in actions:
            store_dependencies(actions[row["key"]], [(actions[before], int(lag))])
