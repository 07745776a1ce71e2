"""Two people edited the same thing: fields, paragraphs, rows; nothing anyone typed gets lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.plans import (
    FieldConflict,
    RowConflict,
    merge_fields,
    merge_paragraphs,
    merge_rows,
)

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "value"),
    [("a", "a", "m", "m"), ("a", "a", "a", "a"), ("a", "t", "a", "t"), ("a", "b", "b", "b"),
     (None, None, "m", "m"), ("a", "a", None, None)],
)  # fmt: skip
def test_field_that_one_person_changed_is_taken(base, theirs, mine, value):
    found = merge_fields({"f": base}, {"f": theirs}, {"f": mine})

    assert (found.values, found.conflicts) == ({"f": value}, ())


def test_short_field_that_both_changed_is_a_conflict_and_theirs_stays_live():
    found = merge_fields({"f": "a"}, {"f": "t"}, {"f": "m"})

    assert (found.values, found.is_clean) == ({"f": "t"}, False)
    assert found.conflicts == (FieldConflict("f", "a", "t", "m"),)


def test_languages_are_fields_of_their_own():
    base = {"title_de": "Plan", "title_sl": "Načrt"}

    found = merge_fields(base, {**base, "title_de": "Der Plan"}, {**base, "title_sl": "Načrti"})

    assert found.values == {"title_de": "Der Plan", "title_sl": "Načrti"}
    assert found.is_clean


def test_long_field_is_merged_by_paragraphs_only_where_it_is_said():
    base, theirs, mine = {"t": "A\n\nB"}, {"t": "A2\n\nB"}, {"t": "A\n\nB2"}

    assert merge_fields(base, theirs, mine, long_fields=["t"]).values == {"t": "A2\n\nB2"}
    assert not merge_fields(base, theirs, mine).is_clean


def test_long_field_with_the_same_paragraph_changed_is_a_conflict():
    found = merge_fields({"t": "A"}, {"t": "B"}, {"t": "C"}, long_fields=["t"])

    assert found.conflicts == (FieldConflict("t", "A", "B", "C"),)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "merged"),
    [
        ("1\n\n2\n\n3", "1a\n\n2\n\n3", "1\n\n2\n\n3b", "1a\n\n2\n\n3b"),
        ("1\n\n2", "1a\n\n2", "1\n\n2b", "1a\n\n2b"),
        ("1\n\n2", "0\n\n1\n\n2", "1\n\n2\n\n3", "0\n\n1\n\n2\n\n3"),
        ("1\n\n2\n\n3", "1\n\n3", "1\n\n2\n\n3\n\n4", "1\n\n3\n\n4"),
        ("1\n\n2", "1\n\nnew\n\n2", "1b\n\n2", "1b\n\nnew\n\n2"),
        ("1\n\n2", "1\n\nnew\n\n2", "1\n\n2b", "1\n\nnew\n\n2b"),
        ("1\n\n2\n\n3", "1a\n\n2\n\n3a", "1a\n\n2b\n\n3", "1a\n\n2b\n\n3a"),
        ("1", "1\r\n\r\n2", "1", "1\n\n2"),
        ("", "new", "", "new"),
        ("1\n\n2", "1\n\n2", "1\n\n\n2 ", "1\n\n\n2 "),
        ("1\n\n2", "", "1\n\n2", ""),
    ],
)
def test_paragraphs_of_both_are_kept(base, theirs, mine, merged):
    assert merge_paragraphs(base, theirs, mine) == merged


@pytest.mark.parametrize(
    ("base", "theirs", "mine"),
    [
        ("1", "1a", "1b"),
        ("1\n\n2", "1\n\n2\n\nx", "1\n\n2\n\ny"),
        ("", "x", "y"),
        ("1\n\n2", "1", "1\n\n2b"),
        ("1\n\n2\n\n3", "1\n\n9", "1\n\n2\n\nnew\n\n3"),
    ],
)
def test_same_paragraph_or_place_is_a_conflict(base, theirs, mine):
    assert merge_paragraphs(base, theirs, mine) is None
    assert merge_paragraphs(base, mine, theirs) is None


ROW = {"title": "Start", "due": "2026-03-01"}


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "rows"),
    [
        ({}, {"a": ROW}, {}, {"a": ROW}),
        ({}, {}, {"b": ROW}, {"b": ROW}),
        ({}, {"a": ROW}, {"b": ROW}, {"a": ROW, "b": ROW}),
        ({"a": ROW}, {}, {"a": ROW}, {}),
        ({"a": ROW}, {"a": ROW}, {}, {}),
        ({"a": ROW}, {}, {}, {}),
        ({}, {"a": ROW}, {"a": ROW}, {"a": ROW}),
        ({"a": ROW}, {"a": {**ROW, "due": "x"}}, {"a": {**ROW, "title": "y"}},
         {"a": {"title": "y", "due": "x"}}),
    ],
)  # fmt: skip
def test_rows_of_both_are_kept(base, theirs, mine, rows):
    found = merge_rows(base, theirs, mine)

    assert (dict(found.rows), found.is_clean) == (rows, True)


def test_deleting_against_editing_is_a_conflict_in_both_directions():
    edited = {**ROW, "due": "2026-04-01"}

    kept = merge_rows({"a": ROW}, {"a": edited}, {})
    gone = merge_rows({"a": ROW}, {}, {"a": edited})

    assert (kept.rows, kept.conflicts) == (
        {"a": edited}, (RowConflict("a", None, ROW, edited, None),),
    )  # fmt: skip
    assert (gone.rows, gone.conflicts) == ({}, (RowConflict("a", None, ROW, None, edited),))


def test_field_of_a_row_that_both_changed_is_a_conflict_with_its_row():
    found = merge_rows({"a": ROW}, {"a": {**ROW, "due": "x"}}, {"a": {**ROW, "due": "y"}})

    assert found.conflicts == (RowConflict("a", "due", ROW["due"], "x", "y"),)
    assert found.rows["a"]["due"] == "x"


def test_rows_keep_their_order_with_mine_at_the_end():
    base = {"a": {}, "b": {}}

    found = merge_rows(base, {"b": {}, "a": {}, "c": {}}, {"a": {}, "z": {}, "b": {}})

    assert list(found.rows) == ["b", "a", "c", "z"]


PARAGRAPHS = st.lists(st.sampled_from(["p", "q", "r", "s one", "t two"]), max_size=5)
TEXTS = PARAGRAPHS.map("\n\n".join)
FIELDS = st.dictionaries(st.sampled_from("abc"), TEXTS, max_size=3)
LISTS = st.dictionaries(st.sampled_from("xyz"), FIELDS, max_size=3)


@given(TEXTS, TEXTS, TEXTS)
def test_merging_texts_does_not_depend_on_who_came_first(base, theirs, mine):
    assert merge_paragraphs(base, theirs, mine) == merge_paragraphs(base, mine, theirs)


@given(FIELDS, FIELDS, FIELDS)
def test_merging_fields_does_not_depend_on_who_came_first(base, theirs, mine):
    one, other = (
        merge_fields(base, *pair, long_fields="abc") for pair in ((theirs, mine), (mine, theirs))
    )

    assert {c.field for c in one.conflicts} == {c.field for c in other.conflicts}
    if one.is_clean:
        assert one.values == other.values


@given(LISTS, LISTS, LISTS)
def test_merging_rows_does_not_depend_on_who_came_first(base, theirs, mine):
    one, other = (merge_rows(base, *pair) for pair in ((theirs, mine), (mine, theirs)))

    assert one.is_clean == other.is_clean
    if one.is_clean:
        assert one.rows == other.rows


def added(base, changed):
    """Paragraphs that somebody typed."""
    return set(changed.split("\n\n")) - set(base.split("\n\n")) - {""}


@given(TEXTS, TEXTS, TEXTS)
def test_every_paragraph_typed_is_in_the_merged_text(base, theirs, mine):
    merged = merge_paragraphs(base, theirs, mine)
    if merged is not None:
        assert added(base, theirs) | added(base, mine) <= set(merged.split("\n\n"))


@given(FIELDS, FIELDS, FIELDS)
def test_every_text_typed_is_live_or_in_a_conflict(base, theirs, mine):
    found = merge_fields(base, theirs, mine)

    kept = {(name, value) for name, value in found.values.items()}
    kept |= {(c.field, value) for c in found.conflicts for value in (c.theirs, c.mine)}
    for version in (theirs, mine):
        assert {one for one in version.items() if base.get(one[0]) != one[1]} <= kept


@given(FIELDS, FIELDS)
def test_who_is_alone_gets_what_was_typed(base, mine):
    found = merge_fields(base, base, mine)

    assert found.is_clean
    assert all(found.values[name] == mine.get(name) for name in found.values)
