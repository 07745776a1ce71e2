"""A residual variance per measure: golden values, and the same numbers by dense algebra."""

import csv
import json

import numpy as np
import pytest

from alpclusters.analysis.ranking import rank_measures
from alpclusters.analysis.ranking.assembling import inside, quantile
from alpclusters.analysis.ranking.averaging import average
from alpclusters.analysis.ranking.clusters import (
    cluster,
    disperse,
    fit_dispersed,
    residuals,
    shrink,
)
from tests.factories.ranking import design, random_ratings, strong_effect

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def golden(shared):
    folder = shared / "data" / "ratings" / "structure"
    if not folder.is_dir():
        pytest.skip("the fixtures of the second part are not here")
    return json.loads((folder / "expected.json").read_text())


@pytest.fixture(scope="module")
def divided(shared):
    path = shared / "data" / "ratings" / "structure" / "divided-ratings.csv"
    if not path.is_file():
        pytest.skip("the fixtures of the second part are not here")
    rows = list(csv.DictReader(path.read_text().splitlines()))
    values = [float(row["rating"]) for row in rows]
    table = values, [row["person"] for row in rows], [int(row["measure"]) for row in rows]
    return rank_measures(*table, scale=(1, 5))


@pytest.fixture(scope="module")
def strong():
    return rank_measures(*strong_effect().table, scale=(1, 5))


def figures(ranking, name):
    return [getattr(item, name) for item in ranking.measures]


# --- golden values ------------------------------------------------------------------------------


def test_variances_are_drawn_together_as_published():
    own = np.array([0.25, 0.4, 0.36, 1.1, 0.9, 0.5, 1.6, 0.3])
    freedom = np.array([9.0, 12, 7, 15, 11, 6, 14, 10])

    found = shrink(own, freedom, np.full(8, 20))

    assert found.prior_freedom == pytest.approx(11.489654, abs=1e-6)
    assert found.common == pytest.approx(0.561771, abs=1e-6)
    drawn = [0.424827, 0.479128, 0.485382, 0.866548, 0.727203, 0.54058, 1.13201, 0.439958]
    assert found.shrunk == pytest.approx(drawn, abs=1e-6)


def test_equal_variances_become_one():
    found = shrink(np.full(5, 0.7), np.full(5, 12.0), np.full(5, 14))

    assert found.prior_freedom == 1e6
    assert found.shrunk == pytest.approx(found.common, rel=1e-4)


def test_a_measure_with_two_ratings_has_the_common_variance():
    found = shrink(np.array([0.5, 0.9, 0.2, 7.0]), np.full(4, 9.0), np.array([11, 11, 11, 2]))

    assert found.shrunk[3] == pytest.approx(found.common)


def test_intervals_end_inside_the_scale():
    estimate, error = np.array([4.7, 3.1, 1.05]), np.array([0.15, 0.2, 0.12])
    freedom, n = np.array([11, 30, 1e6]), np.array([12, 40, 9])

    low, high = inside(estimate, quantile(0.9, freedom) * error, n=n, ends=(1, 5))

    assert low == pytest.approx([4.294764, 2.760929, 1.0], abs=1e-6)
    assert high == pytest.approx([4.880807, 3.433404, 1.517912], abs=1e-6)


def test_eight_measures_agree_with_the_golden_values(strong, golden):
    expected = golden["ranking_G2"]

    assert figures(strong, "residual") == pytest.approx(expected["residual_variance"], abs=5e-4)
    assert figures(strong, "estimate") == pytest.approx(expected["estimate"], abs=5e-4)
    assert figures(strong, "freedom") == pytest.approx(expected["nu"], abs=0.1)


def test_no_estimate_is_surer_than_the_strictness_of_its_raters_allows(strong):
    """The paper's errors for these ratings, down to 0.058, are below this: see docs/methods."""
    least = (strong.variances.rater / strong.n_raters) ** 0.5

    assert least == pytest.approx(0.107, abs=0.001)
    assert min(figures(strong, "standard_error")) > least


def test_divided_measures_are_less_sure_than_agreed_ones(divided, golden):
    expected = golden["divided"]

    assert divided.n_ratings == expected["rows"]
    assert figures(divided, "estimate") == pytest.approx(expected["estimate"], abs=0.01)
    assert figures(divided, "residual") == pytest.approx(expected["residual_variance"], rel=0.03)
    width = [item.interval.high - item.interval.low for item in divided.measures]
    golden_width = np.subtract(expected["high"], expected["low"])
    assert width == pytest.approx(golden_width, rel=0.08)  # ends are printed with two decimals
    assert min(width[8:]) > 1.4 * max(width[:4])


# --- the same a second way ----------------------------------------------------------------------


def dense(d, fit, at: float):
    """Solve the whole model with its dense covariance at one variance of the measures.

    Generalised least squares on all ratings; nothing is absorbed or eliminated.
    """
    columns = np.eye(d.n_measures)[d.measure]
    raters = np.eye(d.n_raters)[d.rater]
    spread = fit.rater * raters @ raters.T + np.diag(fit.residual / d.weight)
    inverse = np.linalg.inv(spread)
    everything = np.hstack([np.ones((d.value.size, 1)), columns])
    prior = np.diag(np.append(0.0, np.full(d.n_measures, 1 / at)))
    errors = np.linalg.inv(everything.T @ inverse @ everything + prior)
    return errors @ everything.T @ inverse @ d.value, errors, inverse


def weighted_fit(seed: int = 3):
    return fit_dispersed(design(random_ratings(seed, n_raters=24, n_measures=9)))


def test_estimates_at_one_variance_equal_dense_least_squares():
    found = weighted_fit()
    fit, d = found.fit, found.weighted

    effects, errors, _ = dense(d, fit, fit.measure)

    assert fit.fixed[0] == pytest.approx(effects[0], abs=1e-8)
    assert fit.measure_effects == pytest.approx(effects[1:], abs=1e-8)
    assert fit.covariance == pytest.approx(errors, abs=1e-8)


def test_averaging_equals_averaging_dense_fits():
    found = weighted_fit()
    fit, d = found.fit, found.weighted
    ratios = np.exp(fit.logs[0] + np.linspace(-3, 4, 15))
    rater = np.exp(-fit.logs[1])
    logs, estimates, variances = [], [], []
    for ratio in ratios:
        columns, raters = np.eye(d.n_measures)[d.measure], np.eye(d.n_raters)[d.rater]
        shape = columns @ columns.T / ratio + rater * raters @ raters.T + np.diag(1 / d.weight)
        ones, inverse = np.ones(d.value.size), np.linalg.inv(shape)
        information = ones @ inverse @ ones
        rest = d.value - ones * (ones @ inverse @ d.value) / information
        freedom = d.value.size - 1
        residual = rest @ inverse @ rest / freedom
        log = -np.linalg.slogdet(shape)[1] / 2 - np.log(information) / 2
        logs.append(log - freedom / 2 * np.log(residual))
        root = ratio**-0.5  # the measures' standard deviation, in residual ones: half-Cauchy
        logs[-1] += np.log(root / (1 + root**2))
        stand_in = type("Fit", (), {"rater": rater * residual, "residual": residual})
        effects, errors, _ = dense(d, stand_in, residual / ratio)
        change = np.hstack([np.ones((d.n_measures, 1)), np.eye(d.n_measures)])
        estimates.append(change @ effects)
        variances.append(np.diag(change @ errors @ change.T))
    weight = np.exp(np.array(logs) - max(logs))
    weight /= weight.sum()
    mean = weight @ np.array(estimates)

    averaged = average(fit)

    assert averaged.estimate == pytest.approx(mean, abs=1e-8)
    variance = weight @ np.array(variances) + weight @ (np.array(estimates) - mean) ** 2
    assert averaged.standard_error**2 == pytest.approx(variance, abs=1e-8)


def test_residual_variances_equal_those_counted_measure_by_measure():
    found = weighted_fit(8)
    fit, d = found.fit, found.weighted
    ratio = np.exp(fit.logs)

    again = disperse(found.weighted, d, fit)

    rest = residuals(d, fit)
    for i in range(d.n_measures):
        rows = np.flatnonzero(d.measure == i)
        total = [d.weight[d.rater == d.rater[row]].sum() for row in rows]
        w = d.weight[rows[0]]
        spent = sum(w / (n + ratio[1]) for n in total)
        freedom = rows.size - spent - rows.size * w / (rows.size * w + ratio[0])
        own = sum(d.weight[row] * rest[row] ** 2 for row in rows) / freedom
        assert (again.freedom[i], again.own[i]) == pytest.approx((freedom, own))


# --- answers that go together -------------------------------------------------------------------


def paired_ratings(seed: int, together: float):
    """Ten measures; those of one half rise and fall together in each of 150 people."""
    g = np.random.default_rng(seed)
    side = np.where(np.arange(10) < 5, 1.0, -1.0)
    lean = g.normal(0, together, (150, 1)) * side
    values = 3 + g.normal(0, 0.4, 10) + lean + g.normal(0, 0.8, (150, 10))
    rater, measure = np.nonzero(g.random(values.shape) < 0.6)
    return values[rater, measure].tolist(), rater.tolist(), measure.tolist()


def test_answers_that_go_together_are_noticed_and_others_are_not():
    alone, together = (rank_measures(*paired_ratings(1, t)) for t in (0.0, 0.8))

    assert alone.together < 0.2
    assert together.together > 0.7


def test_what_goes_together_moves_differences_and_not_the_common_level():
    columns = paired_ratings(2, 0.8)
    plain = rank_measures(*columns, cluster=False)
    found = rank_measures(*columns)

    # Errors of both halves add up: across halves surer to differ by chance, within less so.
    assert abs(found.pairwise[0, 9] - 0.5) < abs(plain.pairwise[0, 9] - 0.5)
    means = [np.mean(figures(r, "standard_error")) for r in (plain, found)]
    assert means[1] == pytest.approx(means[0], rel=0.05)


def test_the_covariance_by_person_stays_a_covariance():
    for seed in range(8):
        d = design(random_ratings(seed, n_raters=14, n_measures=7, n_regions=3), has_cells=True)
        found = fit_dispersed(d)

        added = cluster(found.weighted, found.fit).added

        least = np.linalg.eigvalsh(found.fit.absorbed.matrix + added).min()
        assert least > -1e-9
        assert np.abs(added[0]).max() < 1e-9  # the intercept is as the model has it


def test_few_raters_are_not_clustered():
    columns = random_ratings(2, n_raters=7, n_measures=9)

    assert rank_measures(*columns.table, scale=(1, 5)).together == 0


# --- edges --------------------------------------------------------------------------------------


def test_two_raters_are_too_few_for_variances_by_measure():
    table = [1, 2, 3, 4, 2, 3, 5, 4], [0] * 4 + [1] * 4, [0, 1, 2, 3] * 2

    assert rank_measures(*table, scale=(1, 5)).reasons == ("too_few",)


def test_equal_answers_to_one_measure_leave_the_others_their_say():
    columns = random_ratings(5, n_raters=30, n_measures=6)
    values = [4.0 if m == 2 else v for v, m in zip(columns.value, columns.measure, strict=True)]

    found = rank_measures(values, columns.rater, columns.measure, scale=(1, 5))

    assert found.status == "ok"
    rest = [item.residual for item in found.measures if item.measure != 2]
    assert 0 < found.measure(2).residual < min(rest)
    assert found.measure(2).estimate == pytest.approx(4, abs=0.3)


def test_unknown_words_for_the_model_are_refused():
    from alpclusters.analysis.errors import ShapeError  # noqa: PLC0415 - only here

    with pytest.raises(ShapeError) as raised:
        rank_measures(*random_ratings(1).table, scale=(1, 5), residuals="each")

    assert raised.value.where.argument == "residuals"
