"""A workbook of partners, work packages and costs: sheets found by name or heads, rows typed.

Each sheet is read in a child process with limits. Formulas count by the value stored beside them;
a formula without one is an error of its cell, because nobody knows what it would give.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final

from alpclusters.analysis.errors import FileFormatError, RecordError, Where, shown
from alpclusters.sources.archives import is_zip
from alpclusters.sources.case_records import At, CaseSheets, CostRow, PackageRow, PartnerRow
from alpclusters.sources.case_values import cents_of, day_in, quarter_of, rate_of
from alpclusters.sources.case_words import (
    CATEGORIES,
    EXAMPLES,
    HEADS,
    KINDS,
    NO,
    REQUIRED,
    SHEETS,
    SIZES,
    YES,
    meant,
    own_place,
    plain_word,
)
from alpclusters.sources.csv_tables import column_letter
from alpclusters.sources.spooled_sheets import SheetRow, SpooledSheet, spool_sheet
from alpclusters.sources.user_tables import is_workbook

MOST_ERRORS: Final = 200
MOST_ROWS: Final = 5_000
MOST_SHEETS: Final = 12
HEAD_ROWS: Final = 10
LONGEST_NAME: Final = 200
_SEPARATORS: Final = ";,"

type Cell = str | float | None


def read_case_sheets(path: Path, *, name: str, language: str = "en") -> CaseSheets:
    """Read the three sheets of a workbook; what is wrong with cells is listed, not raised.

    Parameters
    ----------
    path : Path
        An .xlsx file.
    name : str
        How errors call it.
    language : str
        In which of `LANGUAGES` errors name the words that are understood; all are understood.

    Raises
    ------
    FileFormatError
        No workbook, a bomb, or none of the three sheets in it.
    """
    if not is_zip(path) or not is_workbook(path):
        raise FileFormatError("case_sheets.no_workbook", where=Where(file=name))
    reader = _Reader(name, own_place(language))
    with spool_sheet(path, name=name) as first:
        sheets, opened = first.sheets[:MOST_SHEETS], first.sheet
        reader.read(first)
    for sheet in sheets:
        if sheet != opened:
            with spool_sheet(path, name=name, sheet=sheet) as spool:
                reader.read(spool)
    return reader.result()


@dataclass(frozen=True, slots=True)
class _Head:
    """The head row of a sheet: which field stands in which column."""

    kind: str
    line: int
    places: Mapping[str, int]
    heads: tuple[str, ...]


class _Reader:
    """Gathers rows and errors of all sheets."""

    def __init__(self, file: str, place: int) -> None:
        self.file = file
        self.place = place
        self.rows: dict[str, list[Any]] = {kind: [] for kind in SHEETS}
        self.errors: list[RecordError] = []
        self.n_errors = 0
        self.unread: list[str] = []
        self.columns: dict[str, dict[str, tuple[str, str]]] = {}

    def read(self, spool: SpooledSheet) -> None:
        """Read one sheet, or note that it is none of ours."""
        named = meant(spool.sheet, SHEETS)
        head = _find_head(spool.rows(), named)
        if head is None:
            self._without_head(spool.sheet, named)
            return
        self.columns[spool.sheet] = {
            field: (column_letter(place), shown(head.heads[place]))
            for field, place in head.places.items()
        }
        for row in spool.rows():
            if row.line > head.line and any(cell is not None for cell in row.cells):
                self._take(_Row(self, spool.sheet, head, row))

    def note(self, error: RecordError) -> None:
        """Keep an error; beyond the limit they are counted."""
        self.n_errors += 1
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(error)

    def result(self) -> CaseSheets:
        """Return all that was read.

        Raises
        ------
        FileFormatError
            ``case_sheets.nothing``.
        """
        if not any(self.rows.values()) and not self.n_errors:
            raise FileFormatError("case_sheets.nothing", where=Where(file=self.file))
        return CaseSheets(
            tuple(self.rows["partners"]),
            tuple(self.rows["packages"]),
            tuple(self.rows["costs"]),
            tuple(self.errors),
            self.n_errors,
            tuple(self.unread),
            self.columns,
        )

    def _without_head(self, sheet: str, named: str | None) -> None:
        if named is None:
            self.unread.append(sheet)
            return
        wanted = ", ".join(HEADS[named][field][self.place] for field in sorted(REQUIRED[named]))
        where = Where(file=self.file, sheet=sheet)
        self.note(RecordError("case_sheets.no_heads", where=where, expected=wanted))

    def _take(self, row: "_Row") -> None:
        kind = row.head.kind
        if row.cell("name" if kind == "partners" else "partner") in EXAMPLES:
            return
        if len(self.rows[kind]) >= MOST_ROWS:
            self.note(row.error("case_sheets.too_many_rows", None, expected=str(MOST_ROWS)))
            return
        before = self.n_errors
        row.refuse_broken()
        record = _BUILDERS[kind](row)
        if self.n_errors == before:
            self.rows[kind].append(record)


class _Row:
    """One row: its cells by field, each error with sheet, row and column."""

    def __init__(self, reader: _Reader, sheet: str, head: _Head, row: SheetRow) -> None:
        self.reader = reader
        self.sheet = sheet
        self.head = head
        self.row = row
        self.at = At(sheet, row.line)

    def cell(self, field: str) -> Cell:
        """Return a cell, None where the sheet has no such column or nothing is written."""
        place = self.head.places.get(field)
        if place is None or place >= len(self.row.cells):
            return None
        value = self.row.cells[place]
        if isinstance(value, str):
            return value.strip() or None
        return value

    def text(self, field: str, *, longest: int = LONGEST_NAME) -> str | None:
        """Return a cell as text of one line."""
        value = self.cell(field)
        if value is None:
            return None
        text = " ".join(str(value).split())
        if len(text) > longest:
            self._note("case_sheets.too_long", field, found=text, expected=str(longest))
        return text[:longest]

    def needed(self, field: str) -> str:
        """Return a text that has to be there."""
        text = self.text(field)
        if text is None:
            self._note("table.no_value", field)
        return text or ""

    def among(self, field: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
        """Return the key that a cell means."""
        text = self.text(field)
        if text is None:
            return None
        key = meant(text, words)
        if key is None:
            expected = ", ".join(names[self.reader.place] for names in words.values())
            self._note("case_sheets.unknown_word", field, found=text, expected=expected)
        return key

    def flag(self, field: str) -> bool | None:
        """Return yes or no."""
        text = self.text(field)
        if text is None:
            return None
        word = plain_word(text)
        if word not in YES | NO:
            self._note("case_sheets.no_yes_or_no", field, found=text)
        return word in YES

    def value[T](self, field: str, read: Callable[[str | float], T | None], code: str) -> T | None:
        """Return what a function reads from a cell; an error if that is nothing."""
        cell = self.cell(field)
        if cell is None:
            return None
        found = read(cell)
        if found is None:
            self._note(code, field, found=str(cell))
        return found

    def refuse_broken(self) -> None:
        """Note cells with an error, and formulas whose value was not stored."""
        ours = {place: field for field, place in self.head.places.items()}
        for place in sorted(self.row.broken & ours.keys()):
            self._note("case_sheets.no_stored_value", ours[place])

    def error(
        self,
        code: str,
        field: str | None,
        *,
        found: str | None = None,
        expected: str | None = None,
    ) -> RecordError:
        """Return an error with the place of a cell."""
        place = None if field is None else self.head.places.get(field)
        where = Where(
            file=self.reader.file,
            sheet=self.sheet,
            line=self.row.line,
            column=None if place is None else column_letter(place),
            field=None if place is None else shown(self.head.heads[place]),
        )
        return RecordError(code, where=where, found=found, expected=expected)

    def _note(self, code: str, field: str, **told: str) -> None:
        self.reader.note(self.error(code, field, **told))


def _find_head(rows: Iterable[SheetRow], named: str | None) -> _Head | None:
    """Return the first row that has all heads that one kind of sheet needs."""
    kinds = (named,) if named else tuple(SHEETS)
    for row in islice(rows, HEAD_ROWS):
        heads = tuple("" if cell is None else str(cell).strip() for cell in row.cells)
        # Costs first: their heads have those of partners among them.
        for kind in sorted(kinds, key=lambda one: -len(REQUIRED[one])):
            places = _places(heads, HEADS[kind])
            if places.keys() >= REQUIRED[kind] and (named or len(places) > 1):
                return _Head(kind, row.line, places, heads)
    return None


def _places(heads: Iterable[str], fields: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return the first column of each field; a head goes to the first field that has it."""
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        field = meant(head, {key: value for key, value in fields.items() if key not in places})
        if head and field is not None:
            places[field] = place
    return places


# --- records ------------------------------------------------------------------------------------


def _partner(row: _Row) -> PartnerRow:
    return PartnerRow(
        at=row.at,
        name=row.needed("name"),
        kind=row.among("kind", KINDS),
        size=row.among("size", SIZES),
        country=row.value("country", _country, "case_sheets.bad_country"),
        nuts=row.value("nuts", _nuts, "case_sheets.bad_nuts"),
        lead=row.flag("lead"),
        own_ct=row.value("own", cents_of, "case_sheets.bad_amount"),
        credit_ct=row.value("credit", cents_of, "case_sheets.bad_amount"),
        vat=row.flag("vat"),
    )


def _package(row: _Row) -> PackageRow:
    first = row.value("first", quarter_of, "case_sheets.bad_quarter")
    last = row.value("last", _last_quarter, "case_sheets.bad_quarter")
    if first and last and last < first:
        row.reader.note(row.error("case_sheets.reversed", "last"))
    return PackageRow(
        row.at, row.needed("title"), row.text("key", longest=40), _themes(row), first, last
    )


def _cost(row: _Row) -> CostRow:
    first = row.value("first", quarter_of, "case_sheets.bad_quarter")
    if row.cell("first") is None:
        row.needed("first")
    last = row.value("last", _last_quarter, "case_sheets.bad_quarter")
    if first and last and last < first:
        row.reader.note(row.error("case_sheets.reversed", "last"))
    if row.cell("amount") is None:
        row.needed("amount")
    currency, rate, rate_on = _currency(row)
    nowhere = first or date.min
    return CostRow(
        at=row.at,
        partner=row.needed("partner"),
        package=row.text("package"),
        category=row.among("category", CATEGORIES) or row.needed("category"),
        amount_ct=row.value("amount", cents_of, "case_sheets.bad_amount") or 0,
        first=nowhere,
        last=last or _same_span(row, nowhere),
        currency=currency,
        rate=rate,
        rate_on=rate_on,
        economic=row.flag("economic"),
        article=row.text("article", longest=40),
        place=row.value("place", _nuts, "case_sheets.bad_nuts"),
        outside=row.flag("outside"),
    )


def _currency(row: _Row) -> tuple[str, str | None, date | None]:
    """Return currency, rate and day: francs need both, euro neither."""
    currency = (row.text("currency", longest=10) or "EUR").upper().replace("€", "EUR")
    rate = row.value("rate", rate_of, "case_sheets.bad_rate")
    rate_on = row.value("rate_on", day_in, "case_sheets.bad_day")
    if currency not in {"EUR", "CHF"}:
        row.reader.note(row.error("case_sheets.unknown_currency", "currency", found=currency))
    if currency != "CHF":
        return currency, None, None
    for field in ("rate", "rate_on"):
        if row.cell(field) is None:
            row.reader.note(row.error("case_sheets.no_rate", "amount"))
            break
    return currency, rate, rate_on


def _same_span(row: _Row, first: date) -> date:
    """Without an end a quarter or day is one quarter, a year all four of it."""
    cell = row.cell("first")
    whole_year = None if cell is None else quarter_of(cell, is_end=True)
    return whole_year or first


def _last_quarter(cell: str | float) -> date | None:
    return quarter_of(cell, is_end=True)


def _themes(row: _Row) -> tuple[str, ...]:
    text = row.text("themes") or ""
    for separator in _SEPARATORS:
        text = text.replace(separator, "\n")
    return tuple(word.strip() for word in text.split("\n") if word.strip())


def _country(cell: str | float) -> str | None:
    text = str(cell).strip().upper()
    return text if len(text) == 2 and text.isascii() and text.isalpha() else None  # noqa: PLR2004 - a code of a state


def _nuts(cell: str | float) -> str | None:
    text = str(cell).strip().upper()
    is_code = 2 <= len(text) <= 5 and text.isascii() and text.isalnum()  # noqa: PLR2004 - codes of NUTS
    return text if is_code and text[:2].isalpha() else None


_BUILDERS: Final[Mapping[str, Callable[[_Row], Any]]] = {
    "partners": _partner,
    "packages": _package,
    "costs": _cost,
}
