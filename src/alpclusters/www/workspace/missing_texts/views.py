"""Which texts lack a language, for those who run the installation: by subject, with the rows."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.languages.missing import count_missing, missing_of, rows_lacking
from alpclusters.www.workspace.missing_texts.subjects import SUBJECTS, Subject

PAGE_SIZE: Final = 50


@dataclass(frozen=True)
class Cell:
    """How many texts of a subject lack a language, and the address of their list."""

    code: str
    language: str
    n: int
    address: str


@dataclass(frozen=True)
class Line:
    """A subject with a cell for each language; there is nothing to do where all are zero."""

    subject: Subject
    cells: list[Cell]

    @property
    def is_complete(self) -> bool:
        """Whether no text lacks a language."""
        return not any(cell.n for cell in self.cells)


@dataclass(frozen=True)
class Row:
    """A thing with the languages that one of its texts lacks."""

    name: str
    address: str
    missing: list[str]


@login_required
@permission_required("partnership.manage_installation", raise_exception=True)
@require_safe
def missing_texts(request: HttpRequest) -> HttpResponse:
    """Count the texts that lack a language, and list the rows of one subject and language."""
    chosen = next((one for one in SUBJECTS if one.key == request.GET.get("subject")), None)
    code = request.GET.get("language", "")
    lines = [_line(one) for one in SUBJECTS]
    context: dict[str, Any] = {
        "lines": [line for line in lines if not line.is_complete],
        "complete": [line.subject.name for line in lines if line.is_complete],
        "languages": LANGUAGES,
    }
    if chosen is not None and code in dict(LANGUAGES):
        context |= {
            "chosen": chosen,
            "language": dict(LANGUAGES)[code],
            "page": _page(chosen, code, request.GET.get("page")),
        }
    return render(request, "workspace/missing_texts/page.html", context)


def _line(subject: Subject) -> Line:
    counts = count_missing(subject.rows(), subject.texts)
    return Line(subject, [_cell(subject, code, counts[code]) for code, _name in LANGUAGES])


def _cell(subject: Subject, code: str, n: int) -> Cell:
    query = urlencode({"subject": subject.key, "language": code})
    return Cell(code, dict(LANGUAGES)[code], n, f"?{query}#rows")


def _page(subject: Subject, code: str, number: str | None) -> Page[Any]:
    names = subject.texts
    page: Page[Any] = Paginator(rows_lacking(subject.rows(), names, code), PAGE_SIZE).get_page(
        number
    )
    page.object_list = [
        Row(str(row), subject.address(row), missing_of(row, names)) for row in page.object_list
    ]
    return page
