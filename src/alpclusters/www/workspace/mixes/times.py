"""When costs fall and money comes: windows of offers, and the cash curve of each partner."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from alpclusters.reports.charts.line import Line, LineChart, Point
from alpclusters.reports.charts.scales import Axis, Tick
from alpclusters.reports.dates import format_date_short
from alpclusters.www.components.parts import Column, Crumb, Table
from alpclusters.www.workspace.mixes.access import Shown, frame, own_run
from alpclusters.www.workspace.mixes.words import DASH, language, plain


@dataclass(frozen=True)
class CashCurve:
    """The claims of one partner over the quarters: drawing, table, peak against credit."""

    name: str
    title: str
    drawing: SafeString
    table: Table
    is_over: bool


@dataclass(frozen=True)
class Span:
    """The window of a used offer on the time line."""

    name: str
    words: str
    start: str
    width: str


@login_required
@require_safe
def mix_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the time line of a mix with the cash curve of each partner."""
    shown = own_run(request, pk)
    mix = shown.mix
    curves = [_curve(shown, part) for part in mix["partners"] if any(part["cash"])]
    context = frame(request, shown, "time", Crumb(_("Time and cash")))
    context |= {
        "spans": _spans(shown, mix),
        "curves": curves,
        "without": [
            shown.partners[part["id"]].name for part in mix["partners"] if not any(part["cash"])
        ],
        "quarters": _quarters(shown),
    }
    return render(request, "workspace/mixes/time.html", context)


def quarter_name(day: dt.date) -> str:
    """Write a quarter by its first month: 2027/04."""
    return f"{day.year}/{day.month:02d}"


def _quarters(shown: Shown) -> tuple[str, str]:
    periods = shown.case.periods
    last = periods.last_day(periods.count - 1)
    return format_date_short(periods.start, language()), format_date_short(last, language())


def _spans(shown: Shown, mix: dict[str, Any]) -> list[Span]:
    periods = shown.case.periods
    spans = []
    for item in mix["offers"]:
        if not item["used"]:
            continue
        offer = shown.offers[item["id"]]
        first, last = max(0, offer.window[0]), min(periods.count - 1, offer.window[1])
        days = (periods.first_day(first), periods.last_day(last))
        words = " – ".join(format_date_short(day, language()) for day in days)
        start, width = 100 * first / periods.count, 100 * (last - first + 1) / periods.count
        spans.append(Span(offer.title or offer.id, words, f"{start:.1f}", f"{width:.1f}"))
    return spans


def _curve(shown: Shown, part: dict[str, Any]) -> CashCurve:
    partner = shown.partners[part["id"]]
    cash: list[int] = part["cash"]
    lines = [_line(_("To be financed in between"), cash)]
    if partner.credit_ct is not None:
        lines.append(_line(pgettext("of a partner", "Credit"), [partner.credit_ct] * len(cash)))
    chart = LineChart(
        language(),
        tuple(lines),
        x_title=_("Quarter"),
        y_title=_("Thousand euros"),
        x_axis=_axis(shown),
    )
    peak = max(0, *cash)
    is_over = partner.credit_ct is not None and peak > partner.credit_ct
    return CashCurve(
        partner.name,
        _title(partner.name, peak, partner.credit_ct),
        mark_safe(chart.svg_rows()),  # noqa: S308 - drawn by our own escaping writer
        _table(shown, partner.name, cash, partner.credit_ct),
        is_over,
    )


def _title(name: str, peak: int, credit: int | None) -> str:
    values = {"partner": name, "peak": plain(peak), "credit": plain(credit or 0)}
    if credit is None:
        return _("%(partner)s finances up to %(peak)s euros in between") % values
    return _("%(partner)s finances up to %(peak)s euros in between, credit %(credit)s") % values


def _line(name: str, cents: list[int]) -> Line:
    points = tuple(Point(float(at), amount / 100_000) for at, amount in enumerate(cents))
    return Line(name, points, is_stepped=True)


def _axis(shown: Shown) -> Axis:
    """Mark every quarter, or every second or fourth where they would run into one another."""
    n = shown.case.periods.count
    step = next(step for step in (1, 2, 4, 8, 16) if n / step <= 6)  # noqa: PLR2004 - at 320 px
    ticks = tuple(
        Tick(float(at), quarter_name(shown.case.periods.first_day(at))) for at in range(0, n, step)
    )
    return Axis(0.0, float(max(1, n - 1)), ticks)


def _table(shown: Shown, name: str, cash: list[int], credit: int | None) -> Table:
    columns = [
        Column(_("Quarter")),
        Column(_("To be financed in between (euros)"), is_number=True),
        Column(_("Credit (euros)"), is_number=True),
    ]
    rows = [
        [
            quarter_name(shown.case.periods.first_day(at)),
            plain(amount),
            DASH if credit is None else plain(credit),
        ]
        for at, amount in enumerate(cash)
    ]
    return Table(name, columns, rows)
