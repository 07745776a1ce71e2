"""When costs fall and money comes: windows of offers, and the cash curve of each partner."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from alpclusters.reports.charts.funding_time import CashRow, OfferBar, TimeChart
from alpclusters.reports.charts.line import Line, LineChart, Point
from alpclusters.reports.charts.scales import Axis, Tick
from alpclusters.reports.dates import format_date_short
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.funding_cases.words import quarter_name
from alpclusters.www.workspace.mixes.access import Shown, frame, own_run
from alpclusters.www.workspace.mixes.words import language, plain

NEAR: Final = 3
THOUSAND_EUROS: Final = 100_000


@dataclass(frozen=True)
class CashCurve:
    """The claims of one partner over the quarters: drawing, table, peak against credit."""

    name: str
    title: str
    view: ChartView
    is_over: bool


@login_required
@require_safe
def mix_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the time line of a mix with the cash curve of each partner."""
    shown = own_run(request, pk)
    mix = shown.mix
    chart = _overview(shown, mix)
    curves = [_curve(shown, part) for part in mix["partners"] if any(part["cash"])]
    context = frame(request, shown, "time", Crumb(_("Time and cash")))
    context |= {
        "overview": view_of(chart, caption=_("Windows and cash"), language=language()),
        "curves": curves,
        "without": [
            shown.partners[part["id"]].name for part in mix["partners"] if not any(part["cash"])
        ],
        "quarters": _quarters(shown),
    }
    return render(request, "workspace/mixes/time.html", context)


def _quarters(shown: Shown) -> tuple[str, str]:
    periods = shown.case.periods
    last = periods.last_day(periods.count - 1)
    return format_date_short(periods.start, language()), format_date_short(last, language())


def _overview(shown: Shown, mix: dict[str, Any]) -> TimeChart:
    """Draw the windows of the used offers above the cash of the partners."""
    bars = tuple(
        OfferBar(_title(shown, item["id"]), *_window(shown, item["id"]), item["grant_ct"])
        for item in mix["offers"]
        if item["used"]
    )
    cash = tuple(
        CashRow(shown.partners[part["id"]].name, tuple(part["cash"]))
        for part in mix["partners"]
        if any(part["cash"])
    )
    return TimeChart(language(), shown.case.periods, bars, cash)


def _title(shown: Shown, offer: str) -> str:
    return shown.offers[offer].title or offer


def _window(shown: Shown, offer: str) -> tuple[int, int]:
    """Return the part of a window that lies within the case."""
    first, last = shown.offers[offer].window
    return max(0, first), min(shown.case.periods.count - 1, last)


def _curve(shown: Shown, part: dict[str, Any]) -> CashCurve:
    partner = shown.partners[part["id"]]
    cash: list[int] = part["cash"]
    peak = max(0, *cash)
    lines = [_line(_("To be financed in between"), cash)]
    # Far above the curve the credit would press it flat; then its amount in the title will do.
    if partner.credit_ct is not None and peak * NEAR > partner.credit_ct:
        lines.append(_line(pgettext("of a partner", "Credit"), [partner.credit_ct] * len(cash)))
    chart = LineChart(
        language(),
        tuple(lines),
        x_title=_("Quarter"),
        y_title=_("Thousand euros"),
        x_axis=_axis(shown),
    )
    is_over = partner.credit_ct is not None and peak > partner.credit_ct
    return CashCurve(
        partner.name,
        _peak_words(partner.name, peak, partner.credit_ct),
        view_of(chart, caption=partner.name, language=language()),
        is_over,
    )


def _peak_words(name: str, peak: int, credit: int | None) -> str:
    values = {"partner": name, "peak": plain(peak), "credit": plain(credit or 0)}
    if credit is None:
        return _("%(partner)s finances up to %(peak)s euros in between") % values
    return _("%(partner)s finances up to %(peak)s euros in between, credit %(credit)s") % values


def _line(name: str, cents: list[int]) -> Line:
    points = tuple(Point(float(at), amount / THOUSAND_EUROS) for at, amount in enumerate(cents))
    return Line(name, points, is_stepped=True)


def _axis(shown: Shown) -> Axis:
    """Mark every quarter, or every second or fourth where they would run into one another."""
    n = shown.case.periods.count
    step = next(step for step in (1, 2, 4, 8, 16) if n / step <= 6)  # noqa: PLR2004 - at 320 px
    ticks = tuple(Tick(float(at), quarter_name(shown.case.periods, at)) for at in range(0, n, step))
    return Axis(0.0, float(max(1, n - 1)), ticks)
