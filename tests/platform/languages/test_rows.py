"""A language is a row: what the row says is what numbers, dates, quotes and plurals do."""

from datetime import UTC, date, datetime
from gettext import c2py

import pytest

from alpclusters.platform.languages.codes import (
    LANGUAGE_CODES,
    fallbacks,
    language_row,
    nearest_language,
)
from alpclusters.platform.languages.rows import PATH, ROWS, read_languages
from alpclusters.reports.dates import format_date, format_date_short, format_time_range
from alpclusters.reports.numbers import format_interval, format_money

pytestmark = pytest.mark.unit

DAY = date(2026, 7, 1)
BEGINS, ENDS = datetime(2026, 7, 1, 9, 0, tzinfo=UTC), datetime(2026, 7, 1, 9, 20, tzinfo=UTC)


def written(language):
    """Return one of each in a language, with no-break spaces as spaces."""
    parts = (
        format_date(DAY, language),
        format_date_short(DAY, language),
        format_time_range(BEGINS, ENDS, language),
        format_money(-123_450, "CHF", language),
        format_interval(-0.19, 0.06, language),
        language_row(language).quotes.format("a") + language_row(language).colon,
    )
    return [part.replace("\u00a0", " ").replace("\u202f", " ") for part in parts]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["1. Juli 2026", "01.07.2026", "09:00–09:20 Uhr", "−1.234,50 CHF",
                "−0,19 bis 0,06", "„a“: "]),
        ("en", ["1 July 2026", "1 Jul 2026", "09:00–09:20", "−CHF 1,234.50",
                "−0.19 to 0.06", "“a”: "]),
        ("fr", ["1er juillet 2026", "01/07/2026", "9 h 00 – 9 h 20", "−1 234,50 CHF",
                "−0,19 à 0,06", "« a » : "]),
        ("it", ["1° luglio 2026", "01/07/2026", "09:00–09:20", "−1.234,50 CHF",
                "−0,19 a 0,06", "«a»: "]),
        ("sl", ["1. julija 2026", "1. 7. 2026", "9.00–9.20", "−1.234,50 CHF",
                "−0,19 do 0,06", "»a«: "]),
    ],
)  # fmt: skip
def test_every_language_is_written_as_its_row_says(language, expected):
    assert written(language) == expected


@pytest.mark.parametrize("code", LANGUAGE_CODES)
def test_each_category_of_a_plural_has_a_number_with_a_form_of_its_own(code):
    row = ROWS[code]
    form = c2py(row.plural.split("plural=")[1].rstrip("; "))

    forms = [form(n) for n in row.plural_examples.values()]

    assert len(set(forms)) == len(forms)
    assert len(row.months) == 12
    assert {len(row.months_of), len(row.months_short)} <= {0, 12}


def test_a_missing_text_is_looked_for_where_the_row_says_and_then_in_all_others():
    for code in LANGUAGE_CODES:
        assert fallbacks(code)[0] == code
        assert sorted(fallbacks(code)) == sorted(LANGUAGE_CODES)
    assert fallbacks("xx") == ("xx", "en", "de", "fr", "it", "sl")


def test_a_language_nobody_has_is_written_as_english():
    assert nearest_language("pt-BR") == "en"
    assert written("xx") == written("en")


def test_a_language_says_its_short_name_in_others_or_its_code():
    assert language_row("de").abbreviated_in("sl") == "nem."
    assert language_row("de").abbreviated_in("hr") == "Ger."


def test_a_row_with_a_key_that_nobody_reads_is_refused(tmp_path):
    path = tmp_path / "languages.toml"
    path.write_text(
        PATH.read_text(encoding="utf-8").replace("locale =", "location ="), encoding="utf-8"
    )

    with pytest.raises(TypeError, match="location"):
        read_languages(path)
