"""Tables as plain data for typst: widths in points, cells as words with their place and shade."""

from dataclasses import dataclass
from typing import Final

from alpclusters.reports.blocks import (
    Cell,
    Chip,
    Counted,
    Marker,
    Row,
    RowGroup,
    Status,
    Table,
)
from alpclusters.reports.captions import Numbering, colon, withheld_reason
from alpclusters.reports.cells import ColumnFormat, column_formats, column_title
from alpclusters.reports.colours import text_colour_on
from alpclusters.reports.numbers import format_integer, format_number
from alpclusters.reports.writers.pdf_text import Data, PdfText
from alpclusters.reports.writers.widths import column_widths, crowding

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
