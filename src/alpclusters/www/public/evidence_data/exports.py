"""Tables to take away: CSV, XLSX and JSON, piece by piece."""

import csv
import io
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

from alpclusters.reports.characters import clean_text
from alpclusters.www.public.directory.exports import CONTENT_TYPES, MOST_SHEET_ROWS, guarded

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
