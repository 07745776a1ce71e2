"""From participations and links to ties: weights, sizes, loops, windows, bad input."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.network import (
    Stamp,
    Window,
    in_window,
    incidence,
    link_collaborations,
    link_ties,
    make_ties,
    project_collaborations,
    project_ties,
    region_table,
    resample_projects,
)
from tests.analysis.network_data import GROUPS, NAMES, TIES, graph, matrix_of

pytestmark = pytest.mark.unit

# Project 50: organisations 1, 2, 3; 51: 1, 2 and two from elsewhere; 52: only 4.
WHO = [1, 2, 3, 1, 2, 4, 2]
WHAT = [50, 50, 50, 51, 51, 52, 51]
SIZE = [3, 4, 1]
GROUP = [0, 0, 1, 1]


def ties(**options):
    return project_ties(incidence(WHO, WHAT), SIZE, GROUP, ["AT", "IT"], **options)


def test_repeated_participation_counts_once_and_single_partner_stays_a_node():
    found = ties(weights="full")

    assert found.nodes.tolist() == [1, 2, 3, 4]
    assert found.matrix.toarray().tolist() == [
        [0, 2, 1, 0],
        [2, 0, 1, 0],
        [1, 1, 0, 0],
        [0, 0, 0, 0],
    ]
    assert (found.stamp.n_nodes, found.stamp.n_connected, found.stamp.n_ties) == (4, 3, 3)
    assert (found.stamp.total_weight, found.stamp.n_projects) == (4.0, 3)


def test_fractional_weight_divides_by_all_participants_world_wide():
    found = ties(weights="fractional")

    assert found.matrix[0, 1] == pytest.approx(1 / 2 + 1 / 3)
    assert found.stamp.size_base == "all"


def test_large_projects_are_left_out_and_named():
    found = ties(weights="full", max_size=3)

    assert (found.stamp.n_dropped_projects, found.stamp.dropped_projects) == (1, (51,))
    assert found.stamp.total_weight == 3.0


def test_two_units_of_one_parent_in_a_project_are_a_loop():
    found = incidence(WHO, WHAT, parent=[1, 1, 3, 1, 1, 4, 1])
    merged = project_ties(found, SIZE, [0, 1, 1], ["AT", "IT"])

    assert merged.nodes.tolist() == [1, 3, 4]
    assert (merged.stamp.n_loops, merged.stamp.level, merged.stamp.n_ties) == (2, "parent", 1)
    assert ties().stamp.n_loops == 0


def test_collaborations_are_the_same_ties_one_by_one():
    for weights in ("binary", "full", "fractional"):
        arguments = (incidence(WHO, WHAT), SIZE, GROUP, ["AT", "IT"])
        rows = project_collaborations(*arguments, weights=weights)
        summed = csr_array((rows.weight, (rows.first, rows.second)), shape=(4, 4)).toarray()
        summed = np.minimum(summed, 1) if weights == "binary" else summed
        assert np.triu(ties(weights=weights).matrix.toarray()) == pytest.approx(summed)


def test_draw_of_every_project_once_is_the_table_itself():
    arguments = (incidence(WHO, WHAT), SIZE, GROUP, ["AT", "IT"])
    for weights in ("binary", "full", "fractional"):
        rows = project_collaborations(*arguments, weights=weights)
        tables = resample_projects(rows, draws=200, seed=1).tables
        table = region_table(ties(weights=weights)).weight
        assert any(np.allclose(drawn, table) for drawn in tables)
        if weights == "binary":
            assert tables.max() <= 2


def test_links_in_both_directions_are_one_tie_and_loops_are_counted():
    links = ([1, 2, 3, 3, 1], [2, 1, 3, 1, 3])
    full = link_ties(*links, [1, 2, 3, 9], [0, 0, 1, -1], ["AT", "IT"], weights="full")
    binary = link_ties(*links, [1, 2, 3, 9], [0, 0, 1, -1], ["AT", "IT"])

    assert full.matrix.toarray()[:3, :3].tolist() == [[0, 2, 2], [2, 0, 0], [2, 0, 0]]
    assert binary.stamp.total_weight == 2.0
    assert (full.stamp.n_loops, full.stamp.n_nodes, full.stamp.n_connected) == (1, 4, 3)


def test_links_of_units_become_links_of_the_body_at_the_top():
    nodes, parent = [1, 2, 3, 4], [2, 3, 3, 4]  # 1 is a unit of 2, 2 a unit of 3
    found = link_ties([1, 1, 2], [4, 2, 4], nodes, [0, 0, 0, 1], ["AT", "IT"], parent=parent)

    assert found.nodes.tolist() == [3, 4]
    assert (found.stamp.n_ties, found.stamp.n_loops) == (1, 1)


def test_links_of_one_project_are_drawn_together():
    links = ([1, 1, 1], [2, 3, 4])
    group = (range(1, 5), [0, 0, 1, 1], ["AT", "IT"])

    assert link_collaborations(*links, *group, project=[7, 7, -1]).n_projects == 2
    assert link_collaborations(*links, *group).n_projects == 3
    rows = link_collaborations(*links, *group, project=[7, 7, 7], weights="full")
    assert (resample_projects(rows, draws=5).tables == resample_projects(rows).tables[0]).all()


@pytest.mark.parametrize(
    ("arguments", "argument", "code"),
    [
        (([1], [2, 3], [1, 2, 3], [0, 0, 0]), "second", "array.lengths_differ"),
        (([1], [7], [1, 2, 3], [0, 0, 0]), "second", "network.unknown_number"),
        (([1], [2], [1, 2, 2], [0, 0, 0]), "nodes", "network.number_twice"),
        (([1], [2], [1, 2, 3], [0, 0]), "group", "array.lengths_differ"),
        (([1], [2], [1, 2, 3], [0, 0, 5]), "group", "network.group_outside"),
    ],
)
def test_bad_links_are_refused_by_name(arguments, argument, code):
    with pytest.raises(ValueError, match=code) as caught:
        link_ties(*arguments, ["AT", "IT"])

    assert caught.value.where.argument == argument


def test_parents_in_a_circle_are_refused():
    with pytest.raises(AnalysisError) as caught:
        link_ties([1], [2], [1, 2, 3], [0, 0, 0], ["AT"], parent=[2, 1, 3])

    assert caught.value.code == "network.parent_cycle"


ONE = matrix_of([(0, 1, 1)], 2)


@pytest.mark.parametrize(
    ("matrix", "group", "argument"),
    [
        (csr_array([[0.0, 1.0], [2.0, 0.0]]), [0, 0], "matrix"),
        (csr_array([[1.0, 0.0], [0.0, 0.0]]), [0, 0], "matrix"),
        (csr_array([[0.0, -1.0], [-1.0, 0.0]]), [0, 0], "matrix"),
        (csr_array([[0.0, np.nan], [np.nan, 0.0]]), [0, 0], "matrix"),
        (csr_array((3, 3)), [0, 0], "matrix"),
        (ONE, [0], "group"),
        (ONE, [0, 2], "group"),
        (ONE, [0, -2], "group"),
    ],
)
def test_matrix_that_is_no_network_is_refused_by_name(matrix, group, argument):
    with pytest.raises(ValueError, match=r"network|array") as caught:
        make_ties(matrix, [1, 2], group, ["AT", "IT"])

    assert caught.value.where.argument == argument


def test_numbers_that_are_not_whole_are_refused():
    with pytest.raises(AnalysisError) as caught:
        incidence([1.5], [1])

    assert caught.value.code == "network.not_whole_numbers"
    with pytest.raises(AnalysisError):
        incidence([1, 2], [1])
    with pytest.raises(AnalysisError):
        incidence([1, 2], [1, 1], parent=[1])


def test_project_without_a_date_is_outside_of_every_window():
    start, end = [1.0, 5.0, np.nan, 4.0], [3.0, np.nan, 9.0, 4.0]

    started = in_window(start, end, Window(name="a", start=1, end=5, rule="started"))
    active = in_window(start, end, Window(name="a", start=2, end=5, rule="active"))

    assert started.tolist() == [True, False, False, True]  # the end day is outside
    assert active.tolist() == [True, False, False, True]
    assert in_window(start, end, Window()).all()


def test_matrix_cannot_be_changed_afterwards():
    found = graph()

    with pytest.raises(ValueError, match="read-only"):
        found.matrix.data[0] = 9
    with pytest.raises(ValueError, match="read-only"):
        found.group[0] = 9


def test_stamp_is_plain_and_knows_what_windows_must_share():
    stamp = graph().stamp

    assert stamp.as_record()["total_weight"] == 19.0
    assert (stamp.n_nodes, stamp.n_connected, stamp.n_ties) == (12, 11, 15)
    assert stamp.without_window() != Stamp(group="nuts2", weights="full").without_window()
    assert len(TIES) == stamp.n_ties
    assert len(GROUPS) == stamp.n_nodes
    assert graph().group_names == NAMES


def test_nothing_at_all_is_an_empty_network():
    found = project_ties(incidence([], []), [], [], [])
    rows = project_collaborations(incidence([], []), [], [], [])

    assert (found.n, found.stamp.n_ties, found.stamp.total_weight) == (0, 0, 0.0)
    assert region_table(found).total == 0
    assert resample_projects(rows, draws=3).tables.shape == (3, 0, 0)


@pytest.mark.parametrize("options", [{"draws": 0}, {"level": 1.0}])
def test_draws_and_level_must_make_sense(options):
    rows = project_collaborations(incidence([1], [1]), [1], [0], ["AT"])

    with pytest.raises(AnalysisError) as caught:
        resample_projects(rows, **options)

    assert caught.value.where.argument in options
