"""Names of a case's offers and programmes in the reader's language, from the catalogue."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from alpclusters.analysis.funding.case.records import Case
from alpclusters.platform.funding.models import Offer, Programme
from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language


def with_titles(case: Case, language: str | None) -> Case:
    """Return a case whose offers are named as the catalogue names them (one query).

    A title that the case changed, and one the catalogue does not have, stays as it is.

    Parameters
    ----------
    case : Case
    language : str or None
        Code of the reader's language.
    """
    named = _translated({one.id: one.title for one in case.offers}, language)
    return replace(case, offers=tuple(replace(one, title=named[one.id]) for one in case.offers))


def offer_titles(document: Mapping[str, Any], language: str | None) -> dict[str, str]:
    """Return the titles of the offers in a document by their identifiers, likewise."""
    offers = document.get("offers", [])
    return _translated({one["id"]: one.get("title") or one["id"] for one in offers}, language)


def programme_names(case: Case, language: str | None) -> dict[str, str]:
    """Return the names of the programmes of a case's offers by their keys (one query).

    A programme that the catalogue does not have is left out.
    """
    columns = [f"name_{code}" for code in (nearest_language(language), *LANGUAGE_CODES)]
    keys = {one.programme for one in case.offers}
    rows = Programme.objects.filter(key__in=keys).values_list("key", *dict.fromkeys(columns))
    return {key: name for key, *names in rows if (name := next(filter(None, names), ""))}


def _translated(titles: Mapping[str, str], language: str | None) -> dict[str, str]:
    wanted = LANGUAGE_CODES.index(nearest_language(language))
    columns = [f"title_{code}" for code in LANGUAGE_CODES]
    rows = Offer.objects.filter(key__in=titles).values_list("key", *columns) if titles else ()
    known = {key: names for key, *names in rows}
    return {
        key: (known[key][wanted] or title) if title in known.get(key, ()) else title
        for key, title in titles.items()
    }
