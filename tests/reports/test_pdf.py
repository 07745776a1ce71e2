import io
import re

import pypdf
import pytest

from alpclusters.reports.blocks import (
    Bullets,
    Column,
    Heading,
    Panel,
    Paragraph,
    RowGroup,
    Run,
    Table,
    walk,
)
from alpclusters.reports.captions import file_name
from alpclusters.reports.characters import clean_text
from alpclusters.reports.identity import document_digest
from alpclusters.reports.writers.pdf import TypesettingError, compile_typst, write_pdf, write_png
from tests.reports.samples import WORDS, make_bars, make_document, make_plan_table

pytestmark = pytest.mark.integration

LANGUAGES = ("de", "en", "fr", "it", "sl")
PAGES = {
    "de": r"Seite (\d+) von (\d+)",
    "en": r"Page (\d+) of (\d+)",
    "fr": r"Page (\d+) sur (\d+)",
    "it": r"Pagina (\d+) di (\d+)",
    "sl": r"Stran (\d+) od (\d+)",
}
SIMULATED = {
    "de": "Beispieldaten (simuliert)",
    "en": "Example data (simulated)",
    "fr": "Données d’exemple (simulées)",
    "it": "Dati di esempio (simulati)",
    "sl": "Simulirani primer",
}
NAMED_NUMBERS = (Column("Name"), Column("Zahl", "number"))
HOSTILE = "#set page(width: 1pt) <label> & *a* _b_ $x$ @ref \\ ` 1. \x00\x1b\ufeff 👍🏽 中 "


def reopened(document):
    return pypdf.PdfReader(io.BytesIO(write_pdf(document)))


def squeezed(text):
    """Return the text without breaks, hyphens and kinds of space."""
    return re.sub(r"\s+", "", clean_text(text).replace("\u00ad", "").replace("-", ""))


def structure(reader, wanted):
    """Yield the elements of the tag tree with a role."""
    queue = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while queue:
        node = queue.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if not isinstance(node, dict):
            continue
        if node.get("/S") == wanted:
            yield node
        kids = node.get("/K", [])
        queue += kids if isinstance(kids, list) else [kids]


def titles(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from titles(entry)
        else:
            yield entry.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_is_tagged_speaks_its_language_and_says_simulated(language):
    reader = reopened(make_document(language))
    root = reader.trailer["/Root"]

    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert reader.metadata.title == f"{WORDS[language]['title']} – {SIMULATED[language]}"
    assert SIMULATED[language] in reader.metadata.keywords


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_carries_its_number_and_the_word_simulated(language):
    reader = reopened(make_document(language))

    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert squeezed(SIMULATED[language]) in squeezed(text)
        if number > 1:
            shown = re.search(PAGES[language], text.replace("\u00a0", " "))
            assert shown
            assert shown.groups() == (str(number), str(len(reader.pages)))


def test_bookmarks_are_the_headings():
    document = make_document("de")
    headings = [block for block in walk(document.blocks) if isinstance(block, Heading)]

    found = list(titles(reopened(document).outline))

    wanted = [f"{h.code}\u2002{h.text}" if h.code else h.text for h in headings]
    assert found == wanted


def test_numbers_and_titles_are_in_the_text():
    document = make_document("de")
    text = squeezed("".join(page.extract_text() for page in reopened(document).pages))

    for words in ("180.000", "53,8%", "300.000", "4,16", "−0,19bis0,06", "geschützt", "ungeprüft"):
        assert squeezed(words) in text
    for block in walk(document.blocks):
        if isinstance(block, Heading):
            assert squeezed(block.text) in text


def test_figures_have_their_text_and_tables_their_heads():
    document = make_document("fr")
    reader = reopened(document)
    alternatives = {str(node.get("/Alt")) for node in structure(reader, "/Figure")}

    wanted = {block.chart.alt for block in document.blocks if type(block).__name__ == "Figure"}
    assert wanted <= alternatives
    assert len(list(structure(reader, "/Table"))) == 4
    assert len(list(structure(reader, "/TH"))) >= 6 + 6 + 5 + 4


def test_only_our_fonts_are_used_and_they_are_embedded():
    fonts = set()
    for page in reopened(make_document("sl")).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            found = font.get_object()
            fonts.add(found["/BaseFont"].split("+")[-1])
            below = found["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(below["/FontDescriptor"].get_object())

    assert fonts
    assert all(name.startswith(("SourceSans3", "SchibstedGrotesk", "NotoEmoji")) for name in fonts)


def test_the_same_document_gives_the_same_bytes():
    assert write_pdf(make_document("it")) == write_pdf(make_document("it"))


def test_hostile_words_are_printed_as_words():
    blocks = (
        Heading("1. Juli #x", 1),
        Heading(HOSTILE, 2, code=HOSTILE),
        Paragraph((Run(HOSTILE, strong=True, link="javascript:x"), Run("x" * 10_000))),
        Table(make_plan_table("de").columns, (), caption=HOSTILE, note=HOSTILE),
    )
    document = make_document("de", blocks=blocks, title=HOSTILE, short_title=HOSTILE)

    reader = reopened(document)

    text = "".join(page.extract_text() for page in reader.pages)
    assert squeezed("#set page(width: 1pt) <label> & *a* _b_ $x$ @ref") in squeezed(text)
    assert "□" in text
    assert reader.pages[0].mediabox.width > 500
    assert squeezed("als □ gezeigt") in squeezed(text)


def test_words_stay_inside_the_page():
    blocks = (Paragraph("Internationalisierungsstrategie" * 60), make_plan_table("sl"))
    reader = reopened(make_document("sl", blocks=blocks, cover=None))
    spots = []
    for page in reader.pages:
        page.extract_text(visitor_text=lambda text, _cm, tm, *_: spots.append((text, tm[4])))

    assert max(x for text, x in spots if text.strip()) < 595 - 57


@pytest.mark.parametrize("kind", ["message", "method", "note"])
def test_a_panel_longer_than_a_page_goes_on_on_the_next_one(kind):
    bullets = Bullets(tuple(f"Begründung {n}: " + "weil es so ist " * 12 for n in range(40)))
    document = make_document("de", blocks=(Panel((bullets,), "Warum?", kind),), cover=None)

    first, *_, last = (page.extract_text() for page in reopened(document).pages)

    assert "Begründung 0:" in first
    assert "Begründung 39:" not in first
    assert "Begründung 39:" in last


def test_a_long_table_repeats_its_head_on_every_page():
    columns = make_plan_table("de").columns
    rows = tuple((f"E{i}", "Aktion " * 9, None, None, i, None) for i in range(90))
    document = make_document("de", blocks=(Table(columns, rows, caption="Lang"),), cover=None)

    pages = reopened(document).pages

    assert len(pages) > 2
    assert all("Kosten" in page.extract_text() for page in pages)


def test_a_short_table_is_never_torn_from_its_caption_or_its_sum():
    rows = tuple((f"R{i}", i) for i in range(5))
    table = Table(NAMED_NUMBERS, rows, total=("Summe", 10), caption="Kurz")
    told = set()
    for above in range(22, 34):
        blocks = (*(Paragraph(f"Absatz {n}") for n in range(above)), table)
        pages = reopened(make_document("de", blocks=blocks, cover=None)).pages
        text = next(words for page in pages if "Kurz" in (words := page.extract_text()))
        assert {"R0", "R4", "Summe"} <= set(text.split())
        told.add(len(pages))

    assert told == {1, 2}


def test_an_economical_document_and_one_with_an_emoji_compile():
    document = make_document(
        "de", economy=True, draft=True, blocks=(Paragraph("Danke 👍🏽 👩\u200d💻"),)
    )

    assert write_pdf(document).startswith(b"%PDF")


def test_a_document_that_begins_with_a_low_heading_is_set_all_the_same():
    document = make_document("de", blocks=(Heading("a", 3), Heading("b", 1), Heading("c", 3)))

    assert list(titles(reopened(document).outline)) == ["a", "b", "c"]


def test_a_missing_font_is_an_error_and_not_a_silent_replacement():
    source = '#set text(font: "No Such Font")\nx'

    with pytest.raises(TypesettingError, match="font"):
        compile_typst("main.typ", {"main.typ": source}, output="png")


def test_a_chart_becomes_a_picture_of_the_asked_width():
    png = write_png(make_bars("de").standalone_svg(360), width=360, ppi=72)

    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == 360


def test_file_names_are_plain_and_sort_by_date():
    document = make_document("de", project="Démo / ..", version="1.2")

    digits = document_digest(document)[:12]
    assert file_name(document, "pdf") == f"ac_plan_D-mo_2026-07-01_v1.2_{digits}_de.pdf"


def test_a_table_that_goes_on_repeats_its_caption_and_says_so():
    columns = make_plan_table("sl").columns
    rows = tuple((f"E{i}", "Akcija", None, None, i, None) for i in range(60))
    table = Table(columns, rows, caption="Dolga preglednica")

    first, second = reopened(make_document("sl", blocks=(table,), cover=None)).pages

    assert "(nadaljevanje)" not in first.extract_text()
    assert "Dolga preglednica (nadaljevanje)" in second.extract_text().replace("\n", " ")


def test_the_name_of_a_group_of_rows_is_never_the_last_row_of_a_page():
    rows = tuple(row for i in range(12) for row in (RowGroup(f"Stufe {i}"), (f"R{i}", i)))
    table = Table(NAMED_NUMBERS, rows, caption="Stufen")
    told = set()
    for above in range(14, 18):
        blocks = (*(Paragraph(f"Absatz {n}") for n in range(above)), table)
        first, *rest = reopened(make_document("de", blocks=blocks, cover=None)).pages
        assert rest
        words = first.extract_text()
        assert words.count("Stufe ") == len(re.findall(r"\bR\d+", words))
        told.add(words.count("Stufe "))

    assert len(told) > 2
