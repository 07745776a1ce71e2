"""Second round against first: golden values, SciPy, pairs only, what is withheld, edges."""

import json
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.consensus import CANNOT_JUDGE, Ratings
from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ScaleError, ShapeError
from alpclusters.analysis.second_round import compare_rounds, corrected_p_values, sign_flip_test

pytestmark = pytest.mark.unit

FIRST = [2, 3, 3, 4, 4, 2, 5, 3, 1, 4]
SECOND = [3, 3, 4, 4, 5, 3, 5, 4, 2, 4]
# Benjamini, Hochberg (1995), the example of their paper.
PUBLISHED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
PUBLISHED += [0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0]
ROUND = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from("abc"),
        st.one_of(st.integers(1, 5).map(float), st.just(CANNOT_JUDGE)),
    ),
    max_size=40,
    unique_by=lambda row: row[:2],
)


def answers(values, *, measure="m"):
    return [(rater, measure, value) for rater, value in enumerate(values) if value is not None]


def compared(first, second, **options):
    settings = {"scale": (1, 5), "k_anonymity": 1, **options}
    return compare_rounds(answers(first), answers(second), **settings).measures[0]


# --- golden values --------------------------------------------------------------------------------


def test_change_meets_the_golden_values():
    found = compared(FIRST, SECOND)

    assert found.change.mean == pytest.approx(0.6, abs=1e-12)
    assert found.change.sd == pytest.approx(0.5163977795, abs=1e-9)
    assert (found.migration.raised, found.migration.stable, found.migration.lowered) == (6, 4, 0)
    assert (found.change.p_value, found.change.p_kind) == (0.03125, "exact")


def test_bootstrap_of_the_mean_meets_the_exact_interval():
    # The sum of a resample is binomial (10, 0.6): exact 90 % 0.3 to 0.8, 95 % 0.3 to 0.9.
    ninety = compared(FIRST, SECOND).change.interval
    wider = compared(FIRST, SECOND, level=0.95).change.interval

    assert (ninety.low, ninety.high) == pytest.approx((0.3, 0.8))
    assert (wider.low, wider.high) == pytest.approx((0.3, 0.9))


def test_agreement_meets_the_golden_values():
    found = compared(FIRST, SECOND).agreement

    assert found.histogram_first == (1, 2, 3, 3, 1)
    assert found.histogram_second == (0, 1, 3, 4, 2)
    assert (found.net_change, found.is_stable) == (pytest.approx(0.2, abs=1e-12), False)
    assert found.kappa_quadratic == pytest.approx(0.7560975610, abs=1e-9)
    assert found.kappa_linear == pytest.approx(0.5081967213, abs=1e-9)
    assert found.kappa == pytest.approx(0.2, abs=1e-9)
    assert found.cv_first == pytest.approx(0.3861996773, abs=1e-9)
    assert found.cv_second == pytest.approx(0.2564008914, abs=1e-9)
    assert (found.iqr_first, found.iqr_second) == (1.75, 1.0)


def test_sign_flip_meets_the_golden_values():
    differences = [1, -1, 2, 1, 1, 0, 3, -2, 1, 2, 0, 1]
    found = sign_flip_test(differences)

    assert np.mean(differences) == 0.75
    assert (found.p_value, found.n_changed) == (0.125, 10)
    assert sign_flip_test(np.subtract(SECOND, FIRST)).p_value == 0.03125


@pytest.mark.parametrize(
    ("correction", "p_values", "expected"),
    [
        ("holm", [0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]),
        ("benjamini_hochberg", [0.01, 0.04, 0.03, 0.005], [0.02, 0.04, 0.04, 0.02]),
        ("holm", PUBLISHED, [0.0015, 0.0056, 0.0247]),
        ("benjamini_hochberg", PUBLISHED, [0.0015, 0.003, 0.0095, 0.035625, 0.0603]),
    ],
)
def test_corrections_meet_the_golden_values(correction, p_values, expected):
    found = corrected_p_values(p_values, correction=correction)

    assert found[: len(expected)].tolist() == pytest.approx(expected, abs=1e-9)
    if p_values is PUBLISHED:
        assert (found <= 0.05).sum() == {"holm": 3, "benjamini_hochberg": 4}[correction]


# --- second ways ----------------------------------------------------------------------------------


@given(st.lists(st.integers(-3, 3), max_size=9))
def test_exact_test_equals_all_patterns_one_by_one(differences):
    sizes = [abs(d) for d in differences if d]
    found = sign_flip_test(differences)

    if len(sizes) < 6:
        assert (found.p_value, found.reasons) == (None, ("too_few_changes",))
        return
    sums = [abs(np.dot(signs, sizes)) for signs in product([1, -1], repeat=len(sizes))]
    assert found.p_value == pytest.approx(np.mean(np.array(sums) >= abs(sum(differences))))


@pytest.mark.parametrize("differences", [[1, 1, 1, -1, 1, 1, 1, -1], [-1] * 7, [2] * 9 + [-2]])
def test_it_agrees_with_wilcoxon_of_scipy_if_all_changes_have_one_size(differences):
    from scipy.stats import PermutationMethod, wilcoxon

    expected = wilcoxon(differences, method=PermutationMethod(n_resamples=np.inf)).pvalue

    assert sign_flip_test(differences).p_value == pytest.approx(expected, abs=1e-12)


def test_random_patterns_come_near_the_exact_binomial():
    from scipy.stats import binomtest

    found = sign_flip_test([1] * 20 + [-1] * 10)

    assert found.kind == "random"
    assert found.p_value == pytest.approx(binomtest(20, 30).pvalue, abs=0.01)
    assert (found.conventions.draws, found.conventions.seed) == (10_000, 0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_benjamini_hochberg_equals_scipy_and_holm_is_no_smaller(p_values):
    from scipy.stats import false_discovery_control

    hochberg = corrected_p_values(p_values, correction="benjamini_hochberg")
    holm = corrected_p_values(p_values)

    assert hochberg.tolist() == pytest.approx(false_discovery_control(p_values), abs=1e-12)
    assert (holm >= hochberg - 1e-12).all()
    assert (hochberg >= np.array(p_values) - 1e-12).all()


def test_undefined_p_values_stay_undefined_and_are_not_counted():
    found = corrected_p_values([0.01, np.nan, 0.04])

    assert found[[0, 2]].tolist() == pytest.approx([0.02, 0.04])
    assert np.isnan(found[1])


# --- pairs ----------------------------------------------------------------------------------------


def test_only_pairs_enter_figures_of_change_and_all_others_are_counted():
    first = [*FIRST, 1, 1, 1, CANNOT_JUDGE, None, None]
    second = [*SECOND, None, None, CANNOT_JUDGE, 5, 5, 5]
    found = compared(first, second)
    alone = compared(FIRST, SECOND)

    assert found.change == alone.change
    assert found.agreement == alone.agreement
    attendance = found.attendance
    assert (attendance.n_first, attendance.n_second, attendance.n_paired) == (13, 13, 10)
    assert (attendance.attrition, attendance.joined) == (pytest.approx(3 / 13), 3)
    assert (attendance.cannot_first, attendance.cannot_second) == (1, 1)


def test_cannot_judge_is_a_state_of_its_own_in_the_matrix():
    first = [1] * 8 + [2] * 7 + [CANNOT_JUDGE, CANNOT_JUDGE, 3] + [3] * 6
    second = [2] * 8 + [2] * 7 + [1, CANNOT_JUDGE, CANNOT_JUDGE] + [1] * 6
    found = compared(first, second, scale=(1, 3)).migration

    assert found.states == (1.0, 2.0, 3.0, CANNOT_JUDGE)
    assert found.matrix.tolist() == [[0, 8, 0, 0], [0, 7, 0, 0], [6, 0, 0, 1], [1, 0, 0, 1]]
    assert (found.raised, found.stable, found.lowered) == (8, 7, 6)
    assert found.stable_share == pytest.approx(7 / 21)


def test_resamples_draw_whole_raters_for_all_measures_alike():
    first = [*answers(FIRST, measure="a"), *answers(FIRST, measure="b")]
    second = [*answers(SECOND, measure="a"), *answers(SECOND, measure="b")]

    a, b = compare_rounds(first, second, scale=(1, 5)).measures

    assert (a.change.interval, a.agreement) == (b.change.interval, b.agreement)


def test_correction_runs_over_measures_with_a_defined_p_value():
    first = [*answers([1] * 9, measure="a"), *answers([3] * 9, measure="b")]
    first += answers([2] * 9, measure="c")
    second = [*answers([2] * 9, measure="a"), *answers([3] * 9, measure="b")]
    second += answers([3] * 7 + [1] * 2, measure="c")
    found = compare_rounds(first, second, scale=(1, 5))

    p_a, p_c = 2 / 2**9, found.measures[2].change.p_value
    assert found.n_tested == 2
    assert [one.change.p_adjusted for one in found.measures] == [2 * p_a, None, p_c]
    assert found.measures[1].reasons == ("too_few_changes", "interval_no_width")


def test_leavers_who_rated_otherwise_are_flagged():
    first = [4, 5, 4, 5, 4, 5, 4, 5, 1, 2, 1, 2, 1, 2]
    second = [4, 5, 4, 5, 4, 5, 4, 5] + [None] * 6
    found = compared(first, second, k_anonymity=5)
    alike = compared([4, 5, 4, 5, 4, 5] * 2, [4, 5, 4, 5, 4, 5] + [None] * 6, k_anonymity=5)

    assert (found.leavers.n_stayers, found.leavers.n_leavers) == (8, 6)
    assert found.leavers.difference == pytest.approx(3.0)
    assert "leavers_differ" in found.cautions
    assert alike.leavers.difference == 0.0
    assert "leavers_differ" not in alike.cautions


# --- small groups ---------------------------------------------------------------------------------


def test_below_five_pairs_nothing_is_shown():
    found = compared(FIRST, SECOND[:4] + [None] * 6, k_anonymity=5)

    assert (found.state, found.reasons) == ("withheld", ("small_group",))
    assert (found.change, found.migration, found.agreement, found.leavers) == (None,) * 4
    assert (found.attendance.n_first, found.attendance.n_paired) == (10, None)
    assert (found.attendance.attrition, found.attendance.joined) == (None, None)


def test_below_twenty_pairs_only_sums_are_shown_and_small_ones_take_another_along():
    hidden = compared(FIRST, SECOND, k_anonymity=5)
    shown = compared([3] * 15, [3] * 9 + [4] * 6, k_anonymity=5)

    assert (hidden.migration.stable, hidden.migration.raised) == (None, None)
    assert (hidden.migration.matrix, hidden.change.n_changed) == (None, None)
    assert hidden.agreement.kappa is None
    assert (shown.migration.stable, shown.migration.raised) == (9, 6)
    assert shown.migration.matrix is None


def test_from_twenty_pairs_the_whole_matrix_is_shown():
    found = compared([3] * 20, [3] * 19 + [4], k_anonymity=5).migration

    assert (found.stable, found.raised, found.lowered) == (19, 1, 0)
    assert found.matrix[2].tolist() == [0, 0, 19, 1, 0]
    with pytest.raises(ValueError, match="read-only"):
        found.matrix[0, 0] = 1


def test_few_people_in_one_round_only_are_a_caution():
    found = compared([*FIRST, 5], [*SECOND, None], k_anonymity=5)

    assert found.cautions == ("few_unpaired",)
    assert found.leavers is None


# --- edges ----------------------------------------------------------------------------------------


def test_rounds_without_a_common_rater_are_undefined():
    first, second = answers(FIRST), [(f"new{i}", "m", 3) for i in range(9)]
    found = compare_rounds(first, second, scale=(1, 5))

    assert (found.status, found.reasons) == ("undefined", ("no_pairs",))
    assert (found.measures[0].status, found.measures[0].reasons) == ("undefined", ("no_pairs",))
    assert (found.n_first, found.n_second, found.n_both, found.attrition) == (10, 9, 0, 1.0)


@pytest.mark.parametrize("rows", [[], [(rater, "m", CANNOT_JUDGE) for rater in range(8)]])
def test_rounds_without_a_value_are_undefined(rows):
    found = compare_rounds(rows, rows)

    assert (found.status, found.reasons) == ("undefined", ("no_ratings",))
    assert found.attrition is None


def test_one_pair_has_a_mean_but_neither_spread_nor_interval():
    found = compared([2], [4])

    assert (found.change.mean, found.change.sd, found.change.interval) == (2.0, None, None)
    assert found.reasons == ("too_few_changes", "interval_no_width")


def test_nobody_who_changed_has_no_interval_of_width_zero_and_undefined_kappa():
    found = compared([3] * 8, [3] * 8)

    assert (found.change.mean, found.change.interval) == (0.0, None)
    assert (found.agreement.kappa_quadratic, found.agreement.net_change) == (None, 0.0)


def test_all_answers_alike_on_an_assumed_scale_of_one_point_have_no_consensus():
    found = compare_rounds(answers([3] * 6), answers([3] * 6))

    assert found.conventions.scale == (3.0,)
    assert found.measures[0].agreement.consensus_first is None
    assert found.measures[0].migration.stable == 6
    json.dumps(found.as_record(), allow_nan=False)


def test_measures_of_one_round_only_are_listed():
    found = compare_rounds(
        answers(FIRST, measure="old"), answers(SECOND, measure="new"), scale=(1, 5)
    )

    assert [one.measure for one in found.measures] == ["old", "new"]
    assert [one.state for one in found.measures] == ["empty", "empty"]


def test_regression_to_the_mean_is_always_a_caution():
    found = compare_rounds(answers(FIRST), answers(SECOND), scale=(1, 5))

    assert found.cautions == ("regression_to_the_mean",)


def test_coefficient_of_variation_needs_a_scale_without_negative_points():
    found = compared([-1, 0, 1, 1, 1], [1, 1, 1, 0, 1], scale=(-1, 0, 1)).agreement

    assert (found.cv_first, found.cv_second) == (None, None)


def test_scale_is_that_declared_by_one_round_or_assumed_from_both():
    declared = Ratings.from_rows(answers(FIRST), scale=(1, 9))

    assert compare_rounds(declared, answers(SECOND)).conventions.scale[-1] == 9
    assumed = compare_rounds(answers([2, 3] * 4), answers([3, 5] * 4))
    assert assumed.conventions.scale == (2.0, 3.0, 4.0, 5.0)
    assert assumed.reasons == ("scale_assumed",)


def test_rounds_on_different_scales_are_refused():
    first = Ratings.from_rows(answers(FIRST), scale=(1, 5))
    second = Ratings.from_rows(answers(SECOND), scale=(1, 9))

    with pytest.raises(ScaleError) as caught:
        compare_rounds(first, second)

    assert caught.value.code == "rounds.scales_differ"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"correction": "bonferroni"}, AnalysisError),
        ({"resamples": -1}, AnalysisError),
        ({"level": 0}, ScaleError),
        ({"scale": (1, 3)}, ScaleError),
    ],
)
def test_wrong_options_are_refused_by_type(options, error):
    with pytest.raises(error):
        compared(FIRST, SECOND, **options)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: sign_flip_test([1, np.nan]), NotFiniteError),
        (lambda: sign_flip_test([[1]]), ShapeError),
        (lambda: corrected_p_values([1.5]), ScaleError),
        (lambda: corrected_p_values([[0.5]]), ShapeError),
        (lambda: corrected_p_values([0.5], correction="none"), AnalysisError),
    ],
)
def test_wrong_input_of_the_parts_is_refused_by_type(call, error):
    with pytest.raises(error):
        call()


# --- properties -----------------------------------------------------------------------------------


@given(ROUND, ROUND, st.randoms())
def test_order_of_rows_changes_no_bit_and_the_record_is_plain_json(first, second, random):
    options = {"scale": (1, 5), "k_anonymity": 1, "resamples": 20}
    found = compare_rounds(first, second, **options)
    shuffled = (random.sample(rows, len(rows)) for rows in (first, second))

    again = compare_rounds(*shuffled, **options)

    assert json.dumps(again.as_record(), allow_nan=False) == (
        json.dumps(found.as_record(), allow_nan=False)
    )


@given(ROUND, ROUND)
def test_swapping_the_rounds_mirrors_the_change_and_a_shifted_scale_changes_nothing(first, second):
    options = {"k_anonymity": 1, "resamples": 0}
    moved = [
        [(*r[:2], r[2] if r[2] == CANNOT_JUDGE else r[2] + 2) for r in rows]
        for rows in (first, second)
    ]

    def figures(comparison):
        return {
            one.measure: (one.change.mean, one.change.p_value, one.agreement.kappa_quadratic)
            for one in comparison.measures
            if one.change
        }

    found = figures(compare_rounds(first, second, scale=(1, 5), **options))
    back = figures(compare_rounds(second, first, scale=(1, 5), **options))
    shifted = figures(compare_rounds(*moved, scale=(3, 7), **options))

    assert shifted == {name: pytest.approx(one, abs=1e-12) for name, one in found.items()}
    for name, (mean, p_value, kappa) in found.items():
        assert back[name] == pytest.approx((-mean, p_value, kappa), abs=1e-12)


@given(ROUND, ROUND, st.permutations(range(10)))
def test_other_names_of_raters_change_no_figure(first, second, names):
    options = {"scale": (1, 5), "k_anonymity": 1, "resamples": 0}
    renamed = [[(names[rater], *rest) for rater, *rest in rows] for rows in (first, second)]

    found = compare_rounds(first, second, **options).as_record()

    assert compare_rounds(*renamed, **options).as_record() == found
