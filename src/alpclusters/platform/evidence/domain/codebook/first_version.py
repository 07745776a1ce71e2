"""Version 1 of the codebook, from ``seeds/codes.csv`` and ``seeds/codebook.csv``."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from alpclusters.platform.evidence.domain.codebook.editing import TEXTS
from alpclusters.platform.evidence.models import Code, Codebook
from alpclusters.platform.seed_rows import Row, read_rows, store_rows, texts

SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds"
PUBLISHED_AT: Final = datetime(2026, 11, 25, tzinfo=UTC)
FIRST: Final = 1


def load() -> Codebook:
    """Store the first version and its codes; what people edited stays."""
    notes = read_rows(SEEDS / "codebook.csv")
    store_rows(Codebook, [_version(row) for row in notes], key=("number",))
    book = Codebook.objects.get(number=FIRST)
    rows = [_code(row, book) for row in read_rows(SEEDS / "codes.csv")]
    store_rows(Code, rows, key=("codebook_id", "field", "key"))
    return book


def _version(row: Row) -> dict[str, Any]:
    return {"number": int(row["number"]), "published_at": PUBLISHED_AT, **texts(row, "note")}


def _code(row: Row, book: Codebook) -> dict[str, Any]:
    return {
        "codebook_id": book.pk,
        "field": row["field"],
        "key": row["key"],
        "order": int(row["order"]),
        **texts(row, *TEXTS),
    }
