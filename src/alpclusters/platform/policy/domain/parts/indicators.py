"""Indicators of an action or of a plan, with their dated targets."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import sign
from alpclusters.platform.languages.inputs import input_names
from alpclusters.platform.languages.text import read_input, write_input
from alpclusters.platform.policy.domain.parts.rows import Row
from alpclusters.platform.policy.models import Action, ActionPlan, Indicator, Target

FIELDS: Final = (
    *input_names(["name", "unit", "source"]),
    "code",
    "direction",
    "stage",
    "path",
    "baseline",
    "baseline_on",
    "frequency_days",
)
TARGETS: Final = "targets"

type Targets = Sequence[tuple[date, Decimal]]


def check_indicator_row(row: Row) -> None:
    """Refuse targets that cannot be judged: out of order, against the direction, no way to go.

    Gaps of a draft pass; the coverage checks list them.

    Raises
    ------
    AnalysisError
        From `analysis.plans.check_indicator`.
    """
    from alpclusters.analysis.plans import IndicatorFacts, check_indicator  # noqa: PLC0415 - NumPy

    baseline = row.get("baseline")
    check_indicator(
        IndicatorFacts(
            key=str(row.get("code") or "indicator"),
            direction=row["direction"],
            path=row["path"],
            baseline=None if baseline is None else float(baseline),
            baseline_on=row.get("baseline_on"),
            targets=tuple((due, float(value)) for due, value in row.get(TARGETS) or ()),
            frequency_days=row.get("frequency_days") or 365,
        )
    )


def store_indicators(
    plan: ActionPlan, action: Action | None, rows: Sequence[Row], *, by: User | None
) -> None:
    """Make the indicators of an action, or of the plan as a whole, those that are given."""
    known = {str(row.uuid): row for row in plan.indicators.filter(action=action)}
    kept = set()
    for order, row in enumerate(rows):
        check_indicator_row(row)
        found = known.get(str(row.get("uuid") or ""))
        stored = found or Indicator(plan=plan, action=action)
        _store(stored, row, order, by=by)
        kept.add(str(stored.uuid))
    for key, stored in known.items():
        if key not in kept:
            stored.delete()


def indicator_rows(plan: ActionPlan, action: Action | None) -> list[dict[str, Any]]:
    """Return the indicators that are stored, as `store_indicators` takes them."""
    stored = plan.indicators.filter(action=action).prefetch_related(TARGETS)
    return [
        {
            "uuid": str(row.uuid),
            **{name: read_input(row, name) for name in FIELDS},
            TARGETS: [(target.due, target.value) for target in row.targets.all()],
        }
        for row in stored
    ]


def _store(stored: Any, row: Row, order: int, *, by: User | None) -> None:
    wanted = {name: row[name] for name in FIELDS if name in row} | {"order": order}
    if stored.pk is None or any(
        read_input(stored, name) != value for name, value in wanted.items()
    ):
        for name, value in wanted.items():
            write_input(stored, name, value)
        sign(stored, by)
        stored.save()
    if TARGETS in row:
        _store_targets(stored, row[TARGETS])


def _store_targets(indicator: Indicator, targets: Targets) -> None:
    known = {target.due: target for target in indicator.targets.all()}
    for due, value in targets:
        target = known.pop(due, None) or Target(indicator=indicator, due=due)
        if target.pk is None or target.value != value:
            target.value = value
            target.save()
    for target in known.values():
        target.delete()
