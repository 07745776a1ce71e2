"""A version of the codebook to take away: CSV and JSON with all five languages."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import override

from alpclusters.platform.evidence.domain.codebook.editing import TEXTS
from alpclusters.platform.evidence.domain.codebook.fields import FIELDS, CodeField
from alpclusters.platform.evidence.domain.codebook.reading import codes_of
from alpclusters.platform.evidence.models import Code, Codebook
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.www.public.directory.exports import guarded
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway

FORMATS: Final = ("csv", "json")
LICENCE: Final = "Codebook by AlpClusters, CC BY 4.0: name AlpClusters and the version."
COLUMNS: Final = (
    "version",
    "field",
    "code",
    "order",
    "in_use",
    *(f"{name}_{language}" for name in TEXTS for language in LANGUAGE_CODES),
)


def file_of(book: Codebook, kind: str) -> TakenAway:
    """Write a version as a file."""
    content = _csv(book) if kind == "csv" else _json(book)
    return TakenAway(f"alpclusters-codebook-{book.number}.{kind}", CONTENT_TYPES[kind], content)


def _csv(book: Codebook) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for code in _codes(book):
        texts = _texts(code)
        row = [book.number, code.field, code.key, code.order, not code.is_retired]
        writer.writerow([guarded(value) for value in (*row, *texts.values())])
    # The mark at the start makes spreadsheets read the letters of five languages.
    return f"\ufeff{out.getvalue()}".encode()


def _codes(book: Codebook) -> Iterator[Code]:
    for field in FIELDS:
        yield from codes_of(book, field.name, with_retired=True)


def _json(book: Codebook) -> bytes:
    record = {
        "title": "AlpClusters codebook",
        "version": book.number,
        "published_on": book.published_at.date().isoformat() if book.published_at else None,
        "licence": LICENCE,
        "note": book.note.each(),
        "recodes_from_the_version_before": book.recodes,
        "fields": [_field(field, book) for field in FIELDS],
    }
    return f"{json.dumps(record, ensure_ascii=False, indent=1)}\n".encode()


def _field(field: CodeField, book: Codebook) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": _in_all(field.label),
        "question": _in_all(field.question),
        "scale": field.scale,
        "several": field.is_many,
        "number": field.is_number,
        "codes": [
            {"code": code.key, "in_use": not code.is_retired, **_texts(code)}
            for code in codes_of(book, field.name, with_retired=True)
        ],
    }


def _in_all(text: Any) -> dict[str, str]:
    found = {}
    for code in LANGUAGE_CODES:
        with override(code):
            found[code] = str(text)
    return found


def _texts(code: Code) -> dict[str, str]:
    return {
        f"{name}_{language}": text
        for name in TEXTS
        for language, text in getattr(code, name).each().items()
    }
