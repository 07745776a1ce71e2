"""The plan in four formats: read back, the same words, headings and marks."""

import io
import re
import zipfile

import pytest
from docx.api import Document as DocxDocument  # noqa: TID253 - reading back is tested
from pypdf import PdfReader
from python_calamine import CalamineWorkbook  # noqa: TID253 - reading back is tested

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.blocks import Heading, Paragraph, plain, walk
from alpclusters.reports.plan import build_plan_document, write_plan_file
from tests.reports.plan.subjects import subject_of_demonstration

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LANGUAGES = ("de", "sl")
SIMULATED = {"de": "Beispieldaten (simuliert)", "sl": "Simulirani primer"}


def headings_of(subject, language):
    document = build_plan_document(subject, language=language)
    return [f"{b.code} {b.text}".strip() for b in walk(document.blocks) if isinstance(b, Heading)]


def plainly(text):
    return re.sub(r"[\s\u00ad\u2002\u00a0]+", " ", text).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_is_tagged_with_all_headings_as_bookmarks_and_marked_on_each_page(language):
    subject = subject_of_demonstration(language)
    reader = PdfReader(io.BytesIO(write_plan_file(subject, ending="pdf", language=language)))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == language
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()

    def titles(outline):
        for item in outline:
            if isinstance(item, list):
                yield from titles(item)
            else:
                yield plainly(item.title)

    assert list(titles(reader.outline)) == headings_of(subject, language)
    for page in reader.pages:
        assert SIMULATED[language] in plainly(page.extract_text())


def letters(text):
    """Return a text without what a line break changes: spaces, hyphens at the end of a line."""
    return re.sub(r"[\s\u00ad\u00a0\u202f-]+", "", text)


def printed(reader, document):
    """Return the letters of all pages after the contents, without heads and feet."""
    head = letters(f"{document.short_title} ·")
    pages = [page.extract_text() for page in reader.pages]
    begin = next(i for i, text in enumerate(pages) if letters(_story(document)) in letters(text))
    kept = [
        "\n".join(
            line
            for line in text.splitlines()
            if head not in letters(line) and not re.search(r"\d+ (von|od) \d+$", plainly(line))
        )
        for text in pages[begin - 1 :]
    ]
    return letters("\n".join(kept))


def _story(document):
    """Return the first sentence of the chapter behind the contents."""
    blocks = list(walk(document.blocks))
    place = [i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 1][2]
    return plain(next(b.text for b in blocks[place:] if isinstance(b, Paragraph)))[:60]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_prints_every_heading_and_every_sentence_of_the_plan(language):
    subject = subject_of_demonstration(language)
    document = build_plan_document(subject, language=language)
    reader = PdfReader(io.BytesIO(write_plan_file(subject, ending="pdf", language=language)))

    text = printed(reader, document)
    blocks = list(walk(document.blocks))
    place = [i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 1][2]
    wanted = [
        f"{b.code} {b.text}".strip() if isinstance(b, Heading) else plain(b.text)
        for b in blocks[place:]
        if isinstance(b, Heading | Paragraph)
    ]
    assert len(wanted) > 50
    assert [words for words in wanted if letters(words) not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_docx_has_real_headings_that_an_authority_can_edit(language):
    subject = subject_of_demonstration(language)
    docx = DocxDocument(io.BytesIO(write_plan_file(subject, ending="docx", language=language)))

    found = [p.text for p in docx.paragraphs if p.style.name.startswith("Heading")]
    assert [plainly(text) for text in found] == headings_of(subject, language)
    assert docx.core_properties.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_stands_alone_without_script_and_with_its_charts_inside(language):
    subject = subject_of_demonstration(language)
    html = write_plan_file(subject, ending="html", language=language).decode()

    assert f'<html lang="{language}">' in html
    assert "<script" not in html
    assert not re.search(r'(?:src|href)="https?:', html)
    assert html.count("<svg") > 3
    assert SIMULATED[language] in html
    for heading in headings_of(subject, language):
        assert heading.split(" ", 1)[-1] in html


def test_workbook_has_one_sheet_an_object_with_stable_heads_in_every_language():
    heads = {}
    subject = subject_of_demonstration("de")
    for language in LANGUAGES:
        book = CalamineWorkbook.from_filelike(
            io.BytesIO(write_plan_file(subject, ending="xlsx", language=language))
        )
        heads[language] = {
            name: [cell for cell in book.get_sheet_by_name(name).to_python()[2] if cell]
            for name in book.sheet_names[1:]
        }
        rows = book.get_sheet_by_name("actions").to_python()[3:]
        place = heads[language]["actions"].index("starts_on")
        assert str(rows[0][place])[:10] == "2026-09-01"
    assert heads["de"] == heads["sl"]
    assert list(heads["de"]) == [
        "actions", "recommendations", "findings", "players", "milestones", "dependencies", "costs",
        "funding", "indicators", "targets", "values", "risks", "open_points",
    ]  # fmt: skip
    assert heads["de"]["costs"] == ["action", "year", "type", "amount_cents", "currency"]


@pytest.mark.parametrize("ending", ["pdf", "docx", "html", "xlsx"])
def test_equal_plans_give_equal_bytes(ending):
    subject = subject_of_demonstration("de")

    first, second = (write_plan_file(subject, ending=ending, language="de") for _ in range(2))

    assert first == second


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_summary_fits_on_one_page(language):
    subject = subject_of_demonstration(language)
    data = write_plan_file(subject, ending="pdf", language=language, is_summary=True)

    assert len(PdfReader(io.BytesIO(data)).pages) == 1


def test_docx_is_a_sound_container():
    subject = subject_of_demonstration("de")
    with zipfile.ZipFile(
        io.BytesIO(write_plan_file(subject, ending="docx", language="de"))
    ) as parts:
        assert parts.testzip() is None
