"""Who took part in which project: one row per project and organisation, streamed."""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.errors import (
    MAX_COLLECTED,
    FileFormatError,
    RecordError,
    RecordsError,
    Where,
)
from alpclusters.sources.csv_tables import column_letter
from alpclusters.sources.delimited import Record, read_records, sniff_delimiter
from alpclusters.sources.organisation_rows import Heads, unreadable_record
from alpclusters.sources.records import Note, Provenance
from alpclusters.sources.streams import TextStream, open_packed_text
from alpclusters.sources.texts import MAX_BYTES

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

SOURCE: Final = "participations"
PROJECT, ORGANISATION, COUNTRY = "rcn", "pic", "country"
START, END = "start-date", "end-date"
REQUIRED: Final = (PROJECT, ORGANISATION, COUNTRY, START)
# The text of a missing date; as a country it is Namibia.
NO_DATE: Final = ("", "NA")
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SNIFFED: Final = 50


@dataclass(frozen=True, slots=True)
class Participations:
    """Organisations, projects, and who took part in what.

    Attributes
    ----------
    organisation, project : ndarray of shape (k,), int64
        Numbers as in the file, one row per participation, repeated rows included.
    organisations, projects : ndarray of int64
        All numbers, ascending.
    country : ndarray of shape (n_organisations,), int64
        Index into ``countries``, -1 where no row names one.
    countries : tuple of str
        Codes as in the file, ascending.
    start, end : ndarray of shape (n_projects,), float64
        Ordinals of days, NaN where unknown.
    size : ndarray of shape (n_projects,), int64
        Participants, each organisation once.
    provenance : Provenance
    notes : tuple of Note
    """

    organisation: IntArray
    project: IntArray
    organisations: IntArray
    projects: IntArray
    country: IntArray
    countries: tuple[str, ...]
    start: FloatArray
    end: FloatArray
    size: IntArray
    provenance: Provenance
    notes: tuple[Note, ...]


def read_participations(path: Path, *, max_bytes: int = MAX_BYTES) -> Participations:
    """Read a table of participations.

    Columns are found by name, in any order: ``rcn`` (project) and ``pic`` (organisation), whole
    numbers; ``country``, two letters; ``start_date`` and ``end_date``, ISO or ``NA``. The last
    may be missing; further columns are not read.

    Parameters
    ----------
    path : Path
        CSV with comma, semicolon, tab or bar; plain or packed with gzip.
    max_bytes : int
        Of the text, unpacked.

    Returns
    -------
    Participations

    Raises
    ------
    FileFormatError
        As `open_packed_text`; no rows, a missing column.
    RecordError, RecordsError
        A row of the wrong length, a text that is no number, country or date: at most 50 are kept,
        all are counted.

    Notes
    -----
    ``NA`` is a missing date but a country, Namibia. An organisation with several countries in the
    file has the one that stands there most often; a project with several dates the earliest start
    and the latest end. Both are noted with their number.
    """
    text = open_packed_text(path, name=path.name, max_bytes=max_bytes)
    mark = sniff_delimiter(list(islice(text.lines(), _SNIFFED)))
    records = read_records(text.lines(), delimiter=mark)
    head = next(records)
    heads = Heads.of(head.cells or [head.raw], required=REQUIRED, file=text.file)
    rows = _Rows(heads)
    for record in records:
        rows.take(record)
    rows.refuse_errors()
    if not rows.organisation:
        code = "file.no_rows"
        raise FileFormatError(code, where=Where(file=text.file, line=1))
    return _assembled(rows, text)


@dataclass(slots=True)
class _Rows:
    """Rows as numbers; texts that come again are read once."""

    heads: Heads
    organisation: "array[int]" = field(default_factory=lambda: array("q"))
    project: "array[int]" = field(default_factory=lambda: array("q"))
    country: "array[int]" = field(default_factory=lambda: array("q"))
    start: "array[float]" = field(default_factory=lambda: array("d"))
    end: "array[float]" = field(default_factory=lambda: array("d"))
    names: dict[str, int] = field(default_factory=dict)
    dates: dict[str, float] = field(default_factory=dict)
    errors: list[RecordError] = field(default_factory=list)
    n_errors: int = 0

    def take(self, record: Record) -> None:
        """Read one record, or keep its errors."""
        if record.cells is None:
            self._keep(unreadable_record(self.heads.file, record.line, record.raw))
            return
        try:
            cells = self.heads.row(record.line, record.cells).cells
        except RecordError as error:
            self._keep(error)
            return
        self._read(record.line, [str(cell).strip() for cell in cells])

    def refuse_errors(self) -> None:
        """Raise what was found wrong."""
        if self.n_errors == 1:
            raise self.errors[0]
        if self.n_errors:
            raise RecordsError(self.errors, n_all=self.n_errors)

    def _read(self, line: int, cells: Sequence[str]) -> None:
        places = self.heads.places
        wrong = list(self._wrong(cells))
        for name, code, expected in wrong:
            self._keep(self._error(line, name, cells[places[name]], code, expected))
        if wrong:
            return
        self.project.append(int(cells[places[PROJECT]]))
        self.organisation.append(int(cells[places[ORGANISATION]]))
        self.country.append(self._country(cells[places[COUNTRY]].upper()))
        self.start.append(self.dates[cells[places[START]]])
        self.end.append(self.dates[cells[places[END]]] if END in places else np.nan)

    def _wrong(self, cells: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Yield the columns whose text is not what it must be."""
        places = self.heads.places
        for name in (PROJECT, ORGANISATION):
            if not _NUMBER.fullmatch(cells[places[name]]):
                yield name, "table.not_a_whole_number", "0, 1, 2"
        country = cells[places[COUNTRY]].upper()
        if country and not _COUNTRY.fullmatch(country):
            yield COUNTRY, "participations.not_a_country", "AT, CH, DE"
        for name in (START, END):
            if name in places and not self._knows(cells[places[name]]):
                yield name, "participations.not_a_date", "2014-01-31"

    def _knows(self, text: str) -> bool:
        """Say whether a text is a date or the lack of one, and remember it."""
        if text in self.dates:
            return True
        if text in NO_DATE:
            self.dates[text] = np.nan
        elif _DATE.fullmatch(text):
            try:
                self.dates[text] = date.fromisoformat(text).toordinal()
            except ValueError:
                return False
        return text in self.dates

    def _country(self, code: str) -> int:
        return self.names.setdefault(code, len(self.names)) if code else -1

    def _error(self, line: int, name: str, found: str, code: str, expected: str) -> RecordError:
        place = self.heads.places[name]
        where = Where(
            file=self.heads.file,
            line=line,
            column=column_letter(place),
            field=self.heads.names[place],
        )
        return RecordError(code, where=where, found=found, expected=expected)

    def _keep(self, error: RecordError) -> None:
        self.n_errors += 1
        if len(self.errors) < MAX_COLLECTED:
            self.errors.append(error)


def _assembled(rows: _Rows, text: TextStream) -> Participations:
    organisation, project = np.array(rows.organisation), np.array(rows.project)
    organisations, who = np.unique(organisation, return_inverse=True)
    projects, what = np.unique(project, return_inverse=True)
    countries = tuple(sorted(rows.names))
    place = np.array([countries.index(code) for code in rows.names], dtype=np.int64)
    given = np.array(rows.country)
    named = np.append(place, -1)[given]
    country, n_several = _countries(who, named, len(organisations))
    start, start_differs = _extreme(np.array(rows.start), what, len(projects), np.fmin)
    end, end_differs = _extreme(np.array(rows.end), what, len(projects), np.fmax)
    pairs = np.unique(what * len(organisations) + who)
    size = np.bincount(pairs // len(organisations), minlength=len(projects))
    return Participations(
        organisation=_frozen(organisation),
        project=_frozen(project),
        organisations=_frozen(organisations),
        projects=_frozen(projects),
        country=_frozen(country),
        countries=countries,
        start=_frozen(start),
        end=_frozen(end),
        size=_frozen(size.astype(np.int64)),
        provenance=Provenance(SOURCE, text.file, text.sha256, text.n_bytes, len(organisation)),
        notes=(*text.notes, *_notes(n_several, int((start_differs | end_differs).sum()))),
    )


def _countries(who: IntArray, named: IntArray, n: int) -> tuple[IntArray, int]:
    """Return the most frequent country of each organisation, of equals the first by code."""
    found = np.full(n, -1, dtype=np.int64)
    pairs, times = np.unique(np.stack([who, named])[:, named >= 0], axis=1, return_counts=True)
    order = np.lexsort((-pairs[1], times, pairs[0]))
    found[pairs[0][order]] = pairs[1][order]
    return found, int((np.bincount(pairs[0], minlength=n) > 1).sum())


def _extreme(
    values: FloatArray, what: IntArray, n: int, which: np.ufunc
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Return the earliest or latest known day of each project, and where there are several."""
    found, other = np.full(n, np.nan), np.full(n, np.nan)
    which.at(found, what, values)
    (np.fmax if which is np.fmin else np.fmin).at(other, what, values)
    return found, (found != other) & ~np.isnan(found)


def _notes(n_countries: int, n_dates: int) -> Iterator[Note]:
    if n_countries:
        yield Note("participations.several_countries", {"n": n_countries})
    if n_dates:
        yield Note("participations.several_dates", {"n": n_dates})


def _frozen[T: np.generic](values: NDArray[T]) -> NDArray[T]:
    values.setflags(write=False)
    return values
