"""The actions of a plan as tables: what needs attention first, filtered and page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.policy.domain.records import ActionOutline, ReportLine
from alpclusters.platform.policy.domain.records.actions import latest_reports
from alpclusters.platform.policy.models import Action
from alpclusters.reports.blocks import Status, StatusKind
from alpclusters.reports.cells import status_word
from alpclusters.reports.dates import format_date, format_date_range
from alpclusters.reports.plan_status import ORDER, by_urgency, forecast_of, kind_of
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.plans.looks import badge_of, level_words
from alpclusters.www.public.plans.readings import Reading

LATE: Final = (StatusKind.FAR_BEHIND, StatusKind.NO_REPORT, StatusKind.DELAYED)


@dataclass(frozen=True)
class LateLine:
    """An action that needs attention: why, and what its body says about it."""

    title: str
    url: str
    badge: Any
    responsible: str
    reasons: Sequence[str]
    period: str
    forecast: str
    obstacles: str = ""
    next_step: str = ""
    language: str = ""


def wanted(reading: Reading, query: Mapping[str, str]) -> list[ActionOutline]:
    """Return the actions that a filter by status, level, region leaves, the urgent ones first."""
    status, level, region = (query.get(name, "") for name in ("status", "level", "region"))
    return by_urgency(
        line
        for line in reading.record.outlines
        if status in {"", kind_of(line).value} and level in {"", line.level}
        if not region or region in map(str, line.region_pks or (0,))
    )


def region_choices(reading: Reading) -> list[tuple[str, str]]:
    """Return the regions that occur, by name; where an action names none, that as well."""
    names = reading.record.region_names
    lines = reading.record.outlines
    used = {pk for line in lines for pk in line.region_pks}
    known = [(str(pk), word(names[pk], reading.language)) for pk in used if pk in names]
    bare = [("0", _("no region named"))] if any(not line.region_pks for line in lines) else []
    return [*sorted(known, key=lambda one: one[1]), *bare]


def choices(reading: Reading) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the statuses and levels that occur, with their words."""
    lines, names = reading.record.outlines, level_words()
    kinds = {kind_of(line) for line in lines}
    levels = {line.level for line in lines}
    return (
        [(k.value, status_word(Status(k), reading.language)) for k in ORDER if k in kinds],
        [(level, names[level]) for level in names if level in levels],
    )


def table_of(reading: Reading, lines: Sequence[ActionOutline]) -> Table:
    """Return actions as a table; each leads to its page and its trail."""
    columns = [
        Column(_("Action")),
        Column(_("Level")),
        Column(_("Responsible body")),
        Column(_("Period")),
        Column(_("Status")),
        Column(_("Recommendation")),
        Column(_("Where it comes from")),
    ]
    codes = _recommendation_codes(lines)
    rows = [_row(reading, line, codes.get(line.pk, ())) for line in lines]
    return Table(_("Actions"), columns, rows)


def period_of(line: Any, language: str) -> str:
    """Return from when to when; a dash where a date is missing."""
    if line.starts_on and line.ends_on:
        return format_date_range(line.starts_on, line.ends_on, language)
    return "–"


def late_lines(reading: Reading, lines: Sequence[ActionOutline]) -> list[LateLine]:
    """Return what is said about actions that need attention, with their last reports."""
    # Number 0 is nobody's: a page takes the same queries whether anything is late or not.
    reports = latest_reports(reading.plan, [0, *(line.pk for line in lines)])
    return [_late(reading, line, reports.get(line.pk)) for line in lines]


def is_late(line: ActionOutline) -> bool:
    """Say whether an action is late, at risk, or nobody has reported."""
    return kind_of(line) in LATE


def _late(reading: Reading, line: ActionOutline, report: ReportLine | None) -> LateLine:
    forecast = forecast_of(line)
    return LateLine(
        title=reading.title_of(line),
        url=reading.url_of(line.code),
        badge=badge_of(line, reading.language),
        responsible=line.responsible,
        reasons=reading.reasons_of(line),
        period=period_of(line, reading.language),
        forecast=format_date(forecast, reading.language) if forecast else "",
        obstacles=report.obstacles if report else "",
        next_step=report.next_step if report else "",
        language=report.language if report else "",
    )


def _row(reading: Reading, line: ActionOutline, codes: Sequence[str]) -> list[Any]:
    url = reading.url_of(line.code)
    return [
        Cell(f"{line.code} {word(line.title, reading.language)}", url=url),
        level_words()[line.level],
        line.responsible or "–",
        period_of(line, reading.language),
        badge_of(line, reading.language),
        ", ".join(codes) or "–",
        Cell(_("Trail of %(code)s") % {"code": line.code}, url=f"{url}#trail"),
    ]


def _recommendation_codes(lines: Sequence[ActionOutline]) -> Mapping[int, Sequence[str]]:
    ties = Action.recommendations.through.objects.filter(action__in=[line.pk for line in lines])
    found: dict[int, list[str]] = {}
    for pk, code in ties.order_by("pk").values_list("action_id", "recommendation__code"):
        found.setdefault(pk, []).append(code)
    return found
