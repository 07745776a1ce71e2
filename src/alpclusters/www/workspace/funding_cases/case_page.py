"""Step 1: partners, work packages and costs of a case, with their sums."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.funding.domain.casework import check_case
from alpclusters.platform.funding.domain.casework.costs import Entry, Totals, entries_of, totals_of
from alpclusters.platform.funding.domain.casework.documents import Item, periods_of
from alpclusters.platform.funding.domain.lists import theme_label
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.policy.domain.funding_cases import action_of
from alpclusters.platform.policy.models import Indicator
from alpclusters.platform.policy.models.indicators import Target
from alpclusters.reports.charts.bars import Bar, BarChart
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.error_texts.case_faults import fault_line
from alpclusters.reports.numbers import format_money, format_number, format_percent
from alpclusters.www.components.parts import Column, Table
from alpclusters.www.workspace.funding_cases.case_frame import (
    DASH,
    KINDS,
    SIZES,
    category_label,
    euros,
    frame,
    language,
    own_case,
    quarter_name,
    span_name,
)

PAGE_SIZE: Final = 50
MOST_FAULTS: Final = 20


@dataclass(frozen=True)
class PartnerRow:
    """A partner with what it spends and has."""

    id: str
    name: str
    is_lead: bool
    kind: str
    size: str
    place: str
    cost: str
    own: str
    credit: str
    is_to_check: bool


@dataclass(frozen=True)
class PackageRow:
    """A work package with its time and its costs."""

    id: str
    title: str
    time: str
    themes: str
    cost: str


@dataclass(frozen=True)
class CostRow:
    """A cost as it was entered."""

    key: str
    partner: str
    package: str
    category: str
    time: str
    amount: str
    note: str
    n_parts: int


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator of the action: where it begins and what is aimed at by when."""

    name: str
    stage: str
    baseline: str
    target: str
    due: str


@login_required
@require_safe
def funding_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who takes part and what it costs."""
    case = own_case(request, pk)
    totals = totals_of(case.data)
    report = check_case(case.data)
    context = frame(request, case, "partners")
    context |= {
        "partners": _partners(case, totals),
        "packages": _packages(case.data, totals),
        "costs": _costs(request, case.data),
        "time": _time(case.data),
        "chart": _chart(case.data, totals),
        "sums": _sums(case.data, totals),
        "faults": [fault_line(fault, language()) for fault in report.faults[:MOST_FAULTS]],
        "n_more_faults": max(0, len(report.faults) + report.n_more - MOST_FAULTS),
        "warnings": [fault_line(one, language()) for one in report.warnings[:MOST_FAULTS]],
        "missing": report.missing,
        "is_ready": report.is_ready,
        "indicators": _indicators(case),
    }
    return render(request, "workspace/funding_cases/case.html", context)


def _indicators(case: FundingCase) -> list[IndicatorRow]:
    """Return the indicators of the action with their last target; the plan is where they change."""
    action = action_of(case)
    if action is None:
        return []
    rows = action.indicators.prefetch_related("targets").order_by("order", "pk")
    return [_indicator(one, [*one.targets.all()]) for one in rows]


def _indicator(indicator: Indicator, targets: Sequence[Target]) -> IndicatorRow:
    last = max(targets, key=lambda one: one.due, default=None)
    return IndicatorRow(
        indicator.name,
        indicator.get_stage_display(),
        DASH if indicator.baseline is None else _value(indicator.baseline, indicator.unit),
        DASH if last is None else _value(last.value, indicator.unit),
        DASH if last is None else format_date_short(last.due, language()),
    )


def _value(value: Decimal, unit: str) -> str:
    plain = value.normalize()
    number = format_number(plain, language(), max(0, -int(plain.as_tuple().exponent)))
    return f"{number} {unit}".strip()


def _partners(case: FundingCase, totals: Totals) -> list[PartnerRow]:
    sizes = {one["id"]: one["size"] for one in case.data.get("undertakings", [])}
    to_check = set(case.taken.get("to_check", []))
    return [
        PartnerRow(
            id=partner["id"],
            name=partner["name"],
            is_lead=bool(partner.get("lead")),
            kind=str(KINDS.get(partner["kind"], partner["kind"])),
            size=str(SIZES.get(sizes.get(partner["undertaking"], ""), DASH)),
            place=_place(partner),
            cost=euros(totals.by_partner.get(partner["id"], 0)),
            own=euros(partner.get("own_ct")),
            credit=euros(partner.get("credit_ct")),
            is_to_check=partner["id"] in to_check,
        )
        for partner in case.data.get("partners", [])
    ]


def _place(partner: Mapping[str, Any]) -> str:
    code, country = partner["nuts"], partner["country"]
    return str(code) if code.startswith(country) else f"{code} ({country})"


def _packages(data: Mapping[str, Any], totals: Totals) -> list[PackageRow]:
    return [
        PackageRow(
            id=package["id"],
            title=package["title"],
            time=_package_time(data, package),
            themes=_themes(package) or DASH,
            cost=euros(totals.by_package.get(package["id"], 0)),
        )
        for package in data.get("work_packages", [])
    ]


def _themes(package: Item) -> str:
    return ", ".join(theme_label(key, language()) for key in package.get("themes", []))


def _package_time(data: Mapping[str, Any], package: Item) -> str:
    start, end = package.get("start"), package.get("end")
    periods = periods_of(data)
    if start is None and end is None:
        return DASH
    first = quarter_name(periods, start) if start is not None else DASH
    last = quarter_name(periods, end) if end is not None else DASH
    return first if first == last else f"{first} – {last}"


def _costs(request: HttpRequest, data: Mapping[str, Any]) -> Page[Any]:
    entries = entries_of(data)
    page: Page[Any] = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    names = {one["id"]: one["name"] for one in data.get("partners", [])}
    titles = {one["id"]: one["title"] for one in data.get("work_packages", [])}
    page.object_list = [_cost(entry, data, names, titles) for entry in page.object_list]
    return page


def _cost(
    entry: Entry, data: Mapping[str, Any], names: Mapping[str, str], titles: Mapping[str, str]
) -> CostRow:
    line = entry.first
    return CostRow(
        key=entry.key,
        partner=names.get(line["partner"], line["partner"]),
        package=titles.get(line["wp"], line["wp"]),
        category=category_label(line["category"]),
        time=span_name(periods_of(data), entry.start, entry.end),
        amount=euros(entry.cost_ct),
        note=_note(entry),
        n_parts=len(entry.lines),
    )


def _note(entry: Entry) -> str:
    """Say what is special about a cost: francs, aid, place."""
    line, notes = entry.first, []
    foreign = [one.get("converted") for one in entry.lines]
    known = [one for one in foreign if one]
    if known:
        amount = format_money(sum(one["amount_ct"] for one in known), "CHF", language())
        rate = format_number(Decimal(known[0]["rate"]), language(), _decimals(known[0]["rate"]))
        day = format_date_short(dt.date.fromisoformat(known[0]["rate_on"]), language())
        told = {"amount": amount, "rate": rate, "day": day}
        notes.append(_("%(amount)s at %(rate)s of %(day)s") % told)
    if line.get("economic", True):
        notes.append(_("economic"))
    if line.get("article"):
        notes.append(line["article"])
    if line.get("outside"):
        notes.append(_("outside the area"))
    if line.get("place"):
        notes.append(line["place"])
    return ", ".join(notes)


def _decimals(rate: str) -> int:
    return len(rate.partition(".")[2])


def _time(data: Mapping[str, Any]) -> str:
    periods = periods_of(data)
    return span_name(periods, 0, periods.count - 1)


def _chart(data: Mapping[str, Any], totals: Totals) -> SafeString | None:
    """Draw the costs of each partner; the tables beside it have the same numbers."""
    bars = tuple(
        Bar(
            partner["name"],
            totals.by_partner.get(partner["id"], 0) / 100,
            format_percent(totals.by_partner.get(partner["id"], 0) / totals.total_ct, language()),
        )
        for partner in data.get("partners", [])
        if totals.total_ct
    )
    if not bars:
        return None
    chart = BarChart(
        language(), bars, _("Partner"), _("Costs"), title=_("Costs of each partner"), unit="€"
    )
    return mark_safe(chart.svg_rows())  # noqa: S308 - drawn by us, texts are escaped


def _sums(data: Mapping[str, Any], totals: Totals) -> list[Table]:
    """Return the sums by partner, cost category and work package."""
    if not totals.total_ct:
        return []
    names = {one["id"]: one["name"] for one in data.get("partners", [])}
    titles = {one["id"]: one["title"] for one in data.get("work_packages", [])}
    categories = {key: category_label(key) for key in totals.by_category}
    return [
        _sum_table(_("Costs by partner"), _("Partner"), names, totals.by_partner, totals),
        _sum_table(
            _("Costs by cost category"),
            _("Cost category"),
            categories,
            totals.by_category,
            totals,
        ),
        _sum_table(
            _("Costs by work package"), _("Work package"), titles, totals.by_package, totals
        ),
    ]


def _sum_table(
    caption: str, head: str, names: Mapping[str, str], sums: Mapping[str, int], totals: Totals
) -> Table:
    rows: Sequence[Sequence[str]] = [
        (name, euros(sums[key]), format_percent(sums[key] / totals.total_ct, language()))
        for key, name in names.items()
        if key in sums
    ]
    columns = [
        Column(head),
        Column(_("Costs"), is_number=True),
        Column(_("Share"), is_number=True),
    ]
    total = (_("Sum"), euros(totals.total_ct), format_percent(1, language()))
    return Table(caption, columns, rows, total=total)
