"""What became of introductions, in figures; and what the score of a proposal has meant so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.matching import Calibration, ReliabilityRow
from alpclusters.platform.network.domain.introductions.outcomes import (
    FEWEST,
    AtMonths,
    Figures,
    Share,
    calibrate_score,
    outcome_figures,
)
from alpclusters.platform.network.models import FollowUp, Introduction
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.charts.line import Line, LineChart, Point
from alpclusters.reports.charts.parts import Axis, Tick
from alpclusters.reports.numbers import format_number, format_percent, format_share_interval
from alpclusters.www.components.parts import Cell, Column, Crumb, Figure, Table
from alpclusters.www.workspace.introductions.introduction_page import introduction_crumbs

_HUNDRED: Final = 100
_LEFT_THIRD: Final = 0.33


@dataclass(frozen=True)
class StepView:
    """How the score stands for one step."""

    label: Any
    found: Calibration
    sentence: str
    brier: str
    drawing: SafeString | None
    table: Table | None


@login_required
@require_safe
def outcomes(request: HttpRequest) -> HttpResponse:
    """Show the figures: all of them to coordinators, to others only those of five and more."""
    sees_all = request.user.has_perm("network.view_outcomes")
    if not sees_all and not request.user.has_perm("network.view_introductions"):
        raise PermissionDenied
    is_simulated = _wants_simulated(request)
    figures = outcome_figures(is_simulated=is_simulated, now=timezone.now(), public=not sees_all)
    context = {
        "figures": key_figures(figures),
        "n_waiting": figures.n_waiting,
        "steps": step_table(figures),
        "apart": [one for one in figures.at_months if one.n_both],
        "borders": border_table(figures),
        "curves": [_step(one.step, one.found) for one in calibrate_score(is_simulated=is_simulated)]
        if sees_all
        else [],
        "sees_all": sees_all,
        "fewest": FEWEST,
        "has_simulated": Introduction.objects.filter(is_simulated=True).exists(),
        "curve_note": _(
            "Observed share by stated chance; on the diagonal both are equal. The band is the "
            "interval at the level of 95 per cent (Wilson)."
        ),
        "crumbs": introduction_crumbs(Crumb(_("What became of them"))),
        "simulated": is_simulated,
    }
    return render(request, "workspace/introductions/outcomes.html", context)


def _wants_simulated(request: HttpRequest) -> bool:
    """Simulated ones are shown where one asks for them, or where there are no others."""
    if request.GET.get("simulated"):
        return True
    return not Introduction.objects.filter(is_simulated=False).exists() and (
        Introduction.objects.filter(is_simulated=True).exists()
    )


def key_figures(figures: Figures) -> list[Figure]:
    """Return the three figures on top."""
    year = figures.at_months[-1]
    return [
        Figure(
            _("Requests"),
            _number(figures.n_asked),
            _("%(n)s withdrawn") % {"n": _number(figures.n_withdrawn)},
        ),
        Figure(_("Accepted"), *_share_words(figures.accepted)),
        Figure(_("Agreement or project after 12 months"), *_share_words(year.reached["agreement"])),
    ]


def _share_words(share: Share) -> tuple[str, str]:
    """Return a share in words, with n and interval; a dash where nothing is known."""
    language = get_language() or "en"
    if share.is_suppressed:
        return "–", _("fewer than five, not shown")
    if share.share is None or share.interval is None:
        return "–", _("nothing known yet")
    low, high = share.interval
    between = format_share_interval(low, high, language)
    facts = {"k": _number(share.k or 0), "n": _number(share.n), "between": between}
    words = _("%(k)s of %(n)s; 95%% interval %(between)s") % facts
    return format_percent(share.share, language), words


def _number(value: int) -> str:
    return format_number(value, get_language() or "en")


def step_table(figures: Figures) -> Table:
    """Return how many came how far, after 3 and 12 months."""
    labels = dict(FollowUp.Outcome.choices)
    columns = [Column(_("Came so far or further"))]
    columns += [Column(_after(one)) for one in figures.at_months]
    rows = [
        [labels[step], *(_cell(one.reached[step]) for one in figures.at_months)]
        for step in figures.at_months[0].reached
    ]
    caption = _("Of the introductions of which at least one side told; 95% interval (Wilson)")
    return Table(caption, columns, rows)


def _after(one: AtMonths) -> str:
    facts = {"months": one.months, "told": _number(one.n_told), "due": _number(one.n_due)}
    return _("After %(months)s months (%(told)s of %(due)s told)") % facts


def _cell(share: Share) -> Cell:
    value, words = _share_words(share)
    return Cell(value, note=words, suppressed=False)


def border_table(figures: Figures) -> Table | None:
    """Return the same by the two countries."""
    if not figures.borders:
        return None
    language = get_language()
    columns = [
        Column(_("Countries")),
        Column(_("Requests"), is_number=True),
        Column(_("Accepted")),
        Column(_("Agreement or project so far")),
    ]
    rows = [
        [
            f"{country_name(one.first, language)} – {country_name(one.second, language)}",
            _number(one.n_asked),
            _cell(one.accepted),
            _cell(one.agreed),
        ]
        for one in figures.borders
    ]
    return Table(_("By border, whoever asked"), columns, rows)


def _step(step: str, found: Calibration) -> StepView:
    label = dict(FollowUp.Outcome.choices)[step]
    return StepView(
        label,
        found,
        _sentence(found),
        _brier(found),
        _drawing(found) if found.reliability else None,
        _table(found) if found.reliability else None,
    )


def _sentence(found: Calibration) -> str:
    facts = {"n": _number(found.n), "hits": _number(found.n_hits)}
    if found.method == "rank_only":
        return (
            _(
                "%(hits)s of %(n)s came so far. With fewer than 30 outcomes, or fewer than five of "
                "either kind, no chance is stated: the score only orders."
            )
            % facts
        )
    if found.method == "platt":
        return _("%(hits)s of %(n)s came so far. The chance is read from a curve (Platt).") % facts
    return _("%(hits)s of %(n)s came so far. The chance rises in steps (isotonic).") % facts


def _brier(found: Calibration) -> str:
    if found.brier is None or found.brier_of_base_rate is None:
        return ""
    language = get_language() or "en"
    facts = {
        "brier": format_number(found.brier, language, 3),
        "base": format_number(found.brier_of_base_rate, language, 3),
    }
    return (
        _("Brier score %(brier)s (0 is best); whoever always states the mean share gets %(base)s.")
        % facts
    )


def _drawing(found: Calibration) -> SafeString:
    rows = found.reliability
    observed = tuple(
        Point(_HUNDRED * row.promised, row.observed, row.low, row.high) for row in rows
    )
    ideal = (Point(0, 0), _named_point(rows), Point(_HUNDRED, 1))
    chart = LineChart(
        language=get_language() or "en",
        lines=(Line(_("observed"), observed), Line(_("as stated"), ideal)),
        x_title=_("stated chance in per cent"),
        y_title=_("observed share"),
        x_axis=Axis(0, _HUNDRED, tuple(Tick(value, str(value)) for value in (0, 25, 50, 75, 100))),
        y_axis=Axis(0, 1, tuple(Tick(value, "") for value in (0, 0.25, 0.5, 0.75, 1))),
        y_kind="percent",
    )
    return mark_safe(chart.svg_rows())  # noqa: S308 - the writers of `reports` escape every text


def _named_point(rows: Sequence[ReliabilityRow]) -> Point:
    """Name the diagonal where the other line is not: on the left, else on the right."""
    share = 0.15 if rows[0].promised > _LEFT_THIRD else 0.95
    return Point(_HUNDRED * share, share, label=_("as stated"), is_below=True)


def _table(found: Calibration) -> Table:
    language = get_language() or "en"
    columns = [
        Column(_("Stated chance, mean")),
        Column(_("Introductions"), is_number=True),
        Column(_("Came so far"), is_number=True),
        Column(_("Observed share, 95% interval")),
    ]
    rows = [
        [
            format_percent(row.promised, language),
            _number(row.n),
            _number(row.n_hits),
            Cell(
                format_percent(row.observed, language),
                note=format_share_interval(row.low, row.high, language),
            ),
        ]
        for row in found.reliability
    ]
    return Table(_("What was stated, and what came"), columns, rows)
