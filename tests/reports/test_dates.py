from datetime import date, datetime

import pytest

from alpclusters.reports.dates import (
    format_date,
    format_date_range,
    format_date_short,
    format_datetime,
    format_month_year,
    format_time,
    format_year_range,
    month_name,
)

pytestmark = pytest.mark.unit

FIRST, FIFTH = date(2013, 7, 1), date(2026, 3, 5)


def soft(text):
    """Show no-break spaces as spaces, so that the tables below can be read."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "first", "fifth"),
    [
        ("de", "1. Juli 2013", "5. März 2026"),
        ("en", "1 July 2013", "5 March 2026"),
        ("fr", "1er juillet 2013", "5 mars 2026"),
        ("it", "1° luglio 2013", "5 marzo 2026"),
        ("sl", "1. julija 2013", "5. marca 2026"),
    ],
)
def test_a_date_in_text_follows_the_grammar(language, first, fifth):
    assert soft(format_date(FIRST, language)) == first
    assert soft(format_date(FIFTH, language)) == fifth


def test_a_date_in_text_never_breaks():
    assert " " not in format_date(FIRST, "de")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "01.07.2013"),
        ("en", "1 Jul 2013"),
        ("fr", "01/07/2013"),
        ("it", "01/07/2013"),
        ("sl", "1. 7. 2013"),
    ],
)
def test_a_date_in_a_table_is_short(language, expected):
    assert soft(format_date_short(FIRST, language)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "Juli 2013"),
        ("en", "July 2013"),
        ("fr", "juillet 2013"),
        ("it", "luglio 2013"),
        ("sl", "julij 2013"),
    ],
)
def test_a_month_alone_stands_in_the_nominative(language, expected):
    assert soft(format_month_year(FIRST, language)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "1. Juli 2013, 14:05 Uhr"),
        ("en", "1 July 2013, 14:05"),
        ("fr", "1er juillet 2013 à 14 h 05"),
        ("it", "1° luglio 2013, 14:05"),
        ("sl", "1. julija 2013, 14.05"),
    ],
)
def test_an_instant_shows_date_and_time(language, expected):
    assert soft(format_datetime(datetime(2013, 7, 1, 14, 5), language)) == expected  # noqa: DTZ001


def test_a_morning_hour_in_slovenian_and_french_has_no_leading_zero():
    morning = datetime(2026, 1, 1, 9, 30)  # noqa: DTZ001 - already in the reader's zone

    assert format_time(morning, "sl") == "9.30"
    assert soft(format_time(morning, "fr")) == "9 h 30"
    assert format_time(morning, "it") == "09:30"


def test_spans_take_the_dash_of_the_language():
    assert format_year_range(2021, 2027, "de") == "2021–2027"
    assert format_year_range(2021, 2027, "it") == "2021-2027"
    assert soft(format_date_range(FIRST, FIFTH, "sl")) == "1. julija 2013 – 5. marca 2026"


def test_every_month_has_a_name_of_its_own_in_every_language():
    for language in ("de", "en", "fr", "it", "sl"):
        assert len({month_name(month, language) for month in range(1, 13)}) == 12
