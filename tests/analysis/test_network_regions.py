"""Integration, affinity, missing pairs and hidden cells: golden values and edge cases."""

import math

import numpy as np
import pytest

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.network import (
    affinity,
    bridge_candidates,
    brokerage_between,
    hidden_cells,
    incidence,
    integration,
    make_region_table,
    missing_pairs,
    project_collaborations,
    project_ties,
    region_table,
    resample_projects,
)
from alpclusters.analysis.network.affinity import cross_expectation
from tests.analysis.network_data import GROUPS, NAMES, graph, years

pytestmark = pytest.mark.unit

# Frenken (2002), his worked example: half of a tie between two countries in each cell.
FRENKEN = [[250, 100, 150], [100, 800, 100], [150, 100, 750]]
GLM = [[50, 30, 10, 5], [30, 40, 20, 12], [10, 20, 60, 3], [5, 12, 3, 20]]


def frenken():
    table = np.array(FRENKEN, dtype=float)
    return make_region_table(table + table - np.diag(table.diagonal()), ["FR", "UK", "DE"])


def near(*values):
    return pytest.approx(values, abs=5.1e-7)


def test_example_of_frenken():
    found = integration(frenken())

    own = tuple(found.log_ratio[place][place] for place in range(3))
    others = (found.log_ratio[0][1], found.log_ratio[0][2], found.log_ratio[1][2])
    assert own == near(0.916291, 0.693147, 0.628609)
    assert others == near(-0.693147, -0.287682, -1.386294)
    assert (found.total, found.total / math.log(2)) == near(0.301142, 0.434455)
    assert (found.internal, found.external) == near(0.697248, -0.717418)
    assert found.by_group == near(0.233211, 0.346574, 0.289675)


def test_decomposition_of_the_example_is_exact():
    found = integration(frenken())
    q = found.internal_share

    assert (q, (found.q**2).sum()) == near(0.72, 0.36)
    parts = (found.between, q * found.inside, (1 - q) * found.outside)
    assert (found.between, found.inside, found.outside) == near(0.267596, 0.004101, 0.109260)
    assert sum(parts) == pytest.approx(found.total, rel=1e-12)
    assert round(found.home_share, 2) == 0.89
    assert found.bias == 4 / 5000


@pytest.mark.parametrize(
    ("weight", "total", "between", "reasons"),
    [
        ([[3, 0], [0, 5]], None, None, ("no_external_ties",)),
        ([[0, 3], [3, 0]], None, None, ("no_internal_ties",)),
        ([[7]], 0.0, 0.0, ("one_group",)),
        ([[7, 0], [0, 0]], 0.0, 0.0, ("one_group",)),
        ([[0, 0], [0, 0]], None, None, ("no_ties",)),
        (np.zeros((0, 0)), None, None, ("no_ties",)),
    ],
)
def test_empty_parts_are_none_and_add_nothing(weight, total, between, reasons):
    table = make_region_table(weight, "ABC"[: len(weight)])

    found = integration(table)

    assert found.reasons == reasons
    if total is not None:
        assert (found.total, found.between) == (total, between)
    if reasons == ("no_external_ties",):
        q = np.array([3 / 8, 5 / 8])
        assert found.total == pytest.approx(-(q * np.log(q)).sum())
        assert (found.external, found.outside) == (None, None)
        assert found.total == pytest.approx(found.between + found.inside)
    if reasons == ("no_internal_ties",):
        assert (found.internal, found.inside) == (None, None)
        assert found.total == pytest.approx(found.between + found.outside)
    if reasons == ("no_ties",):
        assert (found.total, found.internal, found.bias) == (None, None, None)


def test_expectation_of_cross_ties_is_that_of_a_poisson_model():
    table = make_region_table(GLM, "ABCD")

    found = affinity(table, null="cross")

    expected = tuple(pair.expected for pair in found.pairs)
    assert expected == near(30.462900, 9.319398, 5.217703, 20.217703, 11.319398, 3.462900)
    assert (found.pair("A", "C").ratio, found.pair("D", "C").ratio) == near(1.073031, 0.866326)
    assert found.pair("A", "B").shortfall == pytest.approx(0.4629, abs=5e-7)


@pytest.mark.parametrize("rest", [1.0, 1e-3, 1e-6, 1e-9])
def test_row_sums_are_kept_even_where_one_region_has_nearly_half(rest):
    table = np.random.default_rng(5).random((6, 6)) * rest
    table = np.triu(table, 1) + np.triu(table, 1).T
    table[0, 1:] = table[1:, 0] = [5, 4, 3, 2, 1]

    expected = cross_expectation(table)

    assert expected.sum(1) == pytest.approx(table.sum(1), rel=1e-9)
    assert (np.diag(expected) == 0).all()


def test_one_region_in_all_cross_ties_has_no_expectation():
    half = [[0, 2, 2], [2, 0, 0], [2, 0, 9]]
    found = affinity(make_region_table(half, "ABC"), null="cross")

    assert found.reasons == ("one_region_holds_all_cross_ties",)
    assert {pair.expected for pair in found.pairs} == {None}
    assert affinity(make_region_table([[1, 4], [4, 2]], "AB"), null="cross").reasons == (
        "one_region_holds_all_cross_ties",
    )


def test_three_regions_are_always_exact_under_the_cross_null():
    found = affinity(frenken(), null="cross")

    assert [pair.ratio for pair in found.pairs] == pytest.approx([1, 1, 1])


def test_margins_null_is_the_exponential_of_the_log_ratio():
    table = frenken()
    logs = integration(table).log_ratio

    for pair in affinity(table).pairs:
        assert math.log(pair.ratio) == pytest.approx(logs[pair.first][pair.second], abs=1e-12)


def test_regions_without_ties_are_listed_and_not_divided_by():
    weight = np.zeros((5, 5))
    weight[:4, :4] = GLM

    for null in ("margins", "cross"):
        found = affinity(make_region_table(weight, "ABCDE"), null=null)
        pair = found.pair("A", "E")
        assert (pair.observed, pair.expected, pair.ratio, pair.interval) == (0, 0, None, None)
    assert integration(make_region_table(weight, "ABCDE")).by_group[4] is None


@pytest.mark.parametrize(
    "weight", [[[1, 2], [3, 4]], [[-1, 0], [0, 1]], [[np.nan]], [[1, 2]], [1, 2]]
)
def test_table_that_is_none_is_refused(weight):
    with pytest.raises(AnalysisError) as caught:
        make_region_table(weight, "AB"[: len(weight)])

    assert caught.value.where.argument == "weight"


def test_bridges_are_ranked_by_open_pairs_and_named_with_two_untied_partners():
    ties = graph()
    a, b = NAMES.index("AT"), NAMES.index("IT")

    found = bridge_candidates(ties, a, b)

    roles = brokerage_between(ties, a, b)
    assert [one.gatekeeper + one.liaison for one in found] == sorted(
        (int(score) for score in roles.score if score), reverse=True
    )
    for one in found:
        assert GROUPS[one.partner_first] == a
        assert GROUPS[one.partner_second] == b
        assert ties.matrix[one.node, one.partner_first] == one.weight_first > 0
        assert ties.matrix[one.node, one.partner_second] == one.weight_second > 0
        assert ties.matrix[one.partner_first, one.partner_second] == 0


def drawn_ties():
    """Four regions of six; one pair of them meets far less often than the others."""
    random = np.random.default_rng(2)
    rows = []
    for project in range(400):
        regions = random.choice(4, 2, replace=False)
        if set(regions.tolist()) == {0, 1} and random.random() < 0.8:
            continue
        rows += [(int(region * 6 + random.integers(6)), project) for region in regions]
    who, what = np.array(rows).T
    found = incidence(who, what)
    groups = found.organisations // 6
    return found, groups


def test_pair_that_seldom_meets_is_missing_and_the_others_are_not():
    found, groups = drawn_ties()
    options = {"weights": "full"}
    ties = project_ties(found, found.size, groups, NAMES, **options)
    rows = project_collaborations(found, found.size, groups, NAMES, **options)

    missing = missing_pairs(ties, resample_projects(rows))

    assert [(pair.first, pair.second) for pair in missing.pairs] == [("AT", "DE"), ("IT", "SI")]
    pair = missing.pairs[0]
    assert (pair.n_connected, pair.p, missing.n_examined) == ((6, 6), 1 / 501, 6)
    assert pair.interval.low < pair.ratio < pair.interval.high < 1
    assert 1 <= len(pair.bridges) <= 5
    assert pair.shortfall == pytest.approx(pair.expected - pair.observed)
    assert missing_pairs(ties, resample_projects(rows), top=1).pairs == missing.pairs[:1]


def test_small_regions_are_not_judged():
    found, groups = drawn_ties()
    kept = ~((groups[found.organisation] == 0) & (found.organisation % 6 > 3))
    found = incidence(
        found.organisations[found.organisation[kept]], found.projects[found.project[kept]]
    )
    groups = found.organisations // 6
    ties = project_ties(found, found.size, groups, NAMES, weights="full")
    rows = project_collaborations(found, found.size, groups, NAMES, weights="full")

    missing = missing_pairs(ties, resample_projects(rows))

    assert region_table(ties).n_connected.tolist() == [4, 6, 6, 6]
    assert missing.n_examined == 3
    assert not any("AT" in (pair.first, pair.second) for pair in missing.pairs)


def test_cells_of_small_regions_are_hidden_with_the_sums_that_give_them_away():
    found, groups = drawn_ties()
    ties = project_ties(found, found.size, np.where(groups == 0, 4, groups), (*NAMES, "LI"))
    hidden = hidden_cells(ties)

    assert hidden.cells[0].all()  # AT has nobody now
    assert hidden.cells[:, 0].all()
    assert not hidden.cells[1:, 1:].any()
    assert hidden.sums.tolist() == [True] * 5  # each row has one hidden cell
    assert (hidden.total, hidden.reasons) == (False, ("small_groups",))


def test_two_small_regions_do_not_give_one_another_away():
    found, groups = drawn_ties()
    kept = np.isin(groups, (2, 3)) | (found.organisations % 6 < 3)
    rows = kept[found.organisation]
    found = incidence(
        found.organisations[found.organisation[rows]], found.projects[found.project[rows]]
    )
    ties = project_ties(found, found.size, found.organisations // 6, NAMES)

    hidden = hidden_cells(ties)

    assert hidden.sums.tolist() == [True, True, False, False]
    assert hidden_cells(ties, least=2).reasons == ()


def test_value_that_is_undefined_in_many_draws_has_no_interval():
    found = incidence([1, 2, 3, 4], [5, 5, 6, 6])
    groups, size = [0, 1, 0, 0], [2, 2]
    ties = project_ties(found, size, groups, NAMES, weights="full")
    rows = project_collaborations(found, size, groups, NAMES, weights="full")
    draws = resample_projects(rows)

    pair = affinity(ties, resampled=draws).pair("AT", "DE")
    assert pair.interval is None  # a fourth of the draws holds only the tie within AT
    assert integration(ties, resampled=draws).interval is not None


def test_unknown_null_is_refused():
    with pytest.raises(AnalysisError) as caught:
        affinity(frenken(), null="rows")

    assert caught.value.where.argument == "null"
    with pytest.raises(KeyError):
        affinity(frenken()).pair("FR", "AT")
    with pytest.raises(AnalysisError):
        hidden_cells(frenken(), least=0)


def test_draws_of_another_network_are_refused():
    found, groups = drawn_ties()
    full = project_ties(found, found.size, groups, NAMES, weights="full")
    draws = resample_projects(project_collaborations(found, found.size, groups, NAMES))

    for measure in (integration, affinity):
        with pytest.raises(ValueError, match=r"network\.other_stamp"):
            measure(full, resampled=draws)
    with pytest.raises(ValueError, match=r"network\.other_stamp"):
        missing_pairs(full, draws)
    assert years(2014, 2016).rule == "started"
