"""The public sources of the seeds, and what each of them is about."""

from collections.abc import Iterable
from typing import Any

from alpclusters.platform.evidence.domain.seed_tables.storing import SEEDS, Stored, store
from alpclusters.platform.evidence.domain.seed_tables.values import number
from alpclusters.platform.evidence.models import Document
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.seed_rows import BATCH, Row, read_rows


def load_documents(initiatives: Stored) -> Stored:
    """Store the documents; tie new ones to the initiatives and types of measures they are about."""
    rows = read_rows(SEEDS / "documents.csv")
    stored = store(Document, [_document(row) for row in rows], key=("key",))
    _tie_initiatives(initiatives, stored)
    _tie_measures(rows, stored)
    return stored


def ids_of(keys: str, stored: Stored) -> Iterable[int]:
    """Return primary keys of documents named in a column; without those that were deleted."""
    return [pk for key in keys.split() if (pk := stored.id_of(key)) is not None]


def _document(row: Row) -> dict[str, Any]:
    names = ("key", "title", "authors", "source_type", "language", "locator", "address", "licence")
    return {**{name: row[name] for name in names}, "year": number(row["year"])}


def _tie_initiatives(initiatives: Stored, stored: Stored) -> None:
    through: Any = Document.initiatives.through
    pairs = [
        (document, initiatives.id_of(row["key"]))
        for row in read_rows(SEEDS / "initiatives.csv")
        for key in row["documents"].split()
        if initiatives.is_new(row["key"]) or stored.is_new(key)
        for document in ids_of(key, stored)
    ]
    through.objects.bulk_create(
        [through(document_id=d, initiative_id=i) for d, i in pairs if i is not None],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _tie_measures(rows: list[Row], stored: Stored) -> None:
    through: Any = Document.measures.through
    known = dict(Measure.objects.filter(project__isnull=True).values_list("key", "pk"))
    pairs = [
        (stored.id_of(row["key"]), known[key])
        for row in rows
        if stored.is_new(row["key"])
        for key in row["measures"].split()
        if key in known
    ]
    through.objects.bulk_create(
        [through(document_id=d, measure_id=m) for d, m in pairs],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
