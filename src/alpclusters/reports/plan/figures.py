"""The figures of a plan: indicators, costs and funding."""

from collections.abc import Sequence
from typing import Final

from alpclusters.analysis.plans import Colour
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import (
    ActionLine,
    CostLine,
    FundingSource,
    IndicatorLine,
    PlanRecord,
)
from alpclusters.platform.policy.models import Cost, FundingLine
from alpclusters.reports.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Status,
    StatusKind,
    Table,
)
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.numbers import format_money, format_number
from alpclusters.reports.plan.words import choice_word, money

# --- Indicators: baseline, target, latest value and how that compares with the path ---------------


_KINDS: Final = {
    Colour.GREEN: StatusKind.ON_TRACK,
    Colour.YELLOW: StatusKind.DELAYED,
    Colour.RED: StatusKind.FAR_BEHIND,
    Colour.GREY: StatusKind.NO_REPORT,
}


def indicator_table(
    lines: Sequence[IndicatorLine], language: str, *, caption: str = ""
) -> Table | None:
    """List indicators; None without any."""
    if not lines:
        return None
    text = translator(language)
    columns = (
        Column(text.gettext("Indicator")),
        Column(text.gettext("Baseline"), "text"),
        Column(text.gettext("Target"), "text"),
        Column(text.gettext("Value"), "text"),
        Column(text.gettext("Expected then"), "text"),
        Column(text.gettext("Status"), "status"),
    )
    rows: tuple[Row, ...] = tuple(_row(line, language) for line in lines)
    return Table(columns, rows, caption, name=text.gettext("Indicators"))


def indicator_name(line: IndicatorLine, language: str) -> str:
    """Return code, name and unit."""
    name = " ".join(part for part in (line.code, word(line.name, language)) if part)
    unit = word(line.unit, language)
    return f"{name} ({unit})" if unit else name


def indicator_status_mark(line: IndicatorLine, language: str) -> Status:
    """Return shape and word; what is not due yet is no fault."""
    words = indicator_words(language)
    kind = _KINDS.get(line.status.colour, StatusKind.PLANNED)
    return Status(kind, words.get(str(line.status.state), ""))


def indicator_words(language: str) -> dict[str, str]:
    """Return the words of those states of an indicator that its colour does not say."""
    text = translator(language)
    return {
        "not_due": text.gettext("not due yet"),
        "overdue": text.gettext("value overdue"),
        "no_baseline": text.gettext("no baseline"),
        "no_target": text.gettext("no target"),
        "stale": text.gettext("value too old"),
    }


def _row(line: IndicatorLine, language: str) -> Row:
    last_target = line.targets[-1] if line.targets else None
    latest, expected = line.latest, line.status.expected
    return (
        indicator_name(line, language),
        _dated(line.baseline, line.baseline_on, language),
        _dated(last_target.value, last_target.due, language) if last_target else _none(language),
        _dated(latest.value, latest.refers_to, language) if latest else _none(language),
        "–" if expected is None else format_number(expected, language),
        indicator_status_mark(line, language),
    )


def _dated(value: object, day: object, language: str) -> Cell:
    if value is None:
        return _none(language)
    number = format_number(value, language)  # type: ignore[arg-type]
    return f"{number}\n{format_date_short(day, language)}" if day else number  # type: ignore[arg-type]


def _none(language: str) -> str:
    return translator(language).gettext("unknown")


# --- Costs and funding: by year and currency, never added over currencies -------------------------


def cost_blocks(line: ActionLine, language: str) -> list[Block]:
    """Return one table of costs a currency: types down, years across, with sums."""
    currencies = sorted({cost.currency for cost in line.costs}, key=lambda c: (c != "EUR", c))
    tables = [
        cost_table([c for c in line.costs if c.currency == currency], currency, language)
        for currency in currencies
    ]
    return [*tables] or [Paragraph(translator(language).gettext("unknown"))]


def cost_table(costs: Sequence[CostLine], currency: str, language: str) -> Table:
    """Return the costs of one currency."""
    text = translator(language)
    years = sorted({cost.year for cost in costs})
    types = [kind for kind in Cost.Type.values if any(c.type == kind for c in costs)]
    columns = (
        Column(text.gettext("in %(currency)s") % {"currency": currency}),
        *(Column(str(year), "number", decimals=0) for year in years),
        Column(text.gettext("Sum"), "number", decimals=0, strong=True),
    )
    rows: tuple[Row, ...] = tuple(
        (
            choice_word(Cost.Type, kind, language),
            *(_sum([c for c in costs if c.type == kind and c.year == year]) for year in years),
            _sum([c for c in costs if c.type == kind]),
        )
        for kind in types
    )
    total: Row = (
        text.gettext("Sum"),
        *(_sum([c for c in costs if c.year == year]) for year in years),
        _sum(costs),
    )
    return Table(columns, rows, total=total if len(rows) > 1 else None, name=text.gettext("Costs"))


def funding_sentence(funding: Sequence[FundingSource], language: str) -> str:
    """Say where the money comes from and how sure it is; empty without any."""
    return " · ".join(
        f"{one.offer or one.source}: {format_money(one.amount_cents, one.currency, language)} "
        f"({choice_word(FundingLine.Status, one.status, language)})"
        for one in funding
    )


def money_blocks(record: PlanRecord, language: str) -> list[Block]:
    """Return the money of the whole plan: planned a year, then planned against granted."""
    if not record.money_sums:
        return []
    text = translator(language)
    heading = Heading(text.gettext("Money"), level=1)
    return [heading, year_table(record, language), sums_table(record, language)]


def year_table(record: PlanRecord, language: str) -> Table:
    """Return what is planned in each year, one column a currency."""
    text = translator(language)
    currencies = [sums.currency for sums in record.money_sums]
    cents = {(one.year, one.currency): one.planned_cents for one in record.money}
    years = sorted({one.year for one in record.money})
    columns = (
        Column(text.gettext("Year"), "code"),
        *(Column(text.gettext("Planned"), "number", unit=c, decimals=0) for c in currencies),
    )
    rows: tuple[Row, ...] = tuple(
        (str(year), *(_known(cents.get((year, c))) for c in currencies)) for year in years
    )
    total: Row = (text.gettext("Sum"), *(money(sums.planned_cents) for sums in record.money_sums))
    note = text.gettext("Euros and francs are never added.") if len(currencies) > 1 else ""
    caption = text.gettext("Planned costs by year and currency")
    return Table(columns, rows, caption, note, total=total, name=text.gettext("Costs"))


def sums_table(record: PlanRecord, language: str) -> Table:
    """Return planned, applied for, granted and spent, one row a currency."""
    text = translator(language)
    columns = (
        Column(text.gettext("Currency"), "code"),
        Column(text.gettext("Planned"), "number", decimals=0),
        Column(text.gettext("Applied for"), "number", decimals=0),
        Column(text.gettext("Granted"), "number", decimals=0),
        Column(text.gettext("Spent"), "number", decimals=0),
        Column(text.gettext("Spent of planned"), "percent", decimals=0),
    )
    rows: tuple[Row, ...] = tuple(
        (
            one.currency,
            money(one.planned_cents),
            money(one.applied_cents),
            money(one.granted_cents),
            money(one.spent_cents),
            one.spent_share,
        )
        for one in record.money_sums
    )
    note = text.gettext("Granted includes what has been spent.")
    caption = text.gettext("Planned, applied for, granted and spent")
    return Table(columns, rows, caption, note, name=text.gettext("Funding"))


def _sum(costs: Sequence[CostLine]) -> Cell:
    return money(sum(cost.amount_cents for cost in costs)) if costs else None


def _known(cents: int | None) -> Cell:
    return None if cents is None else money(cents)
