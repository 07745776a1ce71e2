"""The curve as a chart, with its table."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alpclusters.analysis.survival import ClusteredReading
from alpclusters.platform.network.domain.links.survival import MONTHS_OF_YEAR, GroupCurve
from alpclusters.reports.charts.survival import SurvivalChart, SurvivalRow, SurvivalStep
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.lasting.figures import after, in_months, interval, key_of, share

FIRST: Final = 12


def chart_of(group: GroupCurve, language: str) -> ChartView | None:
    """Draw a curve; nothing where too few were ever observed together."""
    curve = group.curve
    if curve is None or curve.drawn_until is None:
        return None
    steps = tuple(
        SurvivalStep(reading.time * MONTHS_OF_YEAR, reading.value, reading.low, reading.high)
        for reading in group.band
        if reading.value is not None
    )
    title = _("Links that last after the end of the funding")
    chart = SurvivalChart(
        language=language,
        steps=steps,
        until=curve.drawn_until * MONTHS_OF_YEAR,
        rows=rows_of(group),
        x_title=_("Months after the end of the funding"),
        y_title=pgettext("links", "last"),
        title=title,
        named=_named(group, language),
        since=(curve.drawn_from or 0.0) * MONTHS_OF_YEAR,
    )
    return view_of(chart, caption=title, language=language)


def rows_of(group: GroupCurve) -> tuple[SurvivalRow, ...]:
    """Return the lines of the table."""
    read = zip(group.readings, group.at_risk, group.ranges, strict=True)
    return tuple(
        SurvivalRow(
            month=in_months(reading.time),
            share=reading.value,
            low=reading.low,
            high=reading.high,
            n_observed=n,
            earliest=placed.left.survival,
            latest=placed.right.survival,
        )
        for reading, n, placed in read
        if reading.value is not None
    )


def table_of(group: GroupCurve, language: str) -> Table | None:
    """Return months, share, interval and how many were still observed."""
    rows = [
        [
            str(in_months(reading.time)),
            _share(reading, language),
            interval(reading, language) or _("not defined"),
            Cell(str(n)),
        ]
        for reading, n in zip(group.readings, group.at_risk, strict=True)
        if reading.value is not None
    ]
    if not rows:
        return None
    columns = [
        Column(_("Months")),
        Column(pgettext("links", "last"), is_number=True),
        Column(_("90% interval"), is_number=True),
        Column(_("still observed"), is_number=True),
    ]
    return Table(_("Links that last, by months after the funding"), columns, rows)


def _named(group: GroupCurve, language: str) -> tuple[tuple[float, str], ...]:
    """Name the value after a year and the last one that is drawn."""
    until = group.curve.drawn_until if group.curve else None
    if until is None:
        return ()
    months = [in_months(r.time) for r in group.readings if r.value is not None and r.time <= until]
    ends = dict.fromkeys([*months[:1], *months[-1:]])
    return tuple(
        (
            float(month),
            _("%(share)s %(after)s")
            % {"share": share(group.reading(month), language), "after": after(month)},
        )
        for month in ends
    )


def _share(reading: ClusteredReading, language: str) -> Cell:
    """Write a share that key figures lead to; it is its own only row."""
    mark = (key_of(reading), reading.value or 0.0)
    return Cell(share(reading, language), row=mark, total=mark)
