"""What is printed for an AlpCafé, as frozen records: all words in their languages, no layout."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from alpclusters.analysis.scales import Scale
from alpclusters.platform.cafe.domain.agendas import Slot

type Words = Mapping[str, str]
"""One text by language; languages without the text are missing."""


@dataclass(frozen=True, slots=True)
class PrintTable:
    """A table as its sign shows it.

    Attributes
    ----------
    host_address : str
        What opens the screen of its host: on the host's sheet only, for it lets anybody act.
    """

    number: int
    measure: Words
    topic: Words
    host: str
    languages: tuple[str, ...]
    way: str
    is_quiet: bool
    is_accessible: bool
    host_address: str = ""


@dataclass(frozen=True, slots=True)
class PrintGuest:
    """A place in the rotation; ``tables`` has a number per round, None where there is none."""

    number: int
    name: str
    languages: tuple[str, ...]
    tables: tuple[int | None, ...]
    is_spare: bool
    needs_access: bool
    is_changed: bool


@dataclass(frozen=True, slots=True)
class PrintMeasure:
    """A measure that is presented and rated."""

    key: str
    names: Words
    texts: Words
    reported: Words
    source: str
    # A JPEG with what it shows and its source; without one all three are empty.
    picture: bytes = b""
    picture_shows: Words = field(default_factory=dict)
    picture_credit: str = ""


@dataclass(frozen=True, slots=True)
class PrintCriterion:
    """A criterion of the sheet and the steps that people cross."""

    names: Words
    questions: Words
    scale: Scale


@dataclass(frozen=True, slots=True)
class EventPrint:
    """Everything that the printed material of an AlpCafé says.

    Attributes
    ----------
    join_address : str
        What people type who have no camera.
    qr_address : str
        What the QR code holds; the secret stands behind ``#`` and reaches no server log.
    questions : tuple of Words
        One per round, empty where none was written.
    interpreters : tuple of mapping of str to tuple of int
        Per round the tables that need an interpreter, by language.
    sheets : tuple of str
        Numbers of paper rating sheets.
    """

    title: Words
    place: str
    region: Words
    project: str
    held_on: date
    starts_at: time | None
    languages: tuple[str, ...]
    code: str
    join_address: str
    qr_address: str
    n_rounds: int
    minutes_per_round: int
    minutes_to_change: int
    questions: tuple[Words, ...]
    tables: tuple[PrintTable, ...]
    guests: tuple[PrintGuest, ...]
    measures: tuple[PrintMeasure, ...]
    criteria: tuple[PrintCriterion, ...]
    steps: tuple[Slot, ...]
    interpreters: tuple[Mapping[str, tuple[int, ...]], ...]
    has_second_rating: bool
    has_top_three: bool
    top_three_points: tuple[int, ...]
    is_simulated: bool
    sheets: tuple[str, ...] = ()
