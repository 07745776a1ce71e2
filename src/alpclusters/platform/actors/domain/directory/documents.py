"""The words of a text as the index holds them: folded, umlauts in both spellings, parts of names.

>>> sorted(tokens("Cluster für proHolz"))
['cluster', 'fuer', 'fur', 'holz', 'proholz']
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from django.db.models import Max, Model

from alpclusters.platform.actors.domain.named_lists import ecosystem_label, technology_label
from alpclusters.platform.actors.domain.sectors import is_sector, section_of, sector_name
from alpclusters.platform.actors.models import (
    Alias,
    ClusterLabel,
    ClusterOrganisation,
    Organisation,
)
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import history_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.folding import fold, fold_umlauts
from alpclusters.platform.seed_rows import read_rows
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region

MAX_LETTERS: Final = 60
_PIECES: Final = re.compile(r"[^\W_]+")
# proHolz is found by Holz.
_CAMEL: Final = re.compile(r"(?<=[a-zäöüàèéìòùčšž])(?=[A-ZÄÖÜČŠŽ])")


def pieces(text: str) -> list[str]:
    """Cut a text into words as they are written."""
    return _PIECES.findall(text)


@lru_cache(maxsize=200_000)
def word_tokens(word: str) -> frozenset[str]:
    """Return what the index holds for one written word."""
    parts = [word, *(p for p in _CAMEL.split(word) if p != word)]
    folded = {f for part in parts for f in (fold(part), fold_umlauts(part))}
    return frozenset(t[:MAX_LETTERS] for f in folded for t in pieces(f))


def tokens(*texts: str) -> frozenset[str]:
    """Return what the index holds for some texts."""
    return union(word_tokens(word) for text in texts for word in pieces(text))


def union(parts: Iterable[frozenset[str]]) -> frozenset[str]:
    """Join sets of tokens."""
    return frozenset().union(*parts)


def forms(word: str) -> tuple[str, ...]:
    """Return the spellings under which a word of a query is looked for; the plain one first."""
    both = dict.fromkeys((fold(word), fold_umlauts(word)))
    return tuple(t[:MAX_LETTERS] for f in both for t in pieces(f))


# --- Words of the field that mean the same in the five languages (``seeds/thesaurus.csv``) --------
#
# A row is one concept; several words of one language are parted by "|". A word of a query that
# belongs to a concept also finds the words of the other languages.


SEED: Final = Path(__file__).resolve().parents[2] / "seeds" / "thesaurus.csv"
MOST_WORDS: Final = 4
_SHORTEST_STEM: Final = 6
_SHORTEST_HEAD: Final = 3
_SHORTEST_TAIL: Final = 5
_VOWELS: Final = "aeiou"


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or a few, of one language."""

    text: str
    language: str

    @property
    def tokens(self) -> tuple[tuple[str, ...], ...]:
        """Spellings of each of its words."""
        return tuple(forms(piece) for piece in pieces(self.text))


@dataclass(frozen=True)
class Thesaurus:
    """Concepts, found by the stems of their words."""

    by_stems: Mapping[tuple[str, ...], tuple[Term, ...]]
    words: frozenset[str]

    def at(self, words: Sequence[str]) -> tuple[int, tuple[Term, ...]]:
        """Return how many words at the start belong to a concept, and its terms."""
        for n in range(min(MOST_WORDS, len(words)), 0, -1):
            for key in _keys(words[:n]):
                if key in self.by_stems:
                    return n, self.by_stems[key]
        return 1, ()


def stem(token: str) -> str:
    """Cut the last vowel off a long word: mehatronika and mehatronike meet."""
    return token[:-1] if len(token) >= _SHORTEST_STEM and token[-1] in _VOWELS else token


@cache
def thesaurus() -> Thesaurus:
    """Read the table."""
    by_stems: dict[tuple[str, ...], tuple[Term, ...]] = {}
    words: set[str] = set()
    for row in read_rows(SEED):
        terms = tuple(
            Term(text.strip(), code)
            for code in LANGUAGE_CODES
            for text in row.get(code, "").split("|")
            if text.strip()
        )
        for term in terms:
            written = pieces(term.text)
            words.update(form for word in written for form in forms(word))
            for key in _keys(written):
                by_stems.setdefault(key, ())
                by_stems[key] += tuple(t for t in terms if t not in by_stems[key])
    return Thesaurus(by_stems, frozenset(words))


@lru_cache(maxsize=200_000)
def parts(token: str) -> frozenset[str]:
    """Return known words in a compound: Holzcluster is found by Cluster, and by Holz.

    The last word of a compound says what it is; the first counts only where the rest is known.

    >>> parts("kunststoffcluster") >= {"kunststoff", "cluster"}
    True
    """
    known = thesaurus().words
    found = set()
    for place in range(_SHORTEST_HEAD, len(token) - _SHORTEST_TAIL + 1):
        head, tail = token[:place], token[place:]
        if tail in known:
            found |= {tail, head} if head in known else {tail}
    return frozenset(found)


def _keys(words: Sequence[str]) -> list[tuple[str, ...]]:
    spelled = [forms(word) or ("",) for word in words]
    keys = [tuple(stem(f[0]) for f in spelled), tuple(stem(f[-1]) for f in spelled)]
    return list(dict.fromkeys(keys))


# --- What the directory knows of an organisation, as one record: words to find and values to count


NUTS_2: Final = 4


def _with_words(model: type[Model], *kinds: str) -> tuple[str, ...]:
    return tuple(one.name for one in fields_of(model, lambda said: said.words in kinds))


_NAMES: Final = _with_words(Organisation, "names")
_PLACES: Final = _with_words(Organisation, "places")
_WORDS: Final = _with_words(Organisation, "subjects")
_SUMMARIES: Final = _with_words(ClusterOrganisation, "summary")
_WORDS_OF_PROFILE: Final = _with_words(ClusterOrganisation, "subjects")
_CLUSTER: Final = (
    "organisation_id", "sectors", "ecosystem", "technologies", "target_markets", "confirmed_on",
    "completeness", *_SUMMARIES, *_WORDS_OF_PROFILE,
)  # fmt: skip
_ORGANISATION: Final = (
    "id", "country", "region_id", "given_code", "status", "is_simulated", "changed_at",
    *_NAMES, *_PLACES, *_WORDS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """One organisation; ``places`` and ``subjects`` are texts of all languages."""

    id: int
    names: tuple[str, ...]
    summary: tuple[str, ...]
    places: tuple[str, ...]
    sector_codes: tuple[str, ...]
    subjects: tuple[str, ...]
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def name_tokens(self) -> frozenset[str]:
        """Words of its names, with the known ends of compounds."""
        return _with_parts(tokens(*self.names))

    @property
    def other_tokens(self) -> frozenset[str]:
        """Words of everything else."""
        free = _with_parts(tokens(*self.summary, *self.subjects))
        places = union(_label_tokens(text) for text in self.places)
        return free | places | union(_sector_tokens(code) for code in self.sector_codes)


def read_documents(ids: Sequence[int]) -> list[Document]:
    """Read the listed organisations among some; seven queries, whatever their number."""
    organisations = list(
        Organisation.objects.listed().filter(pk__in=ids).order_by("pk").values(*_ORGANISATION)
    )
    clusters = {
        row["organisation_id"]: row
        for row in ClusterOrganisation.objects.filter(organisation__in=ids)
        .order_by()
        .values(*_CLUSTER)
    }
    aliases = _grouped(
        Alias.objects.filter(organisation__in=ids).values_list("organisation", "name")
    )
    labels = _grouped(_labels(ids))
    changes = _profile_changes(ids)
    regions = _regions({row["region_id"] for row in organisations})
    return [
        _document(
            row,
            clusters.get(row["id"]),
            aliases=aliases[row["id"]],
            labels=labels[row["id"]],
            region=regions.get(row["region_id"]),
            profile_changed=changes.get(row["id"]),
        )
        for row in organisations
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    """A region as the index needs it."""

    nuts_2: str
    names: tuple[str, ...]


def _document(
    row: dict[str, Any],
    cluster: dict[str, Any] | None,
    *,
    aliases: Iterable[str],
    labels: Iterable[str],
    region: _Place | None,
    profile_changed: datetime | None,
) -> Document:
    known = cluster or {}
    codes = tuple(known.get("sectors") or ())
    ecosystem = known.get("ecosystem") or ""
    technologies = tuple(known.get("technologies") or ())
    return Document(
        id=row["id"],
        names=tuple(dict.fromkeys(filter(None, (*(row[n] for n in _NAMES), *aliases)))),
        summary=tuple(t for n in _SUMMARIES if cluster for t in cluster[n].by_language.values()),
        places=_places(row, region),
        sector_codes=codes,
        subjects=(
            *(row[name] for name in _WORDS),
            *(known.get(name) or "" for name in _WORDS_OF_PROFILE),
            *_ecosystem_labels(ecosystem),
            *(label for key in technologies for label in _technology_labels(key)),
        ),
        values={
            "is_cluster": cluster is not None,
            "is_simulated": row["is_simulated"],
            "sort_name": fold(row["name"])[:260],
            "country": row["country"],
            "region": region.nuts_2 if region else "",
            "standing": row["status"],
            "ecosystem": ecosystem,
            "sectors": joined(codes),
            "technologies": joined(technologies),
            "labels": joined(labels),
            "markets": joined(_markets(known.get("target_markets") or ())),
            "confirmed": known["confirmed_on"].toordinal() if known.get("confirmed_on") else 0,
            "changed": int(max(filter(None, (row["changed_at"], profile_changed))).timestamp()),
            "completeness": known.get("completeness") or 0,
        },
    )


def joined(values: Iterable[str]) -> str:
    """Write several values into one column."""
    return "|".join(dict.fromkeys(v.replace("|", " ").strip() for v in values if v.strip()))


def _markets(rows: Iterable[Any]) -> list[str]:
    return [str(row.get("country", "")) if isinstance(row, dict) else str(row) for row in rows]


def _places(row: dict[str, Any], region: _Place | None) -> tuple[str, ...]:
    countries = tuple(dict.fromkeys(country_name(row["country"], c) for c in LANGUAGE_CODES))
    return (
        *(row[n] for n in _PLACES),
        *(region.names if region else ()),
        *(countries if row["country"] else ()),
    )


def _labels(ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    rows = ClusterLabel.objects.filter(cluster__organisation__in=ids).order_by("pk")
    for organisation, scheme, level, until in rows.values_list(
        "cluster__organisation", "scheme", "level", "valid_to"
    ):
        yield organisation, f"{scheme} {level}@{until.toordinal() if until else 0}"


def _profile_changes(ids: Sequence[int]) -> dict[int, datetime]:
    """Return when somebody last changed each profile, as its history has it."""
    versions = history_of(ClusterOrganisation).filter(organisation_id__in=ids)
    changed = versions.order_by().values("organisation_id").annotate(at=Max("history_date"))
    return dict(changed.values_list("organisation_id", "at"))


def _grouped(pairs: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _regions(pks: set[int | None]) -> dict[int | None, _Place]:
    """Read regions and those of level 2 around them; codes of 2021 alone count as a facet."""
    own = list(Region.objects.filter(pk__in={pk for pk in pks if pk}))
    wanted = {region.code[:NUTS_2] for region in own}
    around = {r.code: r for r in _current_regions(wanted)}
    found: dict[int | None, _Place] = {}
    for region in own:
        outer = around.get(region.code[:NUTS_2])
        names = [*_region_names(region), *(_region_names(outer) if outer else ())]
        found[region.pk] = _Place(outer.code if outer else "", tuple(dict.fromkeys(names)))
    return found


def _current_regions(codes: set[str]) -> Iterable[Region]:
    return Region.objects.filter(
        code__in=codes,
        level=2,
        first_vintage__lte=CURRENT_VINTAGE,
        last_vintage__gte=CURRENT_VINTAGE,
    )


def _region_names(region: Region) -> list[str]:
    return list(region.name.by_language.values())


def _with_parts(found: frozenset[str]) -> frozenset[str]:
    return found | union(parts(token) for token in found)


@lru_cache(maxsize=20_000)
def _label_tokens(label: str) -> frozenset[str]:
    return tokens(label)


@lru_cache(maxsize=2_000)
def sector_labels(code: str) -> tuple[str, ...]:
    """Return what a sector, its division and its section are called in the five languages."""
    if not is_sector(code):
        return (code,)
    above = dict.fromkeys((code, section_of(code)))
    names = (sector_name(one, language) for one in above for language in LANGUAGE_CODES)
    return tuple(dict.fromkeys((code, *names)))


@lru_cache(maxsize=2_000)
def _sector_tokens(code: str) -> frozenset[str]:
    return _with_parts(tokens(*sector_labels(code)))


@lru_cache(maxsize=500)
def _ecosystem_labels(key: str) -> tuple[str, ...]:
    if not key:
        return ()
    return tuple(dict.fromkeys(ecosystem_label(key, c) for c in LANGUAGE_CODES))


@lru_cache(maxsize=5_000)
def _technology_labels(key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(technology_label(key, c) for c in LANGUAGE_CODES))
