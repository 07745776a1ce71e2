"""The criteria of a rating sheet from ``seeds/criteria.csv``."""

from pathlib import Path
from typing import Any, Final

from alpclusters.analysis.scales import Kind, Scale
from alpclusters.platform.cafe.models import Criterion
from alpclusters.platform.seed_rows import Row, read_rows, store_rows, texts, texts_of, yes

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"
TEXTS: Final = ("name", "question")


def load_seeds() -> None:
    """Store the criteria; texts that people edited stay."""
    rows = [_criterion(row) for row in read_rows(SEEDS / "criteria.csv")]
    store_rows(Criterion, rows, key=("key",))


def _criterion(row: Row) -> dict[str, Any]:
    return {
        "key": row["key"],
        "order": int(row["order"]),
        "is_default": yes(row["is_default"]),
        "scale": scale_of(row),
        **texts(row, *TEXTS),
    }


def scale_of(row: Row) -> Scale:
    """Read the scale of a row: its kind, its steps, and of each step the words ``step_1``."""
    steps = [int(step) for step in row["steps"].split("|")]
    labels = [texts_of(row, f"step_{step}") for step in steps]
    return Scale(Kind(row["kind"]), tuple(steps), tuple(labels))
