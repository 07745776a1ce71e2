"""What must not change: order of organisations, doubled weights, a second network beside it."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.network import (
    betweenness,
    brokerage,
    clustering,
    components,
    constraint,
    cores,
    effective_size,
    participation,
    small_world,
)
from tests.analysis.positions_data import beside, doubled, permuted, random_ties

pytestmark = pytest.mark.unit

seeds = st.integers(0, 10**6)


def vectors(ties):
    """Every figure per organisation, -1 where there is none."""
    forms = ("binary", "weighted")
    found = [measure(ties, form=form) for measure in (constraint, effective_size) for form in forms]
    found.append(participation(ties).vector)
    columns = [[-1.0 if value is None else value for value in one.as_list()] for one in found]
    columns += [betweenness(ties).values, cores(ties).number, clustering(ties).local]
    return np.column_stack([*columns, brokerage(ties).counts])


def figures(ties):
    """Every figure of the whole."""
    closed, small, parts = clustering(ties), small_world(ties), components(ties)
    return (
        *(closed.transitivity, closed.mean_connected, closed.mean_all),
        *(small.clustering, small.distance, small.sigma, small.omega, small.reasons),
        *(parts.sizes, parts.n_isolates, cores(ties).kmax),
        *((one.mean, one.n) for one in participation(ties).by_group),
    )


def flat(values):
    return [part for value in values for part in (value if isinstance(value, tuple) else (value,))]


def same(one, two):
    for first, second in zip(flat(one), flat(two), strict=True):
        is_number = isinstance(first, float)
        assert first == (pytest.approx(second, rel=1e-9) if is_number else second)


@given(seeds)
def test_order_of_organisations_does_not_matter(seed):
    ties = random_ties(seed, unknown=True)
    order = np.random.default_rng(seed).permutation(ties.n)

    np.testing.assert_allclose(vectors(permuted(ties, order)), vectors(ties)[order], atol=1e-9)
    counts = [len(components(one).sizes) for one in (ties, permuted(ties, order))]
    assert counts[0] == counts[1]
    if components(ties).sizes[:1] > components(ties).sizes[1:2]:  # one giant, not a choice of two
        same(figures(permuted(ties, order)), figures(ties))


@given(seeds)
def test_doubled_weights_change_nothing(seed):
    ties = random_ties(seed, unknown=True)

    np.testing.assert_allclose(vectors(doubled(ties)), vectors(ties), atol=1e-12)
    same(figures(doubled(ties)), figures(ties))


@given(seeds, seeds)
def test_second_network_beside_it_changes_no_position(one, two):
    first, second = random_ties(one), random_ties(two)

    both = vectors(beside(first, second))

    np.testing.assert_allclose(both, np.vstack([vectors(first), vectors(second)]), atol=1e-9)


@given(seeds)
def test_figures_stay_in_their_bounds(seed):
    ties = random_ties(seed)
    degree = ties.degree[ties.degree > 0]

    for form in ("binary", "weighted"):
        assert (effective_size(ties, form=form).values <= degree + 1e-12).all()
        assert (effective_size(ties, form=form).values >= 1 - 1e-12).all()
        assert (constraint(ties, form=form).values > 0).all()
    shares = participation(ties)
    assert ((shares.vector.values >= 0) & (shares.vector.values <= shares.maximum + 1e-12)).all()
    assert (cores(ties).number <= ties.degree).all()
    roles = brokerage(ties)
    assert (roles.counts >= 0).all()
    assert roles.counts.sum() == 2 * (clustering(ties).n_pairs - 3 * clustering(ties).n_triangles)


@given(seeds)
def test_betweenness_sums_to_the_inner_stops_of_all_shortest_paths(seed):
    ties = random_ties(seed)
    label = components(ties).label

    stops = 0.0
    for part in np.unique(label):
        inside = np.flatnonzero(label == part)
        if len(inside) > 1:
            found = small_world(permuted(ties, inside))
            stops += len(inside) * (len(inside) - 1) / 2 * (found.distance - 1)

    assert betweenness(ties).values.sum() == pytest.approx(stops, abs=1e-9)


ROOT = Path(__file__).resolve().parents[2]
CODE = """
from tests.analysis.test_positions_properties import vectors, random_ties
ties = random_ties(7, n=300, share=0.05)
print(*[float(value).hex() for value in vectors(ties).ravel()])
"""


@pytest.mark.slow
def test_results_are_the_same_on_one_and_on_two_threads():
    def run(threads):
        limits = {f"{name}_NUM_THREADS": str(threads) for name in ("OMP", "OPENBLAS", "MKL")}
        done = subprocess.run(
            [sys.executable, "-c", CODE],
            env=os.environ | limits,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return [float.fromhex(text) for text in done.stdout.split()]

    np.testing.assert_allclose(run(1), run(2), rtol=1e-12, atol=1e-12)
