"""The votes of the Austrian citizens' climate assembly as a rating problem."""

import pytest

from alpclusters.analysis.ranking import rank_measures, rating_columns
from alpclusters.sources.polis import read_polis
from tests.factories.ranking import FIRST_MODEL

pytestmark = pytest.mark.integration


@pytest.mark.slow
def test_votes_on_all_statements_are_ranked(shared):
    folder = shared / "data" / "ratings" / "klimarat-produktion-konsum"
    if not folder.is_dir():
        pytest.skip("the Klimarat votes are not here")
    ratings = read_polis(folder).ratings()

    found = rank_measures(*rating_columns(ratings), scale=(-1, 1), draws=200, **FIRST_MODEL)

    assert (found.n_raters, len(found.measures), found.n_ratings) == (1116, 522, 61384)
    assert found.variances.measure == pytest.approx(0.076826, abs=1e-6)
    assert found.variances.rater == pytest.approx(0.105724, abs=1e-6)
    assert found.variances.residual == pytest.approx(0.358782, abs=1e-6)
    assert found.intercept == pytest.approx(0.482053, abs=1e-6)
    assert found.order[:5] == (152, 11, 41, 89, 102)
    assert found.evaluations <= 30
    assert sum(len(tier.measures) for tier in found.tiers) <= 522
    assert all(tier.overlap <= 0.10 for tier in found.tiers[:-1])
