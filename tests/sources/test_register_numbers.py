"""Numbers of registers: real ones pass, one wrong digit is noticed, odd texts do no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.sources.register_numbers import (
    TIDY,
    tidy_gln,
    tidy_isni,
    tidy_ror,
    tidy_vat,
)

pytestmark = pytest.mark.unit

# VAT numbers that companies print on their pages, and examples of the tax offices.
VAT = [
    "ATU12345675",
    "ATU13585627",
    "CHE105833232",
    "CHE107787577",
    "DE136695976",
    "FR40303265045",
    "FR83404833048",
    "IT00743110157",
    "SI50223054",
    # Its check digit is computed as ten, which stands for nought.
    "SI50000080",
]
# TU Munich, ETH Zurich, Trento, Ljubljana, CNRS, CERN.
ROR = ["02kkvpp62", "05a28rw58", "05trd4x28", "05njb9z20", "02feahw73", "01ggx4157"]


@pytest.mark.parametrize("number", VAT)
def test_real_vat_numbers_pass_and_a_wrong_last_digit_does_not(number):
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    assert tidy_vat(number) == number
    assert tidy_vat(wrong) is None


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("AT U-12345675", "", "ATU12345675"),
        ("U12345675", "AT", "ATU12345675"),
        ("CHE-107.787.577 IVA", "", "CHE107787577"),
        ("107.787.577", "CH", "CHE107787577"),
        ("00743110157", "IT", "IT00743110157"),
        ("00743110157", "", None),
        ("12345", "LI", "LI12345"),
        ("PL 8567346215", "", "PL8567346215"),
        ("123456783", "GR", "EL123456783"),
        ("", "AT", None),
    ],
)
def test_vat_numbers_get_the_prefix_of_their_country(text, country, number):
    assert tidy_vat(text, country) == number


@pytest.mark.parametrize("number", ROR)
def test_real_ror_ids_pass(number):
    assert tidy_ror(f"https://ror.org/{number}") == number
    assert tidy_ror(f"{number[:-1]}{(int(number[-1]) + 1) % 10}") is None


def test_isni_and_gln_in_any_spelling():
    assert tidy_isni("ISNI 0000 0001 2348 0690") == "0000000123480690"
    assert tidy_isni("https://isni.org/isni/0000000123480690") == "0000000123480690"
    assert tidy_isni("0000-0002-1694-233x") == "000000021694233X"
    assert tidy_gln("4006381333931") == "4006381333931"
    assert tidy_gln("4006381333932") is None


@given(st.text(max_size=30), st.sampled_from(["", "AT", "CH", "DE", "FR", "IT", "LI", "SI", "xx"]))
def test_any_text_has_an_answer_that_stays_the_same(text, country):
    for found in (tidy_vat(text, country), *(tidy(text) for tidy in TIDY.values())):
        assert found is None or found.isascii()
    number = tidy_vat(text, country)
    assert number is None or tidy_vat(number) == number
