"""What must hold for every condition and all facts."""

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alpclusters.analysis.funding.eligibility import (
    ExpressionError,
    TooManyAnswersError,
    Trace,
    Truth,
    check_expression,
    decide_exactly,
    evaluate,
    open_conditions,
    what_decided,
)
from alpclusters.analysis.funding.eligibility.evaluating import read_node, scope_of
from alpclusters.analysis.funding.eligibility.places import Ground
from alpclusters.analysis.funding.eligibility.truth import at_least
from tests.analysis.funding.eligibility.expressions import DOMAINS, expressions, plain, records
from tests.analysis.funding.eligibility.golden import LAND

pytestmark = pytest.mark.unit

KEYS = (
    *("all", "any", "not", "eq", "lt", "in", "hasany", "within", "count", "atleast", "known"),
    *("n", "of", "where", "ge", "distinct", "nuts", "vintage", "except", "area", "field"),
)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from(["partner.size", "partner.nuts", "partners", "it.nuts", "small", "DE1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


def value(expression, *partners):
    facts = {"partner": partners[0], "partners": partners}
    return evaluate(expression, facts, LAND).result


def completions(record):
    """All ways to fill in what is missing of one partner."""
    missing = [name for name in DOMAINS if name not in record]
    for answers in product(*(DOMAINS[name] for name in missing)):
        yield {**record, **dict(zip(missing, answers, strict=True))}


@given(expressions, records(), records(), st.data())
def test_answer_to_an_open_question_never_turns_what_is_decided(expression, one, other, data):
    before = value(expression, one, other)
    name = data.draw(st.sampled_from(sorted(DOMAINS)))
    answered = {name: data.draw(st.sampled_from(DOMAINS[name])), **one}

    after = value(expression, answered, other)

    assert before is Truth.UNKNOWN or after is before


@given(plain, plain, records())
def test_laws_of_de_morgan(first, second, record):
    neither = {"not": {"any": [first, second]}}
    not_both = {"not": {"all": [first, second]}}

    assert value(neither, record) is value({"all": [{"not": first}, {"not": second}]}, record)
    assert value(not_both, record) is value({"any": [{"not": first}, {"not": second}]}, record)


@given(plain, records())
def test_two_negations_are_none(expression, record):
    assert value({"not": {"not": expression}}, record) is value(expression, record)


@given(st.lists(plain, min_size=1, max_size=3), records())
def test_at_least_one_is_any_and_at_least_all_is_all(parts, record):
    one = {"atleast": {"n": 1, "of": parts}}
    every = {"atleast": {"n": len(parts), "of": parts}}

    assert value(one, record) is value({"any": parts}, record)
    assert value(every, record) is value({"all": parts}, record)


@given(plain, records())
def test_exact_value_is_what_all_answers_agree_on(expression, record):
    truths = {value(expression, filled) for filled in completions(record)}
    agreed = truths.pop() if len(truths) == 1 else Truth.UNKNOWN

    assert decide_exactly(expression, {"partner": record}, LAND) is agreed


@given(expressions, records(id="P1"), records(id="P2"))
def test_kleene_is_open_or_exact(expression, one, other):
    facts = {"partner": one, "partners": (one, other)}
    kleene = evaluate(expression, facts, LAND).result
    try:
        exact = decide_exactly(expression, facts, LAND)
    except TooManyAnswersError:
        return

    assert kleene is Truth.UNKNOWN or exact is kleene


@given(expressions, records(id="P1"), records(id="P2"))
def test_truth_without_reasons_is_that_of_the_trace(expression, one, other):
    ground = Ground(LAND)
    node = read_node(expression, ground)
    scope = scope_of({"partner": one, "partners": (one, other)}, ground)

    assert node.truth(scope) is node.trace(scope, {}).result


def recomputed(trace: Trace, keep) -> Truth:
    """The value of a trace when only some leaves are known."""
    if not trace.is_branch:
        return trace.result if trace.pointer in keep else Truth.UNKNOWN
    inside = [recomputed(child, keep) for child in trace.children]
    if trace.op == "not":
        return Truth(2 - inside[0])
    n = {"all": len(inside), "any": 1}.get(trace.op, trace.operand)
    return at_least(n, inside)


@given(expressions, records(), records())
@example({"any": [{"eq": ["partner.size", "small"]}, {"all": []}]}, {"size": "small"}, {})
@example(
    {"any": [{"eq": ["partner.size", "small"]}, {"any": [{"known": "partner.size"}, {"all": []}]}]},
    {"size": "small"},
    {},
)
def test_what_decided_alone_gives_the_result_and_nothing_of_it_can_go(expression, one, other):
    facts = {"partner": one, "partners": (one, other)}
    trace = evaluate(expression, facts, LAND)
    decisive = {leaf.pointer for leaf in what_decided(trace)}
    if trace.result is Truth.UNKNOWN:
        assert decisive == set()
        assert open_conditions(trace) != ()
        return

    assert recomputed(trace, decisive) is trace.result
    for pointer in decisive:
        assert recomputed(trace, decisive - {pointer}) is Truth.UNKNOWN
    assert open_conditions(trace) == ()


@given(json_values)
def test_any_json_is_judged_or_refused_with_pointers(data):
    check_expression(data, territory=LAND)
    faults = check_expression(data)
    if not faults:
        assert evaluate(data, {"partner": {"size": 3, "nuts": []}}, LAND).result in Truth
        return

    with pytest.raises(ExpressionError) as caught:
        evaluate(data, {}, LAND)

    assert caught.value.faults == faults


@given(json_values, plain)
def test_any_json_as_facts_raises_nothing(data, expression):
    facts = dict.fromkeys(("partner", "partners", "project", "offer"), data)

    assert evaluate(expression, facts, LAND).result in Truth
