"""Whose texts are in the package and under which licence, as far as the records say."""

from collections import Counter
from typing import Any, Final

from alpclusters.platform.actors.models import ImportSource
from alpclusters.platform.evidence.domain.archive.scope import Scope
from alpclusters.platform.evidence.models import Initiative, InitiativeRecord

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
