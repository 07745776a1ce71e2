from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.live.commands import KINDS, RefusedError, key_of, parse_command
from alpclusters.live.sentences import SENTENCES, refused
from alpclusters.platform.languages.codes import LANGUAGE_CODES

pytestmark = pytest.mark.unit

KEY = "k" * 22
GOOD = {
    "rate": {"m": 1, "c": 2, "r": 1, "v": 4},
    "comment": {"m": 1, "text": " weil ", "language": "de"},
    "top3": {"r": 1, "measures": [3, 1]},
    "order": {"measures": [3, 1]},
    "card": {"id": "abc", "text": "Wer zahlt?", "language": "it", "author": "", "round": 1},
    "card_gone": {"id": "abc"},
    "support": {"id": "abc", "on": True},
    "profile": {"region": "SI042", "role": "firm_sme"},
    "here": {"round": 1, "here": False},
    "place": {"number": 12},
    "feedback": {"heard": 5, "learned": None, "again": 1, "text": "", "language": "sl"},
    "leave": {},
}


def parse(kind, body):
    return parse_command({"k": KEY, "t": kind, "n": 1, "at": 0, "b": body}, language="fr")


def code_of(kind, body) -> str:
    with pytest.raises(RefusedError) as refusal:
        parse(kind, body)
    return refusal.value.code


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read(kind):
    assert parse(kind, GOOD[kind]).kind == kind


def test_an_absent_value_takes_back_and_null_cannot_judge():
    assert "v" not in parse("rate", {"m": 1, "c": 2}).body
    assert parse("rate", {"m": 1, "c": 2, "v": None}).body["v"] is None


def test_a_text_without_language_has_the_one_of_the_phone():
    assert parse("comment", {"m": 1, "text": "parce que"}).body["language"] == "fr"


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("rate", {"m": 1, "c": 2, "v": 100}, "off_scale"),
        ("rate", {"m": 1, "c": 2, "v": True}, "unreadable"),
        ("rate", {"m": 1, "c": 2, "v": "4"}, "unreadable"),
        ("rate", {"m": True, "c": 2, "v": 4}, "unreadable"),
        ("rate", {"m": 2**60, "c": 2, "v": 4}, "unreadable"),
        ("rate", {"m": 1, "c": 2, "r": 3, "v": 4}, "unreadable"),
        ("comment", {"m": 1, "text": "x" * 1001}, "too_long"),
        ("comment", {"m": 1, "text": 5}, "unreadable"),
        ("top3", {"measures": [1, 1]}, "twice"),
        ("top3", {"measures": [1, 2, 3, 4]}, "too_many"),
        ("order", {"measures": [1, 1]}, "twice"),
        ("order", {"measures": [True]}, "unreadable"),
        ("order", {"measures": None}, "unreadable"),
        ("card", {"id": "a", "text": "  "}, "empty"),
        ("card", {"id": "a", "text": "x" * 281}, "too_long"),
        ("card", {"id": "a b", "text": "x"}, "unreadable"),
        ("card", {"id": "a", "photo": "../secret"}, "unreadable"),
        ("card", {"id": "a", "photo": "/etc/passwd"}, "unreadable"),
        ("support", {"id": "a", "on": 1}, "unreadable"),
        ("profile", {}, "unreadable"),
        ("profile", {"language": "ru"}, "unreadable"),
        ("feedback", {"heard": 6}, "off_scale"),
    ],
)
def test_what_no_phone_of_ours_sends_is_refused(kind, body, code):
    assert code_of(kind, body) == code


@pytest.mark.parametrize("key", ["", "short", "x" * 33, "ö" * 22, None, 5])
def test_a_key_that_is_none_is_refused(key):
    with pytest.raises(RefusedError):
        parse_command({"k": key, "t": "leave", "b": {}}, language="de")


def test_a_text_no_database_can_store_is_made_storable():
    body = parse("comment", {"m": 1, "text": "a\x00b\ud800"}).body

    assert body["text"] == "ab?"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=12,
)


@given(row=json_values, kind=st.sampled_from(KINDS), body=json_values)
def test_nothing_that_is_json_makes_it_fail_in_another_way(row, kind, body):
    for sent in (row, {"k": KEY, "t": kind, "b": body}, {"k": row, "t": row, "b": body}):
        key_of(sent)
        with suppress(RefusedError):
            parse_command(sent, language="de")


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_refusal_has_a_sentence_in_every_language(code, language):
    result = refused(KEY, code, language)

    assert result.status >= 400
    assert (result.text == SENTENCES[code][1]) == (language == "en")
