"""The grid of influence and interest as markup."""

import pytest

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.charts.stakes import StakeGrid

pytestmark = pytest.mark.unit


def test_nine_cells_lead_to_their_names_and_say_what_they_are():
    html = StakeGrid("en", {(3, 1): 4, (1, 3): 1}, n_unknown=2).html()

    assert html.count("<a ") == 9
    assert 'href="#cell-3-1" aria-label="Influence high, interest low: 4"' in html
    assert "5 judged, 2 not" in html
    assert "style=" not in html


def test_the_shade_repeats_the_number_and_nobody_is_the_palest():
    html = StakeGrid("en", {(3, 3): 6, (2, 2): 1}).html()

    assert html.count("f-q0 ") == 7
    assert "f-q6 " in html
    assert "f-q1 " in html


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_language_has_its_own_words(language):
    words = {StakeGrid(code, {}).alt for code in LANGUAGE_CODES}

    assert len(words) == 5
    assert "%(" not in StakeGrid(language, {(1, 1): 1}).html()
