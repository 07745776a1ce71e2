"""The 26 types of the catalogue from ``seeds/measure_types.csv``."""

from pathlib import Path
from typing import Any, Final

from alpclusters.platform.measures.models import Measure
from alpclusters.platform.seed_rows import Row, read_rows, store_rows, texts

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"


def load_seeds() -> None:
    """Store the types of the catalogue; texts that people edited stay."""
    rows = [_measure(row) for row in read_rows(SEEDS / "measure_types.csv")]
    store_rows(Measure, rows, key=("key",))


def _measure(row: Row) -> dict[str, Any]:
    rank = row["reported_rank"]
    return {
        "key": row["key"],
        "type_key": row["key"],
        "phase": row["phase"],
        "mode": row["mode"],
        "motive": row["motive"],
        "order": int(row["order"]),
        "reported_rank": int(rank) if rank else None,
        "reported_source": row["reported_source"],
        **texts(row, "name", "description", "reported_note"),
    }
