"""Tables as CSV: RFC 4180 for programs, and a flavour that spreadsheets open without harm."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from alpclusters.reports.blocks import Cell, Counted, Interval, Marker, Row, Table
from alpclusters.reports.cells import column_formats as formats_of
from alpclusters.reports.cells import column_title, inline_text, row_texts
from alpclusters.reports.characters import clean_text

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def write_csv(
    table: Table, language: str, flavour: Literal["rfc4180", "spreadsheet"] = "rfc4180"
) -> bytes:
    """Return the rows of a table as UTF-8.

    ``rfc4180`` separates with commas, ends lines with CR LF and writes numbers with a point, for
    programs. ``spreadsheet`` begins with a byte-order mark, separates with semicolons, writes
    numbers as the language does and puts an apostrophe before a text that would be a formula.
    """
    is_sheet = flavour == "spreadsheet"
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if is_sheet else ",", lineterminator="\r\n")
    writer.writerow(_guarded(column_title(c), is_sheet=is_sheet) for c in table.columns)
    rows = (*table.value_rows, *((table.total,) if table.total else ()))
    for row in rows:
        writer.writerow(_sheet_row(table, row, language) if is_sheet else _plain_row(row, language))
    return out.getvalue().encode("utf-8-sig" if is_sheet else "utf-8")


def _guarded(text: str, *, is_sheet: bool) -> str:
    cleaned = clean_text(text)
    return f"'{cleaned}" if is_sheet and cleaned.startswith(_FORMULA_STARTS) else cleaned


def _sheet_row(table: Table, row: Row, language: str) -> list[str]:
    texts = row_texts(formats_of(table, language), row)
    return [
        text.replace("\u2212", "-") if _is_number(cell) else _guarded(text, is_sheet=True)
        for text, cell in zip(texts, row, strict=True)
    ]


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float | Decimal)


def _plain_row(row: Row, language: str) -> list[str]:
    return [_plain(cell, language) for cell in row]


def _plain(cell: Cell, language: str) -> str:  # noqa: PLR0911 - one line per kind of cell
    match cell:
        case None:
            return ""
        case Marker():
            return cell.value
        case Interval():
            return f"{cell.low} {cell.high}"
        case Counted():
            return f"{cell.value} {cell.n}"
        case date():
            return cell.isoformat()
        case str() | tuple():
            return clean_text(inline_text(cell, language))
        case int() | float() | Decimal():
            return str(cell)
        case _:
            return clean_text(inline_text((cell,), language))
