"""An evaluation to take away: data as CSV and JSON, the report as XLSX, DOCX and PDF."""

import csv
import io
import json
from collections.abc import Callable
from typing import Final

from django.utils.translation import override

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.domain.storage import to_json
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.reports.blocks import Document
from alpclusters.reports.captions import file_name
from alpclusters.reports.evaluation import build_evaluation_document
from alpclusters.reports.evaluation_decisions_data import decision_rows
from alpclusters.reports.evaluation_files import write_rows
from alpclusters.reports.stored_results import criterion_results, results_of
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway, written
from alpclusters.www.public.evaluations.rows import columns_of, evaluation_rows
from alpclusters.www.public.evaluations.subjects import descriptions_of, subject_of


def file_of(snapshot: Snapshot, kind: str, language: str) -> TakenAway:
    """Make one file of a snapshot; ``kind`` is one of `pages.FORMATS`."""
    document = document_of(snapshot, language)
    if kind not in _DATA:
        return written(document, kind)
    content = _DATA[kind](snapshot, language)
    ending = "json" if kind == "json" else "csv"
    name = file_name(document, ending)
    if kind == "decisions":
        name = name.replace(".csv", "_decisions.csv")
    return TakenAway(name, CONTENT_TYPES[ending], content)


def document_of(snapshot: Snapshot, language: str) -> Document:
    """Build the report of a snapshot."""
    evaluation = evaluation_of(snapshot)
    subject = subject_of(snapshot, evaluation, language)
    with override(language):
        results = results_of(evaluation, language)
    return build_evaluation_document(
        descriptions_of(evaluation), subject=subject, language=language, results=results
    )


def _json(snapshot: Snapshot, language: str) -> bytes:  # noqa: ARG001 - holds all languages
    record = {
        "snapshot": snapshot.number,
        "made_at": snapshot.made_at.isoformat(),
        "digest": snapshot.digest,
        "simulated": snapshot.is_simulated,
        "evaluation": to_json(evaluation_of(snapshot)),
    }
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode()


def _csv(snapshot: Snapshot, language: str) -> bytes:
    out = io.StringIO(newline="")
    evaluation = evaluation_of(snapshot)
    writer = csv.DictWriter(out, columns_of(evaluation), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(evaluation_rows(evaluation, language))
    return _marked(out.getvalue())


def _decisions(snapshot: Snapshot, language: str) -> bytes:
    evaluation = evaluation_of(snapshot)
    results = {r.key: one for r in evaluation.criteria if (one := criterion_results(r)) is not None}
    known = {item.pk: (item.key, word(item.names, language)) for item in evaluation.measures}
    rows = decision_rows(descriptions_of(evaluation), results, lambda item: known[int(item)])
    out = io.StringIO(newline="")
    write_rows(out, rows, end="\r\n")
    return _marked(out.getvalue())


def _marked(text: str) -> bytes:
    """Set the mark before it that makes spreadsheets read the letters of five languages."""
    return f"\ufeff{text}".encode()


_DATA: Final[dict[str, Callable[[Snapshot, str], bytes]]] = {
    "csv": _csv,
    "decisions": _decisions,
    "json": _json,
}
