"""The rows of a list, whatever its layout: opened, looked through once, then read in order."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from django.conf import settings

from alpclusters.analysis.errors import FileFormatError, RecordError, Where
from alpclusters.platform.actors.domain.importing.fields import list_fields
from alpclusters.platform.actors.domain.importing.words import country_of
from alpclusters.platform.files import file_digest
from alpclusters.sources import cordis, keep, kohesio
from alpclusters.sources.archives import is_zip
from alpclusters.sources.organisation_heads import known_layout
from alpclusters.sources.organisation_records import OrganisationReading, OrganisationRecord
from alpclusters.sources.organisation_tables import Habits, TableOrganisation, TableReader
from alpclusters.sources.records import Note
from alpclusters.sources.texts import MAX_BYTES
from alpclusters.sources.user_tables import is_workbook, open_table

TABLE: Final = "table"
MEGABYTE: Final = 1_000_000
KINDS: Final = (TABLE, "keep", "cordis", "kohesio")
_READERS: Final[Mapping[str, Callable[..., OrganisationReading]]] = {
    "keep": keep.read_organisations,
    "cordis": cordis.read_organisations,
    "kohesio": kohesio.read_organisations,
}
SOURCE_NAMES: Final = {"keep": "keep.eu", "cordis": "CORDIS", "kohesio": "Kohesio"}
LICENCES: Final = {"keep": keep.LICENCE, "cordis": cordis.LICENCE, "kohesio": kohesio.LICENCE}
RECORD_HEADS: Final = ("external_id", "name", "country", "postcode", "town")

type Thing = TableOrganisation | OrganisationRecord | RecordError


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a list is to be read.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    columns : mapping of str to str
        Field to head, for a table.
    sheet : str or None
    default_country : str
    natural_persons : bool
    """

    kind: str = TABLE
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    default_country: str = ""
    natural_persons: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """What the first reading of a list tells.

    Attributes
    ----------
    n_rows : int
    regions : mapping of str to int
        Texts of the column of regions, with how often they stand there.
    habits : Habits
    """

    n_rows: int
    regions: Mapping[str, int]
    habits: Habits = field(default_factory=Habits)


class Supply(AbstractContextManager["Supply"]):
    """An open list.

    Attributes
    ----------
    header : tuple of str
        Heads of the rows that are rejected.
    accepted_header : tuple of str
        Heads of the rows that are taken.
    header_hash : str
        Empty where no columns were matched.
    sha256 : str
    notes : tuple of Note
        On the file as a whole.
    """

    def __init__(self, path: Path, *, name: str, wishes: Wishes) -> None:
        self._path, self._name, self._wishes = path, name, wishes
        self._stack = ExitStack()
        self._reader: TableReader | None = None
        self.notes: tuple[Note, ...] = ()
        self._open_table() if wishes.kind == TABLE else self._open_reading()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._stack.close()

    def _open_table(self) -> None:
        wishes = self._wishes
        with ExitStack() as stack:
            table = stack.enter_context(
                open_table(
                    self._path, name=self._name, sheet=wishes.sheet, max_bytes=largest_file()
                )
            )
            self._reader = TableReader(
                table,
                wishes.columns,
                list_fields(),
                country_of,
                natural_persons=wishes.natural_persons,
                default_country=wishes.default_country,
            )
            self._stack = stack.pop_all()
        self.header = self.accepted_header = table.header
        self.header_hash, self.sha256, self.notes = table.header_hash, table.sha256, table.notes

    def _open_reading(self) -> None:
        reading = self._reading()
        self.header, self.accepted_header = reading.header, RECORD_HEADS
        self.header_hash = ""
        # Of the file itself: a reader's own is that of what it found in an archive.
        self.sha256 = file_digest(self._path)
        self.notes = reading.notes

    def _reading(self) -> OrganisationReading:
        read = _READERS[self._wishes.kind]
        return read(self._path, name=self._name, natural_persons=self._wishes.natural_persons)

    def survey(self) -> Survey:
        """Read the list once; a list without rows is an error.

        Raises
        ------
        FileFormatError
            There is a head row and nothing below it.
        """
        regions: Counter[str] = Counter()
        if self._reader is not None:
            n_rows, habits = self._reader.look_through(lambda text: regions.update((text,)))
        else:
            reading, habits = self._reading(), Habits()
            n_rows = reading.counts.rows
            regions.update(
                one.nuts for one in reading if isinstance(one, OrganisationRecord) and one.nuts
            )
        if not n_rows:
            raise FileFormatError("file.no_rows", where=Where(file=self._name))
        return Survey(n_rows, regions, habits)

    def things(self, habits: Habits) -> Iterator[Thing]:
        """Yield what each row says, or why it cannot be taken, in the order of the file."""
        if self._reader is None:
            return self._reading()
        self._reader.habits = habits
        return self._reader.read()


def largest_file() -> int:
    """Return the bytes a table may have: 500 MB, or what may be uploaded if that is more."""
    return max(MAX_BYTES, settings.CONFIGURATION.import_mb * MEGABYTE)


def guess_kind(path: Path, header: tuple[str, ...] = (), sheets: tuple[str, ...] = ()) -> str:
    """Tell the layout of a list from what it is: an archive of CORDIS, or known heads."""
    if is_zip(path) and not is_workbook(path):
        return "cordis"
    layout = known_layout(header)
    if layout is not None and layout.kind in KINDS:
        return layout.kind
    return "keep" if "Partners" in sheets else TABLE
