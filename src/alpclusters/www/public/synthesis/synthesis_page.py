"""The page "what lasted": question, answer, table, charts, what nobody evaluated, and files."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.certainty import CONVENTION, OUTCOMES, RULES, Lasting
from alpclusters.platform.evidence.domain.synthesis.counting import Counts, Selection
from alpclusters.platform.evidence.domain.synthesis.flat import (
    Dimension,
    Flat,
    SynthesisQuery,
    flat_evidence,
)
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Chip, Figure, Tab
from alpclusters.www.public.directory.exports import guarded
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway, sent
from alpclusters.www.public.synthesis.charts import (
    DrawnView,
    WhereView,
    payers_view,
    shares_view,
    where_view,
)
from alpclusters.www.public.synthesis.questions import (
    Choice,
    Names,
    address,
    chips,
    choices,
    horizon_name,
    read_query,
    splits,
)
from alpclusters.www.public.synthesis.tables import (
    HeatView,
    activities,
    families,
    heat_view,
    interval,
    ordered_columns,
    ordered_types,
    read_gaps,
    share,
)

# --- What the page "what lasted" shows: the question, the answer, then table, charts and gaps -----


FORMATS: Final = ("csv", "json")


@dataclass(frozen=True)
class SynthesisPage:
    """Everything the template names."""

    query: SynthesisQuery
    total: Counts
    answer: str
    figures: Sequence[Figure]
    heat: HeatView | None
    splits: Sequence[Tab]
    shares: DrawnView | None
    where: WhereView | None
    payers: DrawnView | None
    choices: Sequence[Choice]
    chips: Sequence[Chip]
    conventions: Sequence[str]
    exports: Sequence[tuple[str, str]]
    reset_url: str
    simulated_url: str
    n_simulated: int
    left_out: str

    @property
    def n_chosen(self) -> int:
        """How many filters are set."""
        return len(self.chips)


def read_page(query: SynthesisQuery) -> SynthesisPage:
    """Count, and put the counts into words."""
    language = nearest_language(get_language())
    flat = flat_evidence()
    selection = Selection.of(flat, query)
    everything = Selection.of(flat, SynthesisQuery(is_simulated=query.is_simulated))
    names = Names.load(_regions(everything, query))
    total, by_type = selection.total(), selection.by(Dimension.TYPE)
    return SynthesisPage(
        query=query,
        total=total,
        answer=_answer(total, query, language),
        figures=_figures(query, total, by_type, names, language),
        heat=heat_view(selection, query, by_type, names, language) if by_type else None,
        splits=splits(query),
        shares=shares_view(by_type, names, language),
        where=where_view(selection, query, names, language),
        payers=payers_view(selection, names, language),
        choices=choices(everything, query, names),
        chips=chips(query, names),
        conventions=conventions(query),
        exports=[(kind, address(query, "public:evidence-export", kind)) for kind in FORMATS],
        reset_url=reverse("public:evidence"),
        simulated_url=address(replace(query, is_simulated=not query.is_simulated)),
        n_simulated=_n_simulated(flat),
        left_out=_left_out(_n_simulated(flat), language),
    )


def _regions(everything: Selection, query: SynthesisQuery) -> set[str]:
    shown = everything.values(Dimension.NUTS2)
    if query.by == Dimension.NUTS1:
        shown |= everything.values(Dimension.NUTS1)
    return shown


def _n_simulated(flat: Flat) -> int:
    return int(flat.is_simulated.sum())


def _left_out(n: int, language: str) -> str:
    return ngettext(
        "%(n)s simulated activity is left out.", "%(n)s simulated activities are left out.", n
    ) % {"n": format_integer(n, language)}


def _answer(total: Counts, query: SynthesisQuery, language: str) -> str:
    """Say the answer in one sentence, with its interval, or why there is none."""
    lasting = total.lasting
    if not total.n_families:
        return _("Nobody knows yet: no activity has been coded.")
    if lasting.value is None:
        return _(
            "Too little is known for a share: the outcome is known for %(known)s of %(all)s "
            "families of initiatives."
        ) % {
            "known": format_integer(lasting.n_known, language),
            "all": format_integer(lasting.n_families, language),
        }
    n_unknown = total.families[-1]
    if n_unknown > lasting.n_known:
        return mostly_unknown(lasting, n_unknown, language)
    sentence = (
        _(
            "%(k)s of %(n)s families of initiatives with a known outcome go on, for %(horizon)s "
            "after the funding: %(share)s (%(interval)s)."
        )
        if query.months
        else _(
            "%(k)s of %(n)s families of initiatives with a known outcome go on after the "
            "funding: %(share)s (%(interval)s)."
        )
    )
    answer = sentence % {
        "k": format_integer(lasting.n_lasting, language),
        "n": format_integer(lasting.n_known, language),
        "share": share(lasting, language),
        "interval": interval(lasting, language),
        "horizon": horizon_name(query.months),
    }
    return f"{answer} {_unknown(n_unknown, language)}".strip()


def mostly_unknown(lasting: Lasting, n_unknown: int, language: str) -> str:
    """Begin with what nobody knows where that is the greater part."""
    return ngettext(
        "What became of %(n)s of %(all)s family of initiatives is not recorded. Of the %(known)s "
        "others %(k)s go on: %(share)s (%(interval)s).",
        "What became of %(n)s of %(all)s families of initiatives is not recorded. Of the %(known)s "
        "others %(k)s go on: %(share)s (%(interval)s).",
        n_unknown,
    ) % {
        "n": format_integer(n_unknown, language),
        "all": format_integer(lasting.n_families, language),
        "known": format_integer(lasting.n_known, language),
        "k": format_integer(lasting.n_lasting, language),
        "share": share(lasting, language),
        "interval": interval(lasting, language),
    }


def _unknown(n: int, language: str) -> str:
    """Say how many are unknown beside a share of the known ones."""
    if not n:
        return ""
    return ngettext(
        "What became of %(n)s more nobody knows.", "What became of %(n)s more nobody knows.", n
    ) % {"n": format_integer(n, language)}


def _figures(
    query: SynthesisQuery,
    total: Counts,
    by_type: Mapping[str, Counts],
    names: Names,
    language: str,
) -> list[Figure]:
    place = address(replace(query, by=Dimension.OUTCOME)) + "#table"
    lasting, n, n_unknown = total.lasting, total.n_families, total.families[-1]
    known_types = [key for key in names.measures if key in by_type]
    known = _("of %(n)s with a known outcome") % {"n": format_integer(lasting.n_known, language)}
    bounds = interval(lasting, language)
    told = f"{share(lasting, language)} ({bounds})" if bounds else _("too few for a share")
    goes_on = Figure(
        _("Goes on"),
        format_integer(lasting.n_lasting, language),
        f"{known}; {told}",
        key="known.lasting",
        exact=lasting.n_lasting,
        n=lasting.n_known,
        convention=CONVENTION,
        url=place,
    )
    unknown = Figure(
        _("Unknown outcome"),
        format_integer(n_unknown, language),
        _("of %(families)s") % {"families": families(n, language)},
        key="families.unknown",
        exact=n_unknown,
        n=n,
        url=place,
    )
    # A share of the few that are known does not lead where most are unknown.
    first = [unknown, goes_on] if n_unknown > lasting.n_known else [goes_on, unknown]
    return [
        *first,
        Figure(
            _("Families of initiatives"),
            format_integer(n, language),
            activities(total.n_activities, language),
            key="families",
            exact=n,
            url=place,
        ),
        Figure(
            _("Types of measures"),
            format_integer(len(known_types), language),
            _("of %(n)s have evidence") % {"n": format_integer(len(names.measures), language)},
            key="types",
            exact=len(known_types),
            n=len(names.measures),
            url=place,
        ),
    ]


def conventions(query: SynthesisQuery) -> list[str]:
    """Say how it was counted."""
    parts = [
        _(
            "Counted are families: initiatives with the same partners, lead or origin count as "
            "one. In each cell a family has its best outcome."
        ),
        _(
            "The share is of known outcomes; unknown ones are a column of their own. Interval: "
            "Wilson, 90%; below three known outcomes there is no share."
        ),
        _(
            "Initiatives are no random sample: what goes on is found more easily than what "
            "ended. The interval covers chance alone."
        ),
        _("Convention %(name)s.") % {"name": CONVENTION},
    ]
    if query.months:
        parts.insert(
            2,
            ngettext(
                "What is known alive for less than %(n)s month counts as unknown here.",
                "What is known alive for less than %(n)s months counts as unknown here.",
                query.months,
            )
            % {"n": query.months},
        )
    return parts


# --- The tables to take away: CSV and JSON with question, conventions and licence -----------------


ALL: Final = "*"
COLUMNS: Final = (
    "measure_type", "measure_type_name", "split", "value", "value_name",
    *(f"families_{outcome}" for outcome in OUTCOMES), "families",
    *(f"activities_{outcome}" for outcome in OUTCOMES), "activities",
    "known", "went_on", "share", "low_90", "high_90", "why_no_share",
)  # fmt: skip

type Record = dict[str, Any]


def file_of(query: SynthesisQuery, kind: str, *, url: str, today: date) -> TakenAway:
    """Write the answer to a question as a file, in the reader's language."""
    selection = Selection.of(flat_evidence(), query)
    everything = Selection.of(selection.flat, SynthesisQuery(is_simulated=query.is_simulated))
    places = {query.by} & {Dimension.NUTS1, Dimension.NUTS2}
    names = Names.load({code for level in places for code in everything.values(level)})
    found = list(_records(selection, query, names))
    content = _csv(found) if kind == "csv" else _json(found, _about(query, url, today))
    name = f"alpclusters-what-lasted-{today.isoformat()}.{kind}"
    return TakenAway(name, CONTENT_TYPES[kind], content)


def _records(selection: Selection, query: SynthesisQuery, names: Names) -> Iterator[Record]:
    """Give each cell, then each row and column in all, then everything."""
    by_type = selection.by(Dimension.TYPE)
    types = ordered_types(by_type, names)
    if query.by != Dimension.OUTCOME:
        columns = selection.by(query.by)
        ordered = ordered_columns(query.by, columns)
        cells = selection.by_two(Dimension.TYPE, query.by)
        for key in types:
            for value in ordered:
                if (key, value) in cells:
                    yield _record(key, value, cells[key, value], query, names)
        for value in ordered:
            yield _record(ALL, value, columns[value], query, names)
    for key in types:
        yield _record(key, ALL, by_type[key], query, names)
    yield _record(ALL, ALL, selection.total(), query, names)


def _record(key: str, value: str, found: Counts, query: SynthesisQuery, names: Names) -> Record:
    lasting = found.lasting
    return {
        "measure_type": key,
        "measure_type_name": "" if key == ALL else str(names.value(Dimension.TYPE, key)),
        "split": query.by.value,
        "value": value,
        "value_name": "" if value == ALL else str(names.value(query.by, value)),
        **_numbered("families", found.families),
        "families": found.n_families,
        **_numbered("activities", found.activities),
        "activities": found.n_activities,
        "known": lasting.n_known,
        "went_on": lasting.n_lasting,
        "share": _rounded(lasting.value),
        "low_90": _rounded(lasting.low),
        "high_90": _rounded(lasting.high),
        "why_no_share": ", ".join(lasting.reasons),
    }


def _numbered(name: str, counts: tuple[int, ...]) -> dict[str, int]:
    return {f"{name}_{outcome}": n for outcome, n in zip(OUTCOMES, counts, strict=True)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _about(query: SynthesisQuery, url: str, today: date) -> Mapping[str, Any]:
    return {
        "title": "AlpClusters: what lasted after the funding",
        "page": url,
        "exported_on": today.isoformat(),
        "split": query.by.value,
        "filters": {d.value: value for d, value in query.chosen.items()},
        "months": query.months,
        "simulated": query.is_simulated,
        "all": f"{ALL} in measure_type or value: all of them, each family once",
        "conventions": conventions(query),
        "rules": {"convention": RULES.convention, "level": RULES.level,
                  "fewest_known": RULES.fewest_known},
        "licence": (
            "Counts by AlpClusters, CC BY 4.0: name AlpClusters and the date. The initiatives "
            "behind them name their own sources and licences."
        ),
    }  # fmt: skip


def _csv(records: list[Record]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow([guarded(record[name]) for name in COLUMNS])
    # The mark at the start makes spreadsheets read the letters of five languages.
    return f"\ufeff{out.getvalue()}".encode()


def _json(records: list[Record], about: Mapping[str, Any]) -> bytes:
    text = json.dumps(
        {"about": about, "cells": records}, ensure_ascii=False, indent=1, allow_nan=False
    )
    return f"{text}\n".encode()


# --- What lasted, its files, and the gaps ---------------------------------------------------------


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """Show what lasted after the funding, by type of measure."""
    query = read_query(request.GET)
    context = {
        "page": read_page(query),
        "simulated": query.is_simulated,
        "section": "evidence",
    }
    return render(request, "public/synthesis/page.html", context)


@require_safe
def export(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002 - the word of the address
    """Send the tables of a question as a file."""
    if format not in FORMATS:
        raise Http404
    query = read_query(request.GET)
    url = request.build_absolute_uri(address(query))
    return sent(file_of(query, format, url=url, today=timezone.localdate()))


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """Show what nobody evaluated."""
    context = {"page": read_gaps(), "section": "evidence"}
    return render(request, "public/synthesis/gaps.html", context)


urlpatterns = [
    path("evidence/", evidence, name="evidence"),
    path("evidence/export.<slug:format>", export, name="evidence-export"),
    path("evidence/gaps/", gaps, name="evidence-gaps"),
]
