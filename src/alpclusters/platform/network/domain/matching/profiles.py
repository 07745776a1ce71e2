"""Cluster organisations as the search for partners sees them: plain values, read once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Self

from django.db.models import Count, Max, QuerySet

from alpclusters.platform.actors.domain.named_lists import (
    choice_label,
    ecosystem_label,
    technology_label,
)
from alpclusters.platform.actors.domain.sectors import (
    SECTIONS,
    parse_sector,
    section_of,
    sector_name,
)
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.network.domain.measuring.places import Places
from alpclusters.platform.network.domain.vectors.model import Kind, Text
from alpclusters.platform.network.models import MatchRun, Posting
from alpclusters.platform.territory.models import Region

_CHUNK: Final = 5_000
_GROUP: Final = 4  # letters of a group such as 28.4
_DIVISION: Final = 2
_COLUMNS: Final = (
    "organisation",
    "organisation__name",
    "slug",
    "organisation__type",
    "organisation__region",
    "organisation__region__code",
    "organisation__country",
    "languages",
    "sectors",
    "sector_text",
    "technologies",
    "ecosystem",
    "s3_priorities",
    "services",
    "offers",
    "summary",
)


@dataclass(frozen=True, slots=True)
class Profile:
    """One cluster organisation.

    Attributes
    ----------
    region, country : str
        NUTS code of the seat as it stands, and country as Eurostat writes it; "" if unknown.
    nuts2 : str
        Region of the current vintage in which its ties are counted.
    languages : frozenset of str
        Working languages; empty where it did not say.
    codes : frozenset of str
        What it works on, with prefixes: ``nace:28.4``, ``technology:robotics``,
        ``ecosystem:construction``.
    summaries : mapping of str to str
        Language to text, only those that are written.
    """

    organisation: int
    name: str
    slug: str
    type: str
    region: str
    country: str
    nuts2: str
    languages: frozenset[str]
    codes: frozenset[str]
    sector_text: str
    priorities: tuple[str, ...]
    services: tuple[str, ...]
    offers: tuple[str, ...]
    summaries: Mapping[str, str]

    @property
    def sectors(self) -> tuple[str, ...]:
        """Its codes of NACE, in order."""
        return tuple(sorted(c.removeprefix("nace:") for c in self.codes if c.startswith("nace:")))


@dataclass(frozen=True, slots=True)
class PostedText:
    """A published need or offer that is open."""

    pk: int
    organisation: int
    kind: str
    language: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """All candidates of one kind, real or simulated, in the order of their numbers."""

    profiles: Mapping[int, Profile]
    postings: tuple[PostedText, ...]

    def postings_of(self, organisation: int, kind: str) -> list[PostedText]:
        """Return the needs or offers an organisation has posted."""
        return [p for p in self.postings if p.organisation == organisation and p.kind == kind]


def read_field(*, is_simulated: bool, now: datetime) -> Field:
    """Read all listed cluster organisations and their open postings, in few queries."""
    open_ = _open_postings(is_simulated=is_simulated, now=now)
    seen = _profiles(is_simulated=is_simulated)
    state = seen.aggregate(n=Count("pk"), newest=Max("organisation__changed_at"))
    said = open_.aggregate(n=Count("pk"), newest=Max("changed_at"))
    key = (state["n"], state["newest"], said["n"], said["newest"], Region.objects.count())
    return _read(is_simulated, now.date(), key)


def ancestors(code: str) -> tuple[str, ...]:
    """Return the codes above a code of NACE, nearest first.

    Examples
    --------
    >>> ancestors("28.41"), ancestors("28"), ancestors("C")
    (('28.4', '28', 'C'), ('C',), ())
    """
    if code in SECTIONS:
        return ()
    above = [code[:_GROUP]] if len(code) > _GROUP else []
    above += [code[:_DIVISION]] if len(code) > _DIVISION else []
    return (*above, section_of(code))


@lru_cache(maxsize=2)
def _read(is_simulated: bool, _day: object, _key: object) -> Field:  # noqa: FBT001 - part of the key, with day and state
    places = Places.load()
    rows = _profiles(is_simulated=is_simulated).order_by("organisation").values(*_COLUMNS)
    profiles = [_profile(row, places) for row in rows.iterator(chunk_size=_CHUNK)]
    from django.utils import timezone  # noqa: PLC0415 - the key holds the day already

    posted = _open_postings(is_simulated=is_simulated, now=timezone.now())
    return Field({one.organisation: one for one in profiles}, tuple(_postings(posted)))


def _profiles(*, is_simulated: bool) -> QuerySet[ClusterOrganisation]:
    return ClusterOrganisation.objects.filter(
        organisation__merged_into=None,
        organisation__is_listed=True,
        organisation__is_simulated=is_simulated,
    )


def _open_postings(*, is_simulated: bool, now: datetime) -> QuerySet[Posting]:
    return Posting.objects.open_on(now.date()).filter(is_simulated=is_simulated)


def _postings(rows: QuerySet[Posting]) -> Iterable[PostedText]:
    columns = ("pk", "organisation", "kind", "language", "title", "text")
    for row in rows.order_by("pk").values_list(*columns).iterator(chunk_size=_CHUNK):
        yield PostedText(*row)


def _profile(row: Mapping[str, Any], places: Places) -> Profile:
    place = places.find(row["organisation__region"], row["organisation__country"])
    return Profile(
        organisation=row["organisation"],
        name=row["organisation__name"],
        slug=row["slug"],
        type=row["organisation__type"],
        region=row["organisation__region__code"] or "",
        country=place.country,
        nuts2=place.nuts2,
        languages=frozenset(row["languages"]),
        codes=frozenset(_codes(row)),
        sector_text=row["sector_text"],
        priorities=tuple(str(one.get("text", "")) for one in row["s3_priorities"]),
        services=tuple(row["services"]),
        offers=tuple(row["offers"]),
        summaries={code: text for code, text in row["summary"].by_language.items() if text.strip()},
    )


def _codes(row: Mapping[str, Any]) -> Iterable[str]:
    # Written otherwise, such as C16, a code of the classification is the same code.
    read = (parse_sector(str(code)) for code in row["sectors"])
    yield from (f"nace:{code}" for code in read if code)
    yield from (f"technology:{key}" for key in row["technologies"])
    if row["ecosystem"]:
        yield f"ecosystem:{row['ecosystem']}"


# --- What a search for partners is asked: where it starts, and whom it shall leave out ------------


START: Final = MatchRun.Start
# How much a missing pair of regions lifts a partner: up to a fifth of the points.
BRIDGING: Final = 0.2
TOP: Final = 20


@dataclass(frozen=True, slots=True)
class Options:
    """Whom to look for.

    Attributes
    ----------
    territory : tuple of str
        Codes of countries or regions in which a partner must sit; empty is everywhere.
    types : tuple of str
        Kinds of organisation; empty is every kind.
    languages : tuple of str
        Of which at least one must be a working language; empty asks for none.
    bridging : float
        How much a partner is lifted whose region is missing: points times ``1 + bridging * gain``.
    with_partners : bool
        Whether those with whom there is an active link already are proposed too.
    with_popularity : bool
        Whether organisations with many ties are preferred a little.
    """

    territory: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    bridging: float = BRIDGING
    with_partners: bool = False
    with_popularity: bool = True

    def as_record(self) -> dict[str, Any]:
        """Return what is stored with a search."""
        return {
            "territory": list(self.territory),
            "types": list(self.types),
            "languages": list(self.languages),
            "bridging": self.bridging,
            "with_partners": self.with_partners,
            "with_popularity": self.with_popularity,
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Read what was stored."""
        return cls(
            territory=tuple(record.get("territory", ())),
            types=tuple(record.get("types", ())),
            languages=tuple(record.get("languages", ())),
            bridging=float(record.get("bridging", BRIDGING)),
            with_partners=bool(record.get("with_partners", False)),
            with_popularity=bool(record.get("with_popularity", True)),
        )


@dataclass(frozen=True, slots=True)
class Question:
    """Where a search starts.

    Attributes
    ----------
    start : str
        The profile, a need, an offer, or a posting.
    text, language : str
        In one's own words; empty where it starts from the profile.
    posting : Posting or None
        The posting it starts from.
    """

    start: str = START.PROFILE
    text: str = ""
    language: str = "en"
    posting: Posting | None = None

    @property
    def is_offer(self) -> bool:
        """Whether the words are an offer; else a need, or there are none."""
        if self.posting is not None:
            return self.posting.kind == Posting.Kind.OFFER
        return self.start == START.OFFER

    @property
    def words(self) -> str:
        """What is compared; empty for the profile."""
        if self.posting is not None:
            return f"{self.posting.title}. {self.posting.text}"
        return "" if self.start == START.PROFILE else self.text

    @property
    def spoken(self) -> str:
        """The language of the words."""
        return self.posting.language if self.posting is not None else self.language


# --- What is compared: profiles, offers and needs as texts, each in its language ------------------


KINDS: Final = {Posting.Kind.NEED.value: Kind.NEED, Posting.Kind.OFFER.value: Kind.OFFER}


def matching_texts(*, is_simulated: bool, now: datetime) -> list[Text]:
    """Return every text that is compared, of real or of simulated organisations."""
    return list(texts_of(read_field(is_simulated=is_simulated, now=now)))


def texts_of(field: Field) -> Iterator[Text]:
    """Write profiles, what they offer, and what is posted."""
    for profile in field.profiles.values():
        yield from profile_texts(profile)
        yield from offer_texts(profile)
    for posting in field.postings:
        text = f"{posting.title}. {posting.text}"
        yield Text(posting_id(posting.pk), KINDS[posting.kind], posting.language, text)


def profile_id(organisation: int) -> str:
    """Return under which name the texts of an organisation are kept."""
    return f"organisation:{organisation}"


def posting_id(posting: int) -> str:
    """Return under which name the text of a posting is kept."""
    return f"posting:{posting}"


def profile_texts(profile: Profile) -> Iterator[Text]:
    """Write a profile in each language it is written in; without a summary, its subjects.

    The names of sectors and technologies are ours in every language, so a profile without a
    summary is still found.
    """
    for language in profile.summaries or {DEFAULT_LANGUAGE: ""}:
        parts = [profile.summaries.get(language, ""), *_subjects(profile, language)]
        text = " ".join(part.strip().rstrip(".") + "." for part in parts if part.strip())
        yield Text(profile_id(profile.organisation), Kind.PROFILE, language, text)


def offer_texts(profile: Profile) -> Iterator[Text]:
    """Write services and offers of a profile, with what it works on, in its languages."""
    if not profile.services and not profile.offers:
        return
    for language in profile.summaries or {DEFAULT_LANGUAGE: ""}:
        given = [choice_label("service", key, language) for key in profile.services]
        given += [choice_label("offer", key, language) for key in profile.offers]
        text = ". ".join([", ".join(given), *_subjects(profile, language)])
        yield Text(profile_id(profile.organisation), Kind.OFFER, language, text)


def _subjects(profile: Profile, language: str) -> list[str]:
    """Name what a profile works on; its own words stand as they were written."""
    names = [sector_name(code, language) for code in profile.sectors]
    for code in sorted(profile.codes):
        kind, _, key = code.partition(":")
        if kind == "technology":
            names.append(technology_label(key, language))
        if kind == "ecosystem":
            names.append(ecosystem_label(key, language))
    return [profile.sector_text, ", ".join(dict.fromkeys(names)), *profile.priorities]
