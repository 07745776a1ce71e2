"""The seed tables as people edit them, for the tests beside this file."""

import csv
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PLATFORM = ROOT / "src" / "alpclusters" / "platform"
APPS = ("territory", "actors", "partnership", "measures", "evidence", "cafe", "policy")
LANGUAGES = ("de", "en", "fr", "it", "sl")

type Row = dict[str, str]


def paths() -> list[Path]:
    return [path for app in APPS for path in sorted((PLATFORM / app / "seeds").glob("*.csv"))]


def rows(name: str) -> list[Row]:
    """Read ``app/table``, e.g. ``cafe/criteria``."""
    app, table = name.split("/")
    with (PLATFORM / app / "seeds" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts(row: Row, field: str) -> list[str]:
    """The five languages of one field, in the order of the columns."""
    return [row[f"{field}_{language}"] for language in LANGUAGES]


@cache
def codes_of(vintage: int) -> frozenset[str]:
    return frozenset(
        row["code"]
        for row in rows("territory/nuts_codes")
        if int(row["first_vintage"]) <= vintage <= int(row["last_vintage"])
    )
