"""What a document is made of: one model that every writer (HTML, PDF, DOCX, XLSX) understands.

Texts are already in the document's language; numbers and dates stay values, so that each
writer formats them with `reports.numbers` and `reports.dates` and a spreadsheet keeps them as
numbers. Builders live in ``reports/<document>.py``, writers in ``reports/writers/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from alpclusters.platform.policy.domain.records import SnapshotRef

# --- pieces of a line ---------------------------------------------------------------------


class Mark(StrEnum):
    """Honest marks: shown as a chip with a word, never by colour alone."""

    SIMULATED = "simulated"
    UNVERIFIED = "unverified"
    WITHHELD = "withheld"
    MACHINE = "machine"  # a translation made by a machine


class StatusKind(StrEnum):
    """State of an action; shape and word carry it, colour only repeats."""

    FAR_BEHIND = "far-behind"
    NO_REPORT = "no-report"
    DELAYED = "delayed"
    ON_TRACK = "on-track"
    PLANNED = "planned"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; ``language`` only where it differs from the document's."""

    text: str
    strong: bool = False
    emphasis: bool = False
    quiet: bool = False  # secondary ink: identifiers, translations
    language: str | None = None
    link: str | None = None  # http, https or mailto address; others are printed as text


@dataclass(frozen=True, slots=True)
class Chip:
    """A mark inside a line; the word comes from the catalogue."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Status:
    """A status shape with its word; ``word`` replaces the catalogue's (for example "open")."""

    kind: StatusKind
    word: str = ""
    detail: str = ""  # second line, for example "last: delayed"


@dataclass(frozen=True, slots=True)
class Certainty:
    """Certainty of a lesson: letter A to D in a frame, always with its words."""

    letter: Literal["A", "B", "C", "D"]
    words: str


type Inline = Run | Chip | Status | Certainty
type Text = str | tuple[Inline, ...]

# --- cells --------------------------------------------------------------------------------


class Marker(Enum):
    """Cells that are no values. Withheld looks the same for both reasons, on purpose."""

    WITHHELD = "withheld"
    UNKNOWN = "unknown"


WITHHELD: Final = Marker.WITHHELD
UNKNOWN: Final = Marker.UNKNOWN


@dataclass(frozen=True, slots=True)
class Interval:
    """Two ends of an interval, printed with the dash (or word) of the language."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Counted:
    """A value with the number of people behind it: "4,1  n 13"; `step` 1 to 6 shades the cell.

    ``step`` counts the classes of the sequential palette, 0 means no shade; ``diverging``
    takes -3 to 3 of the diverging palette instead.
    """

    value: float
    n: int
    step: int = 0
    diverging: int | None = None


type Number = int | float | Decimal
# In a class with a field called date.
type Day = date
type Cell = Text | Number | date | Interval | Counted | Status | Chip | Marker | None
"""``None`` is "not applicable" and stays empty; unknown is `UNKNOWN`, zero is 0."""

type ColumnKind = Literal["text", "number", "percent", "code", "status", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Numbers stand right with equal ``decimals`` (None: as many as the values need, at most 2);
    ``unit`` is printed in the head; ``percent`` takes shares from 0 to 1; ``signed`` prints + and
    the minus sign; ``strong`` sets the values bold (estimates, sums).
    """

    title: str
    kind: ColumnKind = "text"
    unit: str = ""
    decimals: int | None = None
    signed: bool = False
    strong: bool = False


type Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """A row over the whole width that opens a tier or part: "Tier A"."""

    title: str
    words: str = ""


# --- blocks -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; level 1 begins a page unless ``same_page``."""

    text: str
    level: Literal[1, 2, 3] = 2
    code: str = ""  # identifier set before the words: "E1"
    same_page: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``lead`` is the key message in its panel, ``note`` small print."""

    text: Text
    role: Literal["body", "lead", "note"] = "body"
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``ordered`` numbers it."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head row; the caption is the finding in one sentence.

    ``rows`` may hold `RowGroup` entries. ``total`` is the sum row. ``row_head`` is the column that
    names the row (None: none). Numbered "Table k" by the writers when it has a caption.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row | RowGroup, ...]
    caption: str = ""
    note: Text = ""
    total: Row | None = None
    row_head: int | None = 0
    marks: tuple[Mark, ...] = ()
    name: str = ""  # sheet or file name in spreadsheets
    legend: tuple[str, ...] = ()  # words of the shade classes 1 to 6 of a heat table

    def __post_init__(self) -> None:
        """Refuse a table that a screen reader could not read."""
        if not self.columns:
            msg = "a table needs a head row: columns is empty"
            raise ValueError(msg)
        for row in (*self.rows, *((self.total,) if self.total else ())):
            if not isinstance(row, RowGroup) and len(row) != len(self.columns):
                msg = f"a row has {len(row)} cells for {len(self.columns)} columns: {row!r}"
                raise ValueError(msg)

    @property
    def value_rows(self) -> tuple[Row, ...]:
        """The rows without group headings and without the sum."""
        return tuple(row for row in self.rows if not isinstance(row, RowGroup))

    @property
    def has_withheld(self) -> bool:
        """Whether any cell is withheld, so that the note must explain it."""
        rows = (*self.value_rows, *((self.total,) if self.total else ()))
        return any(cell is WITHHELD for row in rows for cell in row)


@runtime_checkable
class Chart(Protocol):
    """What every chart of `reports.charts` offers."""

    @property
    def alt(self) -> str:
        """Kind, axes and the two or three values that matter; at most 400 characters."""

    def svg_rows(self) -> str:
        """HTML with class-themed SVG for the screen, fluid, without any inline style."""

    def standalone_svg(self, width: float) -> str:
        """One SVG in points with explicit colours, for documents."""

    def table(self) -> Table:
        """All values as a table."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart; the caption is the finding in one sentence, the note says scale, n, convention.

    Without a caption it is a picture alone, on paper: not counted, without a table of its values.
    """

    chart: Chart
    caption: str
    note: Text = ""
    alt: str = ""  # replaces the chart's own text
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One large number, what it counts, and its base in small print."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Two to four key figures side by side."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class LabelledPart:
    """A label hanging left in its own column, the text at the right; ``hint`` below the label."""

    label: str
    blocks: tuple[Block, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A quiet panel: ``message`` (finding), ``method``, ``warning`` (disclaimer), ``note``."""

    blocks: tuple[Block, ...]
    title: str = ""
    kind: Literal["message", "method", "warning", "note"] = "method"


@dataclass(frozen=True, slots=True)
class Columns:
    """Two groups of blocks side by side (below each other on narrow screens)."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a person in the original language first, then the translation, if any."""

    text: str
    language: str
    translation: str = ""
    translated_by: str = ""  # "machine", "person" in the document's language
    is_machine: bool = False


@dataclass(frozen=True, slots=True)
class Station:
    """One station of the trail: word, at most 45 characters, identifier with page, grade or n."""

    word: str
    text: str = ""
    identifier: str = ""
    link: str | None = None
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class TrailBox:
    """The trail of one object; ``current`` is the index of this page's station."""

    stations: tuple[Station, ...]
    current: int


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, in DOCX as a field, in PDF and HTML from the headings."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page; nothing on the screen."""


type Block = (
    Heading
    | Paragraph
    | Bullets
    | Table
    | Figure
    | KeyFigures
    | LabelledPart
    | Panel
    | Columns
    | Quote
    | TrailBox
    | Contents
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover page with the ridge; ``facts`` are pairs of label and text in the foot.

    Publisher, version, date, licence and digest come from the document and are not repeated here.
    """

    kicker: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    statement: str = ""  # for example what exactly is simulated


type DocumentKind = Literal[
    "plan",
    "summary",
    "monitoring",
    "evaluation",
    "denominators",
    "protocol",
    "funding",
    "print",
    "erasure",
]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document in one language; the same document gives the same bytes in every format.

    ``date`` is the day of what it tells: of status, reports and values. ``text_on`` is the day of
    the version of its text, where the text is older than what is told of it. ``digest`` is the
    SHA-256 of the one snapshot it is made of (64 hexadecimal digits or empty), ``last_report`` the
    head of the chain of reports kept by then; the hash of the document itself is made of all that
    stands here (`reports.identity`). ``simulated`` puts the word on the cover, every page head, the
    title and the keywords. ``project`` is the short name used in file names.
    """

    title: str
    language: str
    kind: DocumentKind
    date: Day
    blocks: tuple[Block, ...]
    subtitle: str = ""
    kicker: str = ""  # above the title on page 1 when there is no cover
    short_title: str = ""  # page head; the title when empty
    publisher: str = ""
    version: str = "1.0"
    snapshot: str = ""  # readable number of the snapshot, for example "S-2026-05"
    digest: str = ""
    text_on: Day | None = None
    last_report: SnapshotRef | None = None
    simulated: bool = False
    draft: bool = False
    licence: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    project: str = "demo"
    foot_note: str = ""  # sentence in each page foot, for example the disclaimer
    cover: Cover | None = None
    economy: bool = False  # little ink: no cover foot, no panels
    is_dense: bool = False  # a sheet of few pages: smaller type, less air
    made_at: datetime | None = field(default=None)  # of the snapshot; default: date at 00:00 UTC


# --- walking ------------------------------------------------------------------------------


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block in reading order, containers before what they hold."""
    for block in blocks:
        yield block
        for child in children(block):
            yield from walk(child)


def children(block: Block) -> tuple[tuple[Block, ...], ...]:
    """Return the groups of blocks a container holds."""
    match block:
        case LabelledPart() | Panel():
            return (block.blocks,)
        case Columns():
            return (block.left, block.right)
        case _:
            return ()


def heading_levels(blocks: tuple[Block, ...], *, below: int = 0) -> tuple[int, ...]:
    """Return the level of every heading in reading order, without gaps.

    A heading lies at most one level below the one before it; the first at most one level below
    ``below``, the level of the title above all blocks (0 when there is none).
    """
    levels: list[int] = []
    for block in walk(blocks):
        if isinstance(block, Heading):
            before = levels[-1] if levels else below
            levels.append(min(block.level, before + 1))
    return tuple(levels)


def tables(document: Document) -> tuple[Table, ...]:
    """Return every table, those behind the figures included, in reading order."""
    found = []
    for block in walk(document.blocks):
        if isinstance(block, Table):
            found.append(block)
        elif isinstance(block, Figure):
            found.append(block.chart.table())
    return tuple(found)


def plain(text: Text) -> str:
    """Return the words of a text without their form; chips are left to the writers."""
    if isinstance(text, str):
        return text
    return "".join(_plain_inline(piece) for piece in text)


def _plain_inline(piece: Inline) -> str:
    match piece:
        case Run():
            return piece.text
        case Certainty():
            return f"{piece.letter} {piece.words}"
        case Status():
            return piece.word
        case Chip():
            return ""
