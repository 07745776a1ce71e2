"""Which action waits for which: groups of actions that hang together, page by page."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.policy.domain.records import ActionOutline
from alpclusters.reports.cells import status_word
from alpclusters.reports.charts.plan_dependencies import Arrow, DependencyChart, Node
from alpclusters.reports.claims.plans import waiting
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.plan_status import ORDER, forecast_of, kind_of, status_of
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.public.plans.readings import Reading

MOST: Final = 24
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
        if not pages or len(pages[-1]) + len(group) > MOST:
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
