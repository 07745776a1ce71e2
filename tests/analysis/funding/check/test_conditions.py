"""The checker's own evaluator says what the one of eligibility says, and never raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.funding.case import Rate
from alpclusters.analysis.funding.check.conditions import holds
from alpclusters.analysis.funding.check.ground import ground_of
from alpclusters.analysis.funding.eligibility import evaluate, judge_case
from alpclusters.analysis.funding.rulebooks import BOOKS
from tests.analysis.funding.check.pieces import LAND as SMALL_LAND
from tests.analysis.funding.check.pieces import case, line, offer, partner, undertaking
from tests.analysis.funding.eligibility.expressions import expressions, records
from tests.analysis.funding.eligibility.golden import EVALUATIONS, FACTS, LAND

pytestmark = pytest.mark.unit
LETTERS = "FUT"
CODES = st.sampled_from(("DE", "DE1", "DE11", "FRK2", "FR71", "FR99", "DE9", "FR7", "PL21", "AT33"))
VINTAGES = st.sampled_from((2010, 2016, 2021))
zones = st.fixed_dictionaries(
    {"nuts": st.lists(CODES, max_size=3), "vintage": VINTAGES},
    optional={"except": st.lists(CODES, max_size=2)},
) | st.sampled_from([{"area": "alps"}, {"area": "nowhere"}])
places = st.fixed_dictionaries({}, optional={"nuts": CODES, "vintage": VINTAGES})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("all", "any", "not", "eq", "in", "within", "count", "atleast", "hasany")
            ),
            inner,
            max_size=2,
        )
    ),
    max_leaves=10,
)


@pytest.mark.parametrize(("number", "expression", "facts", "value"), EVALUATIONS)
def test_golden_evaluations(number, expression, facts, value):  # noqa: ARG001 - names the case
    assert LETTERS[holds(expression, {**FACTS, **facts}, LAND)] == value


@given(expressions, records(), st.lists(records(), max_size=3))
def test_both_evaluators_agree(expression, record, others):
    facts = {"partner": record, "partners": tuple(others)}

    assert (
        LETTERS[holds(expression, facts, LAND)] == evaluate(expression, facts, LAND).result.letter
    )


@given(zones, places, st.lists(places, max_size=2), st.sampled_from(("seat", "site")),
       st.sampled_from(("partner.nuts", "partner.sites[*].nuts")))  # fmt: skip
def test_both_evaluators_agree_on_places(zone, seat, sites, place, path):
    facts = {"partner": {**seat, "sites": tuple(sites)}, "offer": {"place": place}}
    expression = {"within": [path, zone]}
    if "nuts" in zone and not zone["nuts"]:
        return

    assert (
        LETTERS[holds(expression, facts, LAND)] == evaluate(expression, facts, LAND).result.letter
    )


@given(st.lists(st.tuples(st.integers(1, 9), expressions | st.none()), min_size=1, max_size=3),
       expressions, records())  # fmt: skip
def test_both_judge_partners_and_rates_of_a_case_alike(rates, expression, facts):
    terms = [Rate(bp * 1_000, when) for bp, when in rates]
    made = case(
        [partner("P", facts={k: v for k, v in facts.items() if k not in ("size", "lead")}),
         partner("Q", nuts="CH04")],
        [undertaking("P"), undertaking("Q", "large")],
        [line("l", "P", 1_000)],
        [offer("o", 5_000, rates=tuple(terms), eligibility=expression)],
    )  # fmt: skip
    judged, ground = judge_case(made, SMALL_LAND), ground_of(made, SMALL_LAND, BOOKS, ())

    for name in ("P", "Q"):
        fits = ground.fits(made.offers[0], ground.partners[name])
        assert LETTERS[fits] == judged.truth("o", name).letter
        assert ground.rate_bp(made.offers[0], ground.partners[name]) == judged.rate_bp("o", name)


@given(JSON, JSON)
def test_what_cannot_be_read_is_never_a_fault_of_the_program(expression, facts):
    assert holds(expression, {"partner": facts, "partners": [facts]}, LAND) in (0, 1, 2)


def test_what_cannot_be_read_is_open():
    assert holds({"unheard": 1}, {}, LAND) == 1
    assert holds({"eq": ["partner.size", "small"], "not": {}}, {}, LAND) == 1
