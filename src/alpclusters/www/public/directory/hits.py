"""One line of the list: the name with what was found in it, where it is, why it was found."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.directory.documents import (
    Document,
    parts,
    read_documents,
    sector_labels,
    tokens,
    union,
    word_tokens,
)
from alpclusters.platform.actors.domain.directory.queries import DirectoryResult, Group, Needle, Way
from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.languages.codes import language_row, nearest_language
from alpclusters.platform.languages.folding import fold, fold_umlauts
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Standing
from alpclusters.www.components.marked_text import Piece
from alpclusters.www.site.organisation_links import LogoView, logo_of

# --- Mark in a text the words that were found -----------------------------------------------------


_WORD: Final = re.compile(r"[^\W_]+")


def needles_of(groups: Iterable[Group]) -> list[Needle]:
    """Return everything that was looked for."""
    return [needle for group in groups for way in group.ways for needle in way.needles]


def highlighted(text: str, needles: Sequence[Needle]) -> list[Piece]:
    """Cut a text into what was found and the rest."""
    pieces: list[Piece] = []
    done = 0
    for start, end in _spans(text, needles):
        if start > done:
            pieces.append(Piece(text[done:start], is_hit=False))
        pieces.append(Piece(text[start:end], is_hit=True))
        done = end
    rest = text[done:]
    return [*pieces, Piece(rest, is_hit=False)] if rest or not pieces else pieces


def _spans(text: str, needles: Sequence[Needle]) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        span = _span_in(match[0], needles)
        if span:
            yield match.start() + span[0], match.start() + span[1]


def _span_in(word: str, needles: Sequence[Needle]) -> tuple[int, int] | None:
    """Mark a word as a whole, or the part of a compound that was found."""
    whole = {fold(word), fold_umlauts(word)}
    if any(needle.fits(form) for needle in needles for form in whole):
        return 0, len(word)
    inside = word_tokens(word) | frozenset().union(*map(parts, whole))
    for needle in needles:
        for token in inside:
            place = fold(word).find(token)
            if needle.fits(token) and place >= 0 and len(fold(word)) == len(word):
                return place, place + len(token)
    return None


# --- One line of the list: the name with what was found in it, where it is, why it was found ------


MOST_LETTERS: Final = 220


@dataclass(frozen=True)
class Reason:
    """Why a hit is one where its name does not say so."""

    label: Any
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Foreign:
    """A word of another language that means what was typed."""

    language: Any
    code: str
    word: str
    typed: str


@dataclass(frozen=True)
class HitView:
    """A hit, ready for the template."""

    pk: int
    name: str
    pieces: Sequence[Piece]
    url: str
    place: str
    other_names: Sequence[Sequence[Piece]]
    summary: Sequence[Piece]
    summary_language: str
    foreign: Sequence[Foreign]
    reasons: Sequence[Reason]
    standing: str
    is_simulated: bool
    is_cluster: bool
    kind: Any
    confirmed_on: date | None
    logo: LogoView | None


def hit_views(result: DirectoryResult) -> list[HitView]:
    """Read the hits of one page."""
    ids = list(result.ids)
    documents = {d.id: d for d in read_documents(ids)} if ids else {}
    rows = Organisation.objects.select_related("cluster", "region").in_bulk(ids)
    return [_view(rows[pk], documents[pk], result.groups) for pk in ids if pk in documents]


def _view(row: Organisation, document: Document, groups: Sequence[Group]) -> HitView:
    cluster = getattr(row, "cluster", None)
    needles = needles_of(groups)
    text, language = _summary(cluster)
    others = [n for n in document.names if fold(n) not in fold(row.name)]
    return HitView(
        pk=row.pk,
        name=row.name,
        pieces=highlighted(row.name, needles),
        url=organisation_url(row),
        place=place_of(row),
        other_names=[highlighted(name, needles) for name in others[:2]],
        summary=highlighted(text, needles) if text else (),
        summary_language=language,
        foreign=_foreign(document, groups),
        reasons=_reasons(document, groups) if groups else (),
        standing="" if row.is_simulated and row.status != Standing.VERIFIED else row.status,
        is_simulated=row.is_simulated,
        is_cluster=cluster is not None,
        kind=row.get_type_display(),
        confirmed_on=cluster.confirmed_on if cluster else None,
        logo=logo_of(cluster, size="small") if cluster else None,
    )


def organisation_url(row: Organisation) -> str:
    """Return the page of an organisation: its profile, or the page of one without."""
    cluster = getattr(row, "cluster", None)
    if cluster:
        return reverse("public:cluster-organisation", args=[cluster.slug])
    return reverse("public:organisation", args=[row.pk])


def place_of(row: Organisation) -> str:
    """Write town, region and country in the reader's language."""
    country = country_name(row.country, get_language()) if row.country else ""
    region = row.region.name if row.region else ""
    known = [text for text in (row.town, region) if text and text != country]
    return ", ".join(dict.fromkeys([*known, *([country] if country else [])]))


def _summary(cluster: Any) -> tuple[str, str]:
    """Return the summary in the reader's language, else in another with its code."""
    if cluster is None:
        return "", ""
    text = cluster.summary
    return _shortened(text), "" if text.language == text.asked else text.language


def _shortened(text: str) -> str:
    if len(text) <= MOST_LETTERS:
        return text
    return text[:MOST_LETTERS].rpartition(" ")[0] + " …"


def _foreign(document: Document, groups: Iterable[Group]) -> list[Foreign]:
    """Say which word of another language stands for a typed one."""
    names = document.name_tokens
    every = names | document.other_tokens
    found = []
    for group in groups:
        if _fits(group.own, every):
            continue
        way = next((w for t in (names, every) for w in group.foreign if _way_fits(w, t)), None)
        if way:
            language = language_row(way.language).abbreviated_in(nearest_language(get_language()))
            found.append(Foreign(language, way.language, way.term, group.typed))
    return found


def _reasons(document: Document, groups: Sequence[Group]) -> list[Reason]:
    """Show a text that holds what the name lacks."""
    missing = [g for g in groups if not _fits(g.ways, document.name_tokens)]
    if not missing:
        return []
    needles = needles_of(missing)
    for label, texts in _texts(document):
        for text in texts:
            if text and any(_fits(g.ways, _tokens(text)) for g in missing):
                return [Reason(label, highlighted(_shortened(text), needles))]
    return []


def _texts(document: Document) -> list[tuple[Any, Sequence[str]]]:
    own = [sector_label(code, get_language()) for code in document.sector_codes]
    others = [label for code in document.sector_codes for label in sector_labels(code)]
    return [
        (_("Sectors"), [*own, *document.subjects, *others]),
        (_("Place"), document.places),
        (_("In short"), document.summary),
    ]


def _tokens(text: str) -> frozenset[str]:
    found = tokens(text)
    return found | union(parts(token) for token in found)


def _fits(ways: Iterable[Way], words: frozenset[str]) -> bool:
    return any(_way_fits(way, words) for way in ways)


def _way_fits(way: Way, words: frozenset[str]) -> bool:
    return all(any(needle.fits(word) for word in words) for needle in way.needles)
