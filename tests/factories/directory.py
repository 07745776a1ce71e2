"""A slow and plain search of the directory, to compare the quick one with."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from alpclusters.platform.actors.domain.directory.documents import Document, read_documents
from alpclusters.platform.actors.domain.directory.queries import (
    DirectoryQuery,
    Facet,
    Freshness,
    Group,
    Order,
    Scope,
    Way,
    read_groups,
)
from alpclusters.platform.actors.domain.sectors import is_sector, section_of
from alpclusters.platform.actors.models import Organisation


def plain_search(query: DirectoryQuery) -> tuple[list[int], dict[Facet, dict[str, int]]]:
    """Return all hits in order and the counts, straight from the organisations."""
    ids = list(Organisation.objects.listed().order_by("pk").values_list("pk", flat=True))
    groups = read_groups(query.text, exact=query.exact)
    rated = [(d, _score(d, groups)) for d in read_documents(ids)]
    found = [(d, s) for d, s in rated if s and _in_scope(d, query.scope)]
    hits = [(d, s) for d, s in found if _fits(d, query)]
    ordered = sorted(hits, key=lambda pair: _key(*pair, query, has_words=bool(groups)))
    counts = {facet: _counts((d for d, _ in found), facet, query) for facet in Facet}
    return [d.id for d, _ in ordered], counts


def _score(document: Document, groups: Iterable[Group]) -> int:
    names, every = document.name_tokens, document.name_tokens | document.other_tokens
    groups = list(groups)
    if not groups:
        return 1
    if not all(_has(group.ways, every) for group in groups):
        return 0
    if all(_has(group.own, names) for group in groups):
        return _start_score(document.values["sort_name"], groups)
    return 2 if all(_has(group.ways, names) for group in groups) else 1


def _start_score(name: str, groups: list[Group]) -> int:
    if not name.startswith(tuple(way.needles[0].text for way in groups[0].own)):
        return 3
    whole = {" ".join(n.text for g in groups for n in g.own[i].needles) for i in (0, -1)}
    return 5 if name in whole else 4


def _has(ways: Iterable[Way], tokens: frozenset[str]) -> bool:
    return any(all(any(n.fits(t) for t in tokens) for n in way.needles) for way in ways)


def _in_scope(document: Document, scope: Scope) -> bool:
    return scope == Scope.ALL or document.values["is_cluster"]


def _fits(document: Document, query: DirectoryQuery, *, but: Facet | None = None) -> bool:
    return all(
        _values(document, facet, query.today) & wanted
        for facet, wanted in query.chosen.items()
        if wanted and facet != but
    )


def _counts(documents: Iterable[Document], facet: Facet, query: DirectoryQuery) -> dict[str, int]:
    left = [d for d in documents if _fits(d, query, but=facet)]
    return dict(Counter(v for d in left for v in _values(d, facet, query.today)))


def _values(document: Document, facet: Facet, today: date) -> set[str]:
    values = document.values
    single = {Facet.COUNTRY: "country", Facet.REGION: "region", Facet.ECOSYSTEM: "ecosystem",
              Facet.STANDING: "standing"}  # fmt: skip
    several = {Facet.TECHNOLOGY: "technologies", Facet.MARKET: "markets"}
    if facet in single:
        return {values[single[facet]]} - {""}
    if facet in several:
        return set(values[several[facet]].split("|")) - {""}
    if facet == Facet.SECTOR:
        return {c[:2] for c in document.sector_codes if c[:2].isdigit()}
    if facet == Facet.SECTION:
        return {section_of(c) for c in document.sector_codes if is_sector(c)}
    if facet == Facet.LABEL:
        return _labels(values["labels"], today)
    return {_freshness(values["confirmed"], today)}


def _labels(text: str, today: date) -> set[str]:
    pairs = [part.rpartition("@") for part in text.split("|") if part]
    return {name for name, _, day in pairs if day == "0" or int(day) >= today.toordinal()}


def _freshness(confirmed: int, today: date) -> str:
    if not confirmed:
        return Freshness.NEVER
    return Freshness.YEAR if confirmed >= today.toordinal() - 366 else Freshness.OLDER


def _key(document: Document, score: int, query: DirectoryQuery, *, has_words: bool) -> tuple:
    values = document.values
    by_name = (values["sort_name"], document.id)
    if query.order == Order.NAME or (query.order == Order.RELEVANCE and not has_words):
        return by_name
    if query.order == Order.RELEVANCE:
        return (-score, *by_name)
    if query.order == Order.COUNTRY:
        return (not values["country"], values["country"], *by_name)
    return (-values[query.order.value], *by_name)
