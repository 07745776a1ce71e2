"""Organisations in tables of people's own: one record for each row, by the columns they matched."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import Final

from alpclusters.analysis.errors import FileFormatError, RecordError, Where, shown
from alpclusters.sources.csv_tables import column_letter
from alpclusters.sources.organisation_fields import (
    clean,
    coordinates_of,
    is_natural_person,
    postcode_of,
    website_of,
)
from alpclusters.sources.organisation_heads import Kind, ListField
from alpclusters.sources.organisation_values import (
    count_of,
    day_of,
    decimal_of,
    has_decimal_comma,
    is_ambiguous_decimal,
    year_of,
)
from alpclusters.sources.records import Note
from alpclusters.sources.register_numbers import TIDY
from alpclusters.sources.user_tables import TableRow, UserTable

# Fields for which a row is read by a rule of their own.
OWN_RULES: Final = frozenset(
    {"external_id", "name", "country", "postcode", "latitude", "longitude", "coordinates"}
    | {"pic", "is_simulated", *TIDY}
)
MAX_LATITUDE: Final = 90
MAX_LONGITUDE: Final = 180
# What our own lists and other spreadsheets write into a column of yes and no.
_YES: Final = frozenset({"true", "1", "yes", "ja", "oui", "sì", "da", "wahr", "vrai", "vero", "x"})
_PIC: Final = re.compile(r"[0-9]{9}")
_LIST: Final = re.compile(r"[;,|/\n]")
# What our own lists put before cells that a spreadsheet could take for a formula.
_GUARDED: Final = ("'=", "'+", "'-", "'@")

type Value = str | int | float | date


@dataclass(frozen=True, slots=True)
class TableOrganisation:
    """One organisation of a table.

    Attributes
    ----------
    line : int
    external_id : str
        As the table has it; empty without one.
    name : str
    country : str
        ISO 3166; empty if the row has none.
    values : mapping of str to str, int, float or date
        Further fields that are not empty; what means something by lists of words or regions, such
        as the type, stands as text in the source's own words.
    cells : tuple of str
        The row as it stands.
    notes : tuple of Note
    """

    line: int
    external_id: str
    name: str
    country: str
    values: Mapping[str, Value]
    cells: tuple[str, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Habits:
    """How a table writes what can be read in two ways, by column.

    Attributes
    ----------
    decimal_comma : frozenset of str
        Fields in which some number certainly has one.
    month_first : frozenset of str
        Fields in which some date certainly begins with the month.
    """

    decimal_comma: frozenset[str] = frozenset()
    month_first: frozenset[str] = frozenset()


@dataclass(slots=True)
class TableReader:
    """Turns rows of a table into organisations.

    Parameters
    ----------
    table : UserTable
    columns : mapping of str to str
        Field to head; heads the table lacks are an error.
    fields : sequence of ListField
        What a list may bring.
    country_of : callable
        Returns the ISO code for a name or code in any language, or None.
    natural_persons : bool
        Whether bodies whose legal form is that of one person are taken.
    default_country : str
        For rows that say none.
    habits : Habits
    """

    table: UserTable
    columns: Mapping[str, str]
    fields: Sequence[ListField]
    country_of: Callable[[str], str | None]
    natural_persons: bool = False
    default_country: str = ""
    habits: Habits = field(default_factory=Habits)
    _places: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._places = column_places(self.table, self.columns, self.fields)

    def read(self) -> Iterator[TableOrganisation | RecordError]:
        """Yield an organisation or an error for every row."""
        for row in self.table.rows():
            if isinstance(row, RecordError):
                yield row
                continue
            try:
                yield _Reading(self, row).organisation()
            except RecordError as error:
                error.cells = row.cells
                yield error

    def look_through(self, heed: Callable[[str], None]) -> tuple[int, Habits]:
        """Read once to count the rows and learn habits; ``heed`` gets every text of a region."""
        seen = _Habits(self.fields)
        n_rows, region = 0, self._places.get("region")
        for row in self.table.rows():
            n_rows += 1
            if isinstance(row, RecordError):
                continue
            if region is not None and row.cells[region]:
                heed(row.cells[region])
            seen.heed(row.cells, self._places)
        return n_rows, seen.found()


def column_places(
    table: UserTable, columns: Mapping[str, str], fields: Sequence[ListField]
) -> dict[str, int]:
    """Return the position of the column of each field.

    Raises
    ------
    FileFormatError
        A head that the table lacks, a field that is none, no column for the name, or one column
        for two fields.
    """
    heads = {head: place for place, head in reversed(list(enumerate(table.header))) if head}
    places: dict[str, int] = {}
    known = [field.name for field in fields]
    for name, head in columns.items():
        if not head:
            continue
        if name not in known:
            raise _wrong("import.unknown_field", table, name, found=name, expected=", ".join(known))
        if head not in heads:
            found = ", ".join(filter(None, table.header))
            raise _wrong("table.missing_column", table, head, found=found, expected=head)
        if heads[head] in places.values():
            raise _wrong("import.column_twice", table, name, found=head)
        places[name] = heads[head]
    if "name" not in places:
        raise _wrong("import.no_name", table, "name", found=", ".join(filter(None, table.header)))
    return places


def _wrong(
    code: str, table: UserTable, name: str, *, found: str, expected: str | None = None
) -> FileFormatError:
    where = Where(
        file=table.file,
        sheet=table.sheet or None,
        line=table.header_line,
        field=shown(name) or None,
    )
    return FileFormatError(code, where=where, found=found, expected=expected)


class _Habits:
    """Gathers evidence over the rows."""

    def __init__(self, fields: Sequence[ListField]) -> None:
        self._decimals = _names(fields, Kind.DECIMAL)
        self._dates = _names(fields, Kind.YEAR, Kind.DAY)
        self._commas: set[str] = set()
        self._months: set[str] = set()

    def heed(self, cells: Sequence[str], places: Mapping[str, int]) -> None:
        for name in self._decimals:
            place = places.get(name)
            if place is not None and "," in cells[place]:
                self._heed_comma(name, cells[place].strip())
        for name in self._dates:
            place = places.get(name)
            if place is not None and cells[place]:
                self._heed_date(name, cells[place].strip())

    def _heed_comma(self, name: str, text: str) -> None:
        if has_decimal_comma(text):
            self._commas.add(name)

    def _heed_date(self, name: str, text: str) -> None:
        if day_of(text) is None and day_of(text, day_first=False) is not None:
            self._months.add(name)

    def found(self) -> Habits:
        return Habits(frozenset(self._commas), frozenset(self._months))


def _names(fields: Sequence[ListField], *kinds: Kind) -> tuple[str, ...]:
    return tuple(field.name for field in fields if field.kind in kinds)


class _Reading:
    """The reading of one row: fields one after the other, notes on the way."""

    __slots__ = ("_cells", "_notes", "_places", "_reader", "_row", "_values")

    def __init__(self, reader: TableReader, row: TableRow) -> None:
        self._reader = reader
        self._row = row
        self._places = reader._places  # noqa: SLF001 - one class in two parts
        self._cells = row.cells
        self._notes: list[Note] = []
        self._values: dict[str, Value] = {}

    def organisation(self) -> TableOrganisation:
        if self._row.broken:
            self._refuse_broken()
        name, country = self._name(), self._country()
        if not self._reader.natural_persons and is_natural_person(name, country):
            raise self._error("organisation.natural_person", "name")
        self._take_plain()
        self._take_numbers()
        self._take_place(country)
        if self._row.formulas:
            self._note_formulas()
        external_id = self._text("external_id")
        return TableOrganisation(
            self._row.line,
            external_id,
            name,
            country,
            self._values,
            self._cells,
            tuple(self._notes),
        )

    def _text(self, name: str) -> str:
        place = self._places.get(name)
        if place is None:
            return ""
        cell = self._cells[place]
        if not cell:
            return ""
        text = clean(cell)
        return text[1:] if text.startswith(_GUARDED) else text

    def _name(self) -> str:
        name = self._text("name")
        if not name:
            raise self._error("organisation.empty", "name")
        return name

    def _country(self) -> str:
        text = self._text("country")
        if not text:
            return self._reader.default_country
        country = self._reader.country_of(text)
        if country is None:
            raise self._error(
                "organisation.unknown_country", "country", expected="AT, CH, DE, FR, IT, LI, SI"
            )
        return country

    def _take_plain(self) -> None:
        for name in _names(self._reader.fields, Kind.TEXT):
            text = self._text(name)
            if text:
                self._values[name] = text
        if self._text("is_simulated").casefold() in _YES:
            self._values["is_simulated"] = True
        pic = self._text("pic")
        if pic and _PIC.fullmatch(pic):
            self._values["pic"] = pic
        elif pic:
            self._left_out("pic", pic)
        self._take_checked()

    def _take_checked(self) -> None:
        """Take numbers with check digits; a slip of the pen is left out and named."""
        for name, tidy in TIDY.items():
            text = self._text(name)
            number = tidy(text) if text else None
            if number:
                self._values[name] = number
            elif text:
                self._left_out(name, text)

    def _take_numbers(self) -> None:
        reader, habits = self._reader, self._reader.habits
        for name in _names(reader.fields, Kind.COUNT):
            self._take(name, count_of)
        for name in _names(reader.fields, Kind.YEAR):
            self._take(name, year_of)
        for name in _names(reader.fields, Kind.DAY):
            self._take(name, partial(day_of, day_first=name not in habits.month_first))
        for name in _names(reader.fields, Kind.DECIMAL):
            is_decimal = name in habits.decimal_comma
            self._take(name, partial(decimal_of, comma_is_decimal=is_decimal))
            text = self._text(name)
            if text and is_ambiguous_decimal(text):
                taken = str(self._values.get(name, ""))
                self._note("organisation.ambiguous_number", name, text, taken=taken)

    def _take(self, name: str, convert: Callable[[str], Value | None]) -> None:
        text = self._text(name)
        if not text:
            return
        value = convert(text)
        if value is None:
            self._left_out(name, text)
        else:
            self._values[name] = value

    def _take_place(self, country: str) -> None:
        text = self._text("postcode")
        if text:
            postcode, is_padded = postcode_of(text, country)
            self._values["postcode"] = postcode
            if is_padded:
                values = {"given": text, "taken": postcode}
                self._notes.append(Note("organisation.postcode_padded", values))
        for name in _names(self._reader.fields, Kind.WEB):
            self._take_address(name, self._text(name))
        self._take_coordinates()

    def _take_address(self, name: str, text: str) -> None:
        if not text:
            return
        address = _website(text)
        if address is None:
            self._notes.append(Note("organisation.no_website", {"given": shown(text)}))
        else:
            self._values[name] = address

    def _take_coordinates(self) -> None:
        both = self._text("coordinates")
        if both:
            pair = coordinates_of(both)
            given = both
        else:
            latitude, longitude = self._text("latitude"), self._text("longitude")
            if not latitude and not longitude:
                return
            pair = _pair(latitude, longitude)
            given = f"{latitude} {longitude}".strip()
        if pair is None:
            self._notes.append(Note("organisation.no_coordinates", {"given": shown(given)}))
            return
        self._values["latitude"], self._values["longitude"] = pair

    def _refuse_broken(self) -> None:
        for name, place in self._places.items():
            if place in self._row.broken:
                raise self._error("table.no_value", name)

    def _note_formulas(self) -> None:
        for name, place in self._places.items():
            if place in self._row.formulas:
                self._note("organisation.formula", name, self._cells[place])

    def _left_out(self, name: str, given: str) -> None:
        self._note("organisation.left_out", name, given)

    def _note(self, code: str, name: str, given: str, **more: str) -> None:
        head = self._reader.table.header[self._places[name]]
        self._notes.append(Note(code, {"column": head, "given": shown(given), **more}))

    def _error(self, code: str, name: str, *, expected: str | None = None) -> RecordError:
        table, place = self._reader.table, self._places.get(name)
        where = Where(
            file=table.file,
            sheet=table.sheet or None,
            line=self._row.line,
            column=None if place is None else column_letter(place),
            field=name if place is None else table.header[place],
        )
        return RecordError(code, where=where, found=self._text(name), expected=expected)


@lru_cache(maxsize=10_000)
def _website(text: str) -> str | None:
    return website_of(text)


def _pair(latitude: str, longitude: str) -> tuple[float, float] | None:
    first, second = decimal_of(latitude), decimal_of(longitude)
    if first is None or second is None:
        return None
    fits = abs(first) <= MAX_LATITUDE and abs(second) <= MAX_LONGITUDE
    return (first, second) if fits else None


def listed(text: str) -> list[str]:
    """Divide a cell that lists several things.

    Examples
    --------
    >>> listed("28.41; 62 | C")
    ['28.41', '62', 'C']
    """
    return [part.strip() for part in _LIST.split(text) if part.strip()]
