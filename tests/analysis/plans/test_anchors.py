"""Where a comment belongs after a text was revised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.plans import PlanRules, anchor_paragraph, split_paragraphs

pytestmark = pytest.mark.unit

FIRST = "Regions fund a shared test bench for timber."
SECOND = "Clusters meet twice a year."
THIRD = "Swiss partners pay their own part."


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\n\nTwo.", ("One.", "Two.")),
        ("One.\r\n \r\n\r\nTwo\nlines.\n", ("One.", "Two\nlines.")),
        ("  \n\n", ()),
        ("", ()),
    ],
)
def test_blank_lines_part_paragraphs(text, paragraphs):
    assert split_paragraphs(text) == paragraphs


def test_unchanged_paragraph_keeps_its_comment_where_it_moved():
    assert anchor_paragraph(SECOND, 1, [FIRST, SECOND, THIRD]) == 1
    assert anchor_paragraph(SECOND, 1, ["New.", FIRST, THIRD, SECOND]) == 3


def test_edited_paragraph_keeps_its_comment():
    edited = "All regions fund one shared test bench for timber and stone."

    assert anchor_paragraph(FIRST, 0, [SECOND, edited]) == 1


def test_words_of_a_paragraph_are_found_in_it():
    assert anchor_paragraph("shared   test bench", 2, [SECOND, THIRD, FIRST]) == 2


def test_part_of_a_word_is_not_the_word():
    assert anchor_paragraph("bench", 0, ["Workbenches are sold."]) is None


def test_rewritten_or_missing_paragraph_leaves_the_comment_orphaned():
    assert anchor_paragraph(FIRST, 0, [SECOND, THIRD]) is None
    assert anchor_paragraph(FIRST, 0, []) is None
    assert anchor_paragraph("  ", 0, [FIRST]) is None


def test_of_equal_paragraphs_the_nearest_is_taken():
    assert anchor_paragraph(FIRST, 2, [FIRST, SECOND, THIRD, FIRST]) == 3


@pytest.mark.parametrize(("n", "place"), [(3, 0), (2, None)])
def test_similarity_of_six_tenths_is_enough(n, place):
    quote = "a b c d e"
    words = [*quote.split()[:n], *"vwxyz"[: 5 - n]]

    assert anchor_paragraph(quote, 0, [" ".join(words)]) == place


def test_another_limit_is_another_rule():
    assert (
        anchor_paragraph("a b c d e", 0, ["a b x y z"], rules=PlanRules(anchor_similarity=0.4)) == 0
    )


@given(st.lists(st.text("abc ", min_size=1).filter(str.strip), min_size=1, max_size=5), st.data())
def test_paragraph_that_still_stands_is_always_found(paragraphs, data):
    place = data.draw(st.integers(0, len(paragraphs) - 1))

    found = anchor_paragraph(paragraphs[place], place, paragraphs)

    assert found == place
