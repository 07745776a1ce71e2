"""Where it is written: places in sources, each with the way to the source."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from alpclusters.platform.evidence.domain.documents.locators import place_words
from alpclusters.platform.evidence.models import DocumentPage, Quotation


@dataclass(frozen=True)
class QuotationView:
    """A place in a source."""

    title: str
    lang: str
    url: str
    place: str
    words: str
    kind: str
    is_simulated: bool


def source_url(key: str, page: int | None = None) -> str:
    """Return the page of a source, at what rests on one of its pages if asked for."""
    return reverse("public:source", args=[key]) + (f"#page-{page}" if page else "")


def quotation_views(quotations: Sequence[Quotation]) -> list[QuotationView]:
    """Return places for reading; the documents are read along."""
    labels = page_labels(quotations)
    return [_view(row, labels.get(row.document_id, {})) for row in quotations]


def page_labels(quotations: Sequence[Quotation]) -> dict[int, dict[int, str]]:
    """Return what is printed on the quoted pages, per document (one query)."""
    wanted = {q.document_id for q in quotations if q.page is not None}
    numbers = {n for q in quotations for n in (q.page, q.page_end) if n is not None}
    if not wanted:
        return {}
    pages: QuerySet[DocumentPage] = DocumentPage.objects.filter(
        document__in=wanted, number__in=numbers
    ).exclude(label="")
    found: dict[int, dict[int, str]] = {}
    for document, number, label in pages.order_by().values_list("document_id", "number", "label"):
        found.setdefault(document, {})[number] = label
    return found


def _view(row: Quotation, labels: dict[int, str]) -> QuotationView:
    document = row.document
    known = len(document.language) == len("de")
    return QuotationView(
        title=document.title,
        lang=document.language if known else "",
        url=source_url(document.key, row.page),
        place=place_words(row, labels),
        words=row.words,
        kind=document.get_source_type_display(),
        is_simulated=document.is_simulated,
    )
