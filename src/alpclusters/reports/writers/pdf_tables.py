"""Tables as plain data for typst: widths in points, cells as words with their place and shade."""

from dataclasses import dataclass
from typing import Any, Final

from alpclusters.reports.blocks import (
    Cell,
    Certainty,
    Chip,
    Column,
    Counted,
    Inline,
    Mark,
    Marker,
    Row,
    RowGroup,
    Run,
    Status,
    Table,
    Text,
)
from alpclusters.reports.captions import Numbering, colon, withheld_reason
from alpclusters.reports.cells import (
    ColumnFormat,
    column_formats,
    column_title,
    mark_word,
    status_word,
)
from alpclusters.reports.characters import fit_fonts
from alpclusters.reports.colours import text_colour_on
from alpclusters.reports.links import safe_link
from alpclusters.reports.numbers import format_integer, format_number
from alpclusters.reports.typefaces import BODY, BODY_SEMIBOLD, text_width

# --- Pieces of a line as plain data for typst: every string fits the fonts, links are safe --------


_LONG_WORD: Final = 45  # letters; the longest words of the seeds have 39
_CUT: Final = 12

type Data = dict[str, Any]


@dataclass(slots=True)
class PdfText:
    """Turns texts of one language into data and counts the characters it had to replace."""

    language: str
    n_replaced: int = 0

    def fit(self, text: str) -> str:
        """Return a text every font can print; what was replaced is counted."""
        fitted, missing = fit_fonts(text)
        self.n_replaced += missing
        return " ".join(_breakable(word) for word in fitted.split(" "))

    def text(self, text: Text) -> list[Data]:
        """Return the pieces of a text."""
        pieces = (Run(text),) if isinstance(text, str) else text
        return [self.piece(piece) for piece in pieces]

    def piece(self, piece: Inline) -> Data:
        """Return one piece of a line."""
        match piece:
            case Run():
                return self._run(piece)
            case Chip():
                return {"chip": piece.mark.value, "t": mark_word(piece.mark, self.language)}
            case Status():
                return self.status(piece)
            case Certainty():
                return {"letter": piece.letter, "t": self.fit(piece.words)}

    def _run(self, run: Run) -> Data:
        data: Data = {"t": self.fit(run.text)}
        flags = {"b": run.strong, "i": run.emphasis, "q": run.quiet}
        data |= {key: True for key, is_set in flags.items() if is_set}
        if run.language and run.language != self.language:
            data["lang"] = run.language
        link = safe_link(run.link)
        if link and ":" in link:
            data["link"] = link
        return data

    def status(self, status: Status) -> Data:
        """Return a status with its word and detail."""
        return {
            "status": status.kind.value,
            "t": self.fit(status_word(status, self.language)),
            "detail": self.fit(status.detail),
        }

    def marks(self, marks: tuple[Mark, ...]) -> list[Data]:
        """Return the chips of a caption."""
        return [self.piece(Chip(mark)) for mark in marks]


def _breakable(word: str) -> str:
    """Allow a break every few letters of a word no language has (an address, a test)."""
    if len(word) <= _LONG_WORD or "\u00ad" in word:
        return word
    return "\u00ad".join(word[i : i + _CUT] for i in range(0, len(word), _CUT))


# --- How wide the columns of a printed table are: numbers by their longest value, text by the rest


_BODY: Final = 9.0
_HEAD: Final = 8.5
_PADDING: Final = 8.0
_SLACK: Final = 1.5  # a line measured here may be set a little wider
_SHAPE: Final = 15.0  # status shape with its gap, chip with its frame
_LEAST_TEXT: Final = 24 / 25.4 * 72
_LONGEST_WORD: Final = 120.0  # an address or a heap of letters may break
_MOST_TEXT: Final = 230.0  # what a text is longer than this weighs a seventh of it only
_MOST_WANTED: Final = 400.0
_MOST_AIR: Final = 34.0
_TEXT_KINDS: Final = frozenset({"text", "status"})


def column_widths(
    table: Table, width: float, language: str, *, stretch: float = 1.0
) -> tuple[float, ...]:
    """Return the widths in points; they sum to ``width``.

    ``stretch`` is for a document whose reader sets the words in another, wider typeface than
    the one measured here.

    Number columns take their longest value and the longest word of their head; what is left goes
    to the text columns in proportion to what they hold, at least 24 mm each.
    """
    formats = column_formats(table, language)
    rows = (*table.value_rows, *((table.total,) if table.total else ()))
    fixed = [stretch * _fixed(form, [row[i] for row in rows]) for i, form in enumerate(formats)]
    texts = [i for i, column in enumerate(table.columns) if column.kind in _TEXT_KINDS]
    if not texts or all(isinstance(c, Counted | Marker) for row in rows for c in row[1:]):
        return _spread(fixed, width, first=texts[:1])
    wanted = {i: _wanted(formats[i], [row[i] for row in rows]) for i in texts}
    least = {i: stretch * _least(formats[i], [row[i] for row in rows]) for i in texts}
    left = width - sum(size for i, size in enumerate(fixed) if i not in wanted)
    fixed = _airy(fixed, wanted, left)
    left = width - sum(size for i, size in enumerate(fixed) if i not in wanted)
    shares = _share_out(wanted, least, left)
    return _scaled([shares.get(i, size) for i, size in enumerate(fixed)], width)


def crowding(table: Table, width: float, language: str, *, stretch: float = 1.0) -> float:
    """Say how many times its width a table needs if no word may break; 1.0 where it fits."""
    formats = column_formats(table, language)
    rows = (*table.value_rows, *((table.total,) if table.total else ()))
    needed = 0.0
    for i, form in enumerate(formats):
        size = _least if form.column.kind in _TEXT_KINDS else _fixed
        needed += stretch * size(form, [row[i] for row in rows])
    return max(1.0, needed / width)


def _airy(fixed: list[float], wanted: dict[int, float], left: float) -> list[float]:
    """Give narrow number columns some air where the texts do not need the room."""
    spare = max(left - sum(wanted.values()) * 1.15, 0.0)
    n_fixed = len(fixed) - len(wanted)
    air = min(spare / n_fixed * 0.7, _MOST_AIR) if n_fixed else 0.0
    return [size if i in wanted else size + air for i, size in enumerate(fixed)]


def _fixed(form: ColumnFormat, cells: list[Cell]) -> float:
    head = max((text_width(w, _HEAD, BODY_SEMIBOLD) for w in _words(form.column)), default=0)
    return max([head, *(_cell_width(form, cell) for cell in cells)]) + _PADDING + _SLACK


def _words(column: Column) -> list[str]:
    return column_title(column).split(" ")


def _cell_width(form: ColumnFormat, cell: Cell) -> float:
    extra = _SHAPE if isinstance(cell, Status | Marker) or _is_graded(cell) else 0.0
    face = BODY_SEMIBOLD if form.column.strong or extra else BODY
    lines = form.text(cell).split("\n")
    return max(text_width(line, _BODY, face) for line in lines) + extra


def _is_graded(cell: Cell) -> bool:
    return isinstance(cell, tuple) and any(isinstance(one, Certainty) for one in cell)


def _wanted(form: ColumnFormat, cells: list[Cell]) -> float:
    # A head may take two lines; its longest word must fit.
    head = max((text_width(w, _HEAD, BODY_SEMIBOLD) for w in _words(form.column)), default=0.0)
    widest = max([head, *(_cell_width(form, cell) for cell in cells)]) + _PADDING + _SLACK
    if widest <= _MOST_TEXT:
        return widest
    return min(_MOST_TEXT + (widest - _MOST_TEXT) / 7, _MOST_WANTED)


def _least(form: ColumnFormat, cells: list[Cell]) -> float:
    """Return what the longest word needs, so that none is cut; a longer one may break."""
    words = [w for cell in cells for w in form.text(cell).split()]
    longest = max((text_width(w, _BODY, BODY_SEMIBOLD) for w in words), default=0.0)
    return min(longest + _PADDING, _LONGEST_WORD)


def _share_out(
    wanted: dict[int, float], longest: dict[int, float], left: float
) -> dict[int, float]:
    """Give short texts the line they need; longer ones share what is left of the width."""
    total = sum(wanted.values())
    if total <= left:
        # Give the rest to the columns in proportion, so that the table fills its width.
        return {i: size * left / total for i, size in wanted.items()}
    short = _short(wanted, left)
    long = {i: size for i, size in wanted.items() if i not in short}
    rest = left - sum(short.values())
    least = {i: max(min(size, _LEAST_TEXT), longest[i]) for i, size in long.items()}
    spare = max(rest - sum(least.values()), 0.0)
    more = {i: max(long[i] - least[i], 0.0) for i in long}
    beyond = sum(more.values()) or 1.0
    return short | {i: least[i] + spare * more[i] / beyond for i in long}


def _short(wanted: dict[int, float], left: float) -> dict[int, float]:
    """Return the columns that need no more than an equal part of what the others leave."""
    short: dict[int, float] = {}
    while len(short) < len(wanted):
        each = (left - sum(short.values())) / (len(wanted) - len(short))
        found = {i: size for i, size in wanted.items() if i not in short and size <= each}
        if not found:
            break
        short |= found
    return short


def _spread(fixed: list[float], width: float, *, first: list[int]) -> tuple[float, ...]:
    """Share the width equally among value columns; a first text column takes what it needs."""
    head = first[0] if first else None
    own = min(fixed[head] + 10, width * 0.34) if head is not None else 0.0
    values = [size for i, size in enumerate(fixed) if i != head]
    shares = iter(_even(values, width - own))
    return _scaled([own if i == head else next(shares) for i in range(len(fixed))], width)


def _even(needed: list[float], width: float) -> list[float]:
    """Share a width equally, but give a column with a long head what its longest word needs."""
    each = width / max(len(needed), 1)
    if max(needed, default=0.0) <= each:
        return [each] * len(needed)
    spare = max(width - sum(needed), 0.0) / len(needed)
    return [size + spare for size in needed]


def _scaled(sizes: list[float], width: float) -> tuple[float, ...]:
    factor = width / sum(sizes)
    return tuple(round(size * factor, 2) for size in sizes)


# --- Tables as plain data for typst: widths in points, cells as words with their place and shade


# A table with many columns is set in smaller letters rather than with broken words.
_SIZE: Final = 9.0
_LEAST_SIZE: Final = 7.0
# A row stays on one page, unless a cell holds so many letters that it might fill one.
_LONG_CELL: Final = 700


@dataclass(slots=True)
class PdfTables:
    """Builds the tables of one document and numbers those with a caption."""

    text: PdfText
    numbering: Numbering

    def build(self, block: Table, width: float) -> Data:
        """Return one table of a width in points."""
        formats = column_formats(block, self.text.language)
        heads = [self._head(block, i, form) for i, form in enumerate(formats)]
        is_heat = bool(block.legend) or any(
            isinstance(cell, Counted) for row in block.value_rows for cell in row
        )
        rows = [self._table_row(row, block, formats) for row in block.rows]
        return {
            "kind": "table", "heads": heads, "rows": rows,
            "total": [self._cell(c, f) for c, f in zip(block.total, formats, strict=True)]
            if block.total else [],
            "widths": list(column_widths(block, width, self.text.language)), "heat": is_heat,
            "size": max(_SIZE / crowding(block, width, self.text.language), _LEAST_SIZE),
            "row_head": -1 if block.row_head is None else block.row_head,
            "number": self.numbering.next_table() if block.caption else "",
            "caption": self.text.fit(block.caption), "note": self.text.text(block.note),
            "explain": self._explanation() if block.has_withheld else "",
            "marks": self.text.marks(block.marks),
            "legend": [self._class(i, words) for i, words in enumerate(block.legend, start=1)],
        }  # fmt: skip

    def _head(self, block: Table, index: int, form: ColumnFormat) -> Data:
        title = self.text.fit(column_title(form.column))
        return {"t": title, "right": _is_right(form), "after": _is_after(block, index)}

    def _explanation(self) -> str:
        return colon(self.text.language) + withheld_reason(self.text.language)

    def _class(self, step: int, words: str) -> Data:
        return {"t": self.text.fit(words), "fill": f"q{step}", "ink": text_colour_on(f"q{step}")}

    def _table_row(
        self, row: Row | RowGroup, block: Table, formats: tuple[ColumnFormat, ...]
    ) -> Data:
        if isinstance(row, RowGroup):
            return {"group": self.text.fit(row.title), "words": self.text.fit(row.words)}
        cells = [self._cell(cell, form) for cell, form in zip(row, formats, strict=True)]
        if block.row_head is not None:
            cells[block.row_head]["head"] = True
        is_short = all(
            len(form.text(cell)) <= _LONG_CELL for cell, form in zip(row, formats, strict=True)
        )
        return {"cells": cells, "keep": is_short}

    def _cell(self, cell: Cell, form: ColumnFormat) -> Data:
        data: Data = {"right": _is_right(form), "strong": form.column.strong}
        match cell:
            case Marker.WITHHELD:
                return {**data, "withheld": True}
            case Counted():
                return {**data, **self._counted(cell, form)}
            case Status():
                return {**data, "text": [self.text.status(cell)], "right": False}
            case Chip():
                return {**data, "text": [self.text.piece(cell)]}
            case str() | tuple():
                return {**data, "text": self.text.text(cell)}
            case _:
                return {**data, "text": self.text.text(form.text(cell))}

    def _counted(self, cell: Counted, form: ColumnFormat) -> Data:
        fill = _fill_name(cell)
        value = format_number(cell.value, self.text.language, form.decimals)
        n = f"n\u00a0{format_integer(cell.n, self.text.language)}"
        return {"value": value, "n": n, "fill": fill, "ink": text_colour_on(fill)}


def _fill_name(cell: Counted) -> str:
    if cell.diverging is None:
        return f"q{cell.step}"
    if cell.diverging == 0:
        return "d0"
    return f"d{'p' if cell.diverging > 0 else 'n'}{abs(cell.diverging)}"


def _is_right(form: ColumnFormat) -> bool:
    return form.column.kind in {"number", "percent"}


def _is_after(block: Table, index: int) -> bool:
    """Whether a text column stands after a number column and needs more room at its left."""
    numeric = {"number", "percent"}
    columns = block.columns
    return index > 0 and columns[index].kind not in numeric and columns[index - 1].kind in numeric
