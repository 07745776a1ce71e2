"""Certainty of a lesson: all golden cases, each domain at its edge, properties, shares, gaps."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.certainty import (
    Coding,
    Piece,
    Source,
    find_gaps,
    gather,
    grade_lesson,
    lasting_share,
)
from alpclusters.analysis.consensus import krippendorff_alpha
from alpclusters.analysis.errors import ScaleError

pytestmark = pytest.mark.unit


def family(number, stance="supports", **known):
    usual = {"is_lasting": True, "months": 20, "is_independent": True, "is_relevant": True}
    return Source(number, stance, **{**usual, **known})


def good(n, **known):
    return [family(k, **known) for k in range(n)]


def against(n, stance="contradicts"):
    return [family(100 + k, stance) for k in range(n)]


def twice(alpha):
    return Coding(alpha, is_once=False)


TWO_GOOD_AND_MORE = [
    *good(2),
    family(10, is_independent=False),
    family(11, is_lasting=False, is_independent=False, is_relevant=False),
    *against(1),
]
UNKNOWN_DURATION = [family(20 + k, is_lasting=None, months=None) for k in range(4)]
OWN = good(6, is_independent=False)
LONG_ALIVE = good(3, months=40, is_independent=False)
# methods/action-plan.md, section 2: families, alpha, answered, grade, what was taken off.
GOLDEN = {
    1: (good(5), twice(0.85), False, "A", {}),
    2: (TWO_GOOD_AND_MORE, twice(0.84), True, "B", {"amount": -1}),
    3: (TWO_GOOD_AND_MORE, twice(0.84), False, "C", {"amount": -1, "contradiction": -1}),
    4: (good(2), twice(0.90), False, "C", {"amount": -2}),
    5: (good(1), twice(0.90), False, "D", {"amount": -3}),
    6: ([*good(2), *UNKNOWN_DURATION], twice(0.82), False, "B", {"lasting": -1}),
    7: (OWN, twice(0.85), False, "B", {"source": -1}),
    8: (good(5), twice(0.70), False, "B", {"coding": -1}),
    9: (good(5), twice(0.60), False, "C", {"coding": -2}),
    10: (good(5), Coding(), False, "B", {"coding_once": -1}),
    11: (LONG_ALIVE, twice(0.85), False, "B", {"amount": -1, "source": -1, "bonus": 1}),
    12: (
        [*good(4), *against(3)], twice(0.85), True, "C",
        {"amount": -1, "contradiction_answered": -1},
    ),
    13: ([*good(2), *against(3)], twice(0.85), False, "D", {"amount": -2, "contradiction": -3}),
    14: (against(2), twice(0.85), False, "none", {}),
    15: ([*good(5), *against(1, "mixed")], twice(0.85), True, "A", {}),
}  # fmt: skip


def grade(families, coding=None, *, answered=False, verdict="works"):
    coding = coding or twice(0.85)
    return grade_lesson(families, verdict=verdict, is_answered=answered, coding=coding)


def changes(certainty):
    return {reason.rule: reason.change for reason in certainty.reasons if reason.change}


@pytest.mark.parametrize("case", GOLDEN)
def test_golden_case(case):
    families, coding, answered, letter, taken = GOLDEN[case]

    found = grade(families, coding, answered=answered)

    assert (found.value, changes(found)) == (letter, taken)
    assert found.convention == "ap-1"


def test_shares_of_the_golden_cases_are_those_of_the_method():
    shares = {k: grade(GOLDEN[k][0], answered=True).share_against for k in (2, 12, 13, 15)}

    assert shares == {
        2: pytest.approx(0.2),
        12: pytest.approx(0.4286, abs=1e-4),
        13: pytest.approx(0.6),
        15: pytest.approx(0.0833, abs=1e-4),
    }


def test_single_coding_is_told_as_a_cap_too():
    assert [r.rule for r in grade(good(5), Coding()).reasons][-1] == "cap"


@pytest.mark.parametrize(("alpha", "taken"), [(0.8, 0), (0.7999, -1), (0.667, -1), (0.6669, -2)])
def test_agreement_at_its_thresholds(alpha, taken):
    assert changes(grade(good(5), twice(alpha))).get("coding", 0) == taken


def test_undefined_agreement_counts_as_coded_once():
    found = grade(good(8), twice(None))

    assert (found.value, changes(found)) == ("B", {"coding_undefined": -1})


@pytest.mark.parametrize(
    ("n_against", "answered", "taken"),
    [(1, False, -1), (1, True, 0), (2, False, -2), (2, True, -1), (3, True, -1), (4, True, -3)],
)
def test_contradiction_weighs_by_its_share(n_against, answered, taken):
    found = grade([*good(3), *against(n_against)], answered=answered)

    rules = {"contradiction", "contradiction_answered"}
    assert sum(r.change for r in found.reasons if r.rule in rules) == taken


def test_lesson_that_does_not_say_it_works_needs_no_lasting_families():
    ended = good(5, is_lasting=False)

    assert grade(ended).value == "B"
    assert grade(ended, verdict="does_not_work").value == "A"


def test_bonus_needs_three_families_and_nothing_against_them():
    alive = good(3, months=36, is_independent=False, is_relevant=False)

    assert grade(alive).value == "C"
    assert grade(good(3, months=35, is_independent=False, is_relevant=False)).value == "D"
    assert "bonus" not in changes(grade([*alive, *against(1, "mixed")], answered=True))


def test_european_money_alone_is_told_and_takes_nothing_off():
    found = grade(good(5, is_eu_only=True))

    assert found.value == "A"
    assert found.reasons[-1].numbers == (("families", 5.0), ("lasting", 5.0))


def test_grade_of_nothing_is_none():
    assert grade([]).value == "none"


@pytest.mark.parametrize("wrong", [{"verdict": "perhaps"}, {"coding": Coding(1.2, is_once=False)}])
def test_what_is_no_verdict_or_no_alpha_is_refused(wrong):
    with pytest.raises(ScaleError):
        grade_lesson(good(1), **wrong)


# --- properties -----------------------------------------------------------------------------------

MAYBE = st.sampled_from([True, False, None])
SOURCES = st.lists(
    st.builds(
        Source,
        family=st.just(0),
        stance=st.sampled_from(["supports", "contradicts", "mixed"]),
        is_lasting=MAYBE,
        months=st.one_of(st.none(), st.integers(0, 60)),
        is_independent=MAYBE,
        is_relevant=MAYBE,
    ),
    max_size=12,
).map(lambda found: [family_of(one, k) for k, one in enumerate(found)])
CODINGS = st.one_of(
    st.just(Coding()), st.floats(-0.5, 1).map(lambda alpha: Coding(alpha, is_once=False))
)
VERDICTS = st.sampled_from(["works", "does_not_work", "depends"])
ORDER = ("none", "D", "C", "B", "A")


def family_of(source, number):
    values = {name: getattr(source, name) for name in source.__slots__}
    return Source(**{**values, "family": number})


@given(SOURCES, CODINGS, VERDICTS, st.booleans(), st.integers(0, 60))
def test_another_good_family_never_lowers_a_grade(sources, coding, verdict, answered, months):
    more = [*sources, family(999, months=max(months, 12))]

    before, after = (
        grade(some, coding, answered=answered, verdict=verdict).value for some in (sources, more)
    )

    assert ORDER.index(after) >= ORDER.index(before)


@given(SOURCES, CODINGS, VERDICTS, st.booleans())
def test_another_contradicting_family_never_raises_a_grade(sources, coding, verdict, answered):
    more = [*sources, family(999, "contradicts")]

    before, after = (
        grade(some, coding, answered=answered, verdict=verdict).value for some in (sources, more)
    )

    assert ORDER.index(after) <= ORDER.index(before)


@given(SOURCES, CODINGS, VERDICTS, st.booleans(), st.randoms())
def test_order_of_families_changes_nothing(sources, coding, verdict, answered, random):
    mixed = random.sample(sources, len(sources))

    assert grade(mixed, coding, answered=answered, verdict=verdict) == grade(
        sources, coding, answered=answered, verdict=verdict
    )


# --- families speak as one ------------------------------------------------------------------------


def told(*pieces):
    (source,) = gather([Piece(1, **piece) for piece in pieces]).value
    return source


def test_family_is_mixed_where_its_activities_differ():
    assert told({"stance": "supports"}, {"stance": "supports"}).stance == "supports"
    assert told({"stance": "contradicts"}, {"stance": "contradicts"}).stance == "contradicts"
    assert told({"stance": "supports"}, {"stance": "contradicts"}).stance == "mixed"


@pytest.mark.parametrize(
    ("pieces", "is_lasting", "months"),
    [
        ([("lasting", 12)], True, 12),
        ([("transformed", 40), ("ended", 2)], True, 40),
        ([("lasting", 11)], None, 11),
        ([("lasting", None)], None, None),
        ([("lasting", 6), ("ended", 30)], False, 6),
        ([("unknown", None)], None, None),
    ],
)
def test_family_lasts_if_anything_in_it_is_known_alive_after_a_year(pieces, is_lasting, months):
    source = told(*({"stance": "supports", "outcome": o, "months": m} for o, m in pieces))

    assert (source.is_lasting, source.months) == (is_lasting, months)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [([True, None], True), ([False, False], False), ([False, None], None), ([None], None)],
)
def test_source_is_independent_if_one_is_and_unknown_unless_all_are_known(answers, expected):
    pieces = [{"stance": "supports", "is_independent": a, "is_relevant": a} for a in answers]

    assert (told(*pieces).is_independent, told(*pieces).is_relevant) == (expected, expected)


def test_own_money_beside_european_money_is_not_european_money_alone():
    alive = {"stance": "supports", "outcome": "lasting", "months": 20}

    assert told({**alive, "is_eu_only": True}).is_eu_only
    assert not told({**alive, "is_eu_only": True}, alive).is_eu_only


@pytest.mark.parametrize("wrong", [{"stance": "yes"}, {"outcome": "gone"}, {"months": -1}])
def test_piece_that_is_no_evidence_is_refused(wrong):
    with pytest.raises(ScaleError):
        gather([Piece(1, **{"stance": "supports", **wrong})])


# --- what lasted ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lasting", "known", "share", "low", "high"),
    [
        (3, 4, 0.75, 0.356168, 0.942093),
        (8, 10, 0.80, 0.540793, 0.931442),
        (0, 5, 0, 0, 0.351117),
        (5, 5, 1, 0.648883, 1),
        (12, 30, 0.40, 0.267126, 0.549419),
    ],
)
def test_share_and_interval_of_the_method(lasting, known, share, low, high):
    found = lasting_share({"lasting": lasting, "ended": known - lasting, "unknown": 4})

    assert (found.value, found.low, found.high) == pytest.approx((share, low, high), abs=1e-6)
    assert (found.n_families, found.n_known, found.n_lasting) == (known + 4, known, lasting)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"lasting": 1, "ended": 1, "unknown": 9}, "few_known"),
        ({"unknown": 9}, "no_known_outcome"),
        ({}, "no_families"),
    ],
)
def test_few_known_outcomes_are_counted_but_give_no_share(counts, reason):
    found = lasting_share(counts)

    assert (found.value, found.low, found.high, found.reasons) == (None, None, None, (reason,))


@given(st.integers(0, 50), st.integers(0, 50))
def test_interval_holds_the_share_and_stays_within_its_ends(lasting, ended):
    found = lasting_share({"lasting": lasting, "ended": ended})

    assert found.value is None or 0 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize("wrong", [{"gone": 1}, {"ended": -1}, {"ended": 0.5}])
def test_count_that_is_none_is_refused(wrong):
    with pytest.raises(ScaleError):
        lasting_share(wrong)


def test_gaps_are_types_nobody_did_or_whose_end_nobody_knows():
    cells = {"a": {"lasting": 1}, "b": {"unknown": 3}}

    assert find_gaps(cells, of="abc") == (("b", "no_known_outcome"), ("c", "no_families"))


def test_agreement_of_the_twelve_worked_activities():
    letters = dict(zip("leu", count(), strict=False))
    pairs = ["ll", "ll", "ee", "le", "ee", "ll", "uu", "ll", "el", "ll", "ee", "ul"]
    grid = [[float(letters[pair[coder]]) for pair in pairs] for coder in (0, 1)]

    found = krippendorff_alpha(grid, level="nominal", resamples=0)

    assert found.value == pytest.approx(98 / 167)
