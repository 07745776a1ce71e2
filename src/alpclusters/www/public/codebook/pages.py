"""What the page of the codebook shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.codebook.fields import (
    FIELDS,
    FROM_CATALOGUE,
    CodeField,
)
from alpclusters.platform.evidence.domain.codebook.reading import codes_of, current_codebook
from alpclusters.platform.evidence.models import Code, Codebook
from alpclusters.www.components.parts import Tab
from alpclusters.www.public.codebook.changes import ChangeView, read_changes


@dataclass(frozen=True)
class CodeRow:
    """A code with where it leads, if it has a page."""

    code: Code
    url: str


@dataclass(frozen=True)
class FieldSection:
    """A field with its codes."""

    name: str
    label: Any
    question: Any
    answer: str
    rows: Sequence[CodeRow]
    has_examples: bool


@dataclass(frozen=True)
class CodebookPage:
    """Everything the template names."""

    book: Codebook
    is_current: bool
    n_codes: int
    sections: Sequence[FieldSection]
    versions: Sequence[Tab]
    comparisons: Sequence[Tab]
    other: Codebook | None
    changes: Sequence[ChangeView]
    files: Sequence[tuple[str, str]]


def read_page(book: Codebook, other: Codebook | None) -> CodebookPage:
    """Read a version of the codebook, and what differs from another one."""
    numbers = list(
        Codebook.objects.filter(published_at__isnull=False)
        .order_by("-number")
        .values_list("number", flat=True)
    )
    sections = [_section(field, book) for field in FIELDS]
    older, newer = sorted([book, other or book], key=lambda one: one.number)
    return CodebookPage(
        book=book,
        is_current=book == current_codebook(),
        n_codes=sum(len(section.rows) for section in sections),
        sections=sections,
        versions=[_tab(n, book) for n in numbers] if len(numbers) > 1 else [],
        comparisons=[_against(n, book, other) for n in numbers if n != book.number],
        other=other,
        changes=read_changes(older, newer) if older != newer else [],
        files=[
            (
                kind.upper(),
                f"{reverse('public:codebook-export', args=[kind])}?version={book.number}",
            )
            for kind in ("csv", "json")
        ],
    )


def answer_of(field: CodeField) -> str:
    """Say in words how a field is answered."""
    if field.is_number:
        return _("A number of months; empty where it is not known.")
    if field.is_many:
        return _("Several codes, in no order.")
    return _("One code; empty where the source does not say.")


def _section(field: CodeField, book: Codebook) -> FieldSection:
    codes = codes_of(book, field.name)
    return FieldSection(
        name=field.name,
        label=field.label,
        question=field.question,
        answer=answer_of(field),
        rows=[CodeRow(code, _url(field, code)) for code in codes],
        has_examples=field.name != FROM_CATALOGUE,
    )


def _url(field: CodeField, code: Code) -> str:
    is_measure = field.name == FROM_CATALOGUE
    return reverse("public:measure", args=[code.key]) if is_measure else ""


def _tab(number: int, book: Codebook) -> Tab:
    label = _("Version %(number)s") % {"number": number}
    return Tab(label, f"{reverse('public:codebook')}?version={number}", number == book.number)


def _against(number: int, book: Codebook, other: Codebook | None) -> Tab:
    label = _("Version %(number)s") % {"number": number}
    url = f"{reverse('public:codebook')}?version={book.number}&against={number}#changes"
    return Tab(label, url, is_current=other is not None and other.number == number)
