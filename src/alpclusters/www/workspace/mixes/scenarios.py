"""What if: scenarios side by side, when money comes, why an offer or partner gets nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.eligibility.fields import lacks_conditions
from alpclusters.analysis.funding.mix.reasons import unused_subjects
from alpclusters.platform.funding.domain.mixing.asking import ask_chances, ask_reasons, ask_scenario
from alpclusters.platform.funding.domain.mixing.explaining import (
    may_be_weighed,
    unexplained,
    unloosened,
)
from alpclusters.platform.funding.domain.mixing.runs import UNDER_WAY
from alpclusters.platform.funding.models import MixRun
from alpclusters.reports.charts.funding_time import CashRow, OfferBar, TimeChart
from alpclusters.reports.charts.line import Line, LineChart, Point
from alpclusters.reports.charts.parts import Axis, Tick
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.funding.chances import told
from alpclusters.reports.funding.reasons import explained, subject_name
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.case_frame import quarter_name
from alpclusters.www.workspace.mixes.mix_frame import (
    DASH,
    Shown,
    euros,
    frame,
    language,
    own_run,
    plain,
    share,
)
from alpclusters.www.workspace.mixes.mix_list import left_out_of, state_of

# --- Ask why a mix does nothing for an offer or a partner, and show what was found ----------------


OPEN: Final = frozenset({"open", "unknown"})


@login_required
@require_POST
def mix_why(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason of one subject, or of all that are not explained."""
    run = own_run(request, pk, "funding.write_case").run
    subject = request.POST.get("subject", "")
    try:
        ask_reasons(run, [subject] if subject else [*unexplained(run), *unloosened(run)])
    except StateError:
        messages.info(request, _("This mix does something for it already."))
    return redirect(page_of(Shown(run), subject))


@dataclass(frozen=True)
class Unpaid:
    """A work package or a cost that gets nothing, and why."""

    name: str
    why: dict[str, Any]


def page_of(shown: Shown, subject: str) -> str:
    """Return the page on which a reason stands."""
    kind, _colon, key = subject.partition(":")
    if kind == "line":
        kind, key = "partner", next((x.partner for x in shown.case.lines if x.id == key), "")
    places = {"offer": list(shown.offers), "partner": list(shown.partners)}.get(kind, [])
    if key in places:
        return reverse(f"workspace:mix_{kind}", args=[shown.run.pk, places.index(key)])
    return reverse("workspace:mix", args=[shown.run.pk])


def why_of(shown: Shown, subject: str) -> dict[str, Any]:
    """Return how far a reason is, its sentences where it is there, and conditions to enter."""
    found = shown.run.reasons.get(subject, {})
    state = found.get("state", "")
    said = None
    if state == "done":
        said = explained(shown.subject, subject, found)
    return {
        "subject": subject,
        "state": state,
        "said": said,
        "to_enter": _to_enter(shown, subject, found.get("obstacles", ())),
    }


def unpaid_of(shown: Shown, kind: str, partner: str = "") -> list[Unpaid]:
    """Return the work packages, or the costs of a partner, for which a mix does nothing."""
    cells = [(cell["offer"], cell["line"]) for cell in shown.mix["allocation"]]
    owners = {line.id: line.partner for line in shown.case.lines}
    told = shown.subject
    return [
        Unpaid(subject_name(told, subject), why_of(shown, subject))
        for subject in unused_subjects(shown.case, cells)
        if subject.startswith(f"{kind}:")
        and (not partner or owners.get(subject.partition(":")[2]) == partner)
    ]


def _to_enter(
    shown: Shown, subject: str, obstacles: Iterable[dict[str, Any]]
) -> list[tuple[str, str]]:
    """Return title and form of the offers whose conditions keep a reason open."""
    here = urlencode({"next": page_of(shown, subject)})
    keys = dict.fromkeys(one["subject"] for one in obstacles if one["kind"] in OPEN)
    return [
        (
            shown.offers[key].title or key,
            f"{reverse('workspace:funding_conditions', args=[shown.run.case_id, key])}?{here}",
        )
        for key in keys
        if key in shown.offers and lacks_conditions(shown.offers[key].eligibility)
    ]


# --- Ask what a mix is worth if not all of it is granted, and show it -----------------------------


@login_required
@require_POST
def mix_chances(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what a mix is worth if not all of it is granted."""
    run = own_run(request, pk, "funding.write_case").run
    try:
        ask_chances(run)
    except StateError:
        messages.error(request, _("There is nothing to apply for in this mix."))
    response = redirect("workspace:mix", pk=pk)
    response["Location"] += "#chances"
    return response


def chances_of(shown: Shown) -> dict[str, Any] | None:
    """Return how far it is, and its words where it is there; None where nothing can be weighed."""
    if not may_be_weighed(shown.run):
        return None
    found = shown.run.chances
    state = found.get("state", "")
    if state != "done":
        return {"state": state, "said": None}
    subject = MixSubject(shown.case, shown.mix, language())
    return {"state": state, "said": told(subject, found, today=timezone.localdate())}


# --- Scenarios side by side, and when costs fall and money comes ----------------------------------


# --- When costs fall and money comes: windows of offers, and the cash curve of each partner -------


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


# --- Scenarios side by side: what the mix is worth if an offer is refused, and what replaces it


UNPROCESSABLE = 422


class RejectedForm(forms.Form):
    """Which of the used offers are refused."""

    use_required_attribute = False
    rejected = forms.MultipleChoiceField(
        label=gettext_lazy("Offers that are refused"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one offer.")},
    )

    def __init__(self, *args: Any, shown: Shown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = [item["id"] for item in shown.mix["offers"] if item["used"]]
        field: Any = self.fields["rejected"]
        field.choices = [(offer, shown.offers[offer].title or offer) for offer in used]


@dataclass(frozen=True)
class ScenarioRow:
    """One scenario beside the others."""

    name: str
    url: str
    objective: str
    loss: str
    rate: str
    dropped: tuple[str, ...]
    added: tuple[str, ...]
    is_valid: bool | None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mix_scenarios(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show scenarios side by side, or ask for another one."""
    shown = own_run(request, pk)
    if request.method != "POST":
        return _show(request, shown, RejectedForm(shown=shown))
    if not request.user.has_perm("funding.write_case", shown.run.case):
        raise PermissionDenied
    form = RejectedForm(request.POST, shown=shown)
    if not form.is_valid():
        return _show(request, shown, form, status=UNPROCESSABLE)
    rejected = tuple(form.cleaned_data["rejected"])
    try:
        ask_scenario(shown.run, rejected, by=request.user, now=timezone.now())
    except StateError:
        messages.error(request, _("There is no mix yet from which a scenario could start."))
        return redirect("workspace:mix", pk=pk)
    messages.success(request, _("The scenario is being computed; you can go on working."))
    return redirect("workspace:mix", pk=pk)


def _show(
    request: HttpRequest, shown: Shown, form: RejectedForm, *, status: int = 200
) -> HttpResponse:
    address = reverse("workspace:mix", args=[shown.run.pk])
    context = frame(request, shown, "mix", Crumb(_("Mix"), address), Crumb(_("Scenarios")))
    derived = shown.run.derived.filter(kind=MixRun.Kind.SCENARIO).defer("case_data")
    asked = list(derived.order_by("-pk")[:12])
    context |= {
        "form": form,
        "is_best": shown.run.kind == MixRun.Kind.BEST,
        "left_out": left_out_of(shown),
        "rows": [_base(shown), *_stored(shown), *_asked(shown, asked)],
        "under_way": [(run, state_of(run)) for run in asked if run.state in UNDER_WAY],
    }
    return render(request, "workspace/mixes/scenarios.html", context, status=status)


def _base(shown: Shown) -> ScenarioRow:
    mix = shown.mix
    return ScenarioRow(
        _("All offers are granted"), "", euros(mix["objective"]), DASH, _rate(mix), (), (),
        is_valid=mix["check"]["valid"],
    )  # fmt: skip


def _stored(shown: Shown) -> list[ScenarioRow]:
    titles = {scenario.id: scenario.title for scenario in shown.case.scenarios}
    return [
        _row(shown, part, "", part["rejected"], title=titles.get(part["id"], ""))
        for part in shown.mix["scenarios"]
    ]


def _asked(shown: Shown, runs: list[MixRun]) -> list[ScenarioRow]:
    rows = []
    for run in runs:
        if run.result is None:
            continue
        part = {**run.result, **changes(shown.mix, run.result)}
        address = reverse("workspace:mix", args=[run.pk])
        rows.append(_row(shown, part, address, run.changes.get("rejected", [])))
    return rows


def changes(base: dict[str, Any], mix: dict[str, Any]) -> dict[str, Any]:
    """Say how a mix differs from another one: loss, offers that fall out, offers that come in."""
    before = {item["id"] for item in base["offers"] if item["used"]}
    after = {item["id"] for item in mix["offers"] if item["used"]}
    return {
        "loss_ct": base["objective"] - (mix["objective"] or 0),
        "dropped": sorted(before - after),
        "added": sorted(after - before),
    }


def _row(
    shown: Shown, part: dict[str, Any], url: str, rejected: list[str], *, title: str = ""
) -> ScenarioRow:
    names = _("Without %(offers)s") % {
        "offers": ", ".join(_title(shown, offer) for offer in rejected)
    }
    has_mix = part["status"] != "infeasible"
    dropped = [offer for offer in part["dropped"] if offer not in rejected]
    return ScenarioRow(
        f"{title}: {names}" if title else names,
        url,
        euros(part["objective"]) if has_mix else _("no mix fits any more"),
        euros(part["loss_ct"]) if has_mix else DASH,
        _rate(part) if has_mix else DASH,
        tuple(_title(shown, offer) for offer in dropped) if has_mix else (),
        tuple(_title(shown, offer) for offer in part["added"]),
        is_valid=part["check"]["valid"],
    )


def _rate(part: dict[str, Any]) -> str:
    cost = sum(one["cost_ct"] for one in part["partners"])
    return share(sum(one["grant_ct"] for one in part["partners"]), cost)
