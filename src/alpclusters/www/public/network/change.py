"""Change over time: windows side by side, only where they were counted alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.measuring.places import NUTS2
from alpclusters.reports.charts.network_matrix import WindowChart, WindowRow
from alpclusters.reports.claims.subjects import change
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.network.asking import (
    GroupNames,
    Network,
    NetworkQuery,
    address,
    load_network,
    window_name,
)
from alpclusters.www.public.network.cells import (
    Cells,
    PairCell,
    interval_text,
    number_text,
    pair_name,
)
from alpclusters.www.public.network.first_page import Frame, export_links, frame_of

type Record = Mapping[str, Any]
_CONVENTIONS: Final = ("group", "weights", "level", "size_base", "max_size", "version")


@dataclass(frozen=True)
class ChangeView:
    """One measure over the windows: the sentence, what it is, the chart."""

    title: str
    what: str
    chart: ChartView


@dataclass(frozen=True)
class ChangePage:
    """Everything the template names; ``why_not`` says why nothing can be compared."""

    frame: Frame
    charts: Sequence[ChangeView]
    pairs: Table | None
    why_not: str


def read_change(query: NetworkQuery) -> ChangePage | None:
    """Read the change; None where nothing was measured."""
    network = load_network(query)
    if network is None:
        return None
    language = nearest_language(get_language())
    cells = Cells.of(network.record, is_public=query.is_public)
    files = [("change", kind) for kind in ("csv", "json", "svg")]
    why_not = why_not_comparable(network)
    return ChangePage(
        frame=frame_of(
            network,
            cells,
            "network-change",
            exports=[(_("Change over time"), export_links(network, files))],
        ),
        charts=[] if why_not else [_view(c, language) for c in change_charts(
            network, language)],
        pairs=None if why_not else _pairs(network, language),
        why_not=why_not,
    )  # fmt: skip


def why_not_comparable(network: Network) -> str:
    """Say why the windows cannot stand side by side; empty where they can."""
    if len(network.periods) < 2:  # noqa: PLR2004 - a change has two ends
        return _("A change needs ties that began in at least two periods.")
    for key in ("stamp", "value_stamp"):
        if len({conventions_of(one[key]) for one in network.periods}) > 1:
            return _("The periods were not counted alike and cannot be compared.")
    return ""


def conventions_of(stamp: Record) -> tuple[Any, ...]:
    """Return the conventions that two windows must share."""
    return (*(stamp[name] for name in _CONVENTIONS), stamp["window"]["rule"])


def change_charts(network: Network, language: str) -> list[WindowChart]:
    """Return the three charts: share across a border, E-I, T."""
    across = (
        _("Share across the border of a region")
        if network.query.grouping == NUTS2
        else _("Share across a border")
    )
    return [
        _chart(network, language, across, _share_row, "percent"),
        _chart(network, language, _("E-I index"), _ei_row, "number"),
        _chart(network, language, _("Bias among regions (T)"), _t_row, "number"),
    ]


def _chart(
    network: Network,
    language: str,
    title: str,
    row: Callable[[Record], WindowRow],
    kind: Any,
) -> WindowChart:
    rows = tuple(row(one) for one in network.periods)
    level = network.periods[-1]["matrix"]["level"]
    return WindowChart(language, rows, title, level=level, kind=kind, title=title)


def _share_row(record: Record) -> WindowRow:
    chance = record["ei"]["expected"]
    expected = None if chance is None else (1 + chance) / 2
    return _row(record, record["share"]["value"], record["share"]["interval"], expected)


def _ei_row(record: Record) -> WindowRow:
    return _row(record, record["ei"]["value"], record["ei"]["interval"], record["ei"]["expected"])


def _t_row(record: Record) -> WindowRow:
    found = record["integration"]
    span, total = found["interval"], found["total"]
    # Draws of a thin table all lie above the value: no interval of it, so nothing is claimed.
    is_sound = span is not None and total is not None and span["low"] <= total <= span["high"]
    return _row(record, total, span if is_sound else None, None)


def _row(
    record: Record, value: float | None, span: Record | None, expected: float | None
) -> WindowRow:
    low, high = (span["low"], span["high"]) if span else (None, None)
    n = record["stamp"]["n_ties"]
    return WindowRow(window_name(record["name"]), value, low, high, expected, n)


def _view(chart: WindowChart, language: str) -> ChangeView:
    what = _("Point and interval: observed.")
    if chart.has_expected:
        what += " " + _("Ring: expected if the same ties joined random places.")
    drawn = view_of(chart, caption=chart.title, language=language)
    return ChangeView(_finding(chart, language), what, drawn)


def _finding(chart: WindowChart, language: str) -> str:
    """Say whether the last two windows surely differ; without intervals only what is shown."""
    before, after = ((row.label, (row.low, row.high)) for row in chart.rows[-2:])
    said = change(chart.title, before, after, language)
    return said.text if said else chart.title


def _pairs(network: Network, language: str) -> Table | None:
    """Show the ratios of the pairs that are missing in any window."""
    tables = [Cells.of(one, is_public=network.query.is_public) for one in network.periods]
    wanted = {
        tuple(sorted((pair["first"], pair["second"])))
        for table in tables
        for pair in table.missing_pairs
    }
    if not wanted:
        return None
    names = GroupNames.load(code for pair in wanted for code in pair)
    columns = [Column(_("Missing in at least one period"))]
    columns += [Column(window_name(one["name"]), is_number=True) for one in network.periods]
    rows = []
    for first, second in sorted(wanted):
        url = address(network.query, "network-pair", f"{first}-{second}")
        shown = [ratio_cell(table.cell(first, second), language) for table in tables]
        rows.append([Cell(pair_name(first, second, names), url=url), *shown])
    return Table(_("Ratio of observed to expected ties, with intervals"), columns, rows)


def ratio_cell(cell: PairCell, language: str) -> Cell:
    """Return a ratio with its interval and whether the pair is missing."""
    if cell.is_withheld:
        return Cell("", suppressed=True)
    span = interval_text(cell.low, cell.high, language)
    note = f"({span})" if span else ""
    if cell.is_missing:
        note = f"{note}, {_('missing')}".lstrip(", ")
    return Cell(number_text(cell.ratio, language, 2), note=note)
