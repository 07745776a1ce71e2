"""The contrast gate against pairs whose ratio is known."""

import pytest

from tools import contrast

pytestmark = pytest.mark.unit


def test_black_on_white_has_the_highest_ratio() -> None:
    assert round(contrast.contrast("#000000", "#FFFFFF"), 2) == 21.0


def test_grey_of_the_guideline_just_passes() -> None:
    # WCAG 2.2, technique G18: #767676 on white is the lightest grey with 4.5.
    assert round(contrast.contrast("#767676", "#FFFFFF"), 2) == 4.54
    assert contrast.contrast("#777777", "#FFFFFF") < contrast.FOR_TEXT


def test_red_and_green_are_closer_for_a_red_blind_eye() -> None:
    red, green = "#C00000", "#407000"

    assert contrast.distance(red, green, "protan") < contrast.distance(red, green, "normal") / 2


def test_dark_theme_keeps_what_it_does_not_change() -> None:
    css = ':root{--ink:#111111;--paper:#FFFFFF}[data-theme="dark"]{--paper:#000000}'

    assert contrast.themes(css)["dark"] == {"ink": "#111111", "paper": "#000000"}


def test_own_theme_passes() -> None:
    assert contrast.main([]) == 0
