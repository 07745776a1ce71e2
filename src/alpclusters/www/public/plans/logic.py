"""How the plan is meant to work, for the public: from money to impact, action by action."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.policy.domain.records import ActionLine, ActionOutline, IndicatorLine
from alpclusters.platform.policy.models import Indicator
from alpclusters.reports.charts.plan_logic import LogicBox, LogicChart, LogicRow
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.numbers import format_money, format_number
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.public.plans.looks import money_text
from alpclusters.www.public.plans.readings import Reading

_EFFECTS: Final = (Indicator.Stage.RESULT, Indicator.Stage.IMPACT)


def logic_of(reading: Reading, lines: Sequence[ActionLine]) -> ChartView:
    """Draw some actions with what pays for them and what they are measured by."""
    rows = tuple(row_of(line, reading.language) for line in lines)
    whole = tuple((i.stage, _measured(i, reading.language)) for i in reading.record.indicators)
    title = _("How the plan is meant to work")
    chart = LogicChart(reading.language, rows, whole, title=title)
    return view_of(chart, caption=title, language=reading.language)


def row_of(line: ActionLine, language: str) -> LogicRow:
    """Return the row of one action; its own costs stand in its box."""
    costs = money_text([(cost.currency, cost.amount_cents) for cost in line.costs], language)
    action = LogicBox(f"{line.code} {word(line.title, language)}", costs)
    inputs = tuple(
        LogicBox(f.source, format_money(f.amount_cents, f.currency, language), f.status == "idea")
        for f in line.funding
    )
    return LogicRow(
        _by_stage(line, Indicator.Stage.INPUT, language) + inputs,
        action,
        _by_stage(line, Indicator.Stage.OUTPUT, language),
        _by_stage(line, Indicator.Stage.RESULT, language),
        _by_stage(line, Indicator.Stage.IMPACT, language),
    )


def without_result(reading: Reading) -> list[ActionOutline]:
    """List the actions that no result or impact indicator measures."""
    rows = Indicator.objects.filter(plan=reading.plan, stage__in=_EFFECTS, action__isnull=False)
    measured = set(rows.order_by("pk").values_list("action_id", flat=True))
    return [line for line in reading.record.outlines if line.pk not in measured]


def _by_stage(line: ActionLine, stage: str, language: str) -> tuple[LogicBox, ...]:
    return tuple(_measured(i, language) for i in line.indicators if i.stage == stage)


def _measured(indicator: IndicatorLine, language: str) -> LogicBox:
    name, latest = word(indicator.name, language), indicator.latest
    if latest is None:
        return LogicBox(name, is_hollow=True)
    unit = word(indicator.unit, language)
    value = f"{format_number(latest.value, language)} {unit}".strip()
    return LogicBox(name, f"{value} ({format_date_short(latest.refers_to, language)})")
