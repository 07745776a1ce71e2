"""Simulated organisations for the benchmark of the directory: deterministic, made in bulk."""

# ruff: noqa: PLC0415 - Django is imported once its settings are named

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from alpclusters.platform.actors.models import ClusterOrganisation, Organisation

SEED: Final = 20_261_125
BATCH: Final = 2_000
SHARE_OF_PROFILES: Final = 0.3
TODAY: Final = date(2026, 11, 25)
SUBJECTS: Final = (
    "Holz", "Mechatronik", "Energie", "Wasserstoff", "Automobil", "Gesundheit", "Medizintechnik",
    "Biotechnologie", "Software", "Lebensmittel", "Textil", "Umwelt", "Wasser", "Logistik",
    "Photonik", "Leichtbau", "Luftfahrt", "Tourismus", "Bau", "Chemie", "Metall", "Maschinenbau",
    "wood", "mechatronics", "energy", "health", "food", "photonics", "aerospace", "tourism", "bois",
    "mécatronique", "énergie", "santé", "aéronautique", "numérique", "legno", "meccatronica",
    "energia", "salute", "alimentare", "turismo", "les", "mehatronika", "energija", "zdravje",
    "turizem", "strojništvo", "vodik", "umetna inteligenca", "Robotik", "Elektronik",
)  # fmt: skip
KINDS: Final = (
    "Cluster", "Netzwerk", "GmbH", "AG", "d.o.o.", "S.r.l.", "SAS", "Verein", "grozd", "pôle",
    "distretto", "Institut", "Zentrum", "center", "Agentur", "zavod", "inštitut", "association",
)  # fmt: skip
TOWNS: Final = (
    "Graz", "Linz", "Wien", "Klagenfurt", "Innsbruck", "Salzburg", "Ljubljana", "Maribor", "Celje",
    "Koper", "Žalec", "München", "Augsburg", "Zürich", "Genève", "Lausanne", "Lyon", "Grenoble",
    "Nice", "Torino", "Milano", "Trento", "Bolzano", "Udine", "Trieste", "Verona",
)  # fmt: skip
SECTORS: Final = ("10", "13", "16", "20", "22", "25", "26", "27", "28", "28.41", "29", "30", "35",
                  "41", "55", "62", "71", "72", "86")  # fmt: skip
MARKETS: Final = ("JP", "US", "CN", "BR", "IN", "KR", "CA", "AU")


def populate(n: int) -> None:
    """Make n organisations, three of ten with a profile; all are marked as simulated."""
    from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
    from alpclusters.platform.territory.models import Region

    chance = random.Random(SEED)  # noqa: S311 - a benchmark keeps no secrets
    regions = list(Region.objects.current().filter(level=2).order_by("code"))
    syllables = _rare_words(chance)
    for start in range(0, n, BATCH):
        rows = [
            _organisation(chance, syllables, regions, number)
            for number in range(start, min(n, start + BATCH))
        ]
        made = Organisation.objects.bulk_create(rows)
        profiles = [_profile(chance, o) for o in made if chance.random() < SHARE_OF_PROFILES]
        ClusterOrganisation.objects.bulk_create(profiles)


def _rare_words(chance: random.Random) -> list[str]:
    """Make words of syllables, as names of firms are."""
    parts = ("al", "ber", "co", "den", "er", "fa", "gra", "hol", "in", "ka", "lo", "mi", "no", "ra")
    words = {"".join(chance.choices(parts, k=chance.randint(2, 4))) for _ in range(40_000)}
    return sorted(words)


def _organisation(
    chance: random.Random, rare: list[str], regions: list[Any], number: int
) -> "Organisation":
    from alpclusters.platform.actors.models import Organisation

    region = chance.choice(regions)
    name = f"{chance.choice(rare).title()} {chance.choice(SUBJECTS)} {chance.choice(KINDS)}"
    return Organisation(
        name=f"{name} {number}" if chance.random() < 0.1 else name,  # noqa: PLR2004 - some have numbers
        short_name=chance.choice(rare)[:4].upper(),
        town=chance.choice(TOWNS),
        country=region.country,
        region=region,
        is_listed=True,
        is_simulated=True,
        status="verified" if chance.random() < 0.2 else "unverified",  # noqa: PLR2004
        source="simulated",
        changed_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


def _profile(chance: random.Random, organisation: "Organisation") -> "ClusterOrganisation":
    from alpclusters.platform.actors.domain.named_lists import ECOSYSTEMS, TECHNOLOGIES
    from alpclusters.platform.actors.models import ClusterOrganisation

    confirmed = TODAY - timedelta(days=chance.randint(0, 1500))
    return ClusterOrganisation(
        organisation=organisation,
        slug=f"simulated-{organisation.pk}",
        summary={"de": " ".join(_sentence(chance)), "en": " ".join(_sentence(chance))},
        sectors=chance.sample(SECTORS, k=chance.randint(1, 3)),
        ecosystem=chance.choice(ECOSYSTEMS),
        technologies=chance.sample(TECHNOLOGIES, k=chance.randint(0, 3)),
        target_markets=[{"country": c} for c in chance.sample(MARKETS, k=chance.randint(0, 3))],
        confirmed_on=confirmed if chance.random() < 0.5 else None,  # noqa: PLR2004
        completeness=chance.randint(0, 100),
    )


def _sentence(chance: random.Random) -> Iterator[str]:
    for _ in range(8):
        yield chance.choice(SUBJECTS)
        yield chance.choice(KINDS)
