"""The codebook: every field and code with its meaning; older versions, what differs, files."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.codebook.editing import (
    TEXTS,
    CodeDifference,
    Difference,
    differences,
)
from alpclusters.platform.evidence.domain.codebook.reading import (
    FIELDS,
    FROM_CATALOGUE,
    CodeField,
    code_label,
    codes_of,
    current_codebook,
    field_named,
)
from alpclusters.platform.evidence.models import Code, Codebook
from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Side, Tab
from alpclusters.www.public.directory.exports import guarded
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway, sent
from alpclusters.www.site.inputs import lazy_label_of

# --- What differs between two versions, in the reader's language ----------------------------------


PARTS: Final = {name: lazy_label_of(Code, name) for name in TEXTS}
# kind: words, tone, icon
KINDS: Final = {
    Difference.ADDED: (gettext_lazy("new"), "good", "plus"),
    Difference.RETIRED: (gettext_lazy("no longer in use"), "warn", "x"),
    Difference.RESTORED: (gettext_lazy("in use again"), "good", "undo-2"),
    Difference.REWORDED: (gettext_lazy("other words"), "", "pencil"),
}


@dataclass(frozen=True)
class ChangeView:
    """One code that differs."""

    field: Any
    label: str
    key: str
    kind: Any
    tone: str
    icon: str
    note: str
    texts: Sequence[tuple[Any, Side, Side]]
    elsewhere: Sequence[str]


def read_changes(older: Codebook, newer: Codebook) -> list[ChangeView]:
    """Put the differences of two versions into words."""
    return [_view(found, newer) for found in differences(older, newer)]


def _view(found: CodeDifference, newer: Codebook) -> ChangeView:
    language = nearest_language(get_language())
    code = found.after or found.before
    kind, tone, icon = KINDS[found.kind]
    other = {code for _part, code in found.texts} - {language}
    return ChangeView(
        field=field_named(found.field).label,
        label=code.label if code else found.key,
        key=found.key,
        kind=kind,
        tone=tone,
        icon=icon,
        note=_note(found, newer),
        texts=[text for part in PARTS for text in _changes_texts(found, part, language)],
        elsewhere=sorted(code.upper() for code in other),
    )


def _note(found: CodeDifference, newer: Codebook) -> str:
    if found.kind != Difference.RETIRED:
        return ""
    names = [code_label(found.field, key, newer) for key in found.into]
    if not names:
        return _("Nothing takes its place; older codings keep it.")
    if len(names) == 1:
        return _("Read as: %(name)s.") % {"name": names[0]}
    return _("Split into: %(names)s. A person has to say which one fits.") % {
        "names": ", ".join(names)
    }


def _changes_texts(found: CodeDifference, part: str, language: str) -> list[tuple[Any, Side, Side]]:
    if (part, language) not in found.texts:
        return []
    before, after = (getattr(one, part).inside(language) for one in (found.before, found.after))
    left, right = compare(before, after)
    return [(PARTS[part], Side(_("Before"), left, language), Side(_("After"), right, language))]


# --- What the page of the codebook shows ----------------------------------------------------------


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


# --- A version of the codebook to take away: CSV and JSON with all five languages -----------------


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
        texts = _files_texts(code)
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
            {"code": code.key, "in_use": not code.is_retired, **_files_texts(code)}
            for code in codes_of(book, field.name, with_retired=True)
        ],
    }


def _in_all(text: Any) -> dict[str, str]:
    found = {}
    for code in LANGUAGE_CODES:
        with override(code):
            found[code] = str(text)
    return found


def _files_texts(code: Code) -> dict[str, str]:
    return {
        f"{name}_{language}": text
        for name in TEXTS
        for language, text in getattr(code, name).each().items()
    }


# --- The codebook: every field, every code, what it means; older versions and what changed --------


@require_safe
def codebook(request: HttpRequest) -> HttpResponse:
    """Show a version of the codebook, with what changed since another one if asked for."""
    book = _version(request.GET.get("version", ""))
    against = request.GET.get("against", "")
    other = _version(against) if against else None
    context = {"page": read_page(book, other), "section": "evidence"}
    return render(request, "public/codebook/page.html", context)


@require_safe
def export(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002 - the word of the address
    """Send a version as a file, with all five languages."""
    if format not in FORMATS:
        raise Http404
    return sent(file_of(_version(request.GET.get("version", "")), format))


def _version(number: str) -> Codebook:
    """Return a published version; without a number the current one."""
    published = Codebook.objects.filter(published_at__isnull=False)
    if not number:
        try:
            return current_codebook()
        except Codebook.DoesNotExist as error:
            raise Http404 from error
    if not (number.isascii() and number.isdigit() and len(number) < 5):  # noqa: PLR2004 - digits
        raise Http404
    return get_object_or_404(published, number=int(number))


urlpatterns = [
    path("evidence/codebook/", codebook, name="codebook"),
    path("evidence/codebook/export.<slug:format>", export, name="codebook-export"),
]
