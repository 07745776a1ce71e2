"""The seed tables as people edit them, for the tests beside this file."""

from functools import cache
from pathlib import Path

from alpclusters.platform.seed_rows import TEXTS, read_rows

ROOT = Path(__file__).resolve().parents[3]
PLATFORM = ROOT / "src" / "alpclusters" / "platform"
APPS = ("territory", "actors", "partnership", "measures", "evidence", "cafe", "policy")
LANGUAGES = ("de", "en", "fr", "it", "sl")

type Row = dict[str, str]


def paths() -> list[Path]:
    """Return the tables of facts; their texts stand beside some of them."""
    return [
        path
        for app in APPS
        for path in sorted((PLATFORM / app / "seeds").glob("*.csv"))
        if not path.stem.endswith(TEXTS)
    ]


def rows(name: str) -> list[Row]:
    """Read ``app/table``, e.g. ``cafe/criteria``."""
    app, table = name.split("/")
    return read_rows(PLATFORM / app / "seeds" / f"{table}.csv")


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
