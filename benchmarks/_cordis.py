"""A simulated archive of CORDIS in the exact schema; every text in it says SYNTHETIC."""

import csv
import io
import random
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

PROJECT_HEADS: Final = (
    "id", "acronym", "status", "title", "startDate", "endDate", "totalCost", "ecMaxContribution",
    "legalBasis", "topics", "ecSignatureDate", "frameworkProgramme", "masterCall", "subCall",
    "fundingScheme", "objective", "contentUpdateDate", "rcn", "grantDoi", "keywords",
)  # fmt: skip
PARTNER_HEADS: Final = (
    "projectID", "projectAcronym", "organisationID", "vatNumber", "name", "shortName", "SME",
    "activityType", "street", "postCode", "city", "country", "nutsCode", "geolocation",
    "organizationURL", "contactForm", "contentUpdateDate", "rcn", "order", "role",
    "ecContribution", "netEcContribution", "totalCost", "endOfParticipation", "active",
)  # fmt: skip
PARTNERS_PER_PROJECT: Final = 180 / 35
BODIES_PER_PROJECT: Final = 0.6
OBJECTIVE_WORDS: Final = 230
_WORDS: Final = (
    "SYNTHETIC", "cluster", "value", "chain", "region", "alpine", "materials", "health", "energy",
    "manufacturing", "network", "innovation", "policy", "digital", "circular", "forest", "mobility",
    "skills", "pilot", "assessment", "measurement", "model", "citizens", "climate", "batteries",
)  # fmt: skip
_PLACES: Final = (
    ("AT", "AT312", "Linz"), ("AT", "AT332", "Innsbruck"), ("CH", "CH022", "Fribourg"),
    ("DE", "DE111", "Stuttgart"), ("DE", "DE271", "Augsburg"), ("FR", "FRK26", "Lyon"),
    ("IT", "ITC11", "Torino"), ("IT", "ITH35", "Venezia"), ("SI", "SI032", "Maribor"),
    ("EL", "EL303", "Athina"), ("ES", "ES511", "Barcelona"), ("NL", "NL329", "Amsterdam"),
)  # fmt: skip


def write_archive(
    path: Path, n_projects: int, *, changed_share: float = 0.0, without: int = 0
) -> Path:
    """Write an archive; the same numbers always make the same one.

    Parameters
    ----------
    path : Path
    n_projects : int
    changed_share : float
        Of projects whose title is another one.
    without : int
        So many projects at the end are missing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    chance = random.Random(20_261_125)  # noqa: S311 - simulated data
    kept = n_projects - without
    n_changed = round(n_projects * changed_share)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = _projects(chance, n_projects, kept, n_changed)
        _write(archive, "project.csv", PROJECT_HEADS, rows)
        rows = _partners(chance, n_projects, kept)
        _write(archive, "organization.csv", PARTNER_HEADS, rows)
        topics = ((str(n), f"SYNTHETIC-T{n % 90}", f"SYNTHETIC topic {n % 90}") for n in _ids(kept))
        _write(archive, "topics.csv", ("projectID", "topic", "title"), topics)
    return path


def _ids(n: int) -> range:
    return range(690_001, 690_001 + n)


def _projects(chance: random.Random, n: int, kept: int, n_changed: int) -> Iterator[Sequence[str]]:
    for place, number in enumerate(_ids(n)):
        start = 2014 + place % 7
        cost = chance.randrange(50_000, 9_000_000) + 0.62
        objective = " ".join(chance.choices(_WORDS, k=OBJECTIVE_WORDS))
        title = " ".join(chance.choices(_WORDS, k=9))
        if place >= kept:
            continue
        changed = ", changed" if place < n_changed else ""
        yield (
            str(number),
            f"SYN-{place}",
            ("SIGNED", "CLOSED", "TERMINATED")[place % 3],
            f"SYNTHETIC {title}{changed}",
            f"{start}-{1 + place % 12:02}-01",
            f"{start + 3}-{1 + place % 12:02}-28" if place % 97 else "",
            f"{cost:.2f}".replace(".", "," if place % 7 == 0 else "."),
            f"{cost * 0.8:.2f}",
            "H2020-EU.2.3.",
            f"SYNTHETIC-TOPIC-{place % 90}",
            f"{start}-01-15",
            "H2020",
            f"SYNTHETIC-CALL-{place % 30}",
            f"SYNTHETIC-CALL-{place % 30}-1",
            "RIA",
            f"SYNTHETIC: {objective[:900]}\nSecond paragraph & more; {objective[900:]}",
            f"2024-03-{1 + place % 28:02} 09:00:00",
            str(200_000 + place),
            f"10.3030/{number}",
            "SYNTHETIC, cluster, innovation",
        )


def _partners(chance: random.Random, n: int, kept: int) -> Iterator[Sequence[str]]:
    n_bodies = max(8, round(n * BODIES_PER_PROJECT))
    owed = 0.0
    for place, number in enumerate(_ids(n)):
        owed += PARTNERS_PER_PROJECT
        n_partners = round(owed)
        owed -= n_partners
        bodies = {int(n_bodies * chance.random() ** 2.2) for _ in range(2 * n_partners)}
        for order, body in enumerate(sorted(bodies)[:n_partners], start=1):
            if place < kept:
                yield _partner(number, place, order, body)


def _partner(number: int, place: int, order: int, body: int) -> Sequence[str]:
    country, nuts, town = _PLACES[body % len(_PLACES)]
    return (
        str(number),
        f"SYN-{place}",
        str(990_000_000 + body),
        "",
        f"SYNTHETIC ORGANISATION {body:05} {town.upper()}",
        f"SYN{body}",
        "false",
        ("HES", "REC", "PRC", "PUB", "OTH")[body % 5],
        f"STREET {body % 99}",
        "1000",
        town,
        country,
        nuts,
        "46.5,11.35",
        "",
        f"https://example.org/contact/{number}",
        "2024-02-15 10:00:00",
        str(1_800_000 + body),
        str(order),
        "coordinator" if order == 1 else "participant",
        f"{20_000 + body}.5",
        f"{20_000 + body}.5",
        f"{25_000 + body},62",
        "false",
        "",
    )


def _write(
    archive: zipfile.ZipFile, name: str, heads: Sequence[str], rows: Iterator[Sequence[str]]
) -> None:
    """Write a member as CORDIS does: a mark, semicolons, every field in quotation marks."""
    with archive.open(name, "w") as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
        writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerow(heads)
        writer.writerows(rows)
