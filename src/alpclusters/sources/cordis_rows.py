"""The rows of the tables of CORDIS: divided into fields, mended where they must be."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from alpclusters.analysis.errors import FileFormatError, RecordError, Where
from alpclusters.sources.organisation_rows import Heads, Row, unreadable_record
from alpclusters.sources.streams import LINE_LIMIT, TextStream

# A field, one that opens with an undoubled quotation mark, one without quotation marks.
_FIELD: Final = re.compile(
    r'"([^"]*+(?:""[^"]*+)*+)"(?=;|\Z)'
    r'|"("[^"]*+(?:""[^"]*+)*+)"(?=;|\Z)'
    r'|([^;"]*+)(?=;|\Z)'
)
_QUOTED_START: Final = re.compile(r'"[^"\r\n]*";"')
_BARE_START: Final = re.compile(r'[^;"\r\n]*;')


def cordis_heads(text: TextStream, *, required: Sequence[str]) -> Heads:
    """Read the head row.

    Raises
    ------
    FileFormatError
        A column is missing, or it is the layout of before 2021.
    """
    names = fields_of(next(text.lines())) or []
    if {"coordinator", "participants"} <= {name.strip().casefold() for name in names}:
        code = "cordis.old_layout"
        raise FileFormatError(code, where=Where(file=text.file, line=1))
    return Heads.of(names, required=required, file=text.file)


def cordis_rows(text: TextStream, heads: Heads) -> Iterator[Row | RecordError]:
    """Yield every row below the head, or the error of one that cannot be divided."""
    for line, record in _records(text):
        fields = _quick_fields(record, len(heads.names)) or fields_of(record)
        if fields is None:
            yield unreadable_record(text.file, line, record)
            continue
        try:
            yield heads.row(line, fields)
        except RecordError as error:
            yield error


def _records(text: TextStream) -> Iterator[tuple[int, str]]:
    """Join the lines of a record: the next one begins where a line begins like one."""
    lines = text.lines()
    start = _QUOTED_START if next(lines).startswith('"') else _BARE_START
    held: list[str] = []
    first = size = 0
    for number, line in enumerate(lines, start=2):
        if held and (start.match(line) or size > LINE_LIMIT):
            yield first, "".join(held)
            held, size = [], 0
        if held or line.strip():
            first = first if held else number
            held.append(line)
            size += len(line)
    if held:
        yield first, "".join(held)


def _quick_fields(record: str, n_fields: int) -> list[str] | None:
    """Split a record without quotation marks inside its fields, or return None."""
    bare = record.rstrip("\r\n")
    fields = bare[1:-1].split('";"')
    is_plain = bare.startswith('"') and bare.endswith('"') and len(fields) == n_fields
    return fields if is_plain and not any('"' in field for field in fields) else None


def fields_of(record: str) -> list[str] | None:
    """Split a record; a field that opens with an undoubled quotation mark is mended."""
    bare, place, fields = record.rstrip("\r\n"), 0, []
    while found := _FIELD.match(bare, place):
        fields.append(next(part for part in found.groups() if part is not None).replace('""', '"'))
        place = found.end() + 1
        if place > len(bare):
            return fields
    return None
