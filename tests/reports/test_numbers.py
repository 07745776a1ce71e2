from decimal import Decimal

import pytest

from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_money,
    format_n,
    format_number,
    format_percent,
    format_share_interval,
    format_with_unit,
    needed_decimals,
)

pytestmark = pytest.mark.unit

NARROW, NO_BREAK = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "1.234.567,8"),
        ("en", "1,234,567.8"),
        ("fr", f"1{NARROW}234{NARROW}567,8"),
        ("it", "1.234.567,8"),
        ("sl", "1.234.567,8"),
        ("de-AT", "1.234.567,8"),
        ("xx", "1,234,567.8"),
    ],
)
def test_thousands_and_decimals_follow_the_language(language, expected):
    assert format_number(1234567.8, language) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, None, "0"),
        (-0.0, 1, "0,0"),
        (-0.004, 2, "0,00"),
        (-0.06, 2, "−0,06"),
        (4.1, None, "4,1"),
        (4.0, None, "4"),
        (1 / 3, None, "0,33"),
        (0.145, 2, "0,15"),
        (2.675, 2, "2,68"),
        (999.5, 0, "1.000"),
        (Decimal("1234.50"), None, "1.234,5"),
        (10**15, None, "1.000.000.000.000.000"),
    ],
)
def test_rounding_is_half_away_from_zero_and_zero_has_no_sign(value, decimals, expected):
    assert format_number(value, "de", decimals) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(0.31, "+0,31"), (-0.34, "−0,34"), (0.0, "0,00"), (-0.001, "0,00")]
)
def test_changes_carry_their_sign_and_zero_carries_none(value, expected):
    assert format_number(value, "sl", 2, signed=True) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", f"12{NARROW}%"),
        ("en", "12%"),
        ("fr", f"12{NARROW}%"),
        ("it", "12%"),
        ("sl", f"12{NARROW}%"),
    ],
)
def test_per_cent_stands_as_the_language_sets_it(language, expected):
    assert format_percent(0.12, language) == expected


def test_per_cent_takes_decimals():
    assert format_percent(0.538, "de", 1) == f"53,8{NARROW}%"


@pytest.mark.parametrize(
    ("language", "plain", "around_zero"),
    [
        ("de", "3,97–4,34", f"−0,19{NO_BREAK}bis{NO_BREAK}0,06"),
        ("en", "3.97–4.34", f"−0.19{NO_BREAK}to{NO_BREAK}0.06"),
        ("fr", "3,97–4,34", f"−0,19{NO_BREAK}à{NO_BREAK}0,06"),
        ("it", "3,97–4,34", f"−0,19{NO_BREAK}a{NO_BREAK}0,06"),
        ("sl", "3,97–4,34", f"−0,19{NO_BREAK}do{NO_BREAK}0,06"),
    ],
)
def test_an_interval_takes_a_word_where_a_dash_would_meet_a_minus(language, plain, around_zero):
    assert format_interval(3.97, 4.34, language) == plain
    assert format_interval(-0.19, 0.06, language) == around_zero


def test_an_interval_has_equal_decimals_at_both_ends():
    assert format_interval(3, 4.25, "de") == "3,00–4,25"


def test_an_interval_of_shares_has_one_per_cent_sign():
    assert format_share_interval(0.44, 0.78, "de") == f"44–78{NARROW}%"


@pytest.mark.parametrize(
    ("language", "euro", "cents", "franc"),
    [
        ("de", f"1.200{NARROW}€", f"0,05{NARROW}€", f"60.000{NO_BREAK}CHF"),
        ("en", "€1,200", "€0.05", f"CHF{NO_BREAK}60,000"),
        ("fr", f"1{NARROW}200{NARROW}€", f"0,05{NARROW}€", f"60{NARROW}000{NO_BREAK}CHF"),
        ("it", f"1.200{NARROW}€", f"0,05{NARROW}€", f"60.000{NO_BREAK}CHF"),
        ("sl", f"1.200{NARROW}€", f"0,05{NARROW}€", f"60.000{NO_BREAK}CHF"),
    ],
)
def test_money_shows_cents_only_where_there_are_any(language, euro, cents, franc):
    assert format_money(120000, "EUR", language) == euro
    assert format_money(5, "EUR", language) == cents
    assert format_money(6_000_000, "CHF", language) == franc


def test_negative_money_keeps_the_minus_before_the_sign():
    assert format_money(-120000, "EUR", "en") == "−€1,200"
    assert format_money(-120000, "EUR", "de") == f"−1.200{NARROW}€"


def test_counts_of_people_and_units_hold_together():
    assert format_n(1058, "de") == f"n{NO_BREAK}={NO_BREAK}1.058"
    assert format_with_unit(12.5, "km", "fr") == f"12,5{NO_BREAK}km"
    assert format_integer(1234, "it") == "1.234"


def test_a_column_takes_as_many_decimals_as_its_values_need_but_at_most_two():
    assert needed_decimals([1, 2]) == 0
    assert needed_decimals([1, 2.5]) == 1
    assert needed_decimals([1, 1 / 3]) == 2
    assert needed_decimals([]) == 0
    assert needed_decimals([100, 2000]) == 0
