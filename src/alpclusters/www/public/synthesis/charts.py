"""The charts of the synthesis: shares with intervals, who pays now, where things went on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.analysis.claims import Estimate
from alpclusters.platform.evidence.domain.synthesis.counting import Counts, Selection
from alpclusters.platform.evidence.domain.synthesis.flat import Dimension, SynthesisQuery
from alpclusters.platform.territory.domain.tiles import tile_codes
from alpclusters.reports.charts.bars import Bar, BarChart
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.parts import Axis, Tick
from alpclusters.reports.charts.tiles import TileMap
from alpclusters.reports.claims.subjects import goes_on
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.regions.tile_maps import CountMap, named_tiles
from alpclusters.www.public.synthesis.questions import DIMENSIONS, Names, address, only
from alpclusters.www.public.synthesis.tables import (
    counted,
    interval,
    of_known,
    ordered_columns,
    share,
)

MOST_COUNTRIES: Final = 15
_MAP_LIMITS: Final = (2, 3, 6, 11, 21)
_WIDE_LIMITS: Final = (10, 50, 100, 300, 1000)
_PER_CENT: Final = 100


@dataclass(frozen=True)
class DrawnView:
    """A chart under the sentence that says what it shows."""

    title: str
    what: str
    chart: ChartView


@dataclass(frozen=True)
class WhereView:
    """What worked where: a table by country and a map of the regions."""

    table: Table
    chart: ChartView | None
    left_out: str
    note: str


def shares_view(by_type: Mapping[str, Counts], names: Names, language: str) -> DrawnView | None:
    """Draw the share that goes on of every type with enough known outcomes, the highest first."""
    rows = sorted(
        (row for key, found in by_type.items() if (row := _row(key, found, names))),
        key=lambda row: (-(row.value or 0), -(row.n or 0), row.label),
    )
    if not rows:
        return None
    ticks = tuple(Tick(end * _PER_CENT, format_percent(end, language)) for end in (0, 0.5, 1))
    types = [Estimate(row.label, row.value or 0.0, row.low, row.high, row.n or 0) for row in rows]
    said = goes_on(types, language)
    title = said.text if said else _("Share that goes on")
    what = _("Per cent of families with a known outcome, with its 90% interval; n = those families")
    chart = DotChart(
        language=language,
        tiers=(Tier(tuple(rows)),),
        axis=Axis(0, _PER_CENT, ticks),
        label_title=str(DIMENSIONS[Dimension.TYPE]),
        title=title,
        decimals=0,
    )
    return DrawnView(title, what, view_of(chart, caption=title, language=language))


def _row(key: str, found: Counts, names: Names) -> DotRow | None:
    lasting = found.lasting
    if lasting.value is None or lasting.low is None or lasting.high is None:
        return None
    return DotRow(
        label=str(names.value(Dimension.TYPE, key)),
        value=lasting.value * _PER_CENT,
        low=lasting.low * _PER_CENT,
        high=lasting.high * _PER_CENT,
        n=lasting.n_known,
    )


def payers_view(selection: Selection, names: Names, language: str) -> DrawnView | None:
    """Draw who pays for what goes on."""
    found = selection.went_on().by(Dimension.PAYER)
    if not found:
        return None
    bars = tuple(
        Bar(
            str(names.value(Dimension.PAYER, value)),
            float(found[value].n_families),
            detail=f"({format_integer(found[value].n_activities, language)})",
            is_pale=not value or value == "unknown",
        )
        for value in ordered_columns(Dimension.PAYER, found)
    )
    title = _("Who pays for what goes on")
    chart = BarChart(
        language=language,
        bars=bars,
        label_title=str(DIMENSIONS[Dimension.PAYER]),
        value_title=_("Families of initiatives"),
        title=title,
    )
    what = _(
        "Families of initiatives, activities in brackets; a family with two payers counts twice"
    )
    return DrawnView(title, what, view_of(chart, caption=title, language=language))


def where_view(
    selection: Selection, query: SynthesisQuery, names: Names, language: str
) -> WhereView | None:
    """Show what went on in which country, and how many families in each region of the map."""
    found = selection.by(Dimension.COUNTRY)
    if not found:
        return None
    shown = ordered_columns(Dimension.COUNTRY, found)[:MOST_COUNTRIES]
    rows = [
        [
            Cell(
                names.value(Dimension.COUNTRY, code),
                url=address(only(query, Dimension.COUNTRY, code)),
            ),
            _share(found[code], language),
            of_known(found[code].lasting, language),
            counted(found[code], language),
        ]
        for code in shown
    ]
    columns = [
        Column(DIMENSIONS[Dimension.COUNTRY]),
        Column(_("Share that goes on"), is_number=True),
        Column(_("Known outcomes"), is_number=True),
        Column(_("Families (activities)"), is_number=True),
    ]
    table = Table(_("What went on, by country"), columns, rows)
    chart, left_out = _map(selection, query, language)
    return WhereView(table, chart, left_out, _note(selection, len(found) - len(shown), language))


def _share(found: Counts, language: str) -> Cell:
    """Show the share with its interval; the counts behind it have a column of their own."""
    told = share(found.lasting, language)
    return Cell(told or "–", note=interval(found.lasting, language))


def _note(selection: Selection, n_more: int, language: str) -> str:
    parts = []
    if n := selection.n_by_partners():
        parts.append(
            ngettext(
                "For %(n)s of %(all)s activity only the regions of the partners are known.",
                "For %(n)s of %(all)s activities only the regions of the partners are known.",
                selection.n_activities,
            )
            % {
                "n": format_integer(n, language),
                "all": format_integer(selection.n_activities, language),
            }
        )
    if n_more:
        more = ngettext(
            "%(n)s more country is in the file.", "%(n)s more countries are in the file.", n_more
        )
        parts.append(more % {"n": n_more})
    return " ".join(parts)


def _map(
    selection: Selection, query: SynthesisQuery, language: str
) -> tuple[ChartView | None, str]:
    found = {
        code: counts.n_families for code, counts in selection.went_on().by(Dimension.NUTS2).items()
    }
    on_map = {code: float(n) for code, n in found.items() if code in tile_codes()}
    if not on_map:
        return None, ""
    tiles = named_tiles()
    title = _("Families that went on, by region")
    is_wide = max(on_map.values()) > _MAP_LIMITS[-1]
    # The first class of a map of few is exactly one.
    draw = TileMap if is_wide else CountMap
    chart = draw(
        language=language,
        tiles=tiles,
        values=on_map,
        limits=_WIDE_LIMITS if is_wide else _MAP_LIMITS,
        what=_("families"),
        title=title,
        links={code: address(only(query, Dimension.NUTS2, code)) for code in on_map},
    )
    n = len(found) - len(on_map)
    left_out = ngettext(
        "%(n)s region lies outside the map.", "%(n)s regions lie outside the map.", n
    ) % {"n": n}
    return view_of(chart, caption=title, language=language), left_out if n else ""
