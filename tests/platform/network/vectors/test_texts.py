"""What is compared: cleaned texts, one of each key; the batches they are encoded in."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import InputError
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.network.domain.vectors.encoding import (
    BATCH_LETTERS,
    BATCH_TEXTS,
    batches_of,
)
from alpclusters.platform.network.domain.vectors.model import (
    E5,
    LEAD_INS,
    MOST_LETTERS,
    Kind,
    Letters,
    Text,
    clean_text,
    comparable,
    load_reference,
)
from alpclusters.platform.network.domain.vectors.spaces import FEWEST

pytestmark = pytest.mark.unit


def need(text: str, of: str = "a", language: str = "de") -> Text:
    return Text(of, Kind.NEED, language, text)


@given(st.text(st.characters()))
def test_cleaned_text_can_be_written_and_has_no_control_characters(text):
    cleaned = clean_text(text)

    assert "\0" not in cleaned.encode().decode()
    assert clean_text(cleaned) == cleaned
    assert cleaned == "" or any(c.isalnum() for c in cleaned)


def test_half_a_surrogate_pair_and_a_zero_byte_become_blanks():
    assert clean_text("a\ud800b\0c") == "a b c"


def test_long_text_is_cut():
    assert len(clean_text("ab " * 5_000)) <= MOST_LETTERS


def test_empty_texts_are_skipped():
    texts = [need("Holz"), need(" -- ", "b"), need("", "c"), need("\0", "d")]

    assert list(comparable(texts)) == [("need", "de", "a")]


def test_two_texts_of_one_key_are_refused():
    with pytest.raises(InputError) as caught:
        comparable([need("Holz"), need("Stein")])

    assert (caught.value.code, caught.value.found) == ("network.text_twice", "need de a")


def test_digest_changes_with_what_is_read_only():
    assert need("Holz ").digest == need(" Holz").digest != need("Stein").digest


def test_a_need_begins_with_a_sentence_in_its_language_for_the_model_only():
    text = need("  lesene hiše", language="sl")

    assert E5().phrase(text) == "Potrebujemo: lesene hiše"
    assert E5().phrase(replace(text, kind=Kind.PROFILE)) == "lesene hiše"
    assert E5().phrase(replace(text, language="rm")) == "lesene hiše"
    assert Letters().phrase(text) == "lesene hiše"


def test_every_language_of_ours_has_a_beginning_and_reference_needs():
    languages = {text.language for text in load_reference()}

    assert set(LEAD_INS) == languages == set(LANGUAGE_CODES)
    assert min(Counter(text.language for text in load_reference()).values()) >= FEWEST


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), st.integers(1, 4_000)), max_size=80))
def test_batches_keep_order_and_limits_and_never_mix_prefixes(sizes):
    texts = [Text(str(n), kind, "de", "x" * size) for n, (kind, size) in enumerate(sizes)]

    batches = list(batches_of(texts))

    assert [text for batch in batches for text in batch] == texts
    for batch in batches:
        assert 1 <= len(batch) <= BATCH_TEXTS
        assert sum(len(text.cleaned) for text in batch) <= BATCH_LETTERS
        assert len({text.kind.is_asked for text in batch}) == 1
