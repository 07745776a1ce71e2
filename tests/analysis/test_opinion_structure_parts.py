"""The parts of the verdict: valleys, axes, margins and worlds, each against a second way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

from alpclusters.analysis.opinion import Votes
from alpclusters.analysis.opinion.structure import worlds
from alpclusters.analysis.opinion.structure.answers import Answers, centre, centre_alike
from alpclusters.analysis.opinion.structure.model import compressed, evidence, fit_factors
from alpclusters.analysis.opinion.structure.worlds import (
    GRID,
    World,
    answer_chances,
    camp_places,
    latent_loadings,
    margins_of,
    valley_depths,
)
from tests.analysis.structure_data import simulated

pytestmark = pytest.mark.unit

QUANTILES = ndtri((np.arange(1, 41) - 0.5) / 40)
HUMPS = np.concatenate([side + 0.25 * QUANTILES[::2] for side in (-1, 1)])


def of_scores(scores: np.ndarray, error: float) -> np.ndarray:
    return (-((scores[:, None] - GRID) ** 2) / (2 * error * error))[None]


# The prototype of the note has 0.0886, 0.5709, 14.3858 and 1.4154: its hills begin elsewhere.
@pytest.mark.parametrize(
    ("scores", "error", "depth"),
    [
        (QUANTILES, 0.3, 0.1298),
        (np.linspace(-1.9, 1.9, 40), 0.3, 0.8687),
        (HUMPS, 0.3, 14.1062),
        (HUMPS, 0.8, 1.4091),
    ],
)
def test_depths_of_given_scores(scores, error, depth):
    assert valley_depths(of_scores(scores, error)) == pytest.approx([depth], abs=1e-4)


def test_free_weights_reach_what_a_general_optimiser_finds():
    table = worlds._smoothed(of_scores(HUMPS, 0.8)[0])

    def lost(logits: np.ndarray) -> float:
        weights = np.exp(logits - logits.max())
        return -np.log(table @ (weights / weights.sum())).sum()

    from scipy.optimize import minimize

    best = -minimize(lost, np.zeros(GRID.size), method="L-BFGS-B").fun
    own = worlds._fitted(table[None], np.ones((1, 40)))[0, 0]

    assert best - 0.5 < own <= best + 1e-6  # sixty steps end near the top


@given(st.integers(0, 10_000), st.floats(0.2, 1))
@settings(max_examples=20)
def test_depth_is_not_negative_and_the_same_in_the_mirror(seed, error):
    scores = np.random.default_rng(seed).standard_normal(30)

    depth, mirrored = valley_depths(
        np.concatenate([of_scores(scores, error), of_scores(-scores, error)])
    )

    assert depth >= 0
    assert mirrored == pytest.approx(depth, abs=1e-9)


@given(st.integers(0, 10_000))
@settings(max_examples=10)
def test_merging_people_keeps_the_depth(seed):
    scores = np.random.default_rng(seed).choice([-1.0, 1.0], 400) * 0.8
    scores += 0.3 * np.random.default_rng(seed + 1).standard_normal(400)
    table = of_scores(scores, 0.3)

    merged = valley_depths(table)[0]
    whole = worlds._fitted(worlds._smoothed(table[0])[None], np.ones((1, 400)))[0]

    assert merged == pytest.approx(whole[0] - whole[1:].max(), rel=0.15, abs=0.5)


def test_axes_planted_in_votes_are_found_again():
    rng = np.random.default_rng(1)
    place, loadings = rng.standard_normal((400, 1)), rng.normal(0, 0.7, (30, 1))
    latent = place @ loadings.T + rng.standard_normal((400, 30))
    votes = np.where(rng.random(latent.shape) < 0.5, np.sign(latent), np.nan)
    answers = Answers.of_votes(Votes.of(votes))

    found = fit_factors(answers, centre(answers, remove_strictness=False), 2, rng=rng)

    assert abs(np.corrcoef(found.loadings[:, 0], loadings[:, 0])[0, 1]) > 0.95
    inner = found.loadings.T @ (found.loadings / found.noise[:, None])
    assert abs(inner[0, 1]) < 1e-6 * inner[0, 0]
    assert found.strengths()[0] > 3 * found.strengths()[1]


@given(st.integers(0, 10_000))
@settings(max_examples=10)
def test_a_level_added_to_one_person_changes_strictness_alone(seed):
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, 3, 400).astype(np.int8)
    person, item = np.divmod(np.arange(400, dtype=np.int32), 20)
    low = Answers((20, 20), person, item, codes, np.arange(5.0))
    high = low.with_codes(np.where(person == 7, codes + 2, codes).astype(np.int8))

    usual, raised = (centre(one, remove_strictness=True) for one in (low, high))

    assert raised.strictness[7] > usual.strictness[7] + 0.5
    assert raised.strictness.argmax() == 7
    again = centre_alike(high, raised)
    assert again.strictness == pytest.approx(raised.strictness, abs=0.1)


def test_drawn_answers_keep_cells_and_shares_of_each_statement():
    votes = simulated("normal", 2_000, 10, 0.5, 2)
    answers = Answers.of_votes(Votes.of(votes))
    margins = margins_of(answers)
    world = World(answers, margins, latent_loadings(margins, np.full((10, 1), 0.3)), 0.0)
    rng = np.random.default_rng(3)

    drawn = world.draw(rng.standard_normal((2_000, 1)), rng)

    assert drawn.person is answers.person
    for code in range(3):
        shares = [
            np.bincount(one.item, weights=one.code == code) / one.n_by_item()
            for one in (answers, drawn)
        ]
        assert shares[1] == pytest.approx(shares[0], abs=0.06)


def test_camps_drawn_have_variance_one_and_the_share_asked_for():
    places = camp_places(40_000, 2, 0.25, np.random.default_rng(4))

    assert places.var(axis=0) == pytest.approx([1, 1], abs=0.03)
    apart = np.abs(places[:, 0]) > 1
    assert apart.mean() == pytest.approx(0.25, abs=0.1)


def test_chances_of_the_answers_to_a_statement_sum_to_one():
    margins = margins_of(Answers.of_votes(Votes.of(simulated("normal", 60, 8, 1.0, 5))))

    chances = np.exp(answer_chances(margins, np.linspace(-0.9, 0.9, 8), GRID))

    assert chances.reshape(8, 3, GRID.size).sum(axis=1) == pytest.approx(1, abs=1e-9)


def test_a_table_written_as_a_product_stays_near():
    margins = margins_of(Answers.of_votes(Votes.of(simulated("normal", 60, 40, 1.0, 6))))
    table = answer_chances(margins, np.linspace(-0.9, 0.9, 40), GRID)

    left, right = compressed(table)

    assert left.shape[1] < GRID.size / 2
    assert np.sqrt(np.mean((left @ right - table) ** 2)) < 1.1e-4


def test_places_are_the_same_from_a_full_and_from_a_sparse_table():
    answers = Answers.of_votes(Votes.of(simulated("two_axes", 80, 20, 0.4, 8)))
    centred = centre(answers, remove_strictness=False)
    factors = fit_factors(answers, centred, 2, rng=np.random.default_rng(8))

    full = evidence(factors, answers.spread(centred.cells), answers.seen())
    sparse = evidence(
        factors, answers.table(centred.cells), answers.table(np.ones(centred.cells.size))
    )

    assert sparse.scores() == pytest.approx(full.scores(), abs=1e-4)
