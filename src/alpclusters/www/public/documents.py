"""Documents one takes away: written by `reports`, named and sent by one rule."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse

from alpclusters.reports.blocks import Document
from alpclusters.reports.captions import file_name

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "zip": "application/zip",
}


@dataclass(frozen=True)
class TakenAway:
    """A file: its name, its kind, its bytes."""

    name: str
    content_type: str
    content: bytes


def written(document: Document, kind: str) -> TakenAway:
    """Write a document as PDF, DOCX, HTML or XLSX."""
    return TakenAway(file_name(document, kind), CONTENT_TYPES[kind], _bytes(document, kind))


def sent(taken: TakenAway) -> HttpResponse:
    """Send a file under its name."""
    response = HttpResponse(taken.content, content_type=taken.content_type)
    response["Content-Disposition"] = f'attachment; filename="{taken.name}"'
    return response


def _bytes(document: Document, kind: str) -> bytes:
    # The writers load typst, python-docx and XlsxWriter: only who asks for one waits for it.
    if kind == "pdf":
        from alpclusters.reports.writers.pdf import write_pdf  # noqa: PLC0415

        return write_pdf(document)
    if kind == "docx":
        from alpclusters.reports.writers.docx import write_docx  # noqa: PLC0415

        return write_docx(document)
    if kind == "html":
        from alpclusters.reports.writers.html import write_html  # noqa: PLC0415

        return write_html(document).encode()
    from alpclusters.reports.writers.xlsx import write_xlsx  # noqa: PLC0415

    return write_xlsx(document)


def digest_parts(digest: str) -> list[str]:
    """Cut a check sum where a narrow page may break it."""
    return [digest[start : start + 8] for start in range(0, len(digest), 8)]
