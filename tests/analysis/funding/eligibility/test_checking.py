"""Faults of a condition, each with its place."""

import pytest

from alpclusters.analysis.funding.eligibility import (
    FIELDS,
    ExpressionError,
    check_expression,
    evaluate,
)
from tests.analysis.funding.eligibility.golden import LAND

pytestmark = pytest.mark.unit

SIZE = {"eq": ["partner.size", "small"]}


def nested(n):
    inner = SIZE
    for _ in range(n):
        inner = {"not": inner}
    return inner


@pytest.mark.parametrize(
    ("expression", "pointer", "code"),
    [
        (None, "", "not_an_expression"),
        ([], "", "not_an_expression"),
        ({}, "", "not_an_expression"),
        ({"all": [], "any": []}, "", "not_an_expression"),
        ({"eval": "1"}, "", "unknown_operator"),
        ({3: []}, "", "unknown_operator"),
        ({"all": {}}, "/all", "wrong_shape"),
        ({"all": [SIZE] * 501}, "/all", "too_long"),
        ({"const": 1}, "/const", "wrong_shape"),
        ({"known": ["partner.size"]}, "/known", "wrong_shape"),
        ({"known": "partner.shoe_size"}, "/known", "unknown_field"),
        ({"known": "partner.condition_Nein"}, "/known", "unknown_field"),
        ({"atleast": {"n": 1}}, "/atleast", "wrong_shape"),
        ({"atleast": {"n": True, "of": []}}, "/atleast/n", "wrong_type"),
        ({"atleast": {"n": -1, "of": []}}, "/atleast/n", "negative"),
        ({"eq": ["partner.size"]}, "/eq", "wrong_shape"),
        ({"eq": ["partner.size", "huge"]}, "/eq/1", "unknown_value"),
        ({"eq": ["partner.size", None]}, "/eq/1", "wrong_type"),
        ({"eq": ["partner.themes", "ict"]}, "/eq/0", "wrong_type"),
        ({"lt": ["partner.size", "small"]}, "/lt/0", "not_ordered"),
        ({"lt": ["partner.employees", "many"]}, "/lt/1", "wrong_type"),
        ({"lt": ["partner.employees", 2.5]}, "/lt/1", "wrong_type"),
        ({"lt": ["partner.turnover_ct", True]}, "/lt/1", "wrong_type"),
        ({"le": ["project.start", "2025-02-30"]}, "/le/1", "not_a_day"),
        ({"le": ["project.start", "2025-2-3"]}, "/le/1", "not_a_day"),
        ({"eq": ["partner.lead", "yes"]}, "/eq/1", "wrong_type"),
        ({"le": ["project.start", {"field": "partner.age"}]}, "/le/1/field", "wrong_type"),
        ({"le": ["project.start", {"path": "offer.closes"}]}, "/le/1", "wrong_shape"),
        ({"in": ["partner.themes", ["ict"]]}, "/in/0", "wrong_type"),
        ({"in": ["partner.size", ["small", 3]]}, "/in/1/1", "wrong_type"),
        ({"hasany": ["partner.size", ["small"]]}, "/hasany/0", "not_a_list"),
        ({"hasany": ["partner.themes", "ict"]}, "/hasany", "wrong_shape"),
        ({"within": ["partner.size", {"area": "alps"}]}, "/within/0", "not_a_place"),
        ({"within": ["partner.nuts", {"area": "moon"}]}, "/within/1/area", "unknown_area"),
        (
            {"within": ["partner.nuts", {"nuts": ["DE1"], "vintage": 2015}]},
            "/within/1/vintage",
            "unknown_vintage",
        ),
        (
            {"within": ["partner.nuts", {"nuts": ["DE1", "DE7"], "vintage": 2016}]},
            "/within/1/nuts/1",
            "unknown_code",
        ),
        ({"eq": ["it.size", "small"]}, "/eq/0", "not_in_count"),
        ({"count": {"of": "partners", "where": SIZE}}, "/count", "wrong_shape"),
        ({"count": {"of": "partner.size", "where": SIZE, "ge": 1}}, "/count/of", "not_items"),
        (
            {"count": {"of": "partners", "where": SIZE, "ge": 1, "distinct": "partner.size"}},
            "/count/distinct",
            "wrong_type",
        ),
        (
            {"all": [SIZE, {"any": [{"lt": ["partner.age", "x"]}]}]},
            "/all/1/any/0/lt/1",
            "wrong_type",
        ),
        (nested(12), "/not" * 12, "too_deep"),
    ],
)
def test_fault_is_found_at_its_place(expression, pointer, code):
    faults = check_expression(expression, territory=LAND)

    assert [(fault.pointer, fault.code) for fault in faults] == [(pointer, code)]


def test_all_faults_are_found_at_once():
    faults = check_expression({"all": [{"known": "x"}, SIZE, {"lt": ["partner.age", "old"]}]})

    assert [fault.pointer for fault in faults] == ["/all/0/known", "/all/2/lt/1"]


def test_limits_are_the_last_that_is_allowed():
    assert check_expression(nested(11)) == ()
    assert check_expression({"all": [SIZE] * 199}) == ()
    assert [one.code for one in check_expression({"all": [SIZE] * 200})] == ["too_many_nodes"]


def test_deep_json_is_refused_without_walking_it():
    deep = SIZE
    for _ in range(5000):
        deep = {"not": deep}

    assert [one.code for one in check_expression(deep)] == ["too_deep"]


def test_country_that_the_tables_leave_out_may_be_named():
    abroad = {"within": ["partner.nuts", {"nuts": ["NO"], "vintage": 2016}]}

    assert check_expression(abroad, territory=LAND) == ()


def test_condition_with_faults_is_not_evaluated():
    with pytest.raises(ExpressionError) as caught:
        evaluate({"eq": ["partner.size", "huge"]}, {}, LAND)

    assert caught.value.code == "eligibility.faulty"
    assert caught.value.values == {"fault": "unknown_value", "n": 1}
    assert caught.value.where.path == "/eq/1"


def test_every_field_has_a_type_and_a_question():
    assert all(one.question and one.type for one in FIELDS.values())
    assert all(one.values for one in FIELDS.values() if one.type == "enum")
