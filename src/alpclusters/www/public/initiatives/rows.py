"""Initiatives and their activities as plain rows, batch by batch, with source and licence.

An exchange of all columns and keys is the data package; these tables are for reading and counting,
in the reader's language.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any, Final

from alpclusters.platform.evidence.domain.initiatives.fields import TRANSLATED
from alpclusters.platform.evidence.models import Activity, Codebook, Initiative
from alpclusters.www.public.initiatives.addresses import initiative_url
from alpclusters.www.public.initiatives.books import Books, label_of
from alpclusters.www.public.initiatives.said import said

BATCH: Final = 500

type Record = dict[str, Any]
type Read = Callable[[Sequence[int], str], Iterator[Record]]


@dataclass(frozen=True)
class Table:
    """A table to take away; ``read`` takes numbers of initiatives and the address of the site."""

    name: str
    title: str
    columns: Sequence[str]
    read: Read


def _initiatives(ids: Sequence[int], base: str) -> Iterator[Record]:
    for part in batched(ids, BATCH):
        rows = Initiative.objects.select_related("programme", "follows").in_bulk(list(part))
        for pk in part:
            if pk in rows:
                yield _initiative(rows[pk], base)


def _initiative(row: Initiative, base: str) -> Record:
    programme, follows = row.programme, row.follows
    is_shown = follows is not None and follows.is_published
    return {
        "key": row.key,
        "page": base + initiative_url(row.key),
        "kind": row.kind,
        "acronym": row.acronym,
        **{name: said(row, name).text for name in TRANSLATED},
        "programme": programme.name if programme else "",
        "period": programme.period if programme else "",
        "programme_family": programme.family if programme else "",
        "call": row.call,
        "reference": row.reference,
        "start": _day(row.start),
        "start_precision": row.start_precision if row.start else "",
        "end": _day(row.end),
        "end_precision": row.end_precision if row.end else "",
        "status": row.status,
        "budget": _amount(row.budget_cents),
        "eu_share": _amount(row.eu_cents),
        "currency": row.currency,
        "countries": row.countries.split(),
        "sectors_nace_rev2": [str(code) for code in row.sectors],
        "keywords": [str(word) for word in row.keywords],
        "continues": follows.key if follows and is_shown else "",
        "website": row.website,
        "source": row.source,
        "licence": row.licence,
        "standing": row.standing,
        "is_simulated": row.is_simulated,
        "changed_on": row.changed_at.date().isoformat(),
    }


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _amount(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _activities(ids: Sequence[int], base: str) -> Iterator[Record]:
    books = Books()
    for part in batched(ids, BATCH):
        rows = Activity.objects.published().filter(initiative__in=part)
        rows = rows.select_related("initiative", "codebook").prefetch_related("regions")
        places = {pk: place for place, pk in enumerate(part)}
        for row in sorted(rows, key=lambda a: (places[a.initiative_id], a.number, a.pk)):
            yield _activity(row, books.of(row), base)


def _activity(row: Activity, book: Codebook | None, base: str) -> Record:
    return {
        "initiative": row.initiative.key,
        "number": row.number,
        "page": base + initiative_url(row.initiative.key, row.number),
        **{name: said(row, name).text for name in ("name", "what", "output")},
        "output_value": row.output_value,
        "output_unit": said(row, "output_unit").text,
        "result": said(row, "result").text,
        "regions": sorted(region.code for region in row.regions.all()),
        "measure_type": row.measure_type,
        "measure_type_name": label_of("measure_type", row.measure_type, book),
        "scope": row.scope,
        "audience": [str(key) for key in row.audience],
        "outcome_status": row.outcome_status or Activity.Outcome.UNKNOWN.value,
        "outcome_months": row.outcome_months,
        "payer_after": [str(key) for key in row.payer_after],
        "source_type": row.source_type,
        "context": row.context,
        "success_factors": [str(key) for key in row.success_factors],
        "failure_reasons": [str(key) for key in row.failure_reasons],
        "state_of_coding": row.state,
        "codebook": row.codebook.number if row.codebook else None,
        "is_simulated": row.is_simulated,
        "changed_on": row.changed_at.date().isoformat(),
    }


INITIATIVES: Final = Table(
    "initiatives",
    "AlpClusters: earlier initiatives",
    (
        "key", "acronym", "title", "kind", "topic", "aims", "programme", "period",
        "programme_family", "call", "reference", "start", "start_precision", "end",
        "end_precision", "status", "budget", "eu_share", "currency", "countries",
        "sectors_nace_rev2", "keywords", "continues", "website", "page", "note", "source",
        "licence", "standing", "is_simulated", "changed_on",
    ),
    _initiatives,
)  # fmt: skip
ACTIVITIES: Final = Table(
    "activities",
    "AlpClusters: coded activities of earlier initiatives",
    (
        "initiative", "number", "name", "measure_type", "measure_type_name", "what", "output",
        "output_value", "output_unit", "result", "regions", "scope", "audience",
        "outcome_status", "outcome_months", "payer_after", "source_type", "context",
        "success_factors", "failure_reasons", "state_of_coding", "codebook", "page",
        "is_simulated", "changed_on",
    ),
    _activities,
)  # fmt: skip
