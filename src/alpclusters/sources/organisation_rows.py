"""Rows of a source by the names of its columns, shared by the adapters for organisations."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.errors import FileFormatError, RecordError, Where
from alpclusters.sources.csv_tables import column_letter, normalised
from alpclusters.sources.organisation_fields import (
    clean,
    coordinates_of,
    country_of,
    is_natural_person,
    postcode_of,
    website_of,
)
from alpclusters.sources.organisation_records import OrganisationRecord
from alpclusters.sources.records import Note, Provenance

Cells = Sequence[str | int | float | None]
# Stands in a record until the whole file is counted; `OrganisationReading` replaces it.
UNCOUNTED: Final = Provenance("", "", "", 0, 0)


@dataclass(frozen=True, slots=True)
class Heads:
    """The head row of a file or sheet.

    Attributes
    ----------
    file, sheet : str
        The sheet is empty for a text file.
    names : tuple of str
        As written.
    places : mapping of str to int
        By normalised name.
    """

    file: str
    sheet: str
    names: tuple[str, ...]
    places: Mapping[str, int]

    @classmethod
    def of(cls, cells: Cells, *, required: Sequence[str], file: str, sheet: str = "") -> "Heads":
        """Read a head row.

        Raises
        ------
        FileFormatError
            A required column is missing, or two columns have one name.
        """
        names = tuple(clean(as_text(cell)) for cell in cells)
        heads = cls(file, sheet, names, _places(names, file=file, sheet=sheet))
        for name in required:
            if name not in heads.places:
                code = "table.missing_column"
                where = Where(file=file, sheet=sheet or None, line=1, field=name)
                found = ", ".join(filter(None, names))
                raise FileFormatError(code, where=where, found=found, expected=name)
        return heads

    def row(self, line: int, cells: Cells) -> "Row":
        """Return a row.

        Raises
        ------
        RecordError
            It has more or fewer fields than the head row.
        """
        n_cells, n_heads = len(cells), len(self.names)
        if n_cells != n_heads:
            code = "table.too_few_fields" if n_cells < n_heads else "table.too_many_fields"
            where = Where(file=self.file, line=line, column=column_letter(min(n_cells, n_heads)))
            error = RecordError(code, where=where, found=str(n_cells), expected=str(n_heads))
            error.cells = tuple(map(as_text, cells))
            raise error
        return Row(self, line, cells)


@dataclass(frozen=True, slots=True)
class Row:
    """One row; its cells are cleaned when asked for."""

    heads: Heads
    line: int
    cells: Cells

    def text(self, name: str) -> str:
        """Return a cell, empty without that column."""
        place = self.heads.places.get(name)
        cell = "" if place is None else self.cells[place]
        return "" if cell in ("", None) else clean(as_text(cell))

    def needed(self, name: str) -> str:
        """Return a cell that must not be empty.

        Raises
        ------
        RecordError
            It is.
        """
        text = self.text(name)
        if not text:
            code = "organisation.empty"
            raise self.error(code, name)
        return text

    def country(self, *names: str) -> str:
        """Return the ISO code of the country from the first of some columns that tells it.

        Raises
        ------
        RecordError
            None does.
        """
        found = next(filter(None, (country_of(self.text(name)) for name in names)), None)
        if found is None:
            code = "organisation.unknown_country"
            raise self.error(code, names[0], expected="AT, CH, DE, FR, IT, LI, SI")
        return found

    def error(self, code: str, name: str, *, expected: str | None = None) -> RecordError:
        """Return the error for a cell."""
        heads, place = self.heads, self.heads.places.get(name)
        where = Where(
            file=heads.file,
            sheet=heads.sheet or None,
            line=self.line,
            column=None if place is None else column_letter(place),
            field=name if place is None else heads.names[place],
        )
        return RecordError(code, where=where, found=self.text(name), expected=expected)


def as_text(cell: str | float | None) -> str:
    """Return a cell as text: a whole number without decimals, nothing as an empty text."""
    return "" if cell is None else str(cell)


def unreadable_record(file: str, line: int, raw: str) -> RecordError:
    """Return the error for a record that cannot be divided into fields, with its text."""
    error = RecordError("table.bad_record", where=Where(file=file, line=line, column="A"))
    error.cells = (raw.rstrip("\r\n"),)
    return error


def named_organisation(row: Row, name: str, country: str, *, natural_persons: bool) -> str:
    """Return the name of the body in a row.

    Raises
    ------
    RecordError
        Empty, or the legal form is that of a single person and those are not wanted.
    """
    found = row.needed(name)
    if not natural_persons and is_natural_person(found, country):
        code = "organisation.natural_person"
        raise row.error(code, name)
    return found


def checked_postcode(text: str, country: str) -> tuple[str, tuple[Note, ...]]:
    """Return a postcode, with a note if zeros had to be put in front."""
    postcode, is_padded = postcode_of(text, country)
    values = {"given": text, "taken": postcode}
    return postcode, (Note("organisation.postcode_padded", values),) if is_padded else ()


def checked_website(text: str) -> tuple[str, tuple[Note, ...]]:
    """Return an address, or nothing and a note for what is none."""
    found = website_of(text) if text else ""
    if found is None:
        return "", (Note("organisation.no_website", {"given": text}),)
    return found, ()


def checked_coordinates(text: str) -> tuple[tuple[float | None, float | None], tuple[Note, ...]]:
    """Return latitude and longitude, or nothing and a note for what is none."""
    found = coordinates_of(text) if text else None
    if found is None:
        notes = (Note("organisation.no_coordinates", {"given": text}),) if text else ()
        return (None, None), notes
    return found, ()


def converted(
    rows: Iterator[Row | RecordError],
    convert: Callable[[Row], OrganisationRecord],
    *,
    stamp: str = "",
) -> Iterator[tuple[str, OrganisationRecord | RecordError]]:
    """Turn rows into records or errors; ``stamp`` names the column that says which is newer."""
    for row in rows:
        if isinstance(row, RecordError):
            yield "", row
            continue
        try:
            yield row.text(stamp), convert(row)
        except RecordError as error:
            error.cells = tuple(map(as_text, row.cells))
            yield "", error


def _places(names: tuple[str, ...], *, file: str, sheet: str) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, head in enumerate(names):
        name = normalised(head)
        if name in places:
            code = "table.duplicate_head"
            where = Where(file=file, sheet=sheet or None, line=1, column=column_letter(place))
            raise FileFormatError(code, where=where, found=head)
        if name:
            places[name] = place
    return places
