"""Krippendorff's alpha: golden values, all pairs one by one, the peer, bootstrap, edges."""

import json
import subprocess
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from alpclusters.analysis.consensus import krippendorff_alpha
from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError
from benchmarks._peers import peers_python

pytestmark = pytest.mark.unit

LEVELS = ("nominal", "ordinal", "interval")
# Krippendorff (2011), four coders by twelve units; a star is missing.
K1 = ["123321412***", "1233224125*3", "*3332342251*", "12332441251*"]
K2 = ["11225*", "122354", "*12244"]
GOLDEN = [
    (K1, "nominal", 0.743421052632),
    (K1, "ordinal", 0.815387503755),
    (K1, "interval", 0.849107142857),
    (K2, "nominal", 0.526315789474),
    (K2, "ordinal", 0.870535714286),
    (K2, "interval", 0.906054279749),
]
GRIDS = st.tuples(st.integers(1, 6), st.integers(1, 8)).flatmap(
    lambda shape: arrays(
        np.float64, shape, elements=st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, np.nan])
    )
)


def grid(lines):
    return np.array([[np.nan if cell == "*" else float(cell) for cell in line] for line in lines])


def distance(level, points, frequencies):
    """Squared distance of each pair of values, straight from the definition."""
    c = len(points)
    table = np.zeros((c, c))
    for i in range(c):
        for j in range(i + 1, c):
            between = frequencies[i : j + 1].sum() - (frequencies[i] + frequencies[j]) / 2
            steps = {"nominal": 1, "interval": points[j] - points[i], "ordinal": between}
            table[i, j] = table[j, i] = steps[level] ** 2
    return table


def alpha_by_pairs(values, level):
    """Count every ordered pair of values within a unit."""
    units = [column[~np.isnan(column)] for column in values.T]
    units = [unit for unit in units if unit.size > 1]
    points = np.unique(np.concatenate(units)) if units else np.zeros(0)
    if points.size < 2:
        return None
    pairs = np.zeros((points.size, points.size))
    for unit in units:
        for one, two in permutations(np.searchsorted(points, unit), 2):
            pairs[one, two] += 1 / (unit.size - 1)
    n_c = pairs.sum(axis=1)
    delta = distance(level, points, n_c)
    return 1 - (n_c.sum() - 1) * (pairs * delta).sum() / (np.outer(n_c, n_c) * delta).sum()


@pytest.mark.parametrize(("lines", "level", "expected"), GOLDEN)
def test_alpha_meets_the_golden_values(lines, level, expected):
    assert krippendorff_alpha(grid(lines), level=level).value == pytest.approx(expected, abs=1e-12)


def test_single_values_drop_out_and_are_counted():
    found = krippendorff_alpha(grid(K1))

    assert found.frequencies.tolist() == [9, 13, 10, 5, 3]
    assert (found.n_values, found.n_paired, found.unpaired) == (40, 11, 1)


@pytest.mark.parametrize("level", LEVELS)
@given(values=GRIDS)
def test_fast_way_equals_all_pairs_one_by_one(level, values):
    found = krippendorff_alpha(values, level=level, resamples=0).value

    assert found == pytest.approx(alpha_by_pairs(values, level), abs=1e-9)
    assert found is None or found <= 1 + 1e-12


@pytest.mark.parametrize("level", LEVELS)
def test_many_different_values_go_another_way_to_the_same_figure(level):
    values = np.random.default_rng(3).normal(size=(4, 30)).round(3)
    values[values > 1.3] = np.nan

    found = krippendorff_alpha(values, level=level, resamples=0)

    assert found.points.size > 32
    assert found.value == pytest.approx(alpha_by_pairs(values, level), abs=1e-9)


@pytest.mark.parametrize("level", LEVELS)
@given(values=GRIDS, random=st.randoms())
def test_order_of_raters_and_units_changes_neither_figure_nor_interval(level, values, random):
    raters = random.sample(range(values.shape[0]), values.shape[0])
    units = random.sample(range(values.shape[1]), values.shape[1])

    found = krippendorff_alpha(values, level=level, resamples=20)
    again = krippendorff_alpha(values[raters][:, units], level=level, resamples=20)

    assert again.as_record() == found.as_record()


@given(values=GRIDS)
def test_shift_and_stretch_change_nothing_on_an_interval_scale_and_order_suffices(values):
    for level, other in (
        ("interval", values * 3 - 100),
        ("ordinal", values**3),
        ("nominal", 7 - values),
    ):
        found = krippendorff_alpha(values, level=level, resamples=0).value
        again = krippendorff_alpha(other, level=level, resamples=0).value

        assert again == pytest.approx(found, abs=1e-9)


def test_interval_covers_the_figure_and_is_the_same_for_the_same_seed():
    values = np.random.default_rng(1).integers(1, 6, (8, 40)).astype(float)
    values[1:] = np.where(np.random.default_rng(2).random((7, 40)) < 0.6, values[0], values[1:])

    found = krippendorff_alpha(values)

    assert found.interval.low < found.value < found.interval.high
    assert krippendorff_alpha(values).interval == found.interval
    assert krippendorff_alpha(values, seed=1).interval != found.interval
    assert (found.status, found.reasons) == ("ok", ())


def test_fewer_than_ten_units_are_limited():
    assert krippendorff_alpha(grid(K2)).reasons == ("few_units",)


def test_full_agreement_gives_no_interval_of_width_zero():
    found = krippendorff_alpha([[1, 2, 3, 4] * 5] * 3)

    assert (found.value, found.interval) == (1.0, None)
    assert found.reasons == ("interval_no_width",)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (np.full((3, 12), 4.0), "no_variation"),
        (np.full((3, 12), np.nan), "no_ratings"),
        (np.zeros((0, 0)), "no_ratings"),
        ([[1, 2, 3]], "no_pairs"),
        ([[1, np.nan], [np.nan, 2]], "no_pairs"),
    ],
)
def test_what_cannot_be_computed_is_undefined_with_a_reason(values, reason):
    found = krippendorff_alpha(values)

    assert (found.value, found.interval, found.status) == (None, None, "undefined")
    assert found.reasons == (reason,)


@pytest.mark.parametrize(
    ("values", "options", "error"),
    [
        ([[1, 2], [2, 1]], {"level": "ratio"}, AnalysisError),
        ([[1, 2], [2, 1]], {"resamples": -1}, AnalysisError),
        ([[1, 2], [2, 1]], {"interval_level": 1.0}, AnalysisError),
        ([1, 2], {}, ShapeError),
        ([[1, np.inf], [2, 1]], {}, NotFiniteError),
    ],
)
def test_wrong_input_is_refused_by_type(values, options, error):
    with pytest.raises(error):
        krippendorff_alpha(values, **options)


def test_arrays_of_the_result_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        krippendorff_alpha(grid(K1)).frequencies[0] = 1


PEER = """
import json, sys, numpy, krippendorff
for grid, level in json.load(sys.stdin):
    data = numpy.array([[numpy.nan if v is None else v for v in row] for row in grid])
    print(repr(float(krippendorff.alpha(reliability_data=data, level_of_measurement=level))))
"""


def test_agrees_with_the_package_krippendorff():
    python = peers_python()
    if python is None:
        pytest.skip("the environment of the peers is not here (python -m benchmarks._peers)")
    random = np.random.default_rng(0)
    cases = []
    for _ in range(30):
        values = random.integers(1, 8, (random.integers(2, 9), random.integers(3, 20)))
        values = np.where(random.random(values.shape) < 0.3, np.nan, values)
        cases += [(values, level) for level in LEVELS if (~np.isnan(values)).sum(axis=0).max() > 1]
    plain = [([[None if np.isnan(v) else v for v in row] for row in g], kind) for g, kind in cases]

    done = subprocess.run(
        [python, "-c", PEER], input=json.dumps(plain), capture_output=True, text=True, check=True
    )

    ours = [krippendorff_alpha(g, level=kind, resamples=0).value for g, kind in cases]
    assert ours == pytest.approx([float(line) for line in done.stdout.split()], abs=1e-12)
