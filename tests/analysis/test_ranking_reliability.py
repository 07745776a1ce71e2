"""Reliability of the estimates against mean squares and against the dense covariance."""

import numpy as np
import pytest

from alpclusters.analysis.ranking import rank_measures

pytestmark = pytest.mark.unit

FIRST_MODEL = {"residuals": "one", "cluster": False, "prior": "normal", "inside": False}


def simulated(n_raters: int, n_measures: int, spread: float, seed: int) -> np.ndarray:
    """Return a complete table of measures by raters; no people behind it."""
    rng = np.random.default_rng(seed)
    measures, raters = rng.normal(0, spread, (n_measures, 1)), rng.normal(0, 0.6, n_raters)
    return 3 + measures + raters + rng.normal(0, 0.9, (n_measures, n_raters))


def ranked(table, **options):
    measure, rater = np.nonzero(~np.isnan(table))
    return rank_measures(table[measure, rater], rater, measure, **options)


def intraclass_correlations(table):
    """Return ICC(C,k) and ICC(2,k) after McGraw and Wong, by mean squares."""
    n, k = table.shape
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    of_rows = k * rows.var(ddof=1)
    of_columns = n * columns.var(ddof=1)
    rest = table - rows[:, None] - columns + table.mean()
    of_rest = (rest**2).sum() / ((n - 1) * (k - 1))
    consistent = (of_rows - of_rest) / of_rows
    return consistent, (of_rows - of_rest) / (of_rows + (of_columns - of_rest) / n)


@pytest.mark.parametrize(("n_raters", "n_measures", "spread"), [(12, 8, 0.5), (40, 15, 0.3)])
def test_on_a_complete_table_it_is_the_consistency_of_means(n_raters, n_measures, spread):
    table = simulated(n_raters, n_measures, spread, 5)
    consistent, absolute = intraclass_correlations(table)

    found = ranked(table, **FIRST_MODEL)

    assert found.reliability == pytest.approx(consistent, abs=1e-5)
    assert absolute < consistent - 0.005  # it counts against the measures how strict raters are


def test_a_variance_per_measure_changes_it_little_on_a_complete_table():
    table = simulated(40, 15, 0.3, 6)

    assert ranked(table).reliability == pytest.approx(intraclass_correlations(table)[0], abs=0.03)


def test_with_gaps_it_follows_from_the_errors_of_all_differences():
    table = simulated(30, 8, 0.4, 7)
    table[np.random.default_rng(7).random(table.shape) < 0.5] = np.nan
    found = ranked(table, **FIRST_MODEL)
    measure, rater = np.nonzero(~np.isnan(table))
    variances = found.variances

    same = (rater[:, None] == rater) * variances.rater + np.eye(rater.size) * variances.residual
    means = (measure[:, None] == np.arange(8)).astype(float)
    errors = np.linalg.inv(means.T @ np.linalg.solve(same, means))
    one, other = np.triu_indices(8, 1)
    differences = errors[one, one] + errors[other, other] - 2 * errors[one, other]
    expected = variances.measure / (variances.measure + differences.mean() / 2)

    assert found.reliability == pytest.approx(expected, abs=1e-8)


def test_more_raters_make_it_greater_and_measures_alike_make_it_nothing():
    few, many = (ranked(simulated(n, 12, 0.4, 8)).reliability for n in (8, 80))
    alike = np.tile([2.0, 4.0, 3.0, 3.0, 5.0, 1.0], (6, 1)) + np.eye(6)

    assert 0 < few < many < 1
    assert ranked(alike, **FIRST_MODEL).reliability == 0


def test_there_is_none_without_a_model_and_one_per_criterion_over_several():
    table = simulated(20, 6, 0.4, 9)
    measure, rater = np.nonzero(~np.isnan(table))
    criterion = np.where(np.arange(measure.size) % 2, "a", "b")

    together = rank_measures(table.ravel(), rater, measure, criterion=criterion.tolist())

    assert ranked(table[:2]).reliability is None
    assert together.reliability is None
    assert all(0 <= one.ranking.reliability <= 1 for one in together.criteria)
