"""The criteria of a rating sheet from ``seeds/criteria.csv``."""

from pathlib import Path
from typing import Any, Final

from alpclusters.platform.cafe.models import Criterion
from alpclusters.platform.seed_rows import Row, read_rows, store_rows, texts, yes

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"
TEXTS: Final = ("name", "question", "anchor_1", "anchor_2", "anchor_3", "anchor_4", "anchor_5")


def load_seeds() -> None:
    """Store the criteria; texts that people edited stay."""
    rows = [_criterion(row) for row in read_rows(SEEDS / "criteria.csv")]
    store_rows(Criterion, rows, key=("key",))


def _criterion(row: Row) -> dict[str, Any]:
    return {
        "key": row["key"],
        "order": int(row["order"]),
        "is_default": yes(row["is_default"]),
        **texts(row, *TEXTS),
    }
