"""Every block as part of a DOCX; a place is the document's body or a cell of a layout table."""

from dataclasses import dataclass, field
from functools import singledispatchmethod
from io import BytesIO
from typing import Any, Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Columns,
    Contents,
    Document,
    Figure,
    Heading,
    KeyFigures,
    LabelledPart,
    Mark,
    PageBreak,
    Panel,
    Paragraph,
    Quote,
    Run,
    Station,
    Table,
    TrailBox,
    walk,
)
from alpclusters.reports.captions import Numbering, colon, quoted, translated_by
from alpclusters.reports.characters import clean_text
from alpclusters.reports.colours import COLOURS
from alpclusters.reports.writers.docx_styles import (
    KEY_FIGURE,
    KEY_MESSAGE,
    LABEL,
    LABEL_TABLE,
    NOTE,
)
from alpclusters.reports.writers.docx_tables import DocxTables
from alpclusters.reports.writers.docx_text import DocxText
from alpclusters.reports.writers.docx_xml import (
    add_field,
    child,
    restart_numbers,
    shade_cell,
    use_numbers,
)
from alpclusters.reports.writers.pdf import write_png
from alpclusters.reports.writers.pdf_data import FULL_WIDTH, MM, PART_WIDTH

_INDENT: Final = "\u2003"


@dataclass(slots=True)
class DocxBlocks:
    """Writes the blocks of one document."""

    docx: Any
    document: Document
    text: DocxText = field(init=False)
    tables: DocxTables = field(init=False)
    _is_first: bool = True

    def __post_init__(self) -> None:
        """Begin counting."""
        self.text = DocxText(self.document.language)
        self.tables = DocxTables(self.text, Numbering(self.document.language))

    def write(self, place: Any, blocks: tuple[Block, ...], width: float = FULL_WIDTH) -> None:
        """Add blocks at a place of a width in points."""
        for block in blocks:
            self._block(block, place, width)
            self._is_first = False

    @singledispatchmethod
    def _block(self, block: object, place: Any, width: float) -> None:
        msg = f"no DOCX for {type(block).__name__} in {place} of {width} pt"
        raise TypeError(msg)

    @_block.register
    def _(self, block: Heading, place: Any, width: float) -> None:  # noqa: ARG002 - one signature
        paragraph = place.add_paragraph(_words(block), style=f"Heading {block.level}")
        begins_page = block.level == 1 and not block.same_page and not self._is_first
        paragraph.paragraph_format.page_break_before = begins_page or None

    @_block.register
    def _(self, block: Paragraph, place: Any, width: float) -> None:  # noqa: ARG002
        style = {"body": "Body Text", "lead": KEY_MESSAGE, "note": NOTE}[block.role]
        self.text.write(place.add_paragraph(style=style), block.text, block.language)

    @_block.register
    def _(self, block: Bullets, place: Any, width: float) -> None:  # noqa: ARG002
        style = "List Number" if block.ordered else "List Bullet"
        numbers = restart_numbers(self.docx) if block.ordered else None
        for item in block.items:
            paragraph = self.text.write(place.add_paragraph(style=style), item)
            if numbers is not None:
                use_numbers(paragraph, numbers)

    @_block.register
    def _(self, block: Table, place: Any, width: float) -> None:
        self.tables.write(place, block, width)

    @_block.register
    def _(self, block: Figure, place: Any, width: float) -> None:
        if not block.caption:
            self._picture(place, block, block.chart.alt, width)
            return
        label = self.tables.numbering.next_figure()
        self.tables.caption(place, label, block.caption, block.marks)
        self._picture(place, block, label, width)
        if block.note:
            self.text.write(place.add_paragraph(style=NOTE), block.note)
        self.tables.write(place, block.chart.table(), width)

    def _picture(self, place: Any, block: Figure, label: str, width: float) -> None:
        from docx.shared import Pt

        png = write_png(block.chart.standalone_svg(width), width=width)
        run = place.add_paragraph(style="Body Text").add_run()
        shape = run.add_picture(BytesIO(png), width=Pt(width - 8))
        inline = shape._inline  # noqa: SLF001 - python-docx has no public way
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # absent, LibreOffice takes 3.2 mm and cuts the picture
        properties = inline.docPr
        properties.set("descr", clean_text(block.alt or block.chart.alt))
        properties.set("title", label)

    @_block.register
    def _(self, block: KeyFigures, place: Any, width: float) -> None:
        cells = self._layout(place, [width / len(block.items)] * len(block.items))
        for cell, item in zip(cells, block.items, strict=True):
            _style_first(cell, KEY_FIGURE).add_run(clean_text(item.value))
            cell.add_paragraph(clean_text(item.label), style=LABEL)
            if item.note:
                cell.add_paragraph(clean_text(item.note), style=NOTE)

    @_block.register
    def _(self, block: LabelledPart, place: Any, width: float) -> None:
        inner = width - (FULL_WIDTH - PART_WIDTH)
        label, body = self._layout(place, [width - inner, inner])
        named = _style_first(label, LABEL)
        named.add_run(clean_text(block.label))
        # A first cell that holds to the next one makes LibreOffice hold the whole part together:
        # it begins on a new page and leaves its heading alone.
        named.paragraph_format.keep_with_next = False
        if block.hint:
            label.add_paragraph(clean_text(block.hint), style=NOTE)
        self._fill(body, block.blocks, inner - 6)

    @_block.register
    def _(self, block: Columns, place: Any, width: float) -> None:
        half = width / 2
        for cell, side in zip(
            self._layout(place, [half, half]), (block.left, block.right), strict=True
        ):
            self._fill(cell, side, half - 3 * MM)

    @_block.register
    def _(self, block: Panel, place: Any, width: float) -> None:
        (cell,) = self._layout(place, [width])
        fill = {"method": "paper", "warning": "larch-soft"}.get(block.kind, "tint")
        shade_cell(cell, COLOURS[fill].lstrip("#"))
        if block.title:
            _style_first(cell, LABEL).add_run(clean_text(block.title))
        self._fill(cell, block.blocks, width - 8, keep_first=bool(block.title))

    def _fill(
        self, cell: Any, blocks: tuple[Block, ...], width: float, *, keep_first: bool = False
    ) -> None:
        """Put blocks into a cell without the empty paragraph that a new cell begins with."""
        empty = None if keep_first else cell.paragraphs[0]._p  # noqa: SLF001
        self.write(cell, blocks, width)
        is_last = cell._tc[-1].tag.endswith("}tbl")  # noqa: SLF001 - a cell ends with a paragraph
        if is_last:
            cell.add_paragraph()
        if empty is not None and len(cell.paragraphs) > 1:
            empty.getparent().remove(empty)

    def _layout(self, place: Any, widths: list[float]) -> list[Any]:
        from docx.shared import Pt

        table = place.add_table(rows=1, cols=len(widths))
        table.style = self.tables.style(place, LABEL_TABLE)
        table.autofit = False
        cells = list(table.rows[0].cells)
        for column, cell, width in zip(table.columns, cells, widths, strict=True):
            column.width = cell.width = Pt(width)
        return cells

    @_block.register
    def _(self, block: Quote, place: Any, width: float) -> None:  # noqa: ARG002
        from docx.shared import Pt

        language = self.document.language
        paragraph = place.add_paragraph(style="Body Text")
        paragraph.paragraph_format.left_indent = Pt(10)
        words = Run(quoted(block.text, block.language), language=block.language)
        self.text.write(paragraph, (words,))
        if block.translation:
            by = translated_by(block, language)
            text = f"\n{quoted(block.translation, language)}" + (f", {by}" if by else "")
            self.text.write(paragraph, (Run(text, quiet=True),))
            if block.is_machine:
                paragraph.add_run(" ")
                self.text.chip(paragraph, Mark.MACHINE)

    @_block.register
    def _(self, block: TrailBox, place: Any, width: float) -> None:  # noqa: ARG002
        text = translator(self.document.language)
        place.add_paragraph(text.gettext("Trail"), style=LABEL)
        numbers = restart_numbers(self.docx)
        for i, station in enumerate(block.stations):
            paragraph = place.add_paragraph(style="List Number")
            use_numbers(paragraph, numbers)
            self.text.write(paragraph, self._station(station, is_current=i == block.current))

    def _station(self, station: Station, *, is_current: bool) -> tuple[Run, ...]:
        missing = translator(self.document.language).gettext("missing")
        word = Run(station.word, strong=True, link=station.link)
        rest = [missing] if station.is_missing else []
        rest += [part for part in (station.text, station.identifier) if part]
        mark = (Run(" ●", strong=True),) if is_current else ()
        return (word, *mark, Run((colon(self.document.language) if rest else "") + ", ".join(rest)))

    @_block.register
    def _(self, block: Contents, place: Any, width: float) -> None:  # noqa: ARG002
        # Until somebody updates the field: programs that never do would show nothing else.
        titles = "\n".join(
            f"{'' if heading.level == 1 else _INDENT}{_words(heading)}"
            for heading in walk(self.document.blocks)
            if isinstance(heading, Heading) and heading.level <= 2  # noqa: PLR2004 - as the field
        )
        add_field(place.add_paragraph(style="Body Text"), 'TOC \\o "1-2" \\h \\z \\u', titles)
        self.docx.settings.element.append(child("w:updateFields", val="true"))

    @_block.register
    def _(self, block: PageBreak, place: Any, width: float) -> None:  # noqa: ARG002
        from docx.enum.text import WD_BREAK

        place.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _words(heading: Heading) -> str:
    code = f"{heading.code}\u2002" if heading.code else ""
    return clean_text(f"{code}{heading.text}")


def _style_first(cell: Any, style: str) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    return paragraph
