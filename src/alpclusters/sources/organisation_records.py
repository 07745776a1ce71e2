"""Organisations as outside sources list them: one record per body, with where it came from."""

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Self

from alpclusters.analysis.errors import RecordError
from alpclusters.sources.records import Licence, Note, Provenance

Scheme = Literal["keep", "kohesio", "cordis", "import"]
OrganisationType = Literal["university", "sme", "unknown"]
Helix = Literal["business", "research", "public", "unknown"]
DIGEST: Final = 16


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """One organisation of one file.

    Attributes
    ----------
    external_id : str
        Finds the organisation again at the next import; within ``scheme``.
    scheme : str
        keep, kohesio, cordis, or import for lists of one's own.
    name, short_name : str
    country : str
        ISO 3166; XK for Kosovo.
    line : int
        1-based line of the file, or row of the sheet, of the row that stands.
    licence : Licence
        With the sentence the source asks for.
    provenance : Provenance
    other_names : tuple of str
        Such as a transliteration.
    type, helix : str
        What the source's own word allows to say, else unknown.
    type_raw : str
        That word.
    nuts : str
        As given, of any vintage; may be unknown or only a country.
    nuts_vintage : int or None
        None where the source does not say it; none of ours does.
    town, street, postcode : str
        The postcode is a text, with its leading zeros.
    website : str
    latitude, longitude : float or None
    identifiers : mapping of str to str
        By scheme: pic, vat, national.
    sheet : str
        Of a workbook, else empty.
    mentions : int
        Rows of the file that list this body; one of them stands.
    notes : tuple of Note
        What was changed or left out; see `alpclusters.reports.source_notes`.
    """

    external_id: str
    scheme: Scheme
    name: str
    country: str
    line: int
    licence: Licence
    provenance: Provenance
    short_name: str = ""
    other_names: tuple[str, ...] = ()
    type: OrganisationType = "unknown"
    helix: Helix = "unknown"
    type_raw: str = ""
    nuts: str = ""
    nuts_vintage: int | None = None
    town: str = ""
    street: str = ""
    postcode: str = ""
    website: str = ""
    latitude: float | None = None
    longitude: float | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    mentions: int = 1
    notes: tuple[Note, ...] = ()

    @property
    def source(self) -> str:
        """Stable name of the source."""
        return self.provenance.source


@dataclass(frozen=True, slots=True)
class RowCounts:
    """What became of the rows: ``rows`` is always the sum of the other three."""

    rows: int
    records: int
    rejected: int
    repeats: int


@dataclass(slots=True)
class _Standing:
    """Which row of a body stands, and how many rows it has."""

    line: int
    stamp: str
    mentions: int = 1


class OrganisationReading(Iterator[OrganisationRecord | RecordError]):
    """The organisations of a file, one after the other; counted before the first one comes.

    Every row of the file ends as a record, as an error, or as a repeat of a body that another
    row lists. Only identifiers are kept in memory: the file is read twice.

    Parameters
    ----------
    rows : callable
        Returns a fresh iterator over ``(stamp, record or error)``, each time the same. Of rows
        with the same external id the greatest stamp stands, of equal ones the first.
    provenance : callable
        Makes the provenance from the number of rows.
    notes : tuple of Note
        On the file as a whole, such as a guessed encoding.
    header : tuple of str
        Heads of the columns as written, for whoever shows rejected rows.

    Attributes
    ----------
    counts : RowCounts
    provenance : Provenance
    notes : tuple of Note
    header : tuple of str
    """

    def __init__(
        self,
        rows: Callable[[], Iterator[tuple[str, OrganisationRecord | RecordError]]],
        *,
        provenance: Callable[[int], Provenance],
        notes: tuple[Note, ...] = (),
        header: tuple[str, ...] = (),
    ) -> None:
        self.notes = notes
        self.header = header
        self._standing: dict[str, _Standing] = {}
        n_rows, n_rejected = self._look_through(rows())
        n_records = len(self._standing)
        repeats = n_rows - n_records - n_rejected
        self.counts = RowCounts(n_rows, n_records, n_rejected, repeats)
        self.provenance = provenance(n_rows)
        self._items = self._read(rows())

    def __iter__(self) -> Self:
        """Return itself: it is read once."""
        return self

    def __next__(self) -> OrganisationRecord | RecordError:
        """Return the next record or the next error, in the order of the file."""
        return next(self._items)

    def _look_through(
        self, rows: Iterator[tuple[str, OrganisationRecord | RecordError]]
    ) -> tuple[int, int]:
        n_rows = n_rejected = 0
        for stamp, item in rows:
            n_rows += 1
            if isinstance(item, RecordError):
                n_rejected += 1
            else:
                self._count(item, stamp)
        return n_rows, n_rejected

    def _count(self, record: OrganisationRecord, stamp: str) -> None:
        known = self._standing.get(record.external_id)
        if known is None:
            self._standing[record.external_id] = _Standing(record.line, stamp)
            return
        known.mentions += 1
        if stamp > known.stamp:
            known.line, known.stamp = record.line, stamp

    def _read(
        self, rows: Iterator[tuple[str, OrganisationRecord | RecordError]]
    ) -> Iterator[OrganisationRecord | RecordError]:
        for _, item in rows:
            if isinstance(item, RecordError):
                yield item
                continue
            standing = self._standing[item.external_id]
            if standing.line == item.line:
                yield replace(item, mentions=standing.mentions, provenance=self.provenance)


def id_from_name(name: str, country: str, town: str = "") -> str:
    """Return a stable id for a body whose source gives none: letters and digits of the name only.

    Examples
    --------
    >>> id_from_name("Tehnološki park", "SI", "Ljubljana") == id_from_name(
    ...     "TEHNOLOŠKI  PARK", "SI", "LJUBLJANA"
    ... )
    True
    """
    words = "|".join((_letters(name), _letters(town)))
    return f"{country}-{hashlib.sha256(words.encode()).hexdigest()[:DIGEST]}"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
