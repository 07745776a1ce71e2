"""What changed in the catalogue, as an Atom feed: entries of a search by their last version."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.reports.characters import clean_text
from alpclusters.www.public.funding.finding import find_entries
from alpclusters.www.public.funding.lists import entries_of, hit_of
from alpclusters.www.public.funding.names import SHOWN
from alpclusters.www.public.funding.queries import FundingQuery, Order, address

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
