"""The pages of synergies and of the policy mix, and their files."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.analysis.funding.policy_mix import Part
from alpclusters.platform.funding.domain.lists import PHASE_OF, instrument_label, theme_label
from alpclusters.platform.funding.domain.policy_mixing import (
    Scope,
    read_budgets,
    read_subjects,
    synergies_of,
)
from alpclusters.www.public.directory.exports import guarded
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway, sent
from alpclusters.www.public.synergies.maps import KINDS, read_map
from alpclusters.www.public.synergies.mixes import read_mix
from alpclusters.www.public.synergies.pairs import read_pair
from alpclusters.www.public.synergies.questions import (
    Query,
    address,
    place_names,
    read_query,
    reader,
    subject_names,
)

# --- Synergies and budgets to take away as CSV and JSON -------------------------------------------


PAIR_COLUMNS: Final = (
    "first", "first_name", "second", "second_name", "overlap", "weighted_jaccard",
    "complementarity", "shared_themes", "first_seeks", "second_seeks", "themes_first",
    "themes_second", "unknown_share", "sources", "simulated", "unverified",
)  # fmt: skip
BUDGET_COLUMNS: Final = (
    "region", "region_name", "period", "instrument", "instrument_name", "phase", "theme",
    "theme_name", "amount_eur", "programme", "source", "checked_on", "status",
)  # fmt: skip
DECIMALS: Final = 6
CENTS: Final = 100

type Record = Mapping[str, Any]


def synergies_file(query: Query, kind: str, *, url: str, today: date) -> TakenAway:
    """Write every pair of strategies."""
    subjects = {one.key: one for one in _subjects(query)}
    names = subject_names(list(subjects.values()))
    found = synergies_of(list(subjects.values()))
    records = []
    for (first, second), pair in found.items():
        both = (subjects[first], subjects[second])
        values = (
            first, names[first].long, second, names[second].long, _rounded(pair.overlap),
            _rounded(pair.jaccard), _rounded(pair.complementarity), _themes(pair.shared),
            _themes(pair.first_seeks), _themes(pair.second_seeks), pair.n_first, pair.n_second,
            _rounded(pair.unknown_share), list(dict.fromkeys(s for b in both for s in b.sources)),
            any(b.is_simulated for b in both), any(b.is_unverified for b in both),
        )  # fmt: skip
        records.append(dict(zip(PAIR_COLUMNS, values, strict=True)))
    about = {
        "page": url,
        "made_on": today.isoformat(),
        "overlap": "sum of min(a, b) over themes",
        "complementarity": "(sum of need_a * strength_b + sum of need_b * strength_a) / 2",
        "unknown_weights": "equal",
    }
    return _file("synergies", kind, PAIR_COLUMNS, records, about, today)


def budgets_file(query: Query, kind: str, *, url: str, today: date) -> TakenAway:
    """Write the budgets of a period and region; an amount that is not known is empty."""
    scope = Scope(query.period, query.region, is_simulated=query.simulated)
    rows = read_budgets(scope)
    places = place_names({row.region for row in rows})
    language = reader()
    records = [
        dict(zip(BUDGET_COLUMNS, (
            row.region, places[row.region], row.period, row.instrument,
            instrument_label(row.instrument, language), PHASE_OF.get(row.instrument, ""),
            row.theme, theme_label(row.theme, language),
            None if row.amount_ct is None else row.amount_ct / CENTS,
            row.programme.key if row.programme else "", row.source,
            row.checked_on.isoformat() if row.checked_on else "", row.status,
        ), strict=True))
        for row in rows
    ]  # fmt: skip
    about = {"page": url, "made_on": today.isoformat(), "unknown": "empty is not known, not 0"}
    return _file("policy-mix", kind, BUDGET_COLUMNS, records, about, today)


def _subjects(query: Query) -> list[Any]:
    return read_subjects(is_simulated=query.simulated, period=query.period)


def _themes(parts: Sequence[Part]) -> list[str]:
    return [part.theme for part in parts]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _file(
    name: str,
    kind: str,
    columns: Sequence[str],
    records: Sequence[Record],
    about: Record,
    today: date,
) -> TakenAway:
    content = _csv(columns, records) if kind == "csv" else _json(name, records, about)
    return TakenAway(f"alpclusters-{name}-{today.isoformat()}.{kind}", CONTENT_TYPES[kind], content)


def _csv(columns: Sequence[str], records: Iterable[Record]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for record in records:
        writer.writerow([guarded(record[column]) for column in columns])
    # With its mark, so that spreadsheets read it as UTF-8.
    return ("\ufeff" + out.getvalue()).encode()


def _json(name: str, records: Sequence[Record], about: Record) -> bytes:
    key = name.replace("-", "_")
    return json.dumps({"about": about, key: list(records)}, ensure_ascii=False, indent=1).encode()


# --- The pages of synergies and of the policy mix, and their files --------------------------------


@require_safe
def synergies(request: HttpRequest) -> HttpResponse:
    """Show programmes and regional strategies against each other."""
    query = read_query(request.GET)
    page = read_map(query)
    context = {"page": page, "simulated": query.simulated and page.has_simulated}
    return render(request, "public/synergies/map.html", context | {"section": "funding"})


@require_safe
def synergy(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """Show two strategies in words."""
    page = read_pair(read_query(request.GET), first, second)
    if page is None:
        raise Http404
    context = {"page": page, "simulated": page.is_simulated, "section": "funding"}
    return render(request, "public/synergies/pair.html", context)


@require_safe
def policy_mix(request: HttpRequest) -> HttpResponse:
    """Show instruments, themes and regions with their budgets."""
    page = read_mix(read_query(request.GET))
    context = {"page": page, "simulated": page.is_simulated, "section": "funding"}
    return render(request, "public/synergies/mix.html", context)


@require_safe
def synergies_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Send all pairs as a file."""
    if kind not in KINDS:
        raise Http404
    query = read_query(request.GET)
    url = request.build_absolute_uri(address(query, "synergies"))
    return sent(synergies_file(query, kind, url=url, today=timezone.localdate()))


@require_safe
def policy_mix_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the budgets as a file."""
    if kind not in KINDS:
        raise Http404
    query = read_query(request.GET)
    url = request.build_absolute_uri(address(query, "policy-mix"))
    return sent(budgets_file(query, kind, url=url, today=timezone.localdate()))


urlpatterns = [
    path("funding/synergies/", synergies, name="synergies"),
    path("funding/synergies/export.<slug:kind>", synergies_export, name="synergies-export"),
    path("funding/synergies/<slug:first>/<slug:second>/", synergy, name="synergy"),
    path("funding/policy-mix/", policy_mix, name="policy-mix"),
    path("funding/policy-mix/export.<slug:kind>", policy_mix_export, name="policy-mix-export"),
]
