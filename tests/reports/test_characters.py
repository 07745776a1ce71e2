import pytest

from alpclusters.reports.characters import clean_text, fit_fonts
from alpclusters.reports.links import safe_link
from alpclusters.reports.typefaces import (
    BODY,
    BODY_BOLD,
    BODY_ITALIC,
    BODY_SEMIBOLD,
    DISPLAY,
    load_face,
    text_width,
    wrap_text,
)

pytestmark = pytest.mark.unit

LETTERS = "ÄÖÜäöüßÀÂÇÉÈÊËÎÏÔŒÙÛàâçéèêëîïôœùûÌÒìòČŠŽčšžćđ„“‚‘»«›‹“”’–−…€≤≥°"


@pytest.mark.parametrize("face", [BODY, BODY_SEMIBOLD, BODY_BOLD, BODY_ITALIC, DISPLAY])
def test_every_letter_of_the_five_languages_is_in_every_face(face):
    glyphs = load_face(face).glyphs

    assert [letter for letter in LETTERS if ord(letter) not in glyphs] == []


def test_controls_and_byte_order_marks_are_dropped_and_letters_composed():
    assert clean_text("a\x00b\ufeffc\x1b e\u0301\u202e") == "abc é"


def test_lines_stay_and_tabs_become_spaces():
    assert clean_text("a\r\nb\tc") == "a\nb c"


def test_emoji_are_kept_and_signs_without_a_glyph_are_counted():
    assert fit_fonts("👍🏽 中文 ok") == ("👍🏽 □□ ok", 2)


def test_joiners_outside_emoji_are_dropped():
    assert fit_fonts("a\u200db 👩\u200d💻") == ("ab 👩\u200d💻", 0)


def test_text_widths_come_from_the_font():
    assert text_width("iiii", 10) < text_width("mmmm", 10)
    assert text_width("", 10) == 0


def test_wrapping_never_exceeds_the_width_even_for_one_endless_word():
    lines = wrap_text("x" * 200 + " short words here", 50, 9)

    assert all(text_width(line, 9) <= 50 for line in lines)
    assert "".join(lines).replace(" ", "") == "x" * 200 + "shortwordshere"


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://example.org/?a=1&b=2", True),
        ("mailto:a@example.org", True),
        ("/measures/1", True),
        ("#part", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("http://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_a_reader_may_follow_become_links(address, is_safe):
    assert (safe_link(address) is not None) is is_safe
