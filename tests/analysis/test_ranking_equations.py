"""The absorbed equations equal the full ones, the dense likelihood and its slopes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.ranking import TooLargeError
from alpclusters.analysis.ranking.equations import Design, build_equations, solve
from alpclusters.analysis.ranking.reml import fit_reml
from tests.factories.ranking import design, random_ratings

pytestmark = pytest.mark.unit

SEEDS = st.integers(0, 10_000)
LOGS = st.lists(st.floats(-3, 5), min_size=3, max_size=3)
KINDS = st.sampled_from(["plain", "weighted", "regions", "cells"])


def make_design(seed: int, kind: str) -> Design:
    columns = random_ratings(
        seed, n_regions=3 if kind in {"regions", "cells"} else 0, is_weighted=kind == "weighted"
    )
    return design(columns, has_cells=kind == "cells")


def incidence(places: np.ndarray, n: int) -> np.ndarray:
    return (np.asarray(places)[:, None] == np.arange(n)).astype(float)


def blocks(d: Design):
    """Fixed part, then random parts: measures, raters, cells."""
    parts = [incidence(d.measure, d.n_measures), incidence(d.rater, d.n_raters)]
    if d.region is not None:
        parts.append(incidence(d.measure * d.n_regions + d.region, d.n_measures * d.n_regions))
    return np.hstack([np.ones((d.value.size, 1)), d.contrast]), parts


@given(SEEDS, LOGS, KINDS)
def test_likelihood_equals_that_of_the_dense_covariance(seed, logs, kind):
    d = make_design(seed, kind)
    fixed, parts = blocks(d)
    logs = np.array(logs[: len(parts)])

    found = solve(build_equations(d), logs)

    spread = np.diag(1 / d.weight)
    for part, log in zip(parts, logs, strict=True):
        spread = spread + part @ part.T / np.exp(log)
    spread = spread * found.residual
    inverse = np.linalg.inv(spread)
    information = fixed.T @ inverse @ fixed
    beta = np.linalg.solve(information, fixed.T @ inverse @ d.value)
    rest = d.value - fixed @ beta
    dense = (
        np.linalg.slogdet(spread)[1]
        + np.linalg.slogdet(information)[1]
        + rest @ inverse @ rest
        + (d.value.size - fixed.shape[1]) * np.log(2 * np.pi)
    )
    assert found.criterion == pytest.approx(dense, rel=1e-9)
    effects = found.residual / np.exp(logs[0]) * parts[0].T @ inverse @ rest
    start = fixed.shape[1]
    assert found.effects[start : start + d.n_measures] == pytest.approx(effects, abs=1e-9)
    raters = found.residual / np.exp(logs[1]) * parts[1].T @ inverse @ rest
    assert found.rater_effects == pytest.approx(raters, abs=1e-9)


@given(SEEDS, LOGS, KINDS)
def test_absorbing_raters_equals_solving_all_equations_at_once(seed, logs, kind):
    d = make_design(seed, kind)
    fixed, parts = blocks(d)
    logs = np.array(logs[: len(parts)])
    sizes = [part.shape[1] for part in parts]

    found = solve(build_equations(d), logs)

    everything = np.hstack([fixed, *parts])
    ridge = np.concatenate([np.zeros(fixed.shape[1]), np.repeat(np.exp(logs), sizes)])
    full = everything.T @ (d.weight[:, None] * everything) + np.diag(ridge)
    inverse = np.linalg.inv(full)
    start = fixed.shape[1] + sizes[0]
    kept = np.r_[:start, start + sizes[1] : full.shape[0]]
    assert found.inverse == pytest.approx(inverse[np.ix_(kept, kept)], abs=1e-8)
    centred = d.value - d.value.mean()
    solution = np.linalg.solve(full, everything.T @ (d.weight * centred))
    assert found.effects == pytest.approx(solution[kept], abs=1e-9)
    assert found.rater_effects == pytest.approx(solution[start : start + sizes[1]], abs=1e-9)


@given(SEEDS, LOGS, KINDS)
def test_gradient_is_the_slope_of_the_criterion(seed, logs, kind):
    d = make_design(seed, kind)
    equations = build_equations(d)
    logs = np.array(logs[: 3 if kind == "cells" else 2])

    gradient = solve(equations, logs).gradient

    for place, step in enumerate(np.eye(logs.size) * 1e-5):
        up, down = (solve(equations, logs + sign * step).criterion for sign in (1, -1))
        assert gradient[place] == pytest.approx((up - down) / 2e-5, abs=2e-5)


@given(SEEDS, KINDS)
def test_no_neighbouring_ratio_is_better_than_the_fitted_one(seed, kind):
    d = make_design(seed, kind)
    equations = build_equations(d)

    fit = fit_reml(d)

    assert "not_converged" not in fit.reasons
    found = (fit.measure, fit.rater, fit.interaction)
    logs = [14.0 if not v else min(np.log(fit.residual / v), 14) for v in found if v is not None]
    for step in np.vstack([np.eye(len(logs)), -np.eye(len(logs))]) * 0.05:
        near = np.clip(np.array(logs) + step, -8, 14)
        assert solve(equations, near).criterion >= fit.criterion - 1e-7


def test_too_large_a_fit_is_refused_with_a_remedy():
    n = 4000
    many = Design(
        value=np.ones(n),
        rater=np.arange(n),
        measure=np.arange(n),
        n_raters=n,
        n_measures=4000,
        weight=np.ones(n),
        contrast=np.zeros((n, 0)),
        region=None,
        n_regions=0,
    )

    with pytest.raises(TooLargeError) as raised:
        build_equations(many)

    assert (raised.value.code, raised.value.expected) == ("ranking.too_large", "describe")
