"""Programmes with their figures, calls and offers of the tables, stored where nobody changed them.

Calling it again changes nothing. An entry that a person changed, checked or withdrew is left alone
from then on, with its figures.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from alpclusters.platform.evidence.models import Programme as EvidenceProgramme
from alpclusters.platform.funding.domain.policy_mixing.seeding import load_priorities
from alpclusters.platform.funding.domain.seeding.real_offers import real_offers
from alpclusters.platform.funding.domain.seeding.storing import Entry, Kept, store_entry
from alpclusters.platform.funding.domain.seeding.tables import (
    call_fields,
    offer_fields,
    parameters_of,
    programme_fields,
    read_table,
    read_terms,
    titles_of_offer,
)
from alpclusters.platform.funding.models import Call, Offer, Programme
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.seed_rows import Row
from alpclusters.platform.territory.models import ProgrammeArea


@transaction.atomic
def load_catalogue() -> int:
    """Store the programmes, calls and offers of the tables; return how many changed."""
    return load_tables("", status=None)


def load_seeds() -> None:
    """Store the catalogue and what its programmes put weight on: a step of the reference data."""
    load_catalogue()
    load_priorities()


def load_tables(prefix: str, *, status: str | None) -> int:
    """Store the tables whose names begin with a prefix; a status given goes for all rows."""
    with translation.override(DEFAULT_LANGUAGE):
        kept = Kept.now(timezone.now())
        programmes = _programmes(prefix, status, kept)
        calls = _calls(prefix, status, kept, programmes)
        _offers(prefix, status, kept, programmes, calls)
        if not prefix:
            _real_offers(kept, programmes, calls)
    return kept.n_changed


def _programmes(prefix: str, status: str | None, kept: Kept) -> dict[str, Programme]:
    areas = dict(ProgrammeArea.objects.values_list("key", "pk"))
    evidence = dict(EvidenceProgramme.objects.values_list("key", "pk"))
    figures = read_table(f"{prefix}parameters")
    found = {}
    for row in read_table(f"{prefix}programmes"):
        fields = programme_fields(row, areas, evidence)
        mine = parameters_of(figures, programme=row["key"], call="")
        entry = Entry(Programme, row["key"], _with(fields, status), mine)
        found[row["key"]] = store_entry(entry, kept)
    return found


def _calls(
    prefix: str, status: str | None, kept: Kept, programmes: dict[str, Programme]
) -> dict[str, Call]:
    figures = read_table(f"{prefix}parameters")
    offers: dict[str, list[Row]] = {}
    for row in read_table(f"{prefix}offers"):
        offers.setdefault(row["call"], []).append(row)
    found = {}
    for row in read_table(f"{prefix}calls"):
        titles = titles_of_offer(row, offers.get(row["key"], ()))
        fields = {**call_fields(row), "programme": programmes[row["programme"]], "titles": titles}
        mine = parameters_of(figures, programme=row["programme"], call=row["key"])
        found[row["key"]] = store_entry(Entry(Call, row["key"], _with(fields, status), mine), kept)
    return found


def _offers(
    prefix: str,
    status: str | None,
    kept: Kept,
    programmes: dict[str, Programme],
    calls: dict[str, Call],
) -> None:
    terms = read_terms(prefix)
    for row in read_table(f"{prefix}offers"):
        fields = offer_fields(row, terms[row["key"]])
        fields |= {"programme": programmes[row["programme"]], "call": calls.get(row["call"])}
        store_entry(Entry(Offer, row["key"], _with(fields, status), ()), kept)


def _real_offers(kept: Kept, programmes: dict[str, Programme], calls: dict[str, Call]) -> None:
    for row, said in real_offers():
        owner = {"programme": programmes[row["programme"]], "call": calls.get(row["call"])}
        store_entry(Entry(Offer, row["key"], {**said, **owner}, ()), kept)


def _with(fields: dict[str, Any], status: str | None) -> dict[str, Any]:
    return fields if status is None else {**fields, "status": status}
