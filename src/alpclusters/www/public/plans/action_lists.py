"""The actions of a plan as tables: what needs attention first; which waits for which."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.policy.domain.records import ActionOutline, ReportLine
from alpclusters.platform.policy.domain.records.actions import latest_reports
from alpclusters.platform.policy.models import Action, ActionPlan, FundingLine, IndicatorValue
from alpclusters.reports.blocks import Status, StatusKind
from alpclusters.reports.cells import status_word
from alpclusters.reports.charts.plan_dependencies import Arrow, DependencyChart, Node
from alpclusters.reports.claims.subjects import waiting
from alpclusters.reports.dates import format_date, format_date_range, format_date_short
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.plan_words.figures import PLAIN
from alpclusters.reports.plan_words.status import ORDER, by_urgency, forecast_of, kind_of, status_of
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Figure, Table
from alpclusters.www.public.plans.readings import Reading, badge_of, level_words

# --- The actions of a plan as tables: what needs attention first, filtered and page by page -------


# Of the filter by status: on track, or planned and not begun yet.
BOTH: Final = "on-track-or-planned"
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
    kinds = {kind.value for kind in PLAIN} if status == BOTH else {status}
    return by_urgency(
        line
        for line in reading.record.outlines
        if (not status or kind_of(line).value in kinds) and level in {"", line.level}
        if not region or region in map(str, line.region_pks or (0,))
    )


def status_filter(kinds: Sequence[StatusKind]) -> str:
    """Return the word of the filter that leaves actions of these kinds."""
    return BOTH if tuple(kinds) == PLAIN else kinds[0].value


def status_key(status: str) -> str:
    """Return what the number of actions counts that a filter by status leaves."""
    return f"actions.{status}" if status else "actions"


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


def table_key(query: Mapping[str, str]) -> str:
    """Return what the number of actions counts that a filter leaves."""
    is_narrowed = query.get("level") or query.get("region")
    return status_key("" if is_narrowed else query.get("status", ""))


@dataclass(frozen=True)
class PlanCounts:
    """Lines of funding and confirmed values by action; values of None are the plan's own."""

    funding: Mapping[int, int]
    values: Mapping[int | None, int]

    @property
    def n_funding(self) -> int:
        """All lines of funding of the plan."""
        return sum(self.funding.values())

    @property
    def n_values(self) -> int:
        """All confirmed values of the plan."""
        return sum(self.values.values())

    @property
    def n_own_values(self) -> int:
        """Confirmed values that belong to no single action."""
        return self.values.get(None, 0)


def counts_of(plan: ActionPlan) -> PlanCounts:
    """Count money and values of the actions of a plan, in two queries."""
    money = FundingLine.objects.filter(action__plan=plan).order_by()
    confirmed = IndicatorValue.objects.filter(
        indicator__plan=plan, status=IndicatorValue.Status.CONFIRMED
    ).order_by()
    return PlanCounts(
        dict(money.values_list("action").annotate(Count("pk"))),
        dict(confirmed.values_list("indicator__action").annotate(Count("pk"))),
    )


def status_choices(reading: Reading) -> list[tuple[str, str]]:
    """Return what the table can be filtered by: the statuses that occur, and two in one."""
    statuses, _levels = choices(reading)
    return [*statuses, (BOTH, _("on track or planned"))]


def table_of(
    reading: Reading,
    lines: Sequence[ActionOutline],
    *,
    key: str = "",
    counts: PlanCounts | None = None,
) -> Table:
    """Return actions as a table; each leads to its page and its trail.

    Parameters
    ----------
    reading : Reading
    lines : sequence of ActionOutline
    key : str
        Of the total above the table whose rows these are.
    counts : PlanCounts or None
        Adds how many lines of funding and values each has.
    """
    columns = [
        Column(_("Action")),
        Column(_("Level")),
        Column(_("Responsible body")),
        Column(_("Period")),
        Column(_("Status")),
        Column(_("Recommendation")),
        Column(_("Where it comes from")),
    ]
    if counts:
        columns += [Column(_("Funding"), is_number=True), Column(_("Values"), is_number=True)]
    codes = _recommendation_codes(lines)
    rows = [_row(reading, line, codes.get(line.pk, ()), key, counts) for line in lines]
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


def _row(
    reading: Reading,
    line: ActionOutline,
    codes: Sequence[str],
    key: str,
    counts: PlanCounts | None,
) -> list[Any]:
    url = reading.url_of(line.code)
    name = f"{line.code} {word(line.title, reading.language)}"
    return [
        Cell(name, url=url, row=(key, 1) if key else None),
        level_words()[line.level],
        line.responsible or "–",
        period_of(line, reading.language),
        badge_of(line, reading.language),
        ", ".join(codes) or "–",
        Cell(_("Trail of %(code)s") % {"code": line.code}, url=f"{url}#trail"),
        *(_numbers(reading, line, url, counts) if counts else ()),
    ]


def _numbers(reading: Reading, line: ActionOutline, url: str, counts: PlanCounts) -> list[Cell]:
    found = {
        "funding": (counts.funding.get(line.pk, 0), f"{url}#funding"),
        "values": (counts.values.get(line.pk, 0), f"{url}#indicators"),
    }
    return [_number(key, n, place, reading.language) for key, (n, place) in found.items()]


def _number(key: str, n: int, url: str, language: str) -> Cell:
    shown = format_integer(n, language)
    if not n:
        return Cell(shown)
    return Cell(shown, url=url, figure=Figure("", shown, key=key, exact=n, url=url), row=(key, n))


def _recommendation_codes(lines: Sequence[ActionOutline]) -> Mapping[int, Sequence[str]]:
    ties = Action.recommendations.through.objects.filter(action__in=[line.pk for line in lines])
    found: dict[int, list[str]] = {}
    for pk, code in ties.order_by("pk").values_list("action_id", "recommendation__code"):
        found.setdefault(pk, []).append(code)
    return found


# --- Which action waits for which: groups of actions that hang together, page by page -------------


MOST_ON_A_DRAWING: Final = 24
type Group = Sequence[ActionOutline]


def groups_of(reading: Reading) -> list[Group]:
    """Return the actions that hang together, the most urgent group first."""
    near: dict[int, set[int]] = defaultdict(set)
    for before, after, _lag in reading.record.edges:
        near[before].add(after)
        near[after].add(before)
    known = {line.pk: line for line in reading.record.outlines}
    seen: set[int] = set()
    groups = [_reach(pk, near, seen) for pk in known if pk in near and pk not in seen]
    named = [[known[pk] for pk in known if pk in group] for group in groups]
    return sorted(named, key=_urgency)


def pages_of(groups: Sequence[Group]) -> list[list[ActionOutline]]:
    """Put groups together on pages of about 24 actions; a group is never torn."""
    pages: list[list[ActionOutline]] = []
    for group in groups:
        if not pages or len(pages[-1]) + len(group) > MOST_ON_A_DRAWING:
            pages.append([])
        pages[-1].extend(group)
    return pages


def dependencies_view(reading: Reading, lines: Sequence[ActionOutline]) -> ChartView:
    """Draw some groups."""
    keys = {line.pk for line in lines}
    arrows = tuple(Arrow(*edge) for edge in reading.record.edges if edge[1] in keys)
    nodes = tuple(_node(line, reading.language) for line in lines)
    title = dependencies_title(reading)
    chart = DependencyChart(reading.language, nodes, arrows, title=title)
    return view_of(chart, caption=title, language=reading.language)


def dependencies_title(reading: Reading) -> str:
    """Say in a sentence how many actions wait for another."""
    record = reading.record
    return waiting(record.edges, len(record.outlines), reading.language).text


def _reach(start: int, near: dict[int, set[int]], seen: set[int]) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        new = near[waiting.pop()] - found
        found |= new
        waiting += new
    seen |= found
    return found


def _urgency(group: Group) -> tuple[int, int]:
    return min(ORDER.index(kind_of(line)) for line in group), group[0].pk


def _node(line: ActionOutline, language: str) -> Node:
    forecast = forecast_of(line)
    until = (
        _("until %(date)s") % {"date": format_date_short(forecast, language)} if forecast else ""
    )
    return Node(
        line.pk,
        line.code,
        word(line.title, language),
        kind_of(line),
        status_word(status_of(line, language), language),
        until,
    )
