import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx.api import Document as DocxDocument  # noqa: TID253 - reading back is tested

from alpclusters.reports.blocks import (
    Bullets,
    Column,
    Contents,
    Heading,
    LabelledPart,
    Paragraph,
    RowGroup,
    Run,
    Table,
    walk,
)
from alpclusters.reports.writers.docx import write_docx
from tests.reports.samples import WORDS, make_document

pytestmark = pytest.mark.integration

HOSTILE = '<w:t> & " {{ x }} \x00\x1b\ufeff 👍 中 ' + "w" * 10_000


def reopened(document):
    return DocxDocument(io.BytesIO(write_docx(document)))


def xml_of(document, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(write_docx(document))) as package:
        return package.read(name).decode()


@pytest.fixture(scope="module")
def german():
    return make_document("de")


@pytest.fixture(scope="module")
def german_xml(german):
    return xml_of(german)


@pytest.mark.parametrize("language", ["de", "en", "fr", "it", "sl"])
def test_titles_and_headings_stand_in_named_styles(language):
    document = make_document(language)

    opened = reopened(document)

    found = [(p.style.name, p.text) for p in opened.paragraphs]
    assert ("Title", WORDS[language]["title"]) in found
    wanted = {
        (f"Heading {h.level}", f"{h.code}\u2002{h.text}" if h.code else h.text)
        for h in document.blocks
        if isinstance(h, Heading)
    }
    assert wanted <= set(found)
    assert opened.core_properties.language == language
    assert f'w:lang w:val="{language}"' in xml_of(document, "word/styles.xml")


def test_numbers_of_the_tables_are_in_the_document(german):
    opened = reopened(german)
    cells = {cell.text for table in opened.tables for row in table.rows for cell in row.cells}

    assert {"180.000", "300.000", "53,8\u202f%", "4,16", "[geschützt]", "4,1 (n\u00a013)"} <= cells


def test_heads_repeat_rows_hold_and_tables_have_names(german_xml):
    assert german_xml.count("<w:tblHeader") == 12
    assert german_xml.count("<w:cantSplit") > 40
    assert 'w:tblCaption w:val="Was der Plan vorsieht"' in german_xml


def held(table):
    """Return of each row whether it stays with the next one."""
    return [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]


@pytest.mark.parametrize(
    ("n", "total", "wanted"),
    [
        (3, None, [True, True, True, None]),
        (7, ("Summe", 21), [True] * 8 + [None]),
        (8, ("Summe", 28), [None] * 8 + [True, None]),
        (8, None, [None] * 9),
    ],
)
def test_short_tables_hold_together_and_a_sum_holds_to_its_rows(n, total, wanted):
    columns = (Column("Name"), Column("Zahl", "number"))
    table = Table(columns, tuple((f"R{i}", i) for i in range(n)), total=total)

    (opened,) = reopened(make_document("de", blocks=(table,), cover=None)).tables

    assert held(opened) == wanted


def test_a_label_does_not_hold_its_part_together_and_away_from_its_heading():
    part = LabelledPart("Problem", (Paragraph("Little is known."),))
    document = replace(make_document("de"), blocks=(Heading("Recommendation", 2), part))

    (label,) = (
        cell.paragraphs[0]
        for table in reopened(document).tables
        for cell in table.rows[0].cells[:1]
        if cell.text == "Problem"
    )

    assert label.paragraph_format.keep_with_next is False


def test_pictures_carry_their_text(german, german_xml):
    alternatives = re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', german_xml)

    wanted = [b.chart.alt for b in walk(german.blocks) if type(b).__name__ == "Figure"]
    assert len(alternatives) == len(wanted) == 8


def test_fields_count_pages_figures_and_contents(german, german_xml):
    assert "TOC \\o" in german_xml
    assert "SEQ Abbildung" in german_xml
    assert "updateFields" in xml_of(german, "word/settings.xml")
    footers = [xml_of(german, name) for name in ("word/footer1.xml",)]
    assert any("PAGE" in text and "NUMPAGES" in text for text in footers)


def test_withheld_cells_are_hatched_and_foreign_runs_know_their_language(german_xml):
    assert 'w:val="thinDiagStripe"' in german_xml
    assert 'w:lang w:val="fr"' in german_xml
    assert 'w:lang w:val="it"' in german_xml


def test_each_ordered_list_begins_at_one():
    two = (Bullets(("a", "b"), ordered=True), Bullets(("c",), ordered=True))
    text = xml_of(make_document("de", blocks=two, cover=None))

    numbers = re.findall(r'<w:numId w:val="(\d+)"', text)
    assert len(numbers) == 3
    assert len(set(numbers)) == 2


def test_the_simulated_word_is_in_head_title_and_keywords(german):
    opened = reopened(german)

    assert "Beispieldaten (simuliert)" in opened.sections[0].header.paragraphs[0].text
    assert opened.core_properties.title.endswith("Beispieldaten (simuliert)")
    assert "Beispieldaten (simuliert)" in opened.core_properties.keywords


def test_hostile_words_stay_words():
    blocks = (Heading(HOSTILE), Paragraph((Run(HOSTILE, link="javascript:x"),)))

    opened = reopened(make_document("de", blocks=blocks, title=HOSTILE))

    assert '<w:t> & " {{ x }}  👍 中' in opened.paragraphs[-1].text
    assert "javascript" not in xml_of(make_document("de", blocks=blocks))


def test_the_same_document_gives_the_same_bytes():
    blocks = (Heading("a", 1), Paragraph("b"))

    first = write_docx(make_document("de", blocks=blocks))
    assert first == write_docx(make_document("de", blocks=blocks))


def test_the_name_of_a_group_of_rows_stays_with_the_first_of_them():
    columns = (Column("Name"), Column("Zahl", "number"))
    rows = (RowGroup("Stufe A"), *((f"R{i}", i) for i in range(9)), RowGroup("Stufe B"), ("S", 1))
    table = Table(columns, rows)

    (opened,) = reopened(make_document("de", blocks=(table,), cover=None)).tables

    assert [i for i, held_to_next in enumerate(held(opened)) if held_to_next] == [1, 11]


def test_contents_name_the_headings_before_anybody_updates_the_field():
    blocks = (Contents(), Heading("Povzetek", 1), Heading("Kako naprej", 2, code="E1"))

    opened = reopened(make_document("sl", blocks=blocks, cover=None))

    (found,) = [p.text for p in opened.paragraphs if "Kako naprej" in p.text and "\n" in p.text]
    assert found.split("\n") == ["Povzetek", "\u2003E1\u2002Kako naprej"]


def test_a_sheet_of_few_pages_has_smaller_type_and_less_air_in_the_same_styles(german):
    usual, dense = reopened(german), reopened(replace(german, is_dense=True))

    for name in ("Title", "Heading 2", "Body Text", "Caption", "AC Cell"):
        assert 7.5 <= dense.styles[name].font.size.pt < usual.styles[name].font.size.pt
    gaps = [one.styles["Heading 2"].paragraph_format.space_before.pt for one in (dense, usual)]
    assert gaps[0] < gaps[1] / 2
    assert dense.sections[0].top_margin < usual.sections[0].top_margin
    assert len(dense.paragraphs) == len(usual.paragraphs)
