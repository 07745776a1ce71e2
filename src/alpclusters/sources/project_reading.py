"""What every reader of projects hands on, and small parts that the readers share."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from alpclusters.analysis.errors import RecordError, shown
from alpclusters.sources.organisation_fields import country_of, website_of
from alpclusters.sources.organisation_rows import Row, as_text
from alpclusters.sources.project_records import Money, Refused, Thing
from alpclusters.sources.project_values import (
    MAX_TEXT,
    date_of,
    is_ambiguous,
    money_of,
    plain_text,
)
from alpclusters.sources.records import Licence, Note

MAX_NAME: Final = 300
MAX_TOWN: Final = 80
MAX_THEMES: Final = 60
MAX_THEME: Final = 200


@dataclass(frozen=True, slots=True)
class ProjectReading:
    """An open list of projects, read as often as `things` is called.

    Attributes
    ----------
    source : str
        cordis, keep, kohesio or table.
    licence : Licence
    file, sha256 : str
        The digest is that of the file, or of all files of a folder.
    n_bytes : int
    header : tuple of str
        Heads of the rows of projects, for whoever shows rejected ones.
    things : callable
        Returns a fresh iterator over projects, participations, themes and refused rows.
    notes : tuple of Note
        On the file as a whole, such as a guessed encoding.
    is_whole : bool
        Whether the file lists all projects of its programmes, so that one that is missing is gone.
    dated : str
        Day of the list, where the source asks that it is named.
    """

    source: str
    licence: Licence
    file: str
    sha256: str
    n_bytes: int
    header: tuple[str, ...]
    things: Callable[[], Iterator[Thing]]
    notes: tuple[Note, ...] = ()
    is_whole: bool = False
    dated: str = ""


class Noted:
    """A row that is being read, with what has to be noted about it."""

    def __init__(self, row: Row, *, comma_is_decimal: bool) -> None:
        self.row = row
        self.notes: list[Note] = []
        self._comma_is_decimal = comma_is_decimal

    def note(self, code: str, **values: str | int) -> None:
        """Keep something to tell."""
        self.notes.append(Note(code, values))

    def left_out(self, name: str, given: str) -> None:
        """Note a value that cannot be read."""
        self.note("organisation.left_out", column=self.head(name), given=shown(given))

    def head(self, name: str) -> str:
        """Return the head of a column as written."""
        place = self.row.heads.places.get(name)
        return name if place is None else self.row.heads.names[place]

    def raw(self, name: str) -> str:
        """Return a cell as it stands."""
        place = self.row.heads.places.get(name)
        return "" if place is None else as_text(self.row.cells[place])

    def text(self, name: str) -> str:
        """Return a long text as plain paragraphs."""
        given = self.raw(name)
        if len(given) > MAX_TEXT:
            self.note("project.cut", column=self.head(name), most=MAX_TEXT)
        return plain_text(given) if given else ""

    def line(self, *names: str) -> str:
        """Return the first of some cells that is not empty, in one line."""
        for name in names:
            found = " ".join(plain_text(self.raw(name)).split())
            if found:
                return found
        return ""

    def day(self, name: str) -> date | None:
        """Return a date; what is none is noted."""
        given = self.row.text(name)
        found = date_of(given) if given else None
        if given and found is None:
            self.left_out(name, given)
        return found

    def money(self, name: str, currency: str = "EUR") -> Money | None:
        """Return an amount; what is none, or can be read in two ways, is noted."""
        given = self.row.text(name)
        if not given:
            return None
        found = money_of(given, comma_is_decimal=self._comma_is_decimal, currency=currency)
        if found is None:
            self.left_out(name, given)
        elif is_ambiguous(given):
            self.note("organisation.ambiguous_number", given=given, taken=str(found.amount))
        return found

    def country(self, *names: str) -> str:
        """Return the ISO code that the first telling column tells; empty with a note else."""
        given = [self.row.text(name) for name in names]
        found = next(filter(None, map(country_of, given)), "")
        if not found and any(given):
            self.left_out(names[0], next(filter(None, given)))
        return found

    def website(self, name: str) -> str:
        """Return an address; what is none is noted."""
        given = self.row.text(name)
        found = website_of(given) if given else ""
        if found is None or len(found) > MAX_NAME:
            self.note("organisation.no_website", given=shown(given))
            return ""
        return found

    def name(self, given: str) -> str:
        """Return a name of a body that can be kept."""
        if len(given) > MAX_NAME:
            self.note("project.cut", column=given[:20], most=MAX_NAME)
        return given[:MAX_NAME]


def refused(kind: str, error: RecordError, row: Row | None = None) -> Refused:
    """Return a refused row with its cells."""
    if row is not None and not error.cells:
        error.cells = tuple(map(as_text, row.cells))
    return Refused("project" if kind == "project" else "participation", error)


def told(texts: Mapping[str, str]) -> dict[str, str]:
    """Leave out languages without a text."""
    return {language: text for language, text in texts.items() if text}


def themes_of(*texts: str) -> tuple[str, ...]:
    """Return words once each, in order, none of them endless."""
    found = dict.fromkeys(" ".join(text.split())[:MAX_THEME] for text in texts)
    return tuple(filter(None, found))[:MAX_THEMES]
