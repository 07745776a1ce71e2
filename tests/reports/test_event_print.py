import io
import re
import shutil
import subprocess
from dataclasses import replace

import pypdf
import pytest

from alpclusters.analysis.scales import Kind
from alpclusters.platform.cafe.domain.papers import sheet_number
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.event_print.document import (
    EVERYTHING,
    NothingToPrintError,
    Part,
    PrintChoice,
    part_name,
    print_event,
    qr_svg,
)
from alpclusters.reports.event_print.hosts import host_sheets
from tests.factories.photos import make_grey_jpeg, make_jpeg
from tests.factories.printing import (
    CODES,
    TOPICS,
    make_event_print,
    make_print_guest,
    make_print_scale,
    make_print_table,
)

pytestmark = pytest.mark.integration
POINTS_PER_MM = 72 / 25.4


def printed(event, *parts, language="de", **choice):
    chosen = PrintChoice(language=language, parts=parts or EVERYTHING, **choice)
    return pypdf.PdfReader(io.BytesIO(print_event(event, chosen)))


def text_of(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def squeezed(text):
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


@pytest.mark.parametrize("language", CODES)
def test_everything_is_one_tagged_pdf_in_each_language(language):
    sheets = {language: [sheet_number(42)]}

    reader = printed(make_event_print(), language=language, sheets=sheets, large_sheets=sheets)

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert part_name(Part.TABLE_SIGNS, language) not in ("", Part.TABLE_SIGNS)


def test_fonts_are_ours_and_embedded():
    reader = printed(make_event_print(), sheets={"de": [sheet_number(1)]})

    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font["/DescendantFonts"][0].get_object()
            fonts[font["/BaseFont"].split("+")[-1]] = inner["/FontDescriptor"]
    ours = re.compile(r"/?(SourceSans3|SchibstedGrotesk|NotoEmoji)")
    assert [name for name in fonts if not ours.match(name)] == []
    assert all("/FontFile3" in d or "/FontFile2" in d for d in fonts.values())


def test_each_table_has_a_sign_in_its_own_language():
    event = make_event_print(tables=12)

    reader = printed(event, Part.TABLE_SIGNS)

    assert len(reader.pages) == 12
    texts = [squeezed(page.extract_text()) for page in reader.pages]
    for table, text in zip(event.tables, texts, strict=True):
        assert squeezed(TOPICS[table.languages[0]]) in text
        assert "Maria Kos" in text
        assert "K7M4 RT24" in text


def boxes_of(pdf, word):
    """Return left, top, right and bottom of a word wherever it stands, in points."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not here")
    page = subprocess.run(
        [tool, "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    place = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">'
    return re.findall(f"{place}{word}<", page)


@pytest.mark.parametrize("number", [1, 8, 10, 27])
def test_number_of_a_sign_is_ninety_millimetres_high(number):
    table = make_print_table(number, languages=("en",))
    event = replace(make_event_print(), tables=(table,))

    pdf = print_event(event, PrintChoice(language="en", parts=(Part.TABLE_SIGNS,)))

    found = boxes_of(pdf, str(number))
    widths = [float(x2) - float(x1) for x1, _y1, x2, _y2 in found]
    assert max(widths) <= 140 * POINTS_PER_MM
    # The box of a word is the line; a figure of 90 mm needs at least as much.
    assert max(float(y2) - float(y1) for _x1, y1, _x2, y2 in found) >= 90 * POINTS_PER_MM


def test_qr_holds_the_secret_and_the_page_does_not():
    event = make_event_print()

    reader = printed(event, Part.QR_CARDS)

    secret = event.qr_address.rpartition("~")[2]
    assert secret not in text_of(reader)
    assert "<svg" in qr_svg(event.qr_address)


@pytest.mark.parametrize(("n", "pages"), [(1, 1), (8, 1), (9, 2)])
def test_qr_cards_fill_whole_sheets_of_eight(n, pages):
    reader = printed(make_event_print(), Part.QR_CARDS, n_qr_cards=n)

    assert len(reader.pages) == pages
    assert text_of(reader).count("K7M4 RT24") == 8 * pages


def test_name_cards_have_the_table_of_each_round_and_ten_fit_on_a_sheet():
    reader = printed(make_event_print(guests=21), Part.NAME_CARDS)

    assert len(reader.pages) == 3
    first = squeezed(reader.pages[0].extract_text())
    tables = make_print_guest(5).tables
    assert "Gast 5" in first
    assert "Runde 1 {} Runde 2 {} Runde 3 {}".format(*tables) in first


@pytest.mark.parametrize("rounds", [1, 3, 8])
def test_cards_with_long_names_and_many_rounds_stay_one_sheet(rounds):
    long = "Maximiliane Wolkenstein-Trostburg zu Hohenwerfen"
    guests = tuple(make_print_guest(n, rounds=rounds, name=long) for n in range(1, 11))
    event = replace(make_event_print(rounds=rounds), guests=guests)

    reader = printed(event, Part.NAME_CARDS)

    assert len(reader.pages) == 1


def test_only_guests_whose_tables_changed_get_a_new_card():
    changed = make_print_guest(3)
    same = [make_print_guest(n, is_changed=False) for n in (1, 2, 4)]

    event = replace(make_event_print(), guests=(changed, *same))

    reader = printed(event, Part.NAME_CARDS, only_changed=True)

    assert re.findall(r"G(?:uest|ast|ost) (\d+)|Partecipante (\d+)", text_of(reader)) == [("", "3")]


@pytest.mark.parametrize("language", CODES)
def test_sheet_asks_every_measure_on_every_criterion_with_its_anchors(language):
    event = make_event_print(measures=3, criteria=2)
    number = sheet_number(42)

    reader = printed(event, Part.RATING_SHEETS, language=language, sheets={language: [number]})

    text = squeezed(text_of(reader).replace("-\n", "").replace("\u00ad", ""))
    assert text.count(squeezed(event.criteria[0].names[language])) >= 6
    for measure in event.measures:
        assert squeezed(measure.names[language]) in text
    assert number in text
    assert f"1 {event.criteria[0].scale.labels[0][language]}" in text


@pytest.mark.parametrize(("language", "no", "yes"), [("de", "Nein", "Ja"), ("sl", "Ne", "Da")])
@pytest.mark.parametrize("part", [Part.RATING_SHEETS, Part.LARGE_SHEETS])
def test_sheet_prints_the_steps_of_each_scale_and_no_number_beside_yes_and_no(
    part, language, no, yes
):
    seven = [f"Wort{number}" for number in range(1, 8)]
    scales = (
        make_print_scale(Kind.ORDERED, {language: seven}, 1),
        make_print_scale(Kind.YES_NO, {language: [no, yes]}),
    )
    event = make_event_print(measures=1, criteria=1)
    event = replace(event, criteria=(*event.criteria, *scales))
    numbers = {language: [sheet_number(42)]}

    reader = printed(event, part, language=language, sheets=numbers, large_sheets=numbers)

    text = squeezed(text_of(reader))
    for number, word in enumerate(seven, start=1):
        assert f"{number} {word}" in text
    for number, word in enumerate((no, yes)):
        assert re.search(rf"\b{word}\b", text)
        assert not re.search(rf"\b{number} {word}\b", text)


def test_sheets_have_numbers_and_pages_of_their_own():
    numbers = [sheet_number(n) for n in (7, 8)]
    event = make_event_print(measures=12)

    reader = printed(event, Part.RATING_SHEETS, sheets={"de": numbers})

    half = len(reader.pages) // 2
    # The hyphen of a number and that of a broken word are one glyph.
    feet = [squeezed(page.extract_text()).replace("\u00ad", "-") for page in reader.pages]
    for place, foot in enumerate(feet):
        number, page = numbers[place // half], place % half + 1
        assert f"Bogen {number} · Seite {page} von {half}" in foot


def test_large_print_takes_more_pages_with_larger_letters():
    event = make_event_print(measures=4)
    numbers = {"sl": [sheet_number(1)]}

    plain = printed(event, Part.RATING_SHEETS, sheets=numbers)
    large = printed(event, Part.LARGE_SHEETS, large_sheets=numbers)

    assert len(large.pages) > len(plain.pages)
    assert "ne morem oceniti" in squeezed(text_of(large))


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize(("tables", "rounds"), [(1, 1), (10, 3), (30, 3), (30, 8)])
def test_run_sheet_is_one_page_however_large_the_hall(language, tables, rounds):
    event = make_event_print(tables=tables, guests=5 * tables, rounds=rounds)

    reader = printed(event, Part.RUN_SHEET, language=language)

    assert len(reader.pages) == 1


def test_host_sheet_lists_the_guests_of_each_round():
    event = make_event_print(tables=3, guests=12)

    reader = printed(event, Part.HOST_SHEETS)

    assert len(reader.pages) == 3
    for table, page in zip(event.tables, reader.pages, strict=True):
        expected = [g.number for g in event.guests if not g.is_spare and table.number in g.tables]
        text = page.extract_text()
        assert all(re.search(rf"\b{number}\b", text) for number in expected)


def test_host_sheet_alone_carries_the_code_of_the_hosts_own_screen():
    address = "https://alpcafe.example/cafe/host/#12~host~"
    event = make_event_print(tables=2)
    tables = tuple(
        make_print_table(n, host_address=f"{address}{n}", languages=("de",)) for n in (1, 2)
    )
    with_links = replace(event, tables=tables)

    data = host_sheets(with_links, "de")
    sheets = text_of(printed(with_links, Part.HOST_SHEETS))
    others = text_of(printed(with_links, *(set(EVERYTHING) - {Part.HOST_SHEETS})))

    assert [host["address"] for host in data["hosts"]] == [f"{address}1", f"{address}2"]
    assert len({host["screen"] for host in data["hosts"]}) == 2
    assert sheets.count("Ihr Bildschirm") == 2
    assert "Ihr Bildschirm" not in others
    assert "Ihr Bildschirm" not in text_of(printed(event, Part.HOST_SHEETS))


def test_card_templates_have_six_lines_and_four_fit_on_a_sheet():
    reader = printed(make_event_print(), Part.CARD_TEMPLATES, n_card_templates=5)

    assert len(reader.pages) == 2
    assert text_of(reader).count("Ein Gedanke je Karte") == 8


def test_reported_facts_are_marked_unverified():
    text = text_of(printed(make_event_print(), Part.MEASURE_CARDS))

    assert "ungeprüft" in text
    assert "81 Personen" in text


def test_every_page_of_a_simulated_event_says_so():
    reader = printed(make_event_print(), sheets={"de": [sheet_number(1)]})

    missing = [
        number
        for number, page in enumerate(reader.pages, 1)
        if not re.search("simul|d’exemple|esempio", page.extract_text(), re.IGNORECASE)
    ]
    assert missing == []


def test_real_event_does_not_say_simulated():
    assert "simuliert" not in text_of(printed(make_event_print(is_simulated=False)))


def test_hostile_texts_are_set_as_they_are():
    hostile = "#set page(width: 1pt) *a* _b_ $x$ <l> \\ 1. ` \x00\ufeff 中 👍"
    table = make_print_table(1, host=hostile, languages=("en",))

    text = text_of(printed(replace(make_event_print(), tables=(table,)), Part.TABLE_SIGNS))

    assert "#set page(width: 1pt) *a* _b_" in squeezed(text)
    assert "□" in text


def test_part_without_content_is_left_out_and_nothing_at_all_is_an_error():
    empty = make_event_print(tables=0, guests=0, measures=0, spare=0)

    with pytest.raises(NothingToPrintError):
        printed(empty, Part.TABLE_SIGNS, Part.NAME_CARDS, Part.RATING_SHEETS)
    assert len(printed(empty, Part.TABLE_SIGNS, Part.RUN_SHEET).pages) == 1


def test_same_event_gives_the_same_bytes():
    event, choice = make_event_print(), PrintChoice(language="fr")

    assert print_event(event, choice) == print_event(event, choice)


def test_card_of_a_measure_shows_its_picture_with_words_and_source():
    event = make_event_print(measures=2)
    shown = replace(
        event.measures[0],
        picture=make_grey_jpeg(),
        picture_shows={"de": "Zwei Hände über einer Karte"},
        picture_credit="Ana Kovač, CC BY 4.0",
    )
    with_picture = replace(event, measures=(shown, *event.measures[1:]))

    reader = printed(with_picture, Part.MEASURE_CARDS)

    assert "Ana Kovač, CC BY 4.0" in text_of(reader)
    assert sum(len(page.images) for page in reader.pages) == 1


def test_a_picture_that_cannot_be_decoded_does_not_stop_the_printing():
    event = make_event_print(measures=1)
    broken = replace(event.measures[0], picture=make_jpeg(), picture_credit="CC0")

    reader = printed(replace(event, measures=(broken,)), Part.MEASURE_CARDS)

    assert sum(len(page.images) for page in reader.pages) == 0
    assert "CC0" not in text_of(reader)


@pytest.mark.parametrize("language", CODES)
def test_sign_host_sheet_and_run_sheet_name_the_measure_of_a_table(language):
    measure = {code: f"Messe-{code.upper()}" for code in CODES}
    tables = (make_print_table(measure=measure, languages=(language,), topic={}),)
    event = make_event_print(tables=1)
    event = replace(event, tables=tables)

    for part in (Part.TABLE_SIGNS, Part.HOST_SHEETS, Part.RUN_SHEET):
        pages = text_of(printed(event, part, language=language))
        assert f"Messe-{language.upper()}" in pages


@pytest.mark.parametrize("language", CODES)
def test_second_rating_has_a_sheet_of_its_own_with_the_same_number(language):
    number = sheet_number(42)
    event = make_event_print(has_second_rating=True, measures=2)

    reader = printed(event, Part.RATING_SHEETS, language=language, sheets={language: [number]})

    first, second = (squeezed(page.extract_text()) for page in reader.pages)
    assert all(number in page.replace("\u00ad", "-") for page in (first, second))
    text = translator(language)
    for only_first in ("Why? (optional)", "Your three most important measures"):
        words = squeezed(text.gettext(only_first))
        assert (words in first, words in second) == (True, False)
    assert text.gettext("Your second rating") in second


def test_long_word_of_a_measure_stays_whole_on_a_sign():
    word = "Kooperationsbörse"
    table = make_print_table(3, measure={"de": word}, languages=("de",), topic={})
    event = replace(make_event_print(), tables=(table,))

    pdf = print_event(event, PrintChoice(language="de", parts=(Part.TABLE_SIGNS,)))

    ends = [float(box[2]) / POINTS_PER_MM for box in boxes_of(pdf, word)]
    assert ends
    assert max(ends) <= 210 - 13 - 40 - 6  # left of the QR code


def test_signs_and_host_sheets_say_simulated_in_the_language_of_their_table():
    event = make_event_print(tables=1)
    event = replace(event, tables=(replace(event.tables[0], languages=("it",)),))

    for part in (Part.TABLE_SIGNS, Part.HOST_SHEETS):
        words = squeezed(text_of(printed(event, part, language="sl")))
        assert "Dati di esempio (simulati)" in words
        assert "Simulirani primer" not in words


def test_in_large_print_the_name_of_a_measure_stands_on_each_page_that_asks_about_it():
    event = make_event_print(has_second_rating=True, measures=6)
    names = {measure.names["sl"] for measure in event.measures}
    sheets = {"sl": [sheet_number(3)]}

    reader = printed(event, Part.LARGE_SHEETS, language="sl", large_sheets=sheets)

    pages = [squeezed(page.extract_text()) for page in reader.pages]
    assert sum(page.count("Učinkovitost") for page in pages) == 2 * 2 * 6
    for page in pages:
        assert page.count("Učinkovitost") <= 2 * sum(map(page.count, names))
