"""Documents as DOCX: named styles, so that an authority can edit and re-dress the text."""

from datetime import UTC, datetime, time
from functools import cache
from io import BytesIO
from typing import Any

from alpclusters.reports.blocks import Document, Mark
from alpclusters.reports.captions import (
    cover_facts,
    digest_sentences,
    document_keywords,
    document_title,
    foot_text,
    head_text,
    page_words,
)
from alpclusters.reports.cells import simulated_label
from alpclusters.reports.characters import clean_text
from alpclusters.reports.writers.docx_blocks import DocxBlocks
from alpclusters.reports.writers.docx_styles import (
    LABEL,
    LABEL_TABLE,
    NOTE,
    remember_styles,
    set_styles,
)
from alpclusters.reports.writers.docx_xml import add_field, same_bytes
from alpclusters.reports.writers.pdf_data import FULL_WIDTH, MM


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
