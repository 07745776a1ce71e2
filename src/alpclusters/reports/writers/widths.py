"""How wide the columns of a printed table are: numbers by their longest value, text by the rest."""

from typing import Final

from alpclusters.reports.blocks import Cell, Certainty, Column, Counted, Marker, Status, Table
from alpclusters.reports.cells import ColumnFormat, column_formats, column_title
from alpclusters.reports.typefaces import BODY, BODY_SEMIBOLD, text_width

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
