"""What must hold for every network: order, scale, unions, groups, draws."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alpclusters.analysis.network import (
    affinity,
    backbone,
    cross_border_share,
    external_internal,
    hidden_cells,
    incidence,
    integration,
    make_region_table,
    make_ties,
    missing_pairs,
    project_collaborations,
    project_ties,
    region_table,
    resample_projects,
    tie_alphas,
)
from alpclusters.analysis.network.affinity import cross_expectation
from alpclusters.analysis.network.resampling import shuffled_internal
from tests.analysis.network_data import NAMES, graph

pytestmark = pytest.mark.unit


@st.composite
def networks(draw, weights="full"):
    """A network of up to 12 organisations in up to four groups, some of them unknown."""
    n = draw(st.integers(1, 12))
    groups = draw(st.lists(st.integers(-1, 3), min_size=n, max_size=n))
    ends = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))
    pairs = draw(st.sets(ends, max_size=25))
    kept = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    whole = st.integers(1, 1 if weights == "binary" else 5)
    return graph(ties=[(*pair, draw(whole)) for pair in kept], groups=groups, weights=weights)


@st.composite
def participations(draw):
    """Rows of organisations and projects with a group each."""
    n = draw(st.integers(1, 10))
    rows = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, 6)), max_size=30))
    found = incidence([who for who, _ in rows], [what for _, what in rows])
    groups = draw(st.lists(st.integers(-1, 3), min_size=n, max_size=n))
    return found, np.array(groups, dtype=int)[found.organisations]


def reordered(ties, order):
    return make_ties(
        ties.matrix[order][:, order],
        ties.nodes[order],
        ties.group[order],
        ties.group_names,
        stamp=ties.stamp,
    )


def scaled(ties, factor):
    return make_ties(
        ties.matrix * factor, ties.nodes, ties.group, ties.group_names, stamp=ties.stamp
    )


def measures(ties):
    """Every figure of the groups that does not depend on the unit of the weights."""
    index, whole = external_internal(ties, permutations=0), integration(ties)
    pairs = [affinity(ties, null=null).pairs for null in ("margins", "cross")]
    return [
        cross_border_share(ties).value,
        index.value,
        index.expected,
        *(whole.total, whole.internal, whole.external, whole.between, whole.inside, whole.outside),
        *whole.by_group,
        *(pair.ratio for table in pairs for pair in table),
    ]


def same(one, two):
    assert [value is None for value in one] == [value is None for value in two]
    numbers = [[value for value in each if value is not None] for each in (one, two)]
    assert numbers[0] == pytest.approx(numbers[1], rel=1e-9, abs=1e-9)


@given(networks(), st.randoms(use_true_random=False))
def test_order_of_the_organisations_does_not_matter(ties, random):
    order = list(range(ties.n))
    random.shuffle(order)

    same(measures(ties), measures(reordered(ties, order)))


@given(networks())
def test_doubled_weights_change_nothing_but_sums(ties):
    double = scaled(ties, 2.0)

    same(measures(ties), measures(double))
    assert region_table(double).total == 2 * region_table(ties).total
    assert tie_alphas(double).smaller == pytest.approx(tie_alphas(ties).smaller)
    if ties.stamp.n_ties:
        kept = [backbone(each, alpha=0.3).ties.matrix for each in (ties, double)]
        assert (2 * kept[0] - kept[1]).nnz == 0


@given(networks())
def test_figures_stay_in_their_ranges_and_are_never_nan(ties):
    index, whole = external_internal(ties, permutations=19), integration(ties)

    assert all(value is None or np.isfinite(value) for value in measures(ties))
    assert index.value is None or -1 <= index.value <= 1
    assert whole.total is None or whole.total >= 0
    for p in (index.p_lower, index.p_upper, index.p_two):
        assert p is None or 0 < p <= 1
    if whole.total is not None:
        q = whole.internal_share
        parts = [(1, whole.between), (q, whole.inside), (1 - q, whole.outside)]
        summed = sum(share * part for share, part in parts if part is not None)
        assert whole.total == pytest.approx(summed, abs=1e-12)
        assert whole.between >= -1e-12
        assert whole.share.sum() == pytest.approx(1)
    else:
        assert whole.reasons == ("no_ties",)


@given(networks(weights="binary"))
def test_exact_moments_are_those_of_the_permutations(ties):
    found = external_internal(ties, permutations=0)

    if found.z is None:
        assert found.reasons
        return
    turned = 1 - 2 * shuffled_internal(ties, permutations=400, seed=1) / region_table(ties).total
    assert abs(turned.mean() - found.expected) < 5 * found.sd / 20
    assert 0.7 < turned.std() / found.sd < 1.4


@given(networks(), networks())
def test_table_of_a_disjoint_union_is_the_sum_of_the_tables(one, two):
    n = one.n + two.n
    rows, columns = one.matrix.nonzero()
    more_rows, more_columns = two.matrix.nonzero()
    both = [
        (int(i), int(j), float(one.matrix[i, j]))
        for i, j in zip(rows, columns, strict=True)
        if i < j
    ] + [
        (int(i) + one.n, int(j) + one.n, float(two.matrix[i, j]))
        for i, j in zip(more_rows, more_columns, strict=True)
        if i < j
    ]
    union = graph(ties=both, groups=[*one.group.tolist(), *two.group.tolist()])

    assert union.n == n
    assert union.stamp.n_unknown == one.stamp.n_unknown + two.stamp.n_unknown
    summed = region_table(one).weight + region_table(two).weight
    assert (region_table(union).weight == summed).all()


@given(participations(), st.sampled_from(["binary", "full", "fractional"]))
def test_draws_keep_the_table_symmetric_and_within_what_there_is(data, weights):
    found, groups = data
    size = found.size + 1
    ties = project_ties(found, size, groups, NAMES, weights=weights)
    rows = project_collaborations(found, size, groups, NAMES, weights=weights)

    drawn = resample_projects(rows, draws=20)

    assert (drawn.tables == drawn.tables.swapaxes(1, 2)).all()
    assert (drawn.tables[:, region_table(ties).weight == 0] == 0).all()
    if weights == "binary":
        assert (drawn.tables <= region_table(ties).weight).all()
    assert rows.n_projects == ties.stamp.n_projects
    assert missing_pairs(ties, drawn).pairs == ()  # nowhere five organisations and five expected
    assert hidden_cells(ties).cells[region_table(ties).n_connected < 5].all()


@given(
    st.integers(3, 6).flatmap(
        lambda n: st.lists(st.floats(0, 100, allow_subnormal=False), min_size=n * n, max_size=n * n)
    )
)
@example([0.0, 1.192092896e-07, 1.192092896e-07, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0])
def test_expectation_of_cross_ties_keeps_the_row_sums_or_says_that_it_cannot(values):
    n = int(len(values) ** 0.5)
    table = np.triu(np.array(values).reshape(n, n), 1)
    table += table.T
    sums = table.sum(1)

    expected = cross_expectation(table)

    if np.isnan(expected).any():
        assert np.isnan(expected).all()
        assert 2 * sums.max() >= sums.sum() * (1 - 1e-12)
        return
    assert expected.sum(1) == pytest.approx(sums, rel=1e-9, abs=1e-9 * sums.max())
    found = affinity(make_region_table(table, "ABCDEF"[:n]), null="cross")
    assert sum(pair.expected for pair in found.pairs) == pytest.approx(table.sum() / 2, rel=1e-9)
