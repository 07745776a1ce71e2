"""One text for one content, and a chain that shows every change."""

import datetime as dt
import hashlib
import json
import unicodedata
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.plans import (
    GENESIS,
    ChainEntry,
    canonical_text,
    chain_digest,
    verify_chain,
)

pytestmark = pytest.mark.unit


def content(progress="0.50", status="green", at="2026-07-01", version=1):
    title = {"sl": "Preizkuševališče", "de": "Prüfstand"}
    action = {"title": title, "status": status, "progress": progress, "id": "a1"}
    return {"version": version, "plan": "X", "at": at, "actions": [action]}


SECOND = {"progress": "0.60", "status": "red", "at": "2027-01-01", "version": 2}
TEXT = (
    '{"actions":[{"id":"a1","progress":"0.50","status":"green","title":{"de":"Prüfstand",'
    '"sl":"Preizkuševališče"}}],"at":"2026-07-01","plan":"X","version":1}'
)
FIRST_HASH = "6bd79ee030c9678715d224aae39fdcba40070e995644677d25d243b9b29feafd"
SECOND_HASH = "8cf3b3f9069bd775d1ef7552b98c42735859cca46058c422a3c2d846adef9073"


def test_golden_snapshot_is_written_in_156_bytes():
    found = canonical_text(content())

    assert (found, len(found.encode())) == (TEXT, 156)


def test_golden_chain_of_two():
    first = chain_digest(GENESIS, canonical_text(content()))
    second = chain_digest(first, canonical_text(content(**SECOND)))

    assert (first, second) == (FIRST_HASH, SECOND_HASH)


def test_hash_can_be_recomputed_by_anyone_with_a_sum_program():
    by_hand = hashlib.sha256(f"alpclusters-snapshot-v1\n{'0' * 64}\n{TEXT}".encode()).hexdigest()

    assert by_hand == FIRST_HASH


class Shade(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.date(2026, 7, 1), '"2026-07-01"'),
        (dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=2))),
         '"2026-07-01T21:30:00Z"'),
        (Decimal("1.50"), '"1.50"'),
        (Decimal("1E+3"), '"1000"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (Shade.RED, '"red"'),
        ((1, None, True), "[1,null,true]"),
        ("Vorarlberg\u0308", '"Vorarlberg\u0308"'),
        ("Pru\u0308fstand", '"Prüfstand"'),
        ('"\\/\b\f\n\r\t\x01\x7f\u2028', '"\\"\\\\/\\b\\f\\n\\r\\t\\u0001\x7f\u2028"'),
        (2**53 - 1, "9007199254740991"),
        ({"b": 1, "a": {}}, '{"a":{},"b":1}'),
        ({Shade.RED: 1}, '{"red":1}'),
    ],
)  # fmt: skip
def test_value_has_one_form(value, text):
    assert canonical_text(value) == text


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"a": [1, 0.5]}, "/a/1"),
        (float("nan"), None),
        ({"é": 1}, None),
        ({1: 1}, None),
        ({"a": "\ud800"}, "/a"),
        ([2**53], "/0"),
        ({"a": {"b": object}}, "/a/b"),
        ({"a": {1, 2}}, "/a"),
        (dt.datetime(2026, 7, 1), None),  # noqa: DTZ001 - a moment without a zone is refused
        (Decimal("NaN"), None),
        (b"bytes", None),
    ],
    ids=str,
)
def test_what_has_no_single_form_is_refused_with_its_place(value, place):
    with pytest.raises(AnalysisError) as caught:
        canonical_text(value)

    assert caught.value.code == "plans.not_canonical"
    assert (caught.value.where.path or None) == place


@pytest.mark.parametrize("previous", ["", "0" * 63, "0" * 65, "g" * 64, "A" * 64])
def test_previous_hash_that_is_none_is_refused(previous):
    with pytest.raises(AnalysisError) as caught:
        chain_digest(previous, "{}")

    assert caught.value.code == "plans.digest_form"


def a_chain(n):
    chain = []
    last = GENESIS
    for number in range(n):
        text = canonical_text(content(version=number))
        chain.append(ChainEntry(last, text, chain_digest(last, text)))
        last = chain[-1].digest
    return chain


def test_chain_that_nobody_touched_holds():
    assert verify_chain(a_chain(5)) is None
    assert verify_chain([]) is None


@pytest.mark.parametrize("place", range(4))
def test_changed_content_is_found_at_its_place(place):
    chain = a_chain(4)
    chain[place] = replace(chain[place], content=chain[place].content.replace("green", "red"))

    assert verify_chain(chain) == place


def test_forged_link_with_a_right_hash_breaks_the_next_one():
    chain = a_chain(3)
    text = chain[1].content.replace("green", "red")
    chain[1] = ChainEntry(chain[1].previous, text, chain_digest(chain[1].previous, text))

    assert verify_chain(chain) == 2


def test_missing_and_swapped_links_are_found():
    chain = a_chain(4)

    assert verify_chain(chain[1:]) == 0
    assert verify_chain([chain[0], chain[2], chain[3]]) == 1
    assert verify_chain([chain[0], chain[2], chain[1], chain[3]]) == 1


def test_text_that_cannot_be_written_is_a_bad_link_and_no_crash():
    entry = ChainEntry(GENESIS, "\ud800", FIRST_HASH)

    assert verify_chain([entry]) == 0


KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**53) + 1, 2**53 - 1),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


def normal(value):
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [normal(one) for one in value]
    if isinstance(value, dict):
        return {key: normal(one) for key, one in value.items()}
    return value


@given(VALUES)
def test_text_says_the_same_and_is_the_same_once_more(value):
    text = canonical_text(value)

    assert json.loads(text) == normal(value)
    assert canonical_text(json.loads(text)) == text


@given(st.dictionaries(KEYS, st.integers(0, 9), min_size=2, max_size=5))
def test_order_of_keys_does_not_matter(value):
    turned = dict(reversed(value.items()))

    assert canonical_text(turned) == canonical_text(value)
