"""Open postings as plain rows, and the newest of a search as an Atom feed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.network.domain.postings.finding import Found, PostingQuery
from alpclusters.platform.network.models import Posting
from alpclusters.reports.characters import clean_text
from alpclusters.www.public.postings.queries import address
from alpclusters.www.public.postings.words import body_view, kind_name, posting_url

MOST_IN_FEED: Final = 50
COLUMNS: Final = (
    "number", "kind", "language", "title", "text", "organisation", "country", "region", "sectors",
    "technologies", "looked_for_in", "working_languages", "open_until", "published_on", "measure",
    "page", "source", "is_simulated",
)  # fmt: skip
SOURCE: Final = "AlpClusters; written by the organisation, read by the moderation"

type Record = Mapping[str, Any]


def records(found: Iterable[Found], base: str) -> Iterator[Record]:
    """Write postings in the given order; ``base`` is the address of the site."""
    return (_record(one.posting, base) for one in found)


def _record(posting: Posting, base: str) -> Record:
    body = posting.organisation
    published = posting.published_at
    return {
        "number": posting.pk,
        "kind": posting.kind,
        "language": posting.language,
        "title": posting.title,
        "text": posting.text,
        "organisation": body.name,
        "country": body.country,
        "region": body.region.code if body.region else "",
        "sectors": posting.sectors,
        "technologies": posting.technologies,
        "looked_for_in": posting.territory,
        "working_languages": posting.languages,
        "open_until": posting.expires_on.isoformat(),
        "published_on": published.date().isoformat() if published else "",
        "measure": posting.measure.key if posting.measure else "",
        "page": base + posting_url(posting),
        "source": SOURCE,
        "is_simulated": posting.is_simulated,
    }


def feed_of(query: PostingQuery, found: Iterable[Found], *, base: str) -> bytes:
    """Write the newest postings of a search as an Atom feed."""
    newest = sorted((one.posting for one in found), key=_moment, reverse=True)
    name = _("AlpClusters: needs and offers")
    feed = Atom1Feed(
        title=clean_text(f"{name}: {query.text}") if query.text else name,
        link=base + address("public:postings", query),
        feed_url=base + address("public:postings-feed", query),
        description=_("Needs and offers of cluster organisations that are open"),
        language=get_language(),
    )
    for posting in newest[:MOST_IN_FEED]:
        _add(feed, posting, base)
    text: str = feed.writeString("utf-8")
    return text.encode()


def _moment(posting: Posting) -> Any:
    return posting.published_at or posting.made_at, posting.pk


def _add(feed: Atom1Feed, posting: Posting, base: str) -> None:
    body = body_view(posting.organisation)
    notes = [body.name, body.place, _("simulated") if posting.is_simulated else ""]
    told = ", ".join(filter(None, notes))
    feed.add_item(
        title=clean_text(f"{kind_name(posting)}: {posting.title}"),
        link=base + posting_url(posting),
        description=clean_text(f"{told}. {posting.text}"),
        unique_id=f"{base}/postings/{posting.pk}",
        pubdate=posting.published_at,
        updateddate=posting.revised_at or posting.published_at,
        categories=[posting.kind, posting.language],
    )
