"""The file of languages for ``alpclusters seat``: a line per guest, a line per table."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import FileFormatError, InputError, RecordError, Where
from alpclusters.analysis.rotation import Languages
from alpclusters.sources.csv_tables import CsvTable, NotThisKindError, load_csv
from alpclusters.sources.heads import GUEST, LANGUAGES, TABLE

SOURCE: Final = "languages"
MAX_NAMED: Final = 10
_NUMBER: Final = re.compile(r"[0-9]{1,6}")
_CODE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_SEPARATORS: Final = re.compile(r"[\s,;/|+]+")


def read_languages(path: Path, *, guests: int, tables: int) -> Languages:
    """Read who speaks what and which language each table has.

    Columns ``guest``, ``languages`` and, if wanted, ``table``, named in any of five languages;
    each line names a guest or a table by number and its language codes, separated by spaces.
    Without lines for tables they are shared out in proportion to the speakers.

    Parameters
    ----------
    path : Path
    guests, tables : int

    Raises
    ------
    FileFormatError, RecordError, RecordsError
        As `load_csv`; besides a number out of range or named twice, a text that is no language
        code, a line with both or neither, a table without exactly one language, missing lines.
    """
    if not path.exists():
        code = "path.missing"
        raise InputError(code, where=Where(file=str(path)))
    table = load_csv(path, source=SOURCE)
    spoken = table.converted(
        LANGUAGES, _codes, code="languages.not_a_language", expected="de, fr, sl"
    )
    guest_numbers = _numbers(table, GUEST, most=guests)
    table_numbers = _numbers(table, TABLE, most=tables)
    _refuse_both_or_neither(table, guest_numbers, table_numbers)
    guest_rows = _rows(table, GUEST, guest_numbers)
    table_rows = _rows(table, TABLE, table_numbers)
    _refuse_missing(table, guest_rows, guests, code="languages.guests_missing")
    by_guest = [spoken[guest_rows[number]] for number in range(1, guests + 1)]
    if not table_rows:
        if not any(by_guest):
            code = "languages.none"
            raise FileFormatError(code, where=Where(file=table.file))
        return Languages.of(by_guest, tables)
    _refuse_missing(table, table_rows, tables, code="languages.tables_missing")
    return Languages.of(by_guest, _hosts(table, table_rows, spoken))


def _codes(text: str) -> tuple[str, ...]:
    codes = [code for code in _SEPARATORS.split(text.strip().casefold()) if code]
    if not all(_CODE.fullmatch(code) for code in codes):
        raise NotThisKindError
    return tuple(dict.fromkeys(codes))


def _numbers(table: CsvTable, names: tuple[str, ...], *, most: int) -> list[int]:
    """Return the numbers of a column, 0 for an empty cell; the column of tables may be missing."""
    if names == TABLE and table.place(*names) is None:
        return [0] * table.n_rows
    return table.converted(
        names,
        lambda text: _number(text, most=most),
        code="languages.not_a_number",
        expected=f"1 – {most}",
    )


def _rows(table: CsvTable, names: tuple[str, ...], numbers: Sequence[int]) -> dict[int, int]:
    """Return the row of each number, which must stand there once."""
    rows: dict[int, int] = {}
    for row, number in enumerate(numbers):
        if number in rows:
            table.refuse([row], names, code="table.repeated_id", expected="")
        if number:
            rows[number] = row
    return rows


def _number(text: str, *, most: int) -> int:
    bare = text.strip()
    if not bare:
        return 0
    if not (_NUMBER.fullmatch(bare) and bare.isascii() and 1 <= int(bare) <= most):
        raise NotThisKindError
    return int(bare)


def _refuse_both_or_neither(table: CsvTable, guests: Sequence[int], tables: Sequence[int]) -> None:
    pairs = enumerate(zip(guests, tables, strict=True))
    rows = [row for row, (guest, place) in pairs if bool(guest) == bool(place)]
    if rows:
        table.refuse(rows, GUEST, code="languages.guest_or_table", expected="")


def _refuse_missing(table: CsvTable, rows: dict[int, int], most: int, *, code: str) -> None:
    missing = [str(number) for number in range(1, most + 1) if number not in rows]
    if missing:
        shown = ", ".join(missing[:MAX_NAMED]) + (", …" if len(missing) > MAX_NAMED else "")
        last = table.lines([table.n_rows - 1])[0]
        place = table.place(*(GUEST if "guests" in code else TABLE)) or 0
        where = table.where(place, line=last)
        raise RecordError(code, where=where, found=shown, expected=str(most))


def _hosts(table: CsvTable, rows: dict[int, int], spoken: Sequence[tuple[str, ...]]) -> list[str]:
    wrong = [row for row in rows.values() if len(spoken[row]) != 1]
    if wrong:
        table.refuse(sorted(wrong), LANGUAGES, code="languages.one_per_table", expected="de")
    return [spoken[rows[number]][0] for number in sorted(rows)]
