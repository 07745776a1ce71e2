"""The whole evidence base as one file, its page, tables to take away, how things are cited."""

import csv
import io
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.archive.keeping import Kept, ensure_package, kept_package
from alpclusters.platform.evidence.domain.archive.schemas import TABLES
from alpclusters.platform.evidence.domain.citing import (
    Citation,
    Parts,
    bibtex,
    citation_key,
    cite_package,
    csl_json,
)
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.characters import clean_text
from alpclusters.reports.dates import format_date, format_month_year
from alpclusters.reports.numbers import format_integer, format_number
from alpclusters.www.components.parts import Cell, Column, Fact, Table
from alpclusters.www.public.directory.exports import CONTENT_TYPES, MOST_SHEET_ROWS, guarded

# --- What the tables of the data package are called in the reader's language ----------------------


TITLES: Final[Mapping[str, Any]] = {
    "programmes": _("funding programmes in one period"),
    "initiatives": _("earlier initiatives with dates, money, sectors and licence"),
    "participations": _("bodies in initiatives, as the source names them"),
    "documents": _("sources"),
    "document_initiatives": _("what a source is about"),
    "measures": _("measures of the catalogue and published proposals"),
    "document_measures": _("measures that a source describes"),
    "codebooks": _("published versions of the codebook"),
    "codes": _("codes with definitions and examples"),
    "activities": _("what initiatives did, coded"),
    "codings": _("what each coder chose, where the coding is settled"),
    "settlements": _("how differences between coders were settled"),
    "lessons": _("what follows, with its certainty"),
    "bearings": _("activities for and against a lesson"),
    "lesson_measures": _("measures that a lesson suggests"),
    "quotations": _("places in sources"),
}


# --- How something is cited: as a sentence to copy and as files for reference managers ------------


FORMATS: Final = {
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
    "json": ("CSL JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", csl_json),
}


@dataclass(frozen=True)
class CiteView:
    """What the component ``cite`` shows."""

    sentence: str
    bibtex: str
    address: str
    files: Sequence[tuple[str, str]]


def cite_view(cite: Callable[[str], Citation], name: str, *args: object) -> CiteView:
    """Put a citation into the reader's language; ``name`` is the page of its files."""
    citation = cite(nearest_language(get_language()))
    files = [
        (label, reverse(name, args=[*args, kind])) for kind, (label, *_rest) in FORMATS.items()
    ]
    return CiteView(sentence_of(citation), bibtex(citation), citation.address, files)


def sentence_of(citation: Citation) -> str:
    """Write a reference as one line: who, when, what, where."""
    authors = ", ".join(citation.authors) or gettext("without a named author")
    year = str(citation.issued[0]) if citation.issued else gettext("undated")
    end = "" if citation.title.endswith((".", "!", "?")) else "."
    parts = [f"{authors} ({year}): {citation.title}{end}"]
    if citation.container:
        parts.append(f"{citation.container}.")
    if citation.version:
        parts.append(gettext("Version %(number)s.") % {"number": citation.version})
    if len(citation.issued) > 1:
        parts.append(gettext("As of %(date)s.") % {"date": _dated(citation.issued)})
    parts.append(citation.address)
    if citation.accessed:
        parts.append("({})".format(gettext("read on %(date)s") % {"date": _day(citation.accessed)}))
    return " ".join(parts)


def _dated(parts: Parts) -> str:
    language = nearest_language(get_language())
    if len(parts) == len(("year", "month")):
        return format_month_year(date(parts[0], parts[1], 1), language)
    return format_date(date(*parts), language)


def _day(day: date) -> str:
    return format_date(day, nearest_language(get_language()))


def sent_citation(citation: Citation, kind: str) -> HttpResponse:
    """Send a citation as a file."""
    if kind not in FORMATS:
        raise Http404
    _label, content_type, write = FORMATS[kind]
    response = HttpResponse(write(citation), content_type=content_type)
    name = citation_key(citation.key)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


# --- Facts for search engines: schema.org as JSON-LD ----------------------------------------------
#
# A data block is no script: the policy of the site lets it pass without "unsafe-inline".


_ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def data_block(facts: Mapping[str, Any]) -> SafeString:
    """Return a data block of what is known."""
    known = {"@context": "https://schema.org", **{k: v for k, v in facts.items() if v}}
    text = json.dumps(known, ensure_ascii=False)
    block = mark_safe(text.translate(_ESCAPES))  # noqa: S308 - escaped for a data block
    return format_html('<script type="application/ld+json">{}</script>', block)


# --- Tables to take away: CSV, XLSX and JSON, piece by piece --------------------------------------


KINDS: Final = ("csv", "xlsx", "json")
MEMORY: Final = 4_000_000
PIECE: Final = 65_536
MOST_CELL: Final = 32_767
LICENCE: Final = (
    "Each record names its source and licence. Where it names none, the facts are in the words of "
    "AlpClusters: name AlpClusters, the address and the date."
)

type Record = Mapping[str, Any]
type Chunks = Iterator[bytes]


@dataclass(frozen=True)
class About:
    """What a file is: its title, the search behind it, the day."""

    title: str
    address: str
    today: date

    def as_record(self) -> dict[str, str]:
        """Return it as it stands in the files."""
        return {
            "title": self.title,
            "search": self.address,
            "exported_on": self.today.isoformat(),
            "licence": LICENCE,
            "standing": "unverified: from a public source, nobody has confirmed it yet",
            "simulated": "is_simulated: invented for demonstration or tests",
        }


def sent_table(
    request: HttpRequest,
    kind: str,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Record],
    about: About,
) -> StreamingHttpResponse:
    """Send a table as a file of one of the kinds."""
    parts = _gathered(_WRITERS[kind](name, columns, rows, about))
    file_name = f"alpclusters-{name}-{about.today.isoformat()}.{kind}"
    return streamed(request, parts, file_name, CONTENT_TYPES[kind])


def streamed(
    request: HttpRequest, parts: Chunks, name: str, content_type: str
) -> StreamingHttpResponse:
    """Send a file piece by piece."""
    response = StreamingHttpResponse(
        _one_by_one(parts) if isinstance(request, ASGIRequest) else parts,
        content_type=content_type,
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


async def _one_by_one(parts: Chunks) -> AsyncIterator[bytes]:
    """Hand out pieces while the server does other things; each is made in the request's thread."""
    take = sync_to_async(partial(next, parts, None))
    while (part := await take()) is not None:
        yield part


def _gathered(parts: Chunks) -> Chunks:
    gathered = bytearray()
    for part in parts:
        gathered += part
        if len(gathered) >= PIECE:
            yield bytes(gathered)
            gathered.clear()
    yield bytes(gathered)


def _csv(name: str, columns: Sequence[str], rows: Iterable[Record], about: About) -> Chunks:  # noqa: ARG001 - a table holds rows alone
    """Write rows for programs and spreadsheets: what would be a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guarded(row[column]) for column in columns])
        yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def _json(name: str, columns: Sequence[str], rows: Iterable[Record], about: About) -> Chunks:
    yield f'{{"about": {_dumped(about.as_record())},\n"{name}": ['.encode()
    for number, row in enumerate(rows):
        record = {column: row[column] for column in columns}
        yield f"{',' if number else ''}\n{_dumped(record)}".encode()
    yield b"\n]}\n"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _xlsx(name: str, columns: Sequence[str], rows: Iterable[Record], about: About) -> Chunks:
    """Write a workbook on disk, row by row; its second sheet says what it is."""
    import xlsxwriter

    with tempfile.SpooledTemporaryFile(max_size=MEMORY) as file:
        book = xlsxwriter.Workbook(file, {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False,
        })  # fmt: skip
        n_rows = _fill_sheet(book, name, columns, rows)
        _write_about(book, {**about.as_record(), "rows_in_this_file": str(n_rows)})
        book.close()
        file.seek(0)
        while part := file.read(PIECE):
            yield part


def _fill_sheet(book: Any, name: str, columns: Sequence[str], rows: Iterable[Record]) -> int:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 2)
    sheet.set_column(1, 1, 40)
    sheet.write_row(0, 0, columns, book.add_format({"bold": True, "bottom": 1}))
    n_written = 0
    for row in rows:
        if n_written == MOST_SHEET_ROWS:
            break
        n_written += 1
        for place, column in enumerate(columns):
            _write_cell(sheet, n_written, place, row[column])
    return n_written


def _write_cell(sheet: Any, line: int, place: int, value: Any) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(line, place, value)
    elif value not in (None, "", []):
        text = clean_text("; ".join(value) if isinstance(value, list) else str(value))
        sheet.write_string(line, place, text[:MOST_CELL])


def _write_about(book: Any, about: Mapping[str, str]) -> None:
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    for line, (name, value) in enumerate(about.items()):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, value)


_WRITERS: Final[Mapping[str, Callable[..., Chunks]]] = {"csv": _csv, "xlsx": _xlsx, "json": _json}


# --- What the page about the data package shows ---------------------------------------------------


MEGA: Final = 1_000_000


@dataclass(frozen=True)
class DataPage:
    """Everything the template names."""

    tables: Table
    kept: Sequence[Fact]
    digest: Sequence[str]
    archive_url: str
    cite: CiteView
    data: SafeString


def read_page(*, now: datetime) -> DataPage:
    """Read what is in the package; its figures are those of the last one that was made."""
    base = site_address()
    kept = kept_package(base, now=now)
    return DataPage(
        tables=_tables(kept),
        kept=_facts(kept) if kept else (),
        digest=[kept.digest[n : n + 8] for n in range(0, len(kept.digest), 8)] if kept else (),
        archive_url=reverse("public:evidence-archive"),
        cite=cite_view(lambda _language: package_citation(kept), "public:evidence-citation"),
        data=_data(base),
    )


def site_address() -> str:
    """Return the address of the site that stands in the package: one for all who ask."""
    address: str = settings.CONFIGURATION.address
    return address


def package_citation(kept: Kept | None) -> Citation:
    """Cite the package in the version that is kept; without one, the page alone."""
    issued: date | None = kept.made_at.date() if kept else None
    address = site_address() + reverse("public:evidence-data")
    return cite_package(
        address=address, version=kept.package.version if kept else "", issued=issued
    )


def _tables(kept: Kept | None) -> Table:
    language = nearest_language(get_language())
    columns = [
        Column(gettext("Table")),
        Column(gettext("What is in it")),
        Column(gettext("Columns"), is_number=True),
    ]
    rows: list[list[object]] = [
        [f"{s.name}.csv", TITLES[s.name], format_integer(len(s.fields), language)] for s in TABLES
    ]
    if kept:
        columns.append(Column(gettext("Rows"), is_number=True))
        for row, schema in zip(rows, TABLES, strict=True):
            row.append(Cell(format_integer(kept.package.n_rows[schema.name], language)))
    return Table(gettext("Tables of the data package"), columns, rows)


def _facts(kept: Kept) -> list[Fact]:
    language = nearest_language(get_language())
    size = format_number(kept.n_bytes / MEGA, language, 1)
    return [
        Fact(gettext("Version"), kept.package.version),
        Fact(gettext("Size"), f"{size} MB"),
        Fact(gettext("Files of documents"), format_integer(kept.package.n_files, language)),
    ]


def _data(base: str) -> SafeString:
    page = base + reverse("public:evidence-data")
    return data_block({
        "@type": "Dataset",
        "@id": page,
        "name": "AlpClusters evidence base",
        "description": gettext(
            "Earlier European initiatives for clusters and regions: what they did, what became "
            "of it after the funding had ended, what follows from it, how certain that is, and "
            "where it is written."
        ),
        "url": page,
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": "AlpClusters", "url": base},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/zip",
                "contentUrl": base + reverse("public:evidence-archive"),
            }
        ],
    })  # fmt: skip


# --- The whole evidence base as one file, and the page about it -----------------------------------


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Explain the data package."""
    context = {"page": read_page(now=timezone.now()), "section": "evidence"}
    return render(request, "public/evidence_data/page.html", context)


@require_safe
def archive(request: HttpRequest) -> HttpResponseBase:
    """Send the data package; it is made now if the content has changed."""
    kept = ensure_package(site_address(), now=timezone.now())
    tag = f'"{kept.digest}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    name = f"alpclusters-evidence-{kept.package.version}.zip"
    response = streamed(request, _pieces(kept.path), name, "application/zip")
    response["Content-Length"] = str(kept.n_bytes)
    response["ETag"] = tag
    return response


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


@require_safe
def citation(request: HttpRequest, kind: str) -> HttpResponse:  # noqa: ARG001 - the same for all
    """Send how the data package is cited."""
    kept = kept_package(site_address(), now=timezone.now())
    return sent_citation(package_citation(kept), kind)


urlpatterns = [
    path("evidence/data/", data, name="evidence-data"),
    path("evidence/data/archive.zip", archive, name="evidence-archive"),
    path("evidence/data/citation.<slug:kind>", citation, name="evidence-citation"),
]
