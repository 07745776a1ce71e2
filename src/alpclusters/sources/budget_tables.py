"""Budgets of regions as a table: instrument, theme, region, period, amount, source."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import FileFormatError, RecordError, Where
from alpclusters.sources.case_values import cents_of
from alpclusters.sources.csv_tables import column_letter
from alpclusters.sources.organisation_values import day_of
from alpclusters.sources.user_tables import TableRow, UserTable, open_table

MAX_BYTES: Final = 2_000_000
MAX_ROWS: Final = 5_000
MOST_ERRORS: Final = 200
# Field -> heads as people write them; the first five are those of our own file, de en fr it sl.
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "instrument": ("instrument", "instrument", "instrument", "strumento", "instrument",
                   "förderinstrument", "type of instrument", "type d'instrument"),
    "theme": ("thema", "theme", "thème", "tema", "tema", "topic", "themen"),
    "region": ("region", "region", "région", "regione", "regija", "nuts", "region (nuts)",
               "nuts code", "code nuts", "codice nuts", "koda nuts"),
    "period": ("zeitraum", "period", "période", "periodo", "obdobje", "förderperiode"),
    "amount": ("betrag", "amount", "montant", "importo", "znesek", "budget", "betrag in euro",
               "amount in euro", "montant en euros", "importo in euro", "znesek v evrih",
               "proračun", "euro", "eur"),
    "programme": ("programm", "programme", "programme", "programma", "program"),
    "source": ("quelle", "source", "source", "fonte", "vir"),
    "checked_on": ("geprüft am", "checked on", "vérifié le", "verificato il", "preverjeno dne"),
}  # fmt: skip
NEEDED: Final = ("instrument", "theme", "region", "period", "amount")
_PERIOD: Final = re.compile(r"(\d{4}) ?[-–/] ?(\d{2}|\d{4})")
_YEAR: Final = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One budget as it stands in the table; what words mean is for the platform to say.

    Attributes
    ----------
    line : int
    instrument, theme, region : str
        As written.
    period : str
        ``2021-2027``, or one year.
    amount_ct : int or None
        None where the cell is empty: unknown, not 0.
    programme, source : str
    checked_on : date or None
    """

    line: int
    instrument: str
    theme: str
    region: str
    period: str
    amount_ct: int | None
    programme: str = ""
    source: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """What was read.

    Attributes
    ----------
    rows : tuple of BudgetRow
    errors : tuple of RecordError
        At most 200, with line, column and field.
    n_errors : int
    columns : mapping of str to (str, str)
        Letter and head of each field that was found.
    file : str
    """

    rows: tuple[BudgetRow, ...]
    errors: tuple[RecordError, ...]
    n_errors: int
    columns: Mapping[str, tuple[str, str]]
    file: str

    def where(self, field: str, line: int) -> Where:
        """Return the place of a cell."""
        letter, head = self.columns.get(field, (None, None))
        return Where(file=self.file, line=line, column=letter, field=head)


def read_budget_table(path: Path, *, name: str | None = None) -> BudgetTable:
    """Read a table of budgets; a workbook is read in a limited process of its own.

    Parameters
    ----------
    path : Path
        CSV or .xlsx of at most 2 MB and 5,000 rows.
    name : str, optional
        How errors call the file.

    Returns
    -------
    BudgetTable

    Raises
    ------
    FileFormatError
        As `open_table`; also where a column that is needed is not there.
    """
    with open_table(path, name=name, max_rows=MAX_ROWS + 1, max_bytes=MAX_BYTES) as table:
        places = _places(table)
        columns = {
            field: (column_letter(place), table.header[place]) for field, place in places.items()
        }
        shell = BudgetTable((), (), 0, columns, table.file)
        rows, errors = [], []
        for row in _limited(table):
            found = row if isinstance(row, RecordError) else _read(row, places, shell)
            if isinstance(found, BudgetRow):
                rows.append(found)
            else:
                errors.append(found)
    return BudgetTable(tuple(rows), tuple(errors[:MOST_ERRORS]), len(errors), columns, shell.file)


def _limited(table: UserTable) -> Iterator[TableRow | RecordError]:
    for n, row in enumerate(table.rows()):
        if n >= MAX_ROWS:
            raise FileFormatError(
                "budgets.too_many_rows", where=Where(file=table.file), expected=str(MAX_ROWS)
            )
        yield row


def _places(table: UserTable) -> dict[str, int]:
    heads = [_plain(head) for head in table.header]
    found: dict[str, int] = {}
    for field, names in HEADS.items():
        places = [heads.index(_plain(name)) for name in names if _plain(name) in heads]
        if places:
            found[field] = places[0]
    missing = [HEADS[field][1] for field in NEEDED if field not in found]
    if missing:
        raise FileFormatError(
            "budgets.no_column", where=Where(file=table.file), expected=", ".join(missing)
        )
    return found


def _read(row: TableRow, places: Mapping[str, int], shell: BudgetTable) -> BudgetRow | RecordError:
    cells = {field: row.cells[place].strip() for field, place in places.items()}
    hidden = [f for f, p in places.items() if p in row.broken]
    for field in (*hidden, *(f for f in NEEDED if f != "amount" and not cells[f])):
        return _error("budgets.empty", field, row.line, shell, "")
    period = _period(cells["period"])
    if period is None:
        return _error("budgets.no_period", "period", row.line, shell, cells["period"])
    amount = cents_of(cells["amount"]) if cells["amount"] else None
    if cells["amount"] and amount is None:
        return _error("budgets.no_amount", "amount", row.line, shell, cells["amount"])
    day = cells.get("checked_on", "")
    if day and day_of(day) is None:
        return _error("budgets.no_day", "checked_on", row.line, shell, day)
    return BudgetRow(
        line=row.line,
        instrument=cells["instrument"],
        theme=cells["theme"],
        region=cells["region"],
        period=period,
        amount_ct=amount,
        programme=cells.get("programme", ""),
        source=cells.get("source", ""),
        checked_on=day_of(day) if day else None,
    )


def _period(text: str) -> str | None:
    if _YEAR.fullmatch(text):
        return text
    found = _PERIOD.fullmatch(text)
    if found is None:
        return None
    first, last = found[1], found[2]
    last = last if len(last) == len(first) else first[:2] + last
    return f"{first}-{last}" if first <= last else None


def _error(code: str, field: str, line: int, shell: BudgetTable, found: str) -> RecordError:
    return RecordError(code, where=shell.where(field, line), found=found)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("’", "'").split())
