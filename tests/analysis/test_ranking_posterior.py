"""What is read from joint draws of measures: ranks and their interval, by a second computation."""

import numpy as np
import pytest

from alpclusters.analysis.ranking.posterior import Posterior, draw_values, rank_figures, ranks_of

pytestmark = pytest.mark.unit


def posterior(estimate, variance, freedom=None):
    """Measures whose errors are independent."""
    n = len(estimate)
    return Posterior(
        rows=np.arange(n),
        estimate=np.array(estimate, float),
        standard_error=np.full(n, variance**0.5),
        covariance=variance * np.eye(n),
        freedom=None if freedom is None else np.full(n, float(freedom)),
    )


def test_the_greatest_value_has_rank_one():
    assert ranks_of(np.array([[3.0, 9.0, 5.0]])).tolist() == [[3, 1, 2]]


def test_rank_interval_leaves_a_twentieth_of_the_draws_on_each_side():
    fitted = posterior([4.0, 3.6, 3.4, 3.1, 2.0], 0.25)

    found = rank_figures(fitted, level=0.90, draws=2_000, top=(1, 3), seed=7)

    from scipy.stats import rankdata

    ranks = rankdata(-draw_values(fitted, draws=2_000, seed=7), axis=1)
    for measure in range(5):
        own = np.sort(ranks[:, measure])
        assert (found.low[measure], found.high[measure]) == (own[99], own[1_899])
    assert found.top[1].tolist() == (ranks <= 3).mean(axis=0).tolist()


def test_few_degrees_of_freedom_draw_wider():
    known = draw_values(posterior([0.0] * 3, 1.0), draws=40_000, seed=1)
    told = draw_values(posterior([0.0] * 3, 1.0, freedom=5), draws=40_000, seed=1)

    # The variance of t with 5 degrees of freedom is 5/3.
    assert known.var() == pytest.approx(1.0, abs=0.03)
    assert told.var() == pytest.approx(5 / 3, abs=0.12)
