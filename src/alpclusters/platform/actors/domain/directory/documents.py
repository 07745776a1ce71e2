"""What the directory knows of an organisation, as one record: words to find and values to count."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.db.models import Max, Model

from alpclusters.platform.actors.domain.directory.thesaurus import parts
from alpclusters.platform.actors.domain.directory.tokens import tokens, union
from alpclusters.platform.actors.domain.ecosystems import ecosystem_label
from alpclusters.platform.actors.domain.sectors import is_sector, section_of, sector_name
from alpclusters.platform.actors.domain.technologies import technology_label
from alpclusters.platform.actors.models import (
    Alias,
    ClusterLabel,
    ClusterOrganisation,
    Organisation,
)
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import history_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region

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
