"""What keeps a scheme out, and which changes let it in."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.schemes import (
    Change,
    Choices,
    Days,
    Scheme,
    Span,
    let_join,
)
from alpclusters.analysis.funding.schemes.calls import works
from alpclusters.analysis.funding.schemes.records import widened

pytestmark = pytest.mark.unit


def keys(*values):
    return Choices(frozenset(values))


TYROL = Scheme("t", "AT33", {"kinds": keys("sme", "research"), "rate_bp": Span(4000, 5000)})
SALZBURG = Scheme("s", "AT32", {"kinds": keys("sme"), "rate_bp": Span(3000, 5000)})


def test_scheme_that_fits_needs_no_change():
    answer = let_join([TYROL], SALZBURG)

    assert (answer.conflicts, answer.covers.best[0].options, answer.status) == ((), (), "ok")


def test_smallest_change_is_that_of_the_nearest_hand():
    bern = Scheme(
        "b", "CH02", {"kinds": keys("cluster"), "rate_bp": Span(0, 3000)},
        changes=(
            Change("law", "rate_bp", 8, Span(0, 6000)),
            Change("guideline", "rate_bp", 2, Span(0, 4000)),
            Change("kinds", "kinds", 4, keys("sme")),
        ),
    )  # fmt: skip

    answer = let_join([TYROL, SALZBURG], bern)

    assert [one.key for one in answer.conflicts] == ["kinds:members:sme", "rate_bp:members"]
    assert answer.covers.best[0].options == ("guideline", "kinds")
    assert answer.covers.best[0].weight == 6


def test_call_can_take_its_wish_back():
    answer = let_join([TYROL], SALZBURG, wishes={"kinds": keys("sme", "research")})

    assert [one.key for one in answer.conflicts] == ["kinds:call:research"]
    assert [one.id for one in answer.offered] == ["call:kinds"]
    assert answer.covers.best[0].options == ("call:kinds",)


def test_law_of_the_union_is_never_offered():
    bern = Scheme(
        "b",
        "CH02",
        {"rate_bp": Span(0, 3000)},
        changes=(Change("eu", "rate_bp", 16, Span(0, 9000)),),
    )

    answer = let_join([TYROL], bern)

    assert (answer.offered, [one.id for one in answer.never]) == ((), ["eu"])
    assert answer.covers.unsolved == ("rate_bp:members",)
    assert (answer.status, answer.reasons) == ("limited", ("unsolved",))


def test_window_that_is_a_day_too_short_is_a_conflict():
    a = Scheme("a", "AT33", {"window": Days(dt.date(2026, 1, 1), dt.date(2026, 2, 28))})
    b = Scheme("b", "SI", {"window": Days(dt.date(2026, 1, 19), dt.date(2026, 3, 31))})

    assert [one.key for one in let_join([a], b).conflicts] == ["window:members"]
    assert let_join([a], b, min_days=41).conflicts == ()


def test_members_that_do_not_fit_themselves_are_said_so():
    other = Scheme("o", "SI", {"rate_bp": Span(6000, 8000)})

    answer = let_join([TYROL, other], SALZBURG)

    assert (answer.status, answer.reasons) == ("undefined", ("members_do_not_fit",))


def test_member_cannot_be_the_missing_one():
    with pytest.raises(AnalysisError):
        let_join([TYROL], TYROL)


spans = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda two: Span(*sorted(two)))
choices = st.frozensets(st.sampled_from("abc"), min_size=1).map(Choices)
VALUES = {"kinds": choices, "rate_bp": spans, "months": spans}
attributes = st.fixed_dictionaries({}, optional=VALUES)


@st.composite
def changes(draw):
    found = []
    for k in range(draw(st.integers(0, 5))):
        attribute = draw(st.sampled_from(sorted(VALUES)))
        level = draw(st.sampled_from([2, 4, 8, 16]))
        found.append(Change(f"c{k}", attribute, level, draw(VALUES[attribute])))
    return tuple(found)


@given(st.lists(attributes, min_size=1, max_size=3), attributes, attributes, changes())
def test_changes_of_a_full_answer_let_it_in(members, own, wishes, found):
    of_call = [Scheme(str(k), "X", values) for k, values in enumerate(members)]
    missing = Scheme("m", "Y", own, changes=found)
    answer = let_join(of_call, missing, wishes=wishes)
    chosen = set(answer.covers.best[0].options)

    values, asked = dict(own), dict(wishes)
    for change in found:
        if change.id in chosen and change.attribute in values:
            values[change.attribute] = widened(values[change.attribute], change.value)
    asked = {key: wish for key, wish in asked.items() if f"call:{key}" not in chosen}

    fits = works([*of_call, Scheme("m", "Y", values)], asked, min_days=42)
    if "members_do_not_fit" not in answer.reasons:
        assert fits is (answer.covers.unsolved == ())
