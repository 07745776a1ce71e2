"""Tables in a DOCX: head repeats, rows hold together, withheld cells are hatched."""

from dataclasses import dataclass
from typing import Any, Final

from alpclusters.reports.blocks import (
    Cell,
    Certainty,
    Chip,
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
from alpclusters.reports.characters import clean_text
from alpclusters.reports.colours import COLOURS, text_colour_on
from alpclusters.reports.links import safe_link
from alpclusters.reports.writers.docx_styles import (
    CELL,
    MATRIX,
    NOTE,
    SIMULATED,
    STATUS,
    TABLE,
    UNVERIFIED,
    WITHHELD,
    add_field,
    add_link,
    describe_table,
    keep_row,
    repeat_row,
    set_language,
    shade_cell,
)
from alpclusters.reports.writers.html_tables import shade_class
from alpclusters.reports.writers.pdf_tables import column_widths, crowding

# --- Pieces of a line in a DOCX: runs with their language, chips in brackets, links ---------------


_CHIP_STYLES: Final = {
    Mark.SIMULATED: SIMULATED,
    Mark.UNVERIFIED: UNVERIFIED,
    Mark.WITHHELD: WITHHELD,
    Mark.MACHINE: UNVERIFIED,
}


@dataclass(frozen=True, slots=True)
class DocxText:
    """Writes texts of one language into paragraphs."""

    language: str

    def write(self, paragraph: Any, text: Text, language: str | None = None) -> Any:
        """Add a text to a paragraph and return the paragraph."""
        pieces = (Run(text),) if isinstance(text, str) else text
        for piece in pieces:
            self._piece(paragraph, piece, language)
        return paragraph

    def _piece(self, paragraph: Any, piece: Inline, language: str | None) -> None:
        match piece:
            case Run():
                self._run(paragraph, piece, language)
            case Chip():
                self.chip(paragraph, piece.mark)
            case Status():
                words = f"[{status_word(piece, self.language)}]"
                paragraph.add_run(clean_text(words), style=STATUS)
                if piece.detail:
                    paragraph.add_run(clean_text(f"\n{piece.detail}"))
            case Certainty():
                paragraph.add_run(f"[{piece.letter}] ", style=STATUS)
                paragraph.add_run(clean_text(piece.words)).bold = True

    def chip(self, paragraph: Any, mark: Mark, words: str = "") -> None:
        """Add a mark: shaded words in brackets, so that they stay when colours go."""
        text = words or mark_word(mark, self.language)
        paragraph.add_run(clean_text(f"[{text}]"), style=_CHIP_STYLES[mark])

    def _run(self, paragraph: Any, run: Run, language: str | None) -> None:
        made = paragraph.add_run(clean_text(run.text))
        made.bold, made.italic = run.strong or None, run.emphasis or None
        if run.quiet:
            _colour(made, "ink2")
        foreign = run.language or language
        if foreign and foreign != self.language:
            set_language(made, foreign)
        link = safe_link(run.link)
        if link and ":" in link:
            _colour(made, "lake")
            made.underline = True
            add_link(paragraph, link).append(made._r)  # noqa: SLF001 - moved into the link


def _colour(run: Any, name: str) -> None:
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor.from_string(COLOURS[name].lstrip("#"))


# --- Tables in a DOCX: head repeats, rows hold together, withheld cells are hatched ---------------


CELL_ID: Final = CELL.replace(" ", "")  # as python-docx names the style
_HATCH: Final = "thinDiagStripe"
# Calibri and what stands in for it set numbers wider than Source Sans, which is measured.
_STRETCH: Final = 1.3
_SIZE: Final = 9.0
_LEAST_SIZE: Final = 6.5
# So few rows stay on one page, if they fit on one.
_SHORT: Final = 7


@dataclass(slots=True)
class DocxTables:
    """Builds the tables of one document."""

    text: DocxText
    numbering: Numbering

    def write(self, place: Any, block: Table, width: float) -> None:
        """Add a table of a width in points with its caption and note."""
        if block.caption:
            self.caption(place, self.numbering.next_table(), block.caption, block.marks)
        formats = column_formats(block, self.text.language)
        table = self._grid(place, block)
        describe_table(table, clean_text(block.caption or block.name), self._description(block))
        self._head(table.rows[0], block, formats)
        entries = (*block.rows, *((block.total,) if block.total else ()))
        for row, entry in zip(table.rows[1:], entries, strict=True):
            keep_row(row)
            self._row(row, entry, formats, is_total=entry is block.total)
        widths = column_widths(block, width, self.text.language, stretch=_STRETCH)
        _set_widths(table, widths)
        _shrink(table, crowding(block, width, self.text.language, stretch=_STRETCH))
        _hold_together(table, block)
        self._notes(place, block)

    def caption(self, place: Any, label: str, words: str, marks: tuple[Mark, ...]) -> None:
        """Add a numbered caption; the number is a SEQ field, so that Word can count on."""
        name, number = label.rsplit("\u00a0", 1)
        paragraph = place.add_paragraph(style="Caption")
        paragraph.add_run(f"{name}\u00a0")
        add_field(paragraph, f"SEQ {name} \\* ARABIC", number)
        paragraph.add_run(clean_text(f"  {words}"))
        for mark in marks:
            paragraph.add_run(" ")
            self.text.chip(paragraph, mark)

    def _grid(self, place: Any, block: Table) -> Any:
        n_rows = 1 + len(block.rows) + (block.total is not None)
        table = place.add_table(rows=n_rows, cols=len(block.columns))
        style = MATRIX if block.legend else TABLE
        table.style = self.style(place, style)
        table.autofit = False
        return table

    def style(self, place: Any, name: str) -> Any:
        """Return a table style of the document a place belongs to."""
        return place.part.document.styles[name]

    def _description(self, block: Table) -> str:
        heads = ", ".join(column_title(column) for column in block.columns)
        return clean_text(f"{heads}. {len(block.value_rows)}")

    def _head(self, row: Any, block: Table, formats: tuple[ColumnFormat, ...]) -> None:
        repeat_row(row)
        keep_row(row)
        for i, (cell, form) in enumerate(zip(row.cells, formats, strict=True)):
            paragraph = _first(cell)
            paragraph.add_run(clean_text(column_title(form.column))).bold = True
            _align(paragraph, is_right=_is_right(form), is_centred=bool(block.legend) and i > 0)

    def _row(
        self,
        row: Any,
        entry: Row | RowGroup,
        formats: tuple[ColumnFormat, ...],
        *,
        is_total: bool,
    ) -> None:
        if isinstance(entry, RowGroup):
            merged = row.cells[0].merge(row.cells[-1])
            paragraph = _first(merged)
            paragraph.paragraph_format.keep_with_next = True
            paragraph.add_run(clean_text(entry.title)).bold = True
            paragraph.add_run(clean_text(f"  {entry.words}" if entry.words else ""))
            return
        for cell, value, form in zip(row.cells, entry, formats, strict=True):
            self._cell(cell, value, form, is_bold=is_total or form.column.strong)

    def _cell(self, cell: Any, value: Cell, form: ColumnFormat, *, is_bold: bool) -> None:
        paragraph = _first(cell)
        is_heat = isinstance(value, Counted)
        is_right = _is_right(form) and not isinstance(value, Status)
        _align(paragraph, is_right=is_right, is_centred=is_heat)
        match value:
            case Marker.WITHHELD:
                shade_cell(cell, "FFFFFF", _HATCH, COLOURS["strong"].lstrip("#"))
                self.text.chip(paragraph, Mark.WITHHELD)
            case Counted():
                _shade(cell, paragraph, value, form.text(value))
            case Status() | Chip():
                self.text.write(paragraph, (value,))
            case tuple():
                self.text.write(paragraph, value)
            case _:
                paragraph.add_run(clean_text(form.text(value))).bold = is_bold or None

    def _notes(self, place: Any, block: Table) -> None:
        paragraph = place.add_paragraph(style=NOTE)
        if block.has_withheld:
            self.text.chip(paragraph, Mark.WITHHELD, mark_word(Mark.WITHHELD, self.text.language))
            reason = withheld_reason(self.text.language)
            paragraph.add_run(f"{colon(self.text.language)}{reason} ")
        self.text.write(paragraph, block.note)
        if block.legend:
            paragraph.add_run(clean_text("  " + "  |  ".join(block.legend)))


def _first(cell: Any) -> Any:
    paragraph = cell.paragraphs[0]
    # By id: setting the style as an object searches all styles twice, for every cell.
    paragraph._p.style = CELL_ID  # noqa: SLF001
    return paragraph


def _shade(cell: Any, paragraph: Any, value: Counted, words: str) -> None:
    from docx.shared import RGBColor

    fill = shade_class(value)
    shade_cell(cell, COLOURS[fill].lstrip("#"))
    run = paragraph.add_run(clean_text(words))
    run.font.color.rgb = RGBColor.from_string(COLOURS[text_colour_on(fill)].lstrip("#"))


def _is_right(form: ColumnFormat) -> bool:
    return form.column.kind in {"number", "percent"}


def _align(paragraph: Any, *, is_right: bool, is_centred: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if is_centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif is_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _shrink(table: Any, crowding: float) -> None:
    """Set a table with many columns in smaller letters rather than breaking its words."""
    from docx.shared import Pt

    if crowding <= 1:
        return
    size = Pt(max(_SIZE / crowding, _LEAST_SIZE))
    for cell in table._cells:  # noqa: SLF001 - row.cells walks the merged ones again and again
        for run in cell.paragraphs[0].runs:
            run.font.size = size


def _hold_together(table: Any, block: Table) -> None:
    """Keep a short table on one page, and a sum with the row above it."""
    if len(block.rows) > _SHORT and block.total is None:
        return
    rows = list(table.rows)
    for row in rows[:-1] if len(block.rows) <= _SHORT else rows[-2:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _set_widths(table: Any, widths: tuple[float, ...]) -> None:
    from docx.shared import Pt

    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Pt(width)
