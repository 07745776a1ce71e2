"""Sequences of letters: against a plain count of each, and what folding makes equal."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import ShapeError
from alpclusters.analysis.similarity import (
    LETTER_COLUMNS,
    letter_counts,
    letter_rarity,
    weigh_letters,
)
from alpclusters.analysis.similarity.words import fold_word

pytestmark = pytest.mark.unit

TEXTS = st.lists(st.text("abcäß č'-1 \n", max_size=30), min_size=1, max_size=6)


def plainly(text: str) -> Counter[str]:
    """Every sequence of three to five letters of a framed word, counted one by one."""
    words = [f" {word} " for part in text.split() if (word := fold_word(part))]
    return Counter(
        word[start : start + n]
        for word in words
        for n in (3, 4, 5)
        for start in range(len(word) - n + 1)
    )


@given(TEXTS)
def test_counts_are_those_of_counting_one_by_one(texts):
    counts = letter_counts(texts)

    for row, text in zip(range(len(texts)), texts, strict=True):
        values = counts.data[counts.indptr[row] : counts.indptr[row + 1]]
        expected = [1 + math.log(n) for n in plainly(text).values()]
        assert np.allclose(sorted(values), sorted(expected))


@given(TEXTS)
def test_a_row_does_not_depend_on_other_texts(texts):
    assert (letter_counts(texts)[[0]] != letter_counts(texts[:1])).nnz == 0


@given(TEXTS)
def test_cosines_are_those_of_plain_weights(texts):
    counted = [plainly(text) for text in texts]
    with_it = Counter(gram for grams in counted for gram in grams)
    weights = [
        {
            gram: (1 + math.log(n)) * (math.log((1 + len(texts)) / (1 + with_it[gram])) + 1)
            for gram, n in grams.items()
        }
        for grams in counted
    ]

    counts = letter_counts(texts)
    rows = weigh_letters(counts, letter_rarity(counts))

    found = (rows @ rows.T).toarray()
    for i, first in enumerate(weights):
        for j, second in enumerate(weights):
            product = sum(value * second.get(gram, 0) for gram, value in first.items())
            length = math.hypot(*first.values(), 0) * math.hypot(*second.values(), 0)
            assert found[i, j] == pytest.approx(product / length if length else 0, abs=1e-5)


def test_case_accents_and_sharp_s_are_folded():
    first, second = letter_counts(["STRASSE Čez Cœur", "straße cez coeur"])

    assert (first != second).sum() == 0


def test_no_sequence_crosses_a_word():
    assert (letter_counts(["ab cd"]) != letter_counts(["cd ab"])).nnz == 0
    assert letter_counts(["a b"]).nnz == 2


def test_half_a_surrogate_pair_is_counted_and_not_refused():
    assert letter_counts(["a\ud800b"]).nnz > 0


def test_rows_are_float32_of_length_one_or_empty():
    counts = letter_counts(["Holz", "", "  "])

    rows = weigh_letters(counts, letter_rarity(counts))

    assert rows.dtype == np.float32
    assert rows.multiply(rows).sum(axis=1) == pytest.approx([1, 0, 0])


def test_other_columns_are_refused():
    counts = letter_counts(["Holz"])

    with pytest.raises(ShapeError) as caught:
        letter_rarity(counts[:, :10])
    assert caught.value.code == "counts.shape"
    with pytest.raises(ShapeError) as caught:
        weigh_letters(counts, np.ones(LETTER_COLUMNS - 1, np.float32))
    assert caught.value.where.argument == "rarity"
