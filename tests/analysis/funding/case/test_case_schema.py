"""The published JSON Schema says the same as the reader, as far as a schema can."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from alpclusters.analysis.funding.case_files import case_schema
from tests.analysis.funding.case.case_examples import (
    NAMES,
    changed,
    example,
    faults_of,
    spoilt_cases,
)

pytestmark = pytest.mark.unit

PUBLISHED = Path(__file__).resolve().parents[4] / "docs" / "schema" / "case.schema.json"
VALIDATOR = Draft202012Validator(case_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
# What the shapes say; all other codes are beyond a schema.
OF_SHAPE = {
    "bad_date",
    "bad_decimal",
    "bad_id",
    "bad_key",
    "bad_length",
    "bad_nuts",
    "bad_state",
    "bad_text",
    "missing_field",
    "negative_amount",
    "negative_cost",
    "negative_rate",
    "not_finite",
    "not_first_day",
    "not_one_key",
    "out_of_range",
    "rate_over_100",
    "too_few_items",
    "too_large",
    "too_many_items",
    "too_many_offers",
    "type_mismatch",
    "unknown_key",
    "unknown_value",
    "wrong_count",
}


def test_schema_is_one_of_the_dialect():
    Draft202012Validator.check_schema(case_schema())


def objects(schema):
    """Every part of the schema that describes an object with named members."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


def test_no_object_takes_members_that_are_not_named():
    assert all(part["additionalProperties"] is False for part in objects(case_schema()))


@pytest.mark.parametrize("name", NAMES)
def test_examples_fit_the_schema(name):
    assert list(VALIDATOR.iter_errors(example(name))) == []


def test_published_schema_is_that_of_the_code():
    """Write it anew with ``python tools/case_schema.py`` after a change of the format."""
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == case_schema()


@given(spoilt_cases(n_most=2))
def test_reader_and_schema_agree(data):
    codes = {code for _, code in faults_of(data)}

    if VALIDATOR.is_valid(data):
        assert codes & OF_SHAPE <= CONDITIONS
    else:
        assert codes


# Codes of shape that the static check of conditions uses for the types of fields, too.
CONDITIONS = {
    "type_mismatch",
    "unknown_value",
    "bad_date",
    "bad_nuts",
    "negative_amount",
    "missing_field",
    "wrong_count",
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("lines/0/cost_ct", 5.0),
        ("lines/0/article", None),
        ("partners/0/facts", {"open": None, "list": [1, "a", True], "yes": False}),
        ("offers/0/min_partners", 0),
        ("offers/0/grant_date", None),
        ("offers/0/success", {"share_bp": 2_500, "source": "Report"}),
        ("offers/0/partner_floors_ct", {"A": 5}),
    ],
)
def test_what_both_take(path, value):
    data = changed(path, value)

    assert VALIDATOR.is_valid(data)
    assert faults_of(data) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("lines/0/cost_ct", True),
        ("lines/0/id", "a\n"),
        ("partners/0/facts", {"Bad": 1}),
        ("partners/0/facts", {"nested": [[1]]}),
        ("partners/0/vintage", "2021"),
        ("offers/0/eligibility", {"eq": ["partner.kind"]}),
        ("offers/0/eligibility", {"eq": ["partner.kind", {"field": "a", "b": 1}]}),
        ("offers/0/rates/0", {}),
        ("links", [{"type": "paired", "offers": ["X", "Y"], "ratio": [1]}]),
        ("extra", 1),
    ],
)
def test_what_neither_takes(path, value):
    data = changed(path, value)

    assert not VALIDATOR.is_valid(data)
    assert faults_of(data)
