"""New and changed profiles of a search as an Atom feed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.directory.queries import DirectoryQuery, Order
from alpclusters.platform.actors.domain.directory.searching import matching_ids
from alpclusters.platform.actors.models import IndexedOrganisation, Organisation
from alpclusters.reports.characters import clean_text
from alpclusters.www.public.directory.addresses import address, list_address
from alpclusters.www.public.directory.hits import organisation_url, place_of

MOST: Final = 50
# What was made and filled within this time is new, not changed.
NEW: Final = timedelta(days=1)


def feed_of(query: DirectoryQuery, *, base: str) -> bytes:
    """Write the last changes among the hits of a search."""
    ids = [int(pk) for pk in matching_ids(replace(query, order=Order.CHANGED))[:MOST]]
    rows = Organisation.objects.select_related("cluster", "region").in_bulk(ids)
    changed = dict(
        IndexedOrganisation.objects.filter(pk__in=ids).values_list("organisation_id", "changed")
    )
    feed = Atom1Feed(
        title=_title(query),
        link=base + list_address(query),
        feed_url=base + address("public:directory-feed", query),
        description=_("New and changed profiles of the directory"),
        language=get_language(),
    )
    for pk in ids:
        if pk in rows:
            _add(feed, rows[pk], datetime.fromtimestamp(changed[pk], UTC), base=base)
    text: str = feed.writeString("utf-8")
    return text.encode()


def _title(query: DirectoryQuery) -> str:
    name = _("AlpClusters: cluster organisations")
    return clean_text(f"{name}: {query.text}") if query.text else name


def _add(feed: Atom1Feed, row: Organisation, changed: datetime, *, base: str) -> None:
    is_new = changed - row.created_at < NEW
    word = _("new in the directory") if is_new else _("changed")
    notes = [word, place_of(row), _("simulated") if row.is_simulated else ""]
    feed.add_item(
        title=clean_text(row.name),
        link=base + organisation_url(row),
        description=clean_text(", ".join(filter(None, notes))),
        unique_id=f"{base}/organisations/{row.pk}",
        updateddate=changed,
        pubdate=row.created_at,
        categories=["new" if is_new else "changed"],
    )
