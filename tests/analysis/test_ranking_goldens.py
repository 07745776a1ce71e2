"""Ranking: published fits and values computed a second way."""

import numpy as np
import pytest

from alpclusters.analysis.ranking import rank_measures
from alpclusters.analysis.ranking.posterior import Posterior, rank_figures
from alpclusters.analysis.ranking.reml import fit_reml
from tests.factories.ranking import (
    FIRST_MODEL,
    Columns,
    design,
    strong_effect,
    weak_effect,
)

pytestmark = pytest.mark.unit

# O. L. Davies and P. L. Goldsmith (1972), as published with lme4 for R: zones of growth on 24
# plates (raters) for 6 samples (measures); two digits a value, one row per plate.
PENICILLIN = """
272326232321 272326232321 252125242420 262325232320 252226222320 242225232219 242023212219
262226242421 242124222220 242124232219 262326242421 252226242420 262426242522 262326232320
262325242422 252225232320 252124232320 252224232319 242123212119 262326242421 252124222218
252225222220 242124222419 242124222118
"""


def penicillin() -> Columns:
    plates = [[int(row[at : at + 2]) for at in range(0, 12, 2)] for row in PENICILLIN.split()]
    cells = [(value, plate, i) for plate, row in enumerate(plates) for i, value in enumerate(row)]
    return Columns(*(list(column) for column in zip(*cells, strict=True)))


def variances(fit):
    found = (fit.measure, fit.rater, fit.interaction, fit.residual)
    return tuple(value for value in found if value is not None)


def test_penicillin_is_fitted_as_published():
    columns = penicillin()

    fit = fit_reml(design(columns))

    assert (len(columns.value), sum(columns.value)) == (144, 3308)
    assert fit.criterion == pytest.approx(330.8606, abs=5e-5)
    assert fit.rater**0.5 == pytest.approx(0.8467, abs=5e-5)
    assert fit.measure**0.5 == pytest.approx(1.9316, abs=5e-5)
    assert fit.residual**0.5 == pytest.approx(0.5499, abs=5e-5)
    assert fit.fixed[0] == pytest.approx(22.9722, abs=5e-5)


def test_penicillin_agrees_with_ten_digits():
    fit = fit_reml(design(penicillin()))

    assert variances(fit) == pytest.approx((3.730917875, 0.716908213, 0.302415459), abs=1e-9)
    assert fit.criterion == pytest.approx(330.860589, abs=1e-6)
    assert fit.fixed[0] == pytest.approx(22.9722222, abs=1e-7)
    assert fit.covariance[0, 0] ** 0.5 == pytest.approx(0.808573, abs=1e-6)
    effects = [2.187058, -1.010476, 1.937899, -0.096895, -0.013842, -3.003744]
    assert fit.measure_effects == pytest.approx(effects, abs=1e-6)


def test_complete_ratings_agree_with_the_analysis_of_variance():
    columns = penicillin()
    table = np.array(columns.value).reshape(24, 6)
    rows, cols, grand = table.mean(1, keepdims=True), table.mean(0), table.mean()
    rest = ((table - rows - cols + grand) ** 2).sum() / (23 * 5)
    of_columns, of_rows = 24 * cols.var(ddof=1), 6 * rows.var(ddof=1)

    fit = fit_reml(design(columns))

    expected = ((of_columns - rest) / 24, (of_rows - rest) / 6, rest)
    assert variances(fit) == pytest.approx(expected, abs=1e-10)
    shrunk = (cols - grand) * (1 - rest / of_columns)
    assert fit.measure_effects == pytest.approx(shrunk, abs=1e-10)


def test_incomplete_ratings_with_a_weak_effect():
    columns = weak_effect()

    fit = fit_reml(design(columns))

    assert (len(columns.value), sum(columns.value)) == (51, 155)
    assert sum(y**2 for y in columns.value) == 575
    assert variances(fit) == pytest.approx((0.060407, 0.745829, 1.346144), abs=1e-6)
    assert fit.criterion == pytest.approx(175.325716, abs=1e-6)
    assert fit.fixed[0] == pytest.approx(3.054554, abs=1e-6)
    assert fit.covariance[0, 0] ** 0.5 == pytest.approx(0.316598, abs=1e-6)
    effects = [-0.087757, 0.032697, 0.231889, -0.019095, -0.119722, -0.038013]
    assert fit.measure_effects == pytest.approx(effects, abs=1e-6)


def test_incomplete_ratings_with_a_strong_effect():
    columns = strong_effect()

    fit = fit_reml(design(columns))

    assert (len(columns.value), sum(columns.value)) == (232, 817)
    assert sum(y**2 for y in columns.value) == 3177
    assert variances(fit) == pytest.approx((1.081666, 0.441997, 0.264354), abs=1e-6)
    assert fit.criterion == pytest.approx(478.415476, abs=1e-6)
    assert fit.covariance[0, 0] ** 0.5 == pytest.approx(0.384064, abs=1e-6)
    effects = [-1.603941, -0.859514, 0.992975, -0.415932, 0.159262, -0.242802, 0.275785, 1.694168]
    assert fit.measure_effects == pytest.approx(effects, abs=1e-6)
    errors = [0.381227, 0.375994, 0.381393, 0.37797, 0.375994, 0.381227, 0.381, 0.381393]
    assert np.sqrt(np.diag(fit.covariance)[1:]) == pytest.approx(errors, abs=1e-6)


def test_weights_are_taken_as_they_are_by_the_fit_and_scaled_by_the_ranking():
    columns = strong_effect()
    weight = [2.0 if rater % 4 == 0 else 1.0 for rater in columns.rater]

    fit = fit_reml(design(Columns(*columns.table, weight=weight)))
    ranking = rank_measures(*columns.table, scale=(1, 5), weights=weight, **FIRST_MODEL)

    assert variances(fit) == pytest.approx((1.110195, 0.447079, 0.326662), abs=1e-6)
    assert fit.criterion == pytest.approx(486.728183, abs=1e-6)
    found = ranking.variances
    assert (found.measure, found.rater) == pytest.approx((1.110195, 0.447079), abs=1e-6)
    assert found.residual == pytest.approx(0.261329, abs=1e-6)


def test_regions_get_contrasts_and_an_interaction():
    columns = strong_effect(by_region=True)

    fit = fit_reml(design(columns, has_cells=True))

    assert (sum(columns.value), sum(y**2 for y in columns.value)) == (858, 3486)
    expected = (1.077199, 0.444817, 0.035496, 0.287734)
    assert variances(fit) == pytest.approx(expected, abs=1e-6)
    assert fit.criterion == pytest.approx(509.35158, abs=1e-6)
    assert fit.fixed == pytest.approx([3.72122, -0.207149, 0.18002, 0.247204], abs=1e-6)
    effects = [-1.746435, -0.661355, 1.074295, -0.561711, 0.323949, -0.070559, 0.117895, 1.52392]
    assert fit.measure_effects == pytest.approx(effects, abs=1e-6)


def test_regional_values_carry_their_errors():
    columns = strong_effect(by_region=True)

    regions = rank_measures(
        *columns.table, scale=(1, 5), region=columns.region, **FIRST_MODEL
    ).regions

    values = [3.704215, 3.97437, 3.983221, 3.698539]
    assert regions.values[6] == pytest.approx(values, abs=1e-6)
    assert regions.standard_errors[6] == pytest.approx([0.274779] * 4, abs=1e-6)
    assert regions.contrasts.sum() == pytest.approx(0, abs=1e-12)
    assert regions.n_raters == (10, 10, 10, 10)
    assert regions.n.sum() == 232


@pytest.fixture(scope="module")
def strong():
    return rank_measures(*strong_effect().table, scale=(1, 5), **FIRST_MODEL)


def test_estimates_lie_on_the_scale_with_their_errors(strong):
    estimates = [1.960824, 2.705252, 4.55774, 3.148833, 3.724027, 3.321963, 3.84055, 5.258933]
    errors = [0.151277, 0.132754, 0.151196, 0.139938, 0.132754, 0.151277, 0.150814, 0.151196]

    assert [item.estimate for item in strong.measures] == pytest.approx(estimates, abs=1e-6)
    assert [item.standard_error for item in strong.measures] == pytest.approx(errors, abs=1e-6)
    best = strong.measures[7]
    assert best.interval.high - best.estimate == pytest.approx(
        1.6448536269514722 * errors[7], abs=2e-6
    )
    assert (best.shown, best.reasons) == (5.0, ("at_scale_end",))
    assert strong.variances.measure_share == pytest.approx(0.803603, abs=1e-6)


def test_order_and_pairs_follow_the_closed_form(strong):
    chain = [strong.pairwise[a, b] for a, b in zip(strong.order, strong.order[1:], strict=False)]

    assert strong.order == (7, 2, 6, 4, 5, 3, 1, 0)
    expected = [0.999999, 0.999999, 0.805802, 0.998486, 0.891634, 0.999847, 1.0]
    assert chain == pytest.approx(expected, abs=1e-6)
    ranks = [8, 6.999845, 2, 5.891785, 3.807317, 5.106508, 3.194545, 1.000001]
    assert [item.expected_rank for item in strong.measures] == pytest.approx(ranks, abs=1e-6)


def test_rank_intervals_and_chances_of_the_first_three(strong):
    intervals = [(8, 8), (7, 7), (2, 2), (5, 6), (3, 4), (5, 6), (3, 4), (1, 1)]
    top = [0, 0, 1, 0, 0.1938, 0.0001, 0.8061, 1]

    assert [item.rank_interval for item in strong.measures] == intervals
    found = [item.top_probability(3) for item in strong.measures]
    assert found == pytest.approx(top, abs=0.016)  # two Monte Carlo errors of 4,000 draws


def test_chances_of_the_first_three_with_many_draws():
    fit = fit_reml(design(strong_effect()))
    posterior = Posterior(
        rows=np.arange(8),
        estimate=fit.measure_effects,
        standard_error=np.ones(8),
        covariance=fit.covariance[1:, 1:],
    )

    found = rank_figures(posterior, level=0.90, draws=200_000, top=(3,), seed=0)

    top = [0, 0, 1, 0, 0.1938, 0.0001, 0.8061, 1]
    assert found.top[0] == pytest.approx(top, abs=0.0025)


def test_tiers_say_how_much_they_overlap(strong):
    assert [tier.measures for tier in strong.tiers] == [(7,), (2,), (6,), (4, 5), (3,), (1,), (0,)]
    overlaps = [tier.overlap for tier in strong.tiers]
    assert overlaps[:5] == pytest.approx([1e-6, 1e-6, 0.0973, 0.0542, 0.0002], abs=5e-5)
    assert overlaps[5] == pytest.approx(2e-8, abs=1e-9)
    assert overlaps[6] is None
    assert {item.measure for item in strong.measures if item.borderline} == {3, 4, 5, 6}
    assert strong.pairwise[4, 6] == pytest.approx(0.194, abs=5e-4)
    assert strong.pairwise[3, 5] == pytest.approx(0.108, abs=5e-4)
