"""Names of a case's offers and programmes in the reader's language, from the catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from alpclusters.analysis.funding.case.records import Case
from alpclusters.platform.funding.models import Offer, Programme
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.languages.text import Text


def with_titles(case: Case, language: str | None) -> Case:
    """Return a case whose offers are named as the catalogue names them (one query).

    A title that the case changed, and one the catalogue does not have, stays as it is. One that the
    catalogue has in another language alone is a `Text` that says which.

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
    keys = {one.programme for one in case.offers}
    rows = Programme.objects.filter(key__in=keys)
    named: Iterable[tuple[str, Any]] = rows.values_list("key", "name")
    return {key: str(name.read_in(nearest_language(language))) for key, name in named if name}


def _translated(titles: Mapping[str, str], language: str | None) -> dict[str, str]:
    wanted = nearest_language(language)
    rows = Offer.objects.filter(key__in=titles).values_list("key", "title") if titles else ()
    known = dict[str, Any](rows)
    return {key: _named(title, known.get(key), wanted) for key, title in titles.items()}


def _named(title: str, text: Text | None, wanted: str) -> str:
    """Return a title in a language, with the one it is in where the catalogue lacks that."""
    if text is None or title not in text.by_language.values():
        return title
    if text.inside(wanted):
        return text.read_in(wanted)
    own = next(code for code, known in text.by_language.items() if known == title)
    return Text({own: title}, wanted)
