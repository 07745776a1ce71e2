"""A file becomes pages of text: by the worker, some pages at a time, seen while it goes on."""

from dataclasses import dataclass
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.platform.evidence.domain.documents.files import file_path, kind_of_file
from alpclusters.platform.evidence.models import Document, DocumentPage
from alpclusters.sources.written_documents import WrittenPages, read_pages

AT_ONCE: Final = 25
State = Document.State


@dataclass(frozen=True, slots=True)
class Reading:
    """How many pages of how many are read; ``total`` is 0 while it is not known."""

    done: int
    total: int


def reading_of(document: Document) -> Reading:
    """Return how far the worker is."""
    return Reading(done=document.pages.count(), total=document.n_pages)


def read_document(document: Document) -> None:
    """Store the pages of a document; a file that cannot be read leaves none.

    Called by the worker; safe to call again where it was cut off.
    """
    try:
        _read(document)
    except FileFormatError as error:
        document.pages.all().delete()
        record = error.as_record()
        values = {"state": State.FAILED, "error": record, "n_pages": 0}
        Document.objects.filter(pk=document.pk).update(**values)


def page_of(document: Document, number: int) -> DocumentPage | None:
    """Return one page of a document; None if it has no such page."""
    return document.pages.filter(number=number).first()


def _read(document: Document) -> None:
    path, kind = file_path(document), kind_of_file(document)
    name = document.file_name
    if path is None or kind is None:
        raise FileFormatError("document.file_gone", where=Where(file=name))
    first, total = 1, 1
    while first <= total:
        last = first + AT_ONCE - 1
        found = read_pages(path, kind, name=name, first=first, last=last)
        _store(document, found)
        first, total = last + 1, found.n_pages
    Document.objects.filter(pk=document.pk).update(state=State.READ, error={})


@transaction.atomic
def _store(document: Document, found: WrittenPages) -> None:
    rows = [
        DocumentPage(document=document, number=page.number, label=page.label, text=page.text)
        for page in found.pages
    ]
    DocumentPage.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["document", "number"],
        update_fields=["label", "text"],
    )
    Document.objects.filter(pk=document.pk).update(n_pages=found.n_pages)
