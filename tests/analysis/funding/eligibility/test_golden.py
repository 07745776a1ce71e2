"""The evaluations that the method's paper states, to the letter."""

import datetime as dt
from fractions import Fraction

import pytest

from alpclusters.analysis.funding.case import Case, Offer, Partner, Periods, Undertaking
from alpclusters.analysis.funding.eligibility import (
    check_expression,
    evaluate,
    judge_case,
    rank_fields,
)
from tests.analysis.funding.eligibility.golden import ALP, EVALUATIONS, FACTS, LAND

pytestmark = pytest.mark.unit

MILLION = 100_000_000
GOLD = {"eq": ["partner.label", "gold"]}
SILVER = {"eq": ["partner.label", "silver"]}
CONDITIONS = {
    "A": {
        "all": [
            {"eq": ["partner.size", "small"]},
            {"lt": ["partner.turnover_ct", 5 * MILLION]},
        ]
    },
    "B": {"all": [{"lt": ["partner.turnover_ct", 10 * MILLION]}, GOLD]},
    "C": {"any": [GOLD, SILVER]},
    "D": {"all": [GOLD, {"gt": ["partner.age", 2]}]},
}


def make_offer(key, condition, **more):
    return Offer(key, "p", "regional", "regional", "DE", (0, 3), (), condition, **more)


def make_case(offers, **more):
    partner = Partner("P1", "One", "U1", "sme", "DE11", 2016, "DE", **more)
    undertaking = Undertaking("U1", "small")
    quarters = Periods(dt.date(2025, 3, 1), 4)
    return Case("A case", quarters, (undertaking,), (partner,), (), (), tuple(offers))


@pytest.mark.parametrize(
    ("condition", "facts", "value"),
    [one[1:] for one in EVALUATIONS],
    ids=[str(one[0]) for one in EVALUATIONS],
)
def test_evaluation_of_the_paper(condition, facts, value):
    assert check_expression(condition, territory=LAND) == ()

    assert evaluate(condition, {**FACTS, **facts}, LAND).result.letter == value


def test_all_thirty_are_here():
    assert [one[0] for one in EVALUATIONS] == list(range(1, 31))


def test_no_row_for_a_recoding_is_named_in_the_trace():
    partner = {**FACTS["partner"], "nuts": "FR99", "vintage": 2010}

    trace = evaluate({"within": ["partner.nuts", ALP]}, {"partner": partner}, LAND)

    assert trace.reason == "no_recoding"
    assert trace.detail == {"code": "FR99", "vintage": 2010, "wanted": 2016}
    assert trace.missing == ()


def test_deciding_fields_of_the_paper():
    case = make_case(make_offer(key, condition) for key, condition in CONDITIONS.items())

    found = rank_fields(judge_case(case, LAND), "P1")

    assert [(one.path, one.values, one.decided) for one in found] == [
        ("partner.label", ("gold", "silver", "bronze", "none"), (1, 3, 3, 3)),
        ("partner.turnover_ct", (5 * MILLION - 1, 5 * MILLION, 10 * MILLION), (1, 1, 2)),
        ("partner.age", (2, 3), (1, 0)),
    ]
    assert [(one.least, one.mean) for one in found] == [
        (1, Fraction(5, 2)),
        (1, Fraction(4, 3)),
        (0, Fraction(1, 2)),
    ]


def test_fields_of_equal_least_and_mean_stand_by_the_ceilings_they_touch():
    asked = [
        make_offer("X", {"eq": ["partner.lead", True]}, cap_ct=5),
        make_offer("Y", {"eq": ["partner.condition_listed", True]}, cap_ct=500),
        make_offer("Z", {"eq": ["partner.independent", True]}, cap_ct=500),
    ]

    found = rank_fields(judge_case(make_case(asked), LAND), "P1")

    assert [(one.path, one.caps_ct, one.offers) for one in found] == [
        ("partner.condition_listed", 500, ("Y",)),
        ("partner.independent", 500, ("Z",)),
    ]


def test_judged_case_says_what_is_open():
    judged = judge_case(
        make_case(make_offer(key, condition) for key, condition in CONDITIONS.items()), LAND
    )

    assert {key: judged.verdict(key, "P1").open_fields for key in judged.offers} == {
        "A": ("partner.turnover_ct",),
        "B": ("partner.turnover_ct", "partner.label"),
        "C": ("partner.label",),
        "D": ("partner.label", "partner.age"),
    }
