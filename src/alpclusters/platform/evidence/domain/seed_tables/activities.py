"""What the initiatives did, coded once by us as far as the sources go; the rest stays empty."""

from typing import Any

from alpclusters.platform.evidence.domain.seed_tables.documents import ids_of
from alpclusters.platform.evidence.domain.seed_tables.storing import SEEDS, Stored, store
from alpclusters.platform.evidence.domain.seed_tables.values import number
from alpclusters.platform.evidence.models import Activity, Codebook, Quotation
from alpclusters.platform.seed_rows import BATCH, Row, read_rows, texts


def load_activities(initiatives: Stored, documents: Stored, book: Codebook) -> Stored:
    """Store activities and the documents that new ones rest on."""
    rows = [
        row
        for row in read_rows(SEEDS / "activities.csv")
        if initiatives.id_of(row["initiative"]) is not None
    ]
    values = [_activity(row, initiatives, book) for row in rows]
    stored = store(Activity, values, key=("initiative_id", "number"))
    _quote(rows, initiatives, documents, stored)
    return stored


def _activity(row: Row, initiatives: Stored, book: Codebook) -> dict[str, Any]:
    codes = ("measure_type", "scope", "outcome_status", "source_type", "context")
    return {
        "initiative_id": initiatives.id_of(row["initiative"]),
        "number": int(row["number"]),
        **{name: row[name] for name in codes},
        "audience": row["audience"].split(),
        "payer_after": row["payer_after"].split(),
        "outcome_months": number(row["outcome_months"]),
        "output_value": float(row["output_value"]) if row["output_value"] else None,
        "state": Activity.State.ONCE,
        "codebook_id": book.pk,
        "is_seeded": True,
        **texts(row, "name", "what", "output", "output_unit"),
    }


def _quote(rows: list[Row], initiatives: Stored, documents: Stored, stored: Stored) -> None:
    new = []
    for row in rows:
        key = (initiatives.id_of(row["initiative"]), int(row["number"]))
        if stored.is_new(*key):
            new += [
                Quotation(document_id=document, activity_id=stored.id_of(*key))
                for document in ids_of(row["documents"], documents)
            ]
    Quotation.objects.bulk_create(new, batch_size=BATCH)
