"""The parts of a matching score: values, absence, symmetry, order of the list."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.matching import (
    Part,
    Rules,
    Stated,
    common_partners,
    complementarity,
    eligible,
    make_candidates,
    make_profiles,
    match,
    popularity,
    proximity,
    proximity_part,
    read_taxonomy,
    taxonomy_overlap,
    text_similarity,
)
from alpclusters.analysis.network import make_ties

pytestmark = pytest.mark.unit

ABOVE = {"C16.1": "C16", "C16.2": "C16", "C16": "C", "F41.1": "F41", "F41": "F"}
CODES = [*ABOVE, "C", "F"]


def tied(pairs, n, groups=None, weights=None):
    table = np.zeros((n, n))
    for (a, b), weight in zip(pairs, weights or [1] * len(pairs), strict=True):
        table[a, b] = table[b, a] = weight
    return make_ties(csr_array(table), range(n), groups or [0] * n, ["AT", "IT", "SI"])


@st.composite
def networks(draw):
    n = draw(st.integers(2, 9))
    every = [(a, b) for a in range(n) for b in range(a)]
    pairs = draw(st.lists(st.sampled_from(every), unique=True, min_size=1))
    weights = draw(st.lists(st.integers(1, 4), min_size=len(pairs), max_size=len(pairs)))
    groups = draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n))
    return tied(pairs, n, groups, weights)


def part(name, values, present=None):
    there = [True] * len(values) if present is None else present
    return Part(name, np.array(values, float), np.array(there))


# --- who may be proposed ----------------------------------------------------------------------


def test_every_reason_against_a_candidate_is_kept():
    profiles = make_profiles(
        [1, 2, 3, 4, 5, 6],
        territory=["ITH2", "SI03", "FRK2", "SI04", "SI03", ""],
        kind=["cluster", "cluster", "firm", "cluster", "cluster", "cluster"],
        languages=[{"it", "en"}, {"sl", "en"}, {"fr"}, {"en"}, {"en"}, {"en"}],
        willing=[True, True, False, True, True, True],
    )
    rules = Rules(territories=["SI"], kinds=["cluster"], dismissed=[4], linked=[5])

    found = eligible(profiles, 1, rules)

    assert found.mask.tolist() == [False, True, False, False, False, False]
    assert found.reasons_of(0) == ("self",)
    assert found.reasons_of(2) == ("territory", "kind", "language", "not_willing")
    assert found.reasons_of(3) == ("dismissed",)
    assert found.reasons_of(4) == ("linked",)
    assert found.reasons_of(5) == ("territory",)
    assert found.counts()["territory"] == 2


def test_linked_ones_are_eligible_when_asked_for():
    profiles = make_profiles([1, 2])
    rules = Rules(common_language=False, linked=[2], with_linked=True)

    assert eligible(profiles, 1, rules).mask.tolist() == [False, True]


def test_parents_and_units_at_any_distance_are_left_out_but_not_units_of_the_same_parent():
    profiles = make_profiles([1, 2, 3, 4, 5], parent=[-1, 1, 2, 1, 3])

    found = eligible(profiles, 2, Rules(common_language=False))

    assert [found.reasons_of(i) for i in range(5)] == [
        ("parent_or_unit",), ("self",), ("parent_or_unit",), (), ("parent_or_unit",),
    ]  # fmt: skip


def test_parents_of_parents_are_left_out_for_the_lowest_unit_too():
    profiles = make_profiles([1, 2, 3, 4], parent=[-1, 1, 2, 3])

    found = eligible(profiles, 4, Rules(common_language=False))

    assert [found.reasons_of(i) for i in range(3)] == [("parent_or_unit",)] * 3


def test_circle_of_parents_ends():
    profiles = make_profiles([1, 2, 3], parent=[2, 3, 1])

    assert not eligible(profiles, 1, Rules(common_language=False)).mask.any()


def test_someone_unknown_cannot_ask():
    with pytest.raises(AnalysisError, match=r"argument\.out_of_range"):
        eligible(make_profiles([1, 2]), 3, Rules())


# --- codes ------------------------------------------------------------------------------------


def test_shared_child_counts_more_than_shared_parent_and_nothing_shared_is_zero():
    held = [["C16.1"], ["C16.2"], ["F41.1"], []]
    taxonomy = read_taxonomy([*held, ["C16.1"]], above=ABOVE)

    found = taxonomy_overlap(["C16.1"], held, taxonomy)

    assert found.values[0] == 1
    assert 0 < found.values[1] < 0.5
    assert found.values[2] == 0
    assert found.present.tolist() == [True, True, True, False]


def test_overlap_by_hand():
    # N = 2: C16 is held by both, rarity 1; each child by one, ln(3/2) + 1; C by both, 1.
    taxonomy = read_taxonomy([["C16.1"], ["C16.2"]], above=ABOVE)
    child = np.log(3 / 2) + 1

    found = taxonomy_overlap(["C16.1"], [["C16.2"]], taxonomy)

    assert found.values[0] == pytest.approx(0.75 / (2 * child + 0.75), abs=1e-12)


@given(st.lists(st.sets(st.sampled_from(CODES)), min_size=2, max_size=6))
def test_taxonomy_is_symmetric(held):
    taxonomy = read_taxonomy(held, above=ABOVE)

    table = np.array([taxonomy_overlap(one, held, taxonomy).values for one in held])

    np.testing.assert_allclose(table, table.T, atol=1e-12)
    assert ((table >= 0) & (table <= 1 + 1e-12)).all()


def test_codes_above_themselves_are_refused():
    with pytest.raises(AnalysisError):
        read_taxonomy([["a"]], above={"a": "b", "b": "a"})


# --- needs and offers -------------------------------------------------------------------------


def units(rng, n):
    rows = rng.normal(size=(n, 4))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@given(st.integers(0, 10_000))
def test_complementarity_is_symmetric(seed):
    rng = np.random.default_rng(seed)
    needs = [units(rng, int(rng.integers(0, 3))) for _ in range(4)]
    offers = [units(rng, int(rng.integers(0, 3))) for _ in range(4)]

    def stated(rows):
        return Stated(np.concatenate(rows), np.repeat(range(4), [len(one) for one in rows]))

    table = np.array(
        [
            complementarity(
                needs[i], offers[i], their_needs=stated(needs), their_offers=stated(offers), n=4
            ).values
            for i in range(4)
        ]
    )

    np.testing.assert_allclose(table, table.T, atol=1e-6)


def test_complementarity_by_hand():
    east, north, slope = [1.0, 0.0], [0.0, 1.0], [0.6, 0.8]

    found = complementarity(
        np.array([east, north]),
        np.array([slope]),
        their_needs=Stated(np.array([north]), [0]),
        their_offers=Stated(np.array([east, slope]), [0, 0]),
        n=2,
    )

    # There: east meets 1, north meets .8, mean .9; back: north meets .8; harmonic mean.
    assert found.values == pytest.approx([2 * 0.9 * 0.8 / 1.7, 0])


# --- texts ------------------------------------------------------------------------------------


def test_best_text_counts_and_a_candidate_without_text_is_absent():
    query = np.array([[1.0, 0.0]])
    texts = np.array([[0.6, 0.8], [1.0, 0.0], [0.8, 0.6]])

    found = text_similarity(query, texts, owner=[0, 0, 2], n=4)

    assert found.present.tolist() == [True, False, True, False]
    assert found.values.tolist() == [1, 0, 0, 0]


def test_percentile_is_counted_among_those_allowed():
    texts = np.array([[0.6, 0.8], [1.0, 0.0], [0.8, 0.6]])

    found = text_similarity(np.array([[1.0, 0.0]]), texts, allowed=[True, False, True])

    assert found.values.tolist() == [0, 0, 1]


def test_sparse_rows_give_what_dense_rows_give():
    rows = units(np.random.default_rng(0), 6)

    sparse = text_similarity(csr_array(rows[:1]), csr_array(rows))
    plain = text_similarity(rows[:1], rows)

    assert sparse.values.tolist() == plain.values.tolist()


# --- the network ------------------------------------------------------------------------------


@given(networks())
def test_adamic_adar_katz_and_walks_equal_their_definitions(ties):
    n, weights = ties.n, ties.matrix.toarray()
    rows = np.arange(n)
    degree = ties.degree
    binary = (weights > 0).astype(float)
    rarity = np.array([1 / np.log(k) if k > 1 else 0 for k in degree])
    np.testing.assert_allclose(
        _off(proximity(ties, rows)), _off(binary @ np.diag(rarity) @ binary), atol=1e-12
    )
    beta = 0.3 / np.linalg.eigvalsh(weights)[-1]
    paths = sum(np.linalg.matrix_power(beta * weights, k) for k in range(1, 14))
    np.testing.assert_allclose(proximity(ties, rows, method="katz"), paths, atol=1e-9)
    strength = weights.sum(axis=0)
    moves = np.divide(weights, strength, out=np.zeros_like(weights), where=strength > 0)
    walk = np.eye(n)
    for _ in range(40):
        walk = 0.85 * moves @ walk + 0.15 * np.eye(n)
    np.testing.assert_allclose(proximity(ties, rows, method="ppr"), walk.T, atol=1e-12)


@given(networks())
def test_adamic_adar_and_katz_are_symmetric(ties):
    for method in ("adamic_adar", "katz"):
        table = proximity(ties, np.arange(ties.n), method=method)
        np.testing.assert_allclose(table, table.T, atol=1e-9)


@given(networks(), st.randoms(use_true_random=False))
def test_order_of_organisations_does_not_matter(ties, random):
    order = np.array(random.sample(range(ties.n), ties.n))
    mixed = make_ties(
        csr_array(ties.matrix[order][:, order]), order, ties.group[order], ties.group_names
    )
    for method in ("adamic_adar", "katz", "ppr", "blend"):
        plain = proximity(ties, order, method=method, columns=order)
        np.testing.assert_allclose(
            proximity(mixed, np.arange(ties.n), method=method), plain, rtol=1e-6, atol=1e-9
        )


@given(networks())
def test_blend_is_zero_exactly_where_nobody_can_walk(ties):
    found = proximity(ties, np.arange(ties.n), method="blend")

    reach = np.linalg.matrix_power(np.eye(ties.n) + ties.matrix.toarray(), 6) > 0
    reach &= (ties.degree > 0)[:, None] | np.eye(ties.n, dtype=bool)
    assert ((found > 0) == reach).all()


def test_paths_without_a_limit_are_refused():
    for beta in (1, 1.5, 0, float("nan")):
        with pytest.raises(AnalysisError, match="beta"):
            proximity(tied([(0, 1)], 2), [0], method="katz", beta=beta)


def test_empty_network_scores_nothing():
    ties = tied([], 3)

    for method in ("adamic_adar", "katz", "ppr", "blend"):
        assert proximity(ties, [0], method=method, columns=[1, 2]).tolist() == [[0, 0]]
    assert popularity(ties).reasons == ("no_data",)


def test_percentile_of_the_network_leaves_out_zeros_and_those_without_ties():
    found = proximity_part([0, 1, 5, 5, 9], [True, True, True, True, False])

    assert found.values.tolist() == [0, 0, 0.75, 0.75, 0]
    assert found.present.tolist() == [True, True, True, True, False]


def test_common_partners_come_with_the_rarest_first():
    ties = tied([(0, 2), (1, 2), (0, 3), (1, 3), (3, 4), (0, 4)], 5)

    assert common_partners(ties, 0, 1).tolist() == [2, 3]


def _off(table):
    changed = np.array(table)
    np.fill_diagonal(changed, 0)
    return changed


# --- the score --------------------------------------------------------------------------------


def test_points_are_the_weighted_mean_over_the_parts_that_exist():
    parts = [
        part("text", [1, 0.5]),
        part("taxonomy", [0.2, 0], [True, False]),
        part("network", [0.5, 0], [True, False]),
    ]

    first, second = match(9, make_candidates([1, 2], parts))

    assert (first.id, first.n_parts, first.n_possible) == (1, 3, 5)
    assert first.points == pytest.approx(100 * (0.4 + 0.03 + 0.1) / 0.75)
    assert sum(one.points for one in first.parts.values()) == pytest.approx(first.points)
    assert sum(one.weight for one in first.parts.values()) == pytest.approx(1)
    assert first.reasons == ("text", "network", "taxonomy")
    assert (second.points, second.n_parts) == (50, 1)


def test_equal_scores_go_by_bridge_then_fewer_proposals_then_number():
    candidates = make_candidates(
        [5, 4, 3, 2], [part("text", [0.5] * 4)], bridge=[0, 0, 0, 1], recommended=[0, 0, 7, 9]
    )

    assert [one.id for one in match(9, candidates, bridge_weight=0)] == [2, 4, 5, 3]


def test_bridging_multiplies_the_points():
    candidates = make_candidates([1, 2], [part("text", [0.5, 0.45])], bridge=[-0.5, 1])

    first, second = match(9, candidates)

    assert (first.id, first.multiplier) == (2, 1.2)
    assert first.score == pytest.approx(54)
    assert (second.id, second.score) == (1, pytest.approx(45))


def test_popularity_never_decides():
    parts = [part("text", [1.0, 0.9]), part("popularity", [0.0, 1.0])]

    found = match(9, make_candidates([1, 2], parts), weights={"text": 0.5, "popularity": 0.5})

    assert found[0].id == 1
    assert found[0].parts["popularity"].weight == pytest.approx(0.05)


def test_one_is_not_its_own_match_and_nobody_is_ranked_without_data():
    candidates = make_candidates([1, 2, 3], [part("text", [1, 1, 0], [True, True, False])])

    assert [one.id for one in match(1, candidates)] == [2]


@pytest.mark.parametrize(
    "weights", [{"text": -1}, {"charm": 1}, {"text": 0}, {"text": float("nan")}, {}]
)
def test_wrong_weights_are_refused(weights):
    with pytest.raises(AnalysisError):
        match(9, make_candidates([1], [part("text", [1])]), weights=weights)
