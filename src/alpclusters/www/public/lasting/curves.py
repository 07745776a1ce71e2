"""The curve of what lasted as a chart, groups of links side by side, and numbers in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alpclusters.analysis.survival import Clustered, ClusteredReading, LogRank
from alpclusters.platform.network.domain.links.survival import (
    CROSS_BORDER,
    FEWEST,
    MONTHS_OF_YEAR,
    SAME_COUNTRY,
    GroupCurve,
    Split,
)
from alpclusters.platform.network.models import Link
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.charts.survival import SurvivalChart, SurvivalRow, SurvivalStep
from alpclusters.reports.numbers import (
    format_integer,
    format_number,
    format_percent,
    format_share_interval,
)
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Table

# --- Numbers of what lasted, in words: a share never without its interval and what it rests on


# Where the shares by months stand on the page.
CURVE: Final = "curve-title"


def key_of(reading: ClusteredReading) -> str:
    """Name a share of the curve, for example ``last-12``."""
    return f"last-{in_months(reading.time)}"


def share(reading: ClusteredReading | None, language: str) -> str:
    """Write the share; nothing where nobody was observed so long."""
    if reading is None or reading.value is None:
        return ""
    return format_percent(reading.value, language)


def interval(reading: ClusteredReading | None, language: str) -> str:
    """Write the interval; nothing where it is not defined."""
    if reading is None or reading.low is None or reading.high is None:
        return ""
    return format_share_interval(reading.low, reading.high, language)


def links(n: int, language: str) -> str:
    """Write a number of links."""
    return ngettext("%(n)s link", "%(n)s links", n) % {"n": format_integer(n, language)}


def projects(n: int, language: str) -> str:
    """Write out of how many projects the links come."""
    return ngettext("%(n)s project", "%(n)s projects", n) % {"n": format_integer(n, language)}


def rests_on(group: GroupCurve, language: str) -> str:
    """Write what a curve rests on: links with an answer, and projects if they share some."""
    if group.n_projects == group.n:
        return links(group.n, language)
    return _("%(links)s from %(projects)s") % {
        "links": links(group.n, language),
        "projects": projects(group.n_projects, language),
    }


def in_months(years: float) -> int:
    """Turn years of 365.25 days into whole months."""
    return round(years * 12)


def after(months: int) -> str:
    """Say how long after the funding: in years where they are whole."""
    if months % 12:
        return ngettext("after %(n)s month", "after %(n)s months", months) % {"n": months}
    years = months // 12
    return ngettext("after %(n)s year", "after %(n)s years", years) % {"n": years}


def probability(p: float, language: str) -> str:
    """Write a p value; below a thousandth only that it is below."""
    if p < 0.001:  # noqa: PLR2004 - three decimals are printed
        return f"p\u00a0<\u00a0{format_number(0.001, language, 3)}"
    return f"p\u00a0=\u00a0{format_number(p, language, 3)}"


# --- The curve as a chart, with its table ---------------------------------------------------------


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


# --- Groups of links side by side, and in words whether they last equally long --------------------


MOST_GROUPS: Final = 12
YEAR, THREE_YEARS = 12, 36
ALPHA: Final = 0.05
_EUROSTAT: Final = {"GR": "EL"}

type Namer = Callable[[str], Any]


@dataclass(frozen=True)
class SplitView:
    """A table of groups with what the test says; ``left_out`` counts further groups."""

    key: str
    title: str
    table: Table
    verdict: str
    left_out: str


def type_name(key: str) -> Any:
    """Name a kind of link."""
    return Link.Type(key).label


def border_name(key: str) -> str:
    """Name the two groups of the border."""
    return {CROSS_BORDER: _("over a border"), SAME_COUNTRY: _("within one country")}[key]


def country_namer(language: str) -> Namer:
    """Name countries."""
    return lambda code: country_name(_EUROSTAT.get(code, code), language)


def split_view(
    key: str, title: str, split: Split, name: Namer, head: str, language: str
) -> SplitView | None:
    """Show groups that were compared; nothing where there is only one."""
    if len(split.groups) < 2:  # noqa: PLR2004 - one group has nothing beside it
        return None
    verdict = _verdict(split.test, split.difference, language)
    return _view(key, title, split.groups, name, head, verdict, language)


def country_view(groups: Sequence[GroupCurve], language: str) -> SplitView | None:
    """Show countries; their groups overlap, so nothing is tested."""
    if len(groups) < 2:  # noqa: PLR2004 - as above
        return None
    verdict = _("A link over a border counts in both countries, so nothing is tested here.")
    title = _("By country of the organisations")
    namer = country_namer(language)
    return _view("country", title, groups, namer, _("Country"), verdict, language)


def _view(
    key: str,
    title: str,
    groups: Sequence[GroupCurve],
    name: Namer,
    head: str,
    verdict: str,
    language: str,
) -> SplitView:
    columns = [
        Column(head),
        Column(pgettext("between organisations", "Links"), is_number=True),
        Column(_("with an answer"), is_number=True),
        Column(_("ended or dormant"), is_number=True),
        Column(_("last after 1 year"), is_number=True),
        Column(_("last after 3 years"), is_number=True),
    ]
    rows = [_row(group, str(name(group.key)), language) for group in groups[:MOST_GROUPS]]
    n_more = len(groups) - len(rows)
    left_out = ngettext("%(n)s more group", "%(n)s more groups", n_more) % {"n": n_more}
    return SplitView(key, title, Table(title, columns, rows), verdict, left_out if n_more else "")


def _row(group: GroupCurve, name: str, language: str) -> list[Any]:
    if group.n_links < FEWEST:
        few = Cell(f"< {FEWEST}")
        return [name, few, Cell("–"), Cell("–"), *_withheld()]
    if group.is_suppressed:
        n = format_integer(group.n_links, language)
        return [name, n, Cell(f"< {FEWEST}"), Cell("–"), *_withheld()]
    return [
        name,
        format_integer(group.n_links, language),
        format_integer(group.n, language),
        format_integer(group.n_events, language),
        _cell(group, YEAR, language),
        _cell(group, THREE_YEARS, language),
    ]


def _withheld() -> list[Cell]:
    words = _("too few answers")
    return [Cell("–", note=words), Cell("–", note=words)]


def _cell(group: GroupCurve, months: int, language: str) -> Cell:
    reading = group.reading(months)
    if reading is None:
        return Cell("–", note=_("too few observed so long"))
    return Cell(share(reading, language), note=interval(reading, language))


def _verdict(test: LogRank | None, difference: Clustered | None, language: str) -> str:
    if test is None:
        return _("Fewer than two groups have five answers or more, so nothing is compared.")
    if test.p is None:
        return _("Nothing ended while two groups were observed together: there is no test.")
    p = probability(test.p, language)
    said = (
        _("The groups do not last equally long (log-rank test, %(p)s).")
        if test.p < ALPHA
        else _("That they last differently cannot be shown (log-rank test, %(p)s).")
    ) % {"p": p}
    caution = _(
        "The test takes links as independent of each other; links of one project are not, so the "
        "true p is larger."
    )
    return " ".join(part for part in (said, _difference(difference, language), caution) if part)


def _difference(found: Clustered | None, language: str) -> str:
    """Say how far two groups differ after a year, with an interval over whole projects."""
    reading = found.readings[0] if found and found.readings else None
    if found is None or reading is None or reading.value is None or reading.low is None:
        return ""
    if set(found.groups) != {CROSS_BORDER, SAME_COUNTRY} or reading.high is None:
        return ""
    numbers = (reading.value, reading.low, reading.high)
    points, low, high = (format_number(100 * x, language, 0, signed=True) for x in numbers)
    return _(
        "Over borders less within one country, after one year: %(points)s percentage points "
        "(90%% interval %(low)s to %(high)s, whole projects resampled)."
    ) % {"points": points, "low": low, "high": high}
