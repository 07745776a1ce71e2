"""The rows of a list, whatever its layout: opened, looked through once, then read in order."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from django.conf import settings

from alpclusters.analysis.errors import FileFormatError, RecordError, Where
from alpclusters.platform.actors.domain.importing.fields import list_fields
from alpclusters.platform.actors.domain.importing.words import country_of
from alpclusters.platform.actors.models import ImportRun
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


# --- Rows of a list in chunks: each is one transaction --------------------------------------------


CHUNK: Final = 1_000
# Characters of the rows of a chunk: rows may be long.
CHUNK_LENGTH: Final = 8_000_000


def in_chunks(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    """Gather rows up to a number, or up to a length."""
    chunk, length = list[Thing](), 0
    for thing in things:
        chunk.append(thing)
        length += sum(map(len, getattr(thing, "cells", ())))
        if len(chunk) >= CHUNK or length > CHUNK_LENGTH:
            yield chunk
            chunk, length = [], 0
    if chunk:
        yield chunk


def line_of(thing: Thing) -> int:
    """Return the line of the list where a row, or what is wrong with it, stands."""
    return (thing.where.line or 0) if isinstance(thing, RecordError) else thing.line


# --- Where the list of a run lies, and where what is said about its rows --------------------------


def folder_of(run: ImportRun) -> Path:
    """Return where the lists and the report of a run lie."""
    chosen = run.options.get("report_folder", "")
    if chosen:
        return Path(settings.HOME, chosen)
    path = path_of(run)
    if path.is_relative_to(settings.HOME):
        return path.parent / "report"
    return Path(settings.HOME, "uploads", "imports", f"run-{run.pk}")


def path_of(run: ImportRun) -> Path:
    """Return where the list of a run lies."""
    return Path(settings.HOME, run.options["path"])


def kept_path(path: Path) -> str:
    """Keep files of the data directory by their place in it: it may be moved."""
    whole = path.resolve()
    is_inside = whole.is_relative_to(settings.HOME)
    return str(whole.relative_to(settings.HOME) if is_inside else whole)


# --- What a person chose for a whole list, and what the reading of it then asks for ---------------


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for a whole list; all of it has a default.

    Attributes
    ----------
    sheet : str or None
    kind : str
        table, keep, cordis or kohesio.
    report_folder : str
        Where the lists of accepted and rejected rows go; empty takes one beside the upload.
    language : str
        Of reasons and notes.
    text_language : str
        In which the descriptions of the list are.
    default_type, default_country : str
        For rows that say none.
    natural_persons : bool
        Whether bodies whose legal form is that of one person are taken.
    is_simulated : bool
    """

    sheet: str | None = None
    kind: str = TABLE
    report_folder: str = ""
    language: str = "en"
    text_language: str = "en"
    default_type: str = ""
    default_country: str = ""
    natural_persons: bool = False
    is_simulated: bool = False


def wishes_of(options: Mapping[str, Any], columns: Mapping[str, str]) -> Wishes:
    """Return how a list is to be read, by the options of its run."""
    return Wishes(
        kind=options["kind"],
        columns=columns if options["kind"] == TABLE else {},
        sheet=options["sheet"],
        default_country=options["default_country"],
        natural_persons=options["natural_persons"],
    )
