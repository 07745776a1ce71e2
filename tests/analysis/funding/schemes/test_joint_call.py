"""What schemes have in common, who binds, and which sets of them work."""

import datetime as dt
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.schemes import (
    Binding,
    Choices,
    Days,
    Scheme,
    Span,
    joint_call,
    read_scheme,
    read_values,
)
from alpclusters.analysis.funding.schemes.calls import feasible_sets, works

pytestmark = pytest.mark.unit


def keys(*values):
    return Choices(frozenset(values))


def window(opens, closes):
    return Days(dt.date.fromisoformat(opens), dt.date.fromisoformat(closes))


def line(call, attribute):
    return next(one for one in call.lines if one.attribute == attribute)


def sets(call):
    return [one.schemes for one in call.sets]


TYROL = Scheme(
    "tyrol",
    "AT33",
    {
        "window": window("2026-01-01", "2026-03-31"),
        "kinds": keys("sme", "research"),
        "rate_bp": Span(0, 5000),
    },
    40,
)
SLOVENIA = Scheme(
    "slovenia",
    "SI",
    {
        "window": window("2026-02-01", "2026-05-31"),
        "kinds": keys("sme", "cluster"),
        "rate_bp": Span(4000, 7500),
    },
    50,
)
BERN = Scheme("bern", "CH02", {"kinds": keys("sme"), "rate_bp": Span(6000, 8000)})


def test_common_value_and_who_narrows_it():
    call = joint_call([TYROL, SLOVENIA])

    assert line(call, "window").common == window("2026-02-01", "2026-03-31")
    assert line(call, "window").binding == (Binding("tyrol", "high"), Binding("slovenia", "low"))
    assert line(call, "kinds").common == keys("sme")
    assert line(call, "kinds").binding == (
        Binding("tyrol", "values", ("cluster",)),
        Binding("slovenia", "values", ("research",)),
    )
    assert line(call, "rate_bp").common == Span(4000, 5000)
    assert call.works_for_all


def test_nobody_binds_where_all_are_alike():
    call = joint_call([TYROL, Scheme("other", "AT32", dict(TYROL.attributes))])

    assert [one.binding for one in call.lines] == [()] * len(call.lines)


def test_sets_come_by_regions_then_budget():
    call = joint_call([TYROL, SLOVENIA, BERN])

    assert not line(call, "rate_bp").is_met
    assert sets(call) == [
        ("tyrol", "slovenia"),
        ("slovenia", "bern"),
        ("slovenia",),
        ("tyrol",),
        ("bern",),
    ]
    assert [one.is_maximal for one in call.sets] == [True, True, False, False, False]
    assert [(one.budget_ct, one.n_unknown_budgets) for one in call.sets[:2]] == [(90, 0), (50, 1)]
    assert call.search == "all"


def test_two_schemes_of_one_region_count_once():
    second = Scheme("tyrol-2", "AT33", {}, 1)

    call = joint_call([TYROL, second, SLOVENIA])

    assert call.sets[0].regions == ("AT33", "SI")
    assert [len(one.regions) for one in call.sets[:3]] == [2, 2, 2]


@pytest.mark.parametrize(("last", "fits"), [("2026-02-11", True), ("2026-02-10", False)])
def test_six_weeks_count_both_ends(last, fits):
    one = Scheme("a", "AT33", {"window": window("2026-01-01", "2026-03-31")})
    other = Scheme("b", "SI", {"window": window("2025-12-01", last)})

    assert joint_call([one, other]).works_for_all is fits


def test_unknown_attribute_excludes_nothing_and_is_counted():
    call = joint_call([TYROL, BERN])

    assert line(call, "window").common == TYROL.attributes["window"]
    assert (line(call, "window").n_known, line(call, "window").unknown) == (1, ("bern",))
    assert (line(call, "months").common, line(call, "months").is_met) == (None, True)


def test_wished_keys_must_all_be_common_and_a_wished_interval_cuts():
    wishes = {"kinds": keys("sme", "cluster"), "rate_bp": Span(4500, None)}

    call = joint_call([TYROL, SLOVENIA], wishes=wishes)

    assert not line(call, "kinds").is_met
    assert line(call, "rate_bp").common == Span(4500, 5000)
    assert sets(call) == [("slovenia",)]


def test_no_schemes_are_told_apart_from_schemes_that_do_not_fit():
    call = joint_call([])

    assert (call.status, call.reasons, call.works_for_all) == ("undefined", ("no_schemes",), False)


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"rate": [1, 2]}, "/rate"),
        ({"rate_bp": [3, 2]}, "/rate_bp"),
        ({"rate_bp": [-1, 2]}, "/rate_bp"),
        ({"rate_bp": [1]}, "/rate_bp"),
        ({"kinds": []}, "/kinds"),
        ({"kinds": "sme"}, "/kinds"),
        ({"window": ["2026-02-30", "2026-03-01"]}, "/window"),
        ({"window": ["2026-03-02", "2026-03-01"]}, "/window"),
    ],
)
def test_stored_attribute_that_is_none_names_its_place(data, path):
    with pytest.raises(AnalysisError) as caught:
        read_values(data)

    assert (caught.value.code, caught.value.where.path) == ("schemes.not_an_attribute", path)


def test_stored_change_names_its_place():
    data = {
        "id": "t",
        "region": "AT33",
        "changes": [{"id": "k", "attribute": "kinds", "level": "nobody", "value": ["sme"]}],
    }

    with pytest.raises(AnalysisError) as caught:
        read_scheme(data)

    assert (caught.value.code, caught.value.where.path) == ("schemes.not_a_change", "/changes/0")


spans = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda two: Span(*sorted(two)))
choices = st.frozensets(st.sampled_from("abcd"), min_size=1).map(Choices)
attributes = st.fixed_dictionaries(
    {}, optional={"kinds": choices, "rate_bp": spans, "months": spans}
)


@st.composite
def schemes(draw, most=7):
    n = draw(st.integers(1, most))
    return [
        Scheme(str(k), draw(st.sampled_from("XYZ")), draw(attributes), draw(st.integers(0, 5)))
        for k in range(n)
    ]


def brute_force(found):
    """Every set that works, asked one by one."""
    return {
        tuple(one.id for one in chosen)
        for size in range(1, len(found) + 1)
        for chosen in combinations(found, size)
        if works(chosen, {}, min_days=42)
    }


@given(schemes())
def test_all_subsets_that_work_are_found(found):
    assert {one.schemes for one in joint_call(found).sets} == brute_force(found)


@given(schemes())
def test_branches_find_the_maximal_sets_of_the_subsets(found):
    # Thirteen or more take the branches: copies of one that fits nothing change no set.
    odd = [Scheme(f"odd-{k}", "Q", {"kinds": keys(f"odd-{k}")}) for k in range(13)]
    found = [Scheme(s.id, s.region, {"kinds": keys(*"abcd")} | s.attributes) for s in found]

    many, search = feasible_sets([*found, *odd], lambda chosen: works(chosen, {}, min_days=42))

    all_, _ = feasible_sets(found, lambda chosen: works(chosen, {}, min_days=42))
    maximal = {one.schemes for one in all_ if one.is_maximal}
    assert search == "maximal"
    assert {one.schemes for one in many} == maximal | {(scheme.id,) for scheme in odd}
    assert len(many) == len(maximal) + len(odd)


@given(schemes())
def test_order_of_schemes_changes_no_set(found):
    there = {frozenset(one.schemes) for one in joint_call(found).sets}

    assert {frozenset(one.schemes) for one in joint_call(found[::-1]).sets} == there


def test_search_that_is_stopped_says_so():
    many = [Scheme(str(k), "X") for k in range(20)]

    few, search = feasible_sets(many, lambda chosen: len(chosen) < 5, max_nodes=50)

    assert search == "stopped"
    assert {len(one.schemes) for one in few} <= {4}
