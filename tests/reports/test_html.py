import re

import html5lib
import pytest

from alpclusters.reports.blocks import Figure, Heading, Paragraph, Run, Table
from alpclusters.reports.writers.html import body_fragment, write_html
from tests.reports.samples import make_bars, make_document

pytestmark = pytest.mark.unit

LANGUAGES = ("de", "en", "fr", "it", "sl")
HOSTILE = "<script>alert(1)</script> & \" ' # \x00\x1b\ufeff 👍 中 " + "w" * 10_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["plan", "evaluation"])
def test_the_file_is_valid_and_says_its_language(language, kind):
    text = write_html(make_document(language, kind=kind))

    html5lib.HTMLParser(strict=True).parse(text)
    assert text.startswith(f'<!doctype html>\n<html lang="{language}">')


def test_the_file_has_no_script_no_inline_style_and_no_outside_address():
    text = write_html(make_document("de"))

    assert not re.search(r"<script|\sstyle=|\son\w+=|<link|<img|url\(['\"]?http|@import", text)


def test_the_fragment_has_no_style_at_all():
    assert not re.search(r"<style|\sstyle=|<script", body_fragment(make_document("de")))


def test_every_id_is_there_once_even_when_a_chart_comes_twice():
    figure = Figure(make_bars("de"), "a")
    text = write_html(make_document("de", blocks=(figure, figure, Heading("a"), Heading("a"))))

    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)


def test_headings_begin_at_the_asked_level_without_gaps():
    text = body_fragment(make_document("de"), top=3)

    assert set(re.findall(r"<(h\d)", text)) == {"h3", "h4", "h5"}


def test_the_simulated_word_is_in_title_keywords_and_page():
    text = write_html(make_document("sl"))

    assert "<title>Zapisnik AlpCaféja – Simulirani primer</title>" in text
    assert 'name="keywords" content="cluster, Simulirani primer"' in text
    assert '<span class="ac-badge sim">Simulirani primer</span>' in text


def test_a_document_of_real_data_does_not_say_simulated():
    document = make_document("en", simulated=False, blocks=(Paragraph("x"),), cover=None)

    assert "simulated" not in write_html(document)


def test_numbers_and_marks_of_a_table_are_printed():
    text = body_fragment(make_document("de"))

    assert '<td class="r">180.000</td>' in text
    assert '<span class="ac-badge sup">geschützt</span>' in text
    assert '<th scope="row" class="t">Pilotaktion mit KMU</th>' in text
    assert "<small>n\u00a0=\u00a013</small>" in text


def test_foreign_words_carry_their_language():
    text = body_fragment(make_document("de"))

    assert '<span lang="fr"><em>« Qui le répare ? »</em></span>' in text
    assert '<p lang="it">«Servono moduli uguali, non solo date uguali.»</p>' in text


def test_hostile_words_stay_words_and_unsafe_links_stay_text():
    blocks = (
        Heading(HOSTILE, anchor=""),
        Paragraph((Run(HOSTILE, link="javascript:alert(1)"),)),
        Table(make_document("de").blocks[5].columns, (), caption=HOSTILE, note=HOSTILE),
    )
    text = write_html(make_document("de", title=HOSTILE, blocks=blocks))

    html5lib.HTMLParser(strict=True).parse(text)
    assert "<script" not in text
    assert "javascript:" not in text
    assert "\x00" not in text


def test_figures_bring_their_values_as_a_table():
    text = body_fragment(make_document("fr"))

    assert text.count("<details>") == text.count('<figure class="ac-fig r-fig">') == 8


def test_the_same_document_gives_the_same_text():
    assert write_html(make_document("it")) == write_html(make_document("it"))
