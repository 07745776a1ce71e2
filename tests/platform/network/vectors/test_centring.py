"""Centring: which middle is used, and what is left."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.network.domain.vectors.spaces import (
    FEWEST,
    centre_rows,
    find_centres,
    unit_rows,
)

pytestmark = pytest.mark.unit


def some_rows(n: int, seed: int = 0) -> np.ndarray:
    return unit_rows(np.random.default_rng(seed).normal(0.5, 1, (n, 8)).astype(np.float32))


def columns(*counts: tuple[str, str, int]) -> tuple[np.ndarray, np.ndarray]:
    kinds = [kind for kind, _, n in counts for _ in range(n)]
    return np.array(kinds, str), np.array([code for _, code, n in counts for _ in range(n)], str)


@pytest.mark.parametrize(
    ("counts", "source", "n"),
    [
        ([("need", "de", 10)], "own", 10),
        ([("need", "de", 9)], "none", 0),
        ([("need", "de", 9), ("profile", "de", 1)], "pooled", 10),
        ([("need", "de", 1), ("profile", "de", 20), ("reference", "de", 9)], "reference", 10),
        ([("need", "de", 1), ("profile", "sl", 20)], "none", 0),
        ([("need", "de", 0), ("reference", "de", 12)], "reference", 12),
    ],
)
def test_middle_of_needs_is_of_the_first_choice_with_ten_texts(counts, source, n):
    kinds, languages = columns(*counts)

    centre = find_centres(some_rows(len(kinds)), kinds, languages)["need", "de"]

    assert (centre.source, centre.n) == (source, n)
    assert centre.vector.any() == (source != "none")


def test_reference_needs_are_in_no_middle_of_profiles():
    kinds, languages = columns(("profile", "de", 9), ("reference", "de", 12))

    centres = find_centres(some_rows(len(kinds)), kinds, languages)

    assert centres["profile", "de"].source == "none"


def test_middle_is_the_mean_of_its_texts_alone():
    kinds, languages = columns(("profile", "de", 12), ("profile", "fr", 12), ("need", "de", 12))
    rows = some_rows(36)

    centres = find_centres(rows, kinds, languages)

    assert np.allclose(centres["profile", "fr"].vector, rows[12:24].mean(axis=0), atol=1e-6)


@given(st.integers(FEWEST, 30), st.integers(0, 99))
def test_rows_have_length_one_and_the_order_of_texts_does_not_matter(n, seed):
    kinds, languages = columns(("profile", "de", n), ("profile", "sl", n))
    rows = some_rows(2 * n, seed)
    turned = np.random.default_rng(seed).permutation(2 * n)

    first = centre_rows(rows, kinds, languages, find_centres(rows, kinds, languages))
    other = rows[turned], kinds[turned], languages[turned]
    second = centre_rows(*other, find_centres(*other))

    assert np.allclose(np.linalg.norm(first, axis=1), 1, atol=1e-6)
    assert np.allclose(first[turned], second, atol=1e-5)


def test_row_that_is_the_middle_itself_has_length_zero():
    kinds, languages = columns(("profile", "de", 10))
    rows = np.repeat(some_rows(1), 10, axis=0)

    assert not centre_rows(rows, kinds, languages, find_centres(rows, kinds, languages)).any()


def test_language_without_a_middle_is_left_as_it_is():
    rows = some_rows(1)

    assert np.allclose(centre_rows(rows, ["need"], ["rm"], {}), rows, atol=1e-6)
