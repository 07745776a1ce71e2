"""What is in the data package: things, sources, licences, and texts as columns."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser

from alpclusters.platform.actors.models import ImportSource
from alpclusters.platform.evidence.models import Activity, Initiative, InitiativeRecord
from alpclusters.platform.evidence.rules import (
    visible_documents,
    visible_initiatives,
    visible_lessons,
)
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES
from alpclusters.platform.languages.text import Text
from alpclusters.platform.measures.rules import visible_to

# --- Texts in several languages as columns: one for each ------------------------------------------


def in_columns(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with ``title_de`` to ``title_sl`` in place of each text.

    Examples
    --------
    >>> row = in_columns({"pk": 1, "title": Text({"sl": "Grozd"}, "sl")})
    >>> row["pk"], row["title_de"], row["title_sl"]
    (1, '', 'Grozd')
    """
    columns: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Text):
            columns |= {f"{name}_{code}": value.inside(code) for code in LANGUAGE_CODES}
        else:
            columns[name] = value
    return columns


# --- Which things are in the data package: what a visitor may see, each with its permanent key


type Keys = dict[int, str]


@dataclass(frozen=True)
class Scope:
    """Numbers of rows with their keys, in the order of the keys.

    The order is that of the code points: no database's own way of sorting tells in the bytes.
    """

    base: str
    initiatives: Keys
    activities: Keys
    lessons: Keys
    documents: Keys
    measures: Keys
    families: Keys = field(default_factory=dict)

    def address(self, folder: str, key: str, anchor: str = "") -> str:
        """Return the permanent address of a page."""
        return f"{self.base}/{DEFAULT_LANGUAGE}/{folder}/{key}/{anchor}"


def read_scope(base: str) -> Scope:
    """Read what is published; ``base`` is the address of the site without a slash at its end."""
    visitor = AnonymousUser()
    initiatives = _sorted(dict(visible_initiatives(visitor).order_by().values_list("pk", "key")))
    lessons = _sorted(dict(visible_lessons(visitor).order_by().values_list("pk", "key")))
    documents = _sorted(dict(visible_documents(visitor).order_by().values_list("pk", "key")))
    return Scope(
        base=base,
        initiatives=initiatives,
        activities=_activities(initiatives),
        lessons=lessons,
        documents=documents,
        measures=_sorted(dict(visible_to(visitor).order_by().values_list("pk", "key"))),
        families=_families(initiatives),
    )


def _sorted(keys: Keys) -> Keys:
    return dict(sorted(keys.items(), key=lambda item: item[1]))


def _activities(initiatives: Keys) -> Keys:
    published = Activity.objects.published().order_by()
    rows = published.values_list("initiative_id", "number", "pk")
    named = sorted((initiatives[parent], number, pk) for parent, number, pk in rows)
    return {pk: f"{key}/{number}" for key, number, pk in named}


def _families(initiatives: Keys) -> Keys:
    """Name each family by its first initiative that is in the package."""
    rows = Initiative.objects.filter(family__isnull=False).order_by("pk")
    named: Keys = {}
    for pk, family in rows.values_list("pk", "family"):
        if pk in initiatives and family is not None:
            named.setdefault(family, initiatives[pk])
    return named


# --- Whose texts are in the package and under which licence, as far as the records say ------------


UNSTATED: Final = "facts in own words; the source stands at each record"


def sources_of(scope: Scope) -> list[dict[str, Any]]:
    """Return each source with its licence and how many initiatives rest on it."""
    return [*_imported(scope), *_licences(scope)] or [{"title": UNSTATED}]


def _imported(scope: Scope) -> list[dict[str, Any]]:
    """Name the data bases from which initiatives were imported."""
    rows = InitiativeRecord.objects.order_by().values_list("source_id", "initiative_id").distinct()
    counts = Counter(source for source, pk in rows if pk in scope.initiatives)
    sources = ImportSource.objects.in_bulk(list(counts))
    named = [_source(sources[pk], n) for pk, n in counts.items() if pk in sources]
    return sorted(named, key=lambda one: str(one["title"]))


def _source(source: ImportSource, n: int) -> dict[str, Any]:
    facts = {
        "title": source.name,
        "path": source.address,
        "licence": source.licence,
        "initiatives": n,
    }
    return {name: value for name, value in facts.items() if value}


def _licences(scope: Scope) -> list[dict[str, Any]]:
    """Name each licence that records of initiatives state."""
    rows = Initiative.objects.exclude(licence="").order_by().values_list("pk", "licence")
    counts = Counter(licence for pk, licence in rows if pk in scope.initiatives)
    return [
        {"title": f"records under: {licence}", "licence": licence, "initiatives": counts[licence]}
        for licence in sorted(counts)
    ]
