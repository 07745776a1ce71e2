"""Simulated lists of organisations, as text and as workbook."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks._machine import ROOT

SEEDS: Final = ROOT / "src/alpclusters/platform/territory/seeds/nuts_codes.csv"
HEAD: Final = (
    "ID", "Name", "Kurzname", "Rechtsform", "Typ", "Land", "NUTS", "PLZ", "Ort", "Website",
    "Breite", "Länge", "Gegründet", "PIC", "UID", "NACE", "VZÄ", "KMU", "Forschung", "Beschreibung",
)  # fmt: skip
TOWNS: Final = ("Graz", "Linz", "Milano", "Lyon", "Maribor", "Zürich", "München")
TYPES: Final = ("KMU", "Hochschule", "Verein", "Wirtschaftskammer", "")
CLUSTER_SHARE: Final = 0.1


def write_text(path: Path, n: int, *, changed_share: float = 0.0) -> Path:
    """Write a list with semicolons; a share of the rows may differ from the list without it."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEAD)
        writer.writerows(_rows(n, changed_share))
    return path


def write_workbook(path: Path, n: int) -> Path:
    """Write the same list as a workbook."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("List")
        for number, row in enumerate((HEAD, *_rows(n, 0.0))):
            page.write_row(number, 0, row)
    return path


def _rows(n: int, changed_share: float) -> Iterator[tuple[str, ...]]:
    rng = random.Random(1)  # noqa: S311 - simulated rows, the same ones each time
    codes = _codes()
    for number in range(n):
        row = _row(number, rng, codes)
        is_changed = number < n * changed_share
        yield (*row[:8], "Villach", *row[9:]) if is_changed else row


def _row(number: int, rng: random.Random, codes: list[str]) -> tuple[str, ...]:
    code, town = rng.choice(codes), rng.choice(TOWNS)
    is_cluster = rng.random() < CLUSTER_SHARE
    kind = "Cluster" if is_cluster else rng.choice(TYPES)
    profile = (
        ("28.41", "1,5", "20", "3", "Simulated text about timber.") if is_cluster else [""] * 5
    )
    return (
        str(number),
        f"Simulated body {number} {town}",
        f"SB{number}",
        "GmbH",
        kind,
        code[:2],
        code,
        str(rng.randint(1000, 9999)),
        town,
        f"www.body{number}.example",
        f"{45 + rng.random() * 3:.4f}".replace(".", ","),
        f"{6 + rng.random() * 9:.4f}".replace(".", ","),
        str(rng.randint(1900, 2024)),
        str(100_000_000 + number) if number % 3 == 0 else "",
        f"ATU{number:08d}" if number % 4 == 0 else "",
        *profile,
    )


def _codes() -> list[str]:
    """Return NUTS 3 codes of 2013, of which a part is called differently today."""
    with SEEDS.open(encoding="utf-8", newline="") as file:
        return [
            row["code"]
            for row in csv.DictReader(file)
            if row["level"] == "3" and int(row["first_vintage"]) <= 2013 <= int(row["last_vintage"])  # noqa: PLR2004
        ]
