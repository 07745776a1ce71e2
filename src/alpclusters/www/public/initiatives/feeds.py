"""New and changed initiatives of a search as an Atom feed."""

from dataclasses import replace
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.models import Initiative
from alpclusters.reports.characters import clean_text
from alpclusters.www.public.initiatives.addresses import address, initiative_url
from alpclusters.www.public.initiatives.finding import find_initiatives
from alpclusters.www.public.initiatives.queries import InitiativeQuery, Order
from alpclusters.www.public.initiatives.said import said

MOST: Final = 50


def feed_of(query: InitiativeQuery, *, base: str) -> bytes:
    """Write the last changes among what everybody may see."""
    changed = replace(query, order=Order.CHANGED, page=1)
    ids = find_initiatives(changed, seen_by=AnonymousUser()).ids[:MOST]
    rows = Initiative.objects.in_bulk(list(ids))
    feed = Atom1Feed(
        title=_("AlpClusters: earlier initiatives"),
        link=base + address("public:initiatives", query),
        feed_url=base + address("public:initiatives-feed", query),
        description=_("New and changed initiatives of the evidence base"),
        language=get_language(),
    )
    for pk in ids:
        if pk in rows:
            _add(feed, rows[pk], base)
    text: str = feed.writeString("utf-8")
    return text.encode()


def _add(feed: Atom1Feed, row: Initiative, base: str) -> None:
    notes = [said(row, "title").text, _("simulated") if row.is_simulated else ""]
    feed.add_item(
        title=clean_text(row.acronym),
        link=base + initiative_url(row.key),
        description=clean_text(", ".join(filter(None, notes))),
        unique_id=f"{base}/initiatives/{row.key}",
        updateddate=row.changed_at,
        pubdate=row.created_at,
    )
