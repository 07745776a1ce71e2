"""Indicators: baseline, target, latest value and how that compares with the path."""

from collections.abc import Sequence
from typing import Final

from alpclusters.analysis.plans import Colour
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import IndicatorLine
from alpclusters.reports.blocks import Cell, Column, Row, Status, StatusKind, Table
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.numbers import format_number

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
