"""Entries of the catalogue to take away: plain rows, terms as cases take them, a feed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.funding.domain.importing.storing import CHANCE_CELLS, chance_cells
from alpclusters.platform.funding.models import Call, Offer, Programme
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.characters import clean_text
from alpclusters.www.public.funding.asking import (
    SHOWN,
    FundingQuery,
    Order,
    Shown,
    address,
    call_url,
    offer_url,
    programme_url,
)
from alpclusters.www.public.funding.entry_list import call_of, entries_of, hit_of
from alpclusters.www.public.funding.finding import find_entries

# --- Entries of the catalogue as plain rows to take away ------------------------------------------


PIECE: Final = 200
_NAMES: Final = tuple(f"name_{code}" for code in LANGUAGE_CODES)
_PROVENANCE: Final = (
    "status", "source", "source_url", "source_language", "licence", "checked_on", "version",
    "updated_at", "page", "is_simulated",
)  # fmt: skip

type Record = dict[str, Any]


@dataclass(frozen=True)
class ExportTable:
    """A kind of entry as a table."""

    name: str
    title: str
    columns: Sequence[str]
    record: Callable[[Any, str], Record]


def records(shown: Shown, ids: Sequence[int], base: str) -> Iterator[Record]:
    """Write entries in the given order, some at a time; ``base`` is the address of the site."""
    record = TABLES[shown].record
    for first in range(0, len(ids), PIECE):
        for entry in entries_of(shown, ids[first : first + PIECE]):
            yield record(entry, base)


def _offer(offer: Offer, base: str) -> Record:
    call = call_of(offer)
    return {
        "key": offer.key,
        **{f"name_{code}": text for code, text in offer.title.each().items()},
        "programme": offer.programme.key,
        "level": offer.programme.level,
        "period": offer.programme.period,
        "territory": offer.programme.territory,
        "call": call.key if call else "",
        "opens": _iso(call.opens) if call else "",
        "closes": _iso(call.closes) if call else "",
        "kinds": offer.kinds,
        "categories": offer.categories,
        "themes": offer.themes,
        "best_rate_bp": offer.best_rate_bp,
        "cap_ct": offer.cap_ct,
        **chance_cells(offer.terms),
        "terms": base + offer_url(offer.key) + "terms.json",
        **_provenance(offer, base + offer_url(offer.key)),
    }


def _call(call: Call, base: str) -> Record:
    return {
        "key": call.key,
        "title": call.title,
        "programme": call.programme.key,
        "level": call.programme.level,
        "period": call.programme.period,
        "territory": call.programme.territory,
        "opens": _iso(call.opens),
        "closes": _iso(call.closes),
        "closes_at": _iso(call.closes_at),
        "budget_ct": call.budget_ct,
        "external_id": call.external_id,
        **_provenance(call, base + call_url(call.key)),
    }


def _programme(programme: Programme, base: str) -> Record:
    return {
        "key": programme.key,
        **{f"name_{code}": text for code, text in programme.name.each().items()},
        "level": programme.level,
        "period": programme.period,
        "territory": programme.territory,
        "themes": programme.themes,
        "website": programme.website,
        **_provenance(programme, base + programme_url(programme.key)),
    }


def _provenance(entry: Programme | Call | Offer, page: str) -> Record:
    return {
        "status": entry.status,
        "source": entry.source,
        "source_url": entry.source_url,
        "source_language": entry.source_language,
        "licence": entry.licence,
        "checked_on": _iso(entry.checked_on),
        "version": entry.version,
        "updated_at": _iso(entry.updated_at),
        "page": page,
        "is_simulated": entry.is_simulated,
    }


def _iso(value: Any) -> str:
    return value.isoformat() if value else ""


TABLES: Final[Mapping[Shown, ExportTable]] = {
    Shown.OFFERS: ExportTable(
        "offers",
        "AlpClusters: offers of funding",
        (
            "key", *_NAMES, "programme", "level", "period", "territory", "call", "opens", "closes",
            "kinds", "categories", "themes", "best_rate_bp", "cap_ct", *CHANCE_CELLS, "terms",
            *_PROVENANCE,
        ),
        _offer,
    ),
    Shown.CALLS: ExportTable(
        "calls",
        "AlpClusters: calls for proposals",
        (
            "key", "title", "programme", "level", "period", "territory", "opens", "closes",
            "closes_at", "budget_ct", "external_id", *_PROVENANCE,
        ),
        _call,
    ),
    Shown.PROGRAMMES: ExportTable(
        "programmes",
        "AlpClusters: funding programmes",
        (
            "key", *_NAMES, "level", "period", "territory", "themes", "website", *_PROVENANCE,
        ),
        _programme,
    ),
}  # fmt: skip


# --- The terms of an offer as JSON, as cases take them --------------------------------------------


NOTICE: Final = "Decision support, not legal advice."


def terms_document(offer: Offer, base: str) -> dict[str, Any]:
    """Return an offer with everything a program needs to use or to check it."""
    call = call_of(offer)
    return {
        "schema": "alpclusters-offer/1",
        "key": offer.key,
        "version": offer.version,
        "page": base + offer_url(offer.key),
        "title": offer.title.each(),
        "programme": offer.programme.key,
        "level": offer.programme.level,
        "opens": call.opens.isoformat() if call and call.opens else None,
        "closes": call.closes.isoformat() if call and call.closes else None,
        "terms": offer.terms,
        "status": offer.status,
        "source": offer.source,
        "source_url": offer.source_url,
        "checked_on": offer.checked_on.isoformat() if offer.checked_on else None,
        "is_simulated": offer.is_simulated,
        "notice": NOTICE,
    }


# --- What changed in the catalogue, as an Atom feed: entries of a search by their last version


MOST: Final = 50


def feed_of(query: FundingQuery, *, base: str, today: date) -> bytes:
    """Write the last changes among the entries that a search finds."""
    changed = replace(query, order=Order.CHANGED, page=1)
    ids = find_entries(changed, today=today).ids[:MOST]
    feed = Atom1Feed(
        title=_("AlpClusters: funding"),
        link=base + address("public:funding", query),
        feed_url=base + address("public:funding-feed", query),
        description=_("New and changed programmes, calls for proposals and offers of funding"),
        language=get_language(),
    )
    for entry in entries_of(query.shown, ids):
        _add(feed, entry, query, base, today)
    text: str = feed.writeString("utf-8")
    return text.encode()


def _add(feed: Atom1Feed, entry: Any, query: FundingQuery, base: str, today: date) -> None:
    hit = hit_of(query.shown, entry, today)
    version = _("version %(n)s") % {"n": entry.version}
    figures = [f"{word} {value}" for word, value in hit.figures]
    notes = [hit.about, *figures, str(entry.get_status_display()), version]
    feed.add_item(
        title=clean_text(str(hit.name)),
        link=base + hit.url,
        description=clean_text(". ".join(filter(None, notes))),
        unique_id=f"{base}{hit.url}",
        updateddate=entry.updated_at,
        categories=[str(SHOWN[query.shown])],
    )
