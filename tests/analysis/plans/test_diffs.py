"""What changed between two texts and between two snapshots."""

import random
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.plans import WordPiece, diff_snapshots, word_diff

pytestmark = pytest.mark.unit

WORDS = st.lists(st.sampled_from(["a", "test", "bench", " ", "\n", ",", "é", "z."]), max_size=14)
TEXTS = st.one_of(WORDS.map("".join), st.text(max_size=40))


def told(old, new):
    return [(one.kind, one.text) for one in word_diff(old, new)]


def test_words_keep_their_blanks():
    assert told("Regions share a bench.", "All regions share one test bench.") == [
        ("removed", "Regions"), ("added", "All regions"), ("same", " share "),
        ("removed", "a"), ("added", "one test"), ("same", " bench."),
    ]  # fmt: skip


def test_equal_texts_are_one_piece_and_empty_ones_none():
    assert word_diff("a b", "a b") == (WordPiece("same", "a b"),)
    assert word_diff("", "") == ()
    assert told("", "new") == [("added", "new")]
    assert told("old", "") == [("removed", "old")]


@given(TEXTS, TEXTS)
def test_pieces_give_both_texts_back(old, new):
    pieces = word_diff(old, new)

    assert "".join(one.text for one in pieces if one.kind != "added") == old
    assert "".join(one.text for one in pieces if one.kind != "removed") == new
    assert all(one.text for one in pieces)


def test_long_text_of_one_word_is_compared_without_its_square():
    pieces = word_diff("a " * 60_000 + "x", "b" + " a" * 60_000)

    assert "".join(one.text for one in pieces if one.kind != "added") == "a " * 60_000 + "x"


def a_plan():
    return {
        "title": {"de": "Plan", "sl": "Načrt"},
        "at": "2026-07-01",
        "summary": {"colour": "green", "reported_share": "0.50"},
        "actions": [
            {
                "uuid": "1", "code": "A1", "status": "green", "ends_on": "2026-12-31",
                "title": {"de": "Prüfstand"}, "reasons": ["on_time"],
                "milestones": [{"uuid": "m1", "title": "Start", "due": "2026-03-01"}],
                "costs": [{"uuid": "c1", "amount_cents": 100, "currency": "EUR"}],
            },
            {"uuid": "2", "code": "A2", "status": "red", "milestones": [], "weight": 1},
        ],
    }  # fmt: skip


def listed(old, new, **options):
    return [
        (one.group, one.kind, one.thing, one.code, one.field, one.old, one.new)
        for one in diff_snapshots(old, new, **options)
    ]


def test_what_matters_most_comes_first():
    new = a_plan()
    action = new["actions"][0]
    action["title"]["de"] = "Gemeinsamer Prüfstand"
    action["costs"][0]["amount_cents"] = 250
    action["milestones"][0]["due"] = "2026-04-01"
    action["status"] = "yellow"
    new["actions"][1]["weight"] = 2

    assert listed(a_plan(), new) == [
        ("status", "changed", "actions", "A1", "status", "green", "yellow"),
        ("date", "changed", "milestones", "A1", "due", "2026-03-01", "2026-04-01"),
        ("money", "changed", "costs", "A1", "amount_cents", 100, 250),
        ("figure", "changed", "actions", "A2", "weight", 1, 2),
        ("text", "changed", "actions", "A1", "title.de", "Prüfstand", "Gemeinsamer Prüfstand"),
    ]


def test_what_came_and_went_is_one_change_each():
    new = a_plan()
    gone = new["actions"].pop(1)
    come = {"uuid": "3", "code": "A3", "status": "green", "milestones": []}
    new["actions"].append(come)

    assert listed(a_plan(), new) == [
        ("object", "removed", "actions", "A2", "", gone, None),
        ("object", "added", "actions", "A3", "", None, come),
    ]


def test_first_row_of_a_list_is_an_object_that_came_and_nothing_else():
    new = a_plan()
    milestone = {"uuid": "m2", "title": "x", "due": "2026-05-01"}
    new["actions"][1]["milestones"] = [milestone]

    assert listed(a_plan(), new) == [("object", "added", "milestones", "A2", "", None, milestone)]


def test_order_of_actions_is_no_change():
    new = a_plan()
    new["actions"].reverse()

    assert diff_snapshots(a_plan(), new) == ()


def test_field_of_the_plan_itself_has_no_uuid():
    new = a_plan()
    new["summary"]["colour"] = "red"
    new["title"]["sl"] = "Akcijski načrt"

    found = diff_snapshots(a_plan(), new)

    assert [(one.thing, one.uuid, one.field) for one in found] == [
        ("plan", "", "summary.colour"), ("plan", "", "title.sl"),
    ]  # fmt: skip


def test_fields_can_be_left_out_at_every_depth():
    new = a_plan()
    new["at"] = "2027-01-01"
    new["actions"][0]["reasons"] = ["delay_red"]

    assert diff_snapshots(a_plan(), new, ignore=("at", "reasons")) == ()


def test_field_that_is_new_or_gone_is_a_change():
    new = a_plan()
    del new["actions"][1]["weight"]
    new["actions"][1]["done_on"] = "2026-08-01"

    assert listed(a_plan(), new) == [
        ("date", "changed", "actions", "A2", "done_on", None, "2026-08-01"),
        ("figure", "changed", "actions", "A2", "weight", 1, None),
    ]


def test_snapshot_that_is_no_mapping_is_refused():
    with pytest.raises(AnalysisError) as caught:
        diff_snapshots([], a_plan())

    assert caught.value.where.argument == "old"


SCALARS = st.one_of(st.none(), st.integers(0, 3), st.sampled_from(["a", "2026-01-01", "red"]))
OBJECTS = st.fixed_dictionaries(
    {"uuid": st.integers(0, 9).map(str)},
    optional={"code": st.sampled_from(["A", "B"]), "status": SCALARS, "note": SCALARS},
)
PLANS = st.fixed_dictionaries(
    {"at": SCALARS, "rows": st.lists(OBJECTS, max_size=5, unique_by=lambda one: one["uuid"])}
)


@given(PLANS, PLANS)
def test_changes_turn_one_snapshot_into_the_other(old, new):
    rows = {one["uuid"]: dict(one) for one in old["rows"]}
    top = {"at": old["at"]}
    for one in diff_snapshots(old, new):
        if one.kind == "added":
            rows[one.uuid] = one.new
        elif one.kind == "removed":
            del rows[one.uuid]
        else:
            (rows[one.uuid] if one.uuid else top)[one.field] = one.new

    def known(row):
        return {name: value for name, value in row.items() if value is not None}

    assert known(top) == known({"at": new["at"]})
    assert {key: known(row) for key, row in rows.items()} == {
        one["uuid"]: known(one) for one in new["rows"]
    }


@given(PLANS)
def test_a_snapshot_does_not_differ_from_itself(plan):
    assert diff_snapshots(plan, deepcopy(plan)) == ()


def test_large_snapshots_are_compared():
    chance = random.Random(3)  # noqa: S311 - data that can be repeated
    actions = [
        {"uuid": str(k), "code": f"A{k}", "status": "green", "text": "word " * 200}
        for k in range(500)
    ]
    old = {"actions": actions}
    changed = set(chance.sample(range(500), 50))
    new = {"actions": [{**one, "status": "red"} if k in changed else one
                       for k, one in enumerate(actions)]}  # fmt: skip

    assert {one.uuid for one in diff_snapshots(old, new)} == {str(k) for k in changed}
