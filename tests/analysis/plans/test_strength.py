"""How strongly the evidence carries a recommendation: golden table, caps, what cannot be."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import NotFiniteError, ScaleError
from alpclusters.analysis.plans import Strength, StrengthFacts, strength_of

pytestmark = pytest.mark.unit

ORDER = list(Strength)
GOLDEN = [
    ("B", 0.97, 64, {"agreement": 0.66}, "strong", ()),
    ("A", 0.92, 12, {"agreement": 0.45}, "conditional", ("agreement_low",)),
    ("A", 0.92, 9, {}, "conditional", ("few_raters",)),
    ("B", None, 0, {}, "conditional", ()),
    ("D", 0.95, 40, {}, "conditional", ()),
    ("none", 0.99, 80, {}, "exploratory", ()),
    ("none", None, 0, {}, "not_assessable", ()),
    ("A", 0.40, 40, {}, "not_supported", ()),
    ("B", 0.97, 64, {"contradiction_open": True}, "exploratory", ("contradiction_open",)),
    ("A", 0.95, 64, {"cannot_judge": 0.35}, "conditional", ("many_cannot_judge",)),
    ("A", 0.96, 4, {}, "conditional", ()),
    ("A", 0.95, 64, {"conflict_open": True}, "conditional", ("conflict_open",)),
]
# Certainty by class p1 to p4 and p0.
TABLE = {
    "A": "strong conditional exploratory not_supported conditional",
    "B": "strong conditional exploratory not_supported conditional",
    "C": "conditional conditional exploratory not_supported exploratory",
    "D": "conditional exploratory exploratory not_supported exploratory",
    "none": "exploratory exploratory exploratory not_supported not_assessable",
}
PROBABILITIES = {"p1": 0.90, "p2": 0.75, "p3": 0.50, "p4": 0.499, "p0": None}


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case[0]} {case[1]} {case[2]}")
def test_recommendation_of_the_golden_table(case):
    certainty, probability, n, other, strength, caps = case

    found = strength_of(StrengthFacts(certainty=certainty, probability=probability, n=n, **other))

    assert (found.strength, found.caps, found.convention) == (strength, caps, "ap-1")


@pytest.mark.parametrize("certainty", TABLE)
def test_every_cell_of_the_table(certainty):
    found = [
        strength_of(StrengthFacts(certainty=certainty, probability=probability, n=40))
        for probability in PROBABILITIES.values()
    ]

    assert [one.strength.value for one in found] == TABLE[certainty].split()
    assert [one.probability_class for one in found] == list(PROBABILITIES)


@pytest.mark.parametrize(
    ("level", "countries", "strength"),
    [
        ("macro_regional", 1, "conditional"), ("european", 1, "conditional"),
        ("regional", 1, "strong"), ("macro_regional", 2, "strong"), ("national", 1, "strong"),
    ],
)  # fmt: skip
def test_one_country_cannot_speak_for_several(level, countries, strength):
    facts = StrengthFacts(certainty="A", probability=0.95, n=40, level=level, countries=countries)

    assert strength_of(facts).strength == strength


def test_caps_about_people_do_not_apply_where_their_rating_does_not_count():
    facts = StrengthFacts(
        certainty="A", probability=0.95, n=4, agreement=0.1, cannot_judge=0.9, countries=1,
        level="european",
    )  # fmt: skip

    assert [one.key for one in strength_of(facts).reasons] == ["too_few_raters"]


def test_lowest_cap_wins_and_caps_are_not_added():
    facts = StrengthFacts(
        certainty="A", probability=0.95, n=9, agreement=0.1, conflict_open=True,
        contradiction_open=True,
    )  # fmt: skip

    found = strength_of(facts)

    assert (found.strength, found.caps) == ("exploratory", ("contradiction_open",))
    assert [one.key for one in found.reasons][1:] == [
        "few_raters", "agreement_low", "conflict_open", "contradiction_open",
    ]  # fmt: skip


def test_limits_of_caps_are_still_good():
    facts = StrengthFacts(
        certainty="A", probability=0.9, n=10, agreement=0.5, cannot_judge=0.30, countries=2
    )

    assert strength_of(facts).strength == "strong"


def test_nan_is_refused_and_none_is_allowed():
    with pytest.raises(NotFiniteError):
        strength_of(StrengthFacts(certainty="A", probability=float("nan"), n=40))


@pytest.mark.parametrize("change", [{"certainty": "E"}, {"probability": 1.2}, {"agreement": -1.0}])
def test_value_outside_its_scale_is_refused(change):
    with pytest.raises(ScaleError):
        strength_of(replace(StrengthFacts(certainty="A"), **change))


SHARES = st.one_of(st.none(), st.floats(0, 1))
FACTS = st.builds(
    StrengthFacts,
    certainty=st.sampled_from(sorted(TABLE)),
    probability=SHARES,
    n=st.integers(0, 100),
    agreement=SHARES,
    cannot_judge=SHARES,
    countries=st.integers(0, 4),
    level=st.sampled_from(["european", "macro_regional", "national", "regional", "local"]),
    conflict_open=st.booleans(),
    contradiction_open=st.booleans(),
)


@given(FACTS)
def test_strong_needs_certainty_a_or_b_and_a_rating(facts):
    if strength_of(facts).strength is Strength.STRONG:
        assert facts.certainty in {"A", "B"}
        assert facts.probability >= 0.9
        assert facts.n >= 10
        assert (facts.conflict_open, facts.contradiction_open) == (False, False)


@given(FACTS)
def test_a_cap_never_lifts(facts):
    bare = StrengthFacts(
        certainty=facts.certainty, probability=facts.probability, n=max(10, facts.n)
    )
    if facts.n >= 5:
        found, without = strength_of(facts).strength, strength_of(bare).strength
        assert ORDER.index(found) <= ORDER.index(without)


@given(FACTS)
def test_more_certain_lessons_never_weaken_it(facts):
    found = [
        ORDER.index(strength_of(replace(facts, certainty=one)).strength)
        for one in ("D", "C", "B", "A")
    ]

    assert found == sorted(found)
