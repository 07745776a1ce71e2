"""Documents as DOCX: named styles, so that an authority can edit and re-dress the text."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import cache, singledispatchmethod
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
from alpclusters.reports.captions import (
    Numbering,
    colon,
    cover_facts,
    digest_sentences,
    document_keywords,
    document_title,
    foot_text,
    head_text,
    page_words,
    quoted,
    translated_by,
)
from alpclusters.reports.cells import simulated_label
from alpclusters.reports.characters import clean_text
from alpclusters.reports.colours import COLOURS
from alpclusters.reports.writers.docx_styles import (
    KEY_FIGURE,
    KEY_MESSAGE,
    LABEL,
    LABEL_TABLE,
    NOTE,
    add_field,
    child,
    remember_styles,
    restart_numbers,
    same_bytes,
    set_styles,
    shade_cell,
    use_numbers,
)
from alpclusters.reports.writers.docx_tables import DocxTables, DocxText
from alpclusters.reports.writers.pdf import write_png
from alpclusters.reports.writers.pdf_data import FULL_WIDTH, MM, PART_WIDTH

# --- Every block as part of a DOCX; a place is the document's body or a cell of a layout table


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


# --- Documents as DOCX: named styles, so that an authority can edit and re-dress the text ---------


def write_docx(document: Document) -> bytes:
    """Return a DOCX with contents field, page numbers, repeated heads and described pictures.

    Figures are pictures of 300 dpi with all values as a table below. Page numbers differ from
    the PDF: cite pages from the PDF only.
    """
    from docx import Document as open_docx  # noqa: N813 - slow module, and a function

    docx = open_docx(BytesIO(_empty_docx(document.language, is_dense=document.is_dense)))
    remember_styles(docx)
    _set_properties(docx, document)
    blocks = DocxBlocks(docx, document)
    _head_and_foot(docx, document, blocks)
    _front(docx, document, blocks)
    blocks.write(docx, document.blocks)
    out = BytesIO()
    docx.save(out)
    return same_bytes(out.getvalue())


@cache
def _empty_docx(language: str, *, is_dense: bool) -> bytes:
    """Return a DOCX with our styles and page and nothing in it: a sixth of the work of writing."""
    from docx import Document as new_docx  # noqa: N813 - slow module, and a function

    docx = new_docx()
    set_styles(docx, language, is_dense=is_dense)
    _set_page(docx, is_dense=is_dense)
    out = BytesIO()
    docx.save(out)
    return out.getvalue()


def _set_page(docx: Any, *, is_dense: bool) -> None:
    from docx.shared import Mm

    section = docx.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(24), Mm(20)
    section.top_margin, section.bottom_margin = (Mm(20), Mm(18)) if is_dense else (Mm(27), Mm(23))


def _set_properties(docx: Any, document: Document) -> None:
    moment = document.made_at or datetime.combine(document.date, time(), tzinfo=UTC)
    properties = docx.core_properties
    properties.title = clean_text(document_title(document))[:255]
    properties.author = properties.last_modified_by = clean_text(document.publisher)[:255]
    properties.subject = clean_text(document.subtitle)[:255]
    properties.keywords = clean_text(", ".join(document_keywords(document)))[:255]
    properties.comments = clean_text(digest_sentences(document)[0])[:255]
    properties.language, properties.version = document.language, document.version[:255]
    properties.created = properties.modified = moment
    properties.revision = 1


def _head_and_foot(docx: Any, document: Document, blocks: DocxBlocks) -> None:
    section = docx.sections[0]
    head = _tabbed(section.header.paragraphs[0])
    head.add_run(clean_text(head_text(document)))
    head.add_run("\t")
    if document.simulated:
        blocks.text.chip(head, Mark.SIMULATED, simulated_label(document.language))
    foot = _tabbed(section.footer.paragraphs[0])
    foot.add_run(clean_text(foot_text(document)))
    foot.add_run("\t")
    before, rest = page_words(document.language).split("{k}")
    between, after = rest.split("{n}")
    foot.add_run(before)
    add_field(foot, "PAGE")
    foot.add_run(between)
    add_field(foot, "NUMPAGES")
    foot.add_run(after)
    if document.foot_note:
        section.footer.add_paragraph(clean_text(document.foot_note), style="Footer")


def _tabbed(paragraph: Any) -> Any:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt

    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Pt(FULL_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    return paragraph


def _front(docx: Any, document: Document, blocks: DocxBlocks) -> None:
    kicker = document.cover.kicker if document.cover else document.kicker
    if document.simulated:
        chip = docx.add_paragraph(style=LABEL)
        blocks.text.chip(chip, Mark.SIMULATED, simulated_label(document.language))
    if kicker:
        docx.add_paragraph(clean_text(kicker), style=LABEL)
    docx.add_paragraph(clean_text(document.title), style="Title")
    if document.subtitle:
        docx.add_paragraph(clean_text(document.subtitle), style="Subtitle")
    if document.cover is not None:
        _cover(docx, document)


def _cover(docx: Any, document: Document) -> None:
    from docx.enum.text import WD_BREAK
    from docx.shared import Pt

    left, right = cover_facts(document)
    facts = left + right
    table = docx.add_table(rows=len(facts), cols=2)
    table.style, table.autofit = docx.styles[LABEL_TABLE], False
    for row, pair in zip(table.rows, facts, strict=True):
        for cell, words, width in zip(row.cells, pair, (40 * MM, 126 * MM), strict=True):
            cell.width = Pt(width)
            cell.paragraphs[0].add_run(clean_text(words)).bold = words is pair[0] or None
    statement = document.cover.statement if document.cover else ""
    for sentence in (statement, *digest_sentences(document)):
        if sentence:
            docx.add_paragraph(clean_text(sentence), style=NOTE)
    docx.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
