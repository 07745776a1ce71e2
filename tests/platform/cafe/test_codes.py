import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.cafe.domain.codes import (
    ALPHABET,
    LENGTH,
    foreign_characters,
    is_code,
    new_code,
    normalise_code,
)

pytestmark = pytest.mark.unit


def test_new_codes_are_codes_and_differ():
    codes = [new_code() for _ in range(200)]

    assert all(is_code(code) for code in codes)
    assert len(set(codes)) == 200


def test_alphabet_has_no_vowels_and_no_look_alikes():
    assert len(ALPHABET) == 28
    assert set(ALPHABET).isdisjoint("AEIOU01L")


@given(
    st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH),
    st.sampled_from(["", " ", "-", "\u00a0", "\t"]),
)
def test_case_blanks_and_hyphens_do_not_matter(code, between):
    written = between.join(code).lower()

    assert normalise_code(written) == code


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(text):
    once = normalise_code(text)

    assert normalise_code(once) == once


def test_foreign_characters_are_named_once_each():
    assert foreign_characters("K7O4O0AA") == ["O", "0", "A"]
