"""The spread of money: the paper's example to the printed digits, and what always holds."""

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.policy_mix import Entry, Sum, diversity, policy_mix

pytestmark = pytest.mark.unit

amounts = st.lists(st.floats(0, 1e12), min_size=1, max_size=12)


def test_golden_of_the_paper():
    found = diversity([0.5, 0.3, 0.2])

    assert found.hhi == pytest.approx(0.38, abs=1e-12)
    assert f"{found.n2:.6f}" == "2.631579"
    assert f"{found.shannon:.6f}" == "1.029653"
    assert f"{found.n1:.6f}" == "2.800094"
    assert f"{found.evenness:.6f}" == "0.937231"


def test_one_possible_place_has_no_evenness():
    found = diversity([7.0])

    assert (found.hhi, found.n2, found.shannon, found.n1, found.evenness) == (1, 1, 0, 1, None)
    assert math.copysign(1, found.shannon) == 1


def test_places_without_money_count_as_possible():
    assert diversity([1, 1, 0, 0]).evenness == pytest.approx(0.5)
    assert diversity([1, 1], n_possible=4).evenness == pytest.approx(0.5)


@pytest.mark.parametrize(("unknown", "status"), [(3, "ok"), (4, "limited")])
def test_above_thirty_per_cent_unknown_there_is_no_index(unknown, status):
    found = diversity([1.0] * (10 - unknown) + [None] * unknown)

    assert found.status == status
    assert (found.hhi is None) is (status == "limited")
    assert (found.n_unknown, found.unknown_share) == (unknown, unknown / 10)


@pytest.mark.parametrize("values", [[], [0.0, 0.0]])
def test_without_known_money_nothing_is_defined(values):
    found = diversity(values)

    assert (found.status, found.hhi, found.n1, found.evenness) == ("undefined", None, None, None)


@pytest.mark.parametrize("amount", [math.nan, math.inf, -1.0])
def test_what_is_no_amount_is_refused(amount):
    with pytest.raises(AnalysisError):
        diversity([1.0, amount])


@pytest.mark.parametrize("counts", [{"n_possible": 1}, {"n_unknown": 3}])
def test_counts_that_cannot_be_are_refused(counts):
    with pytest.raises(AnalysisError):
        diversity([1.0, 2.0], **counts)


@given(amounts)
def test_effective_numbers_lie_between_one_and_the_places_with_money(values):
    assume(any(values))
    found = diversity(values)

    assert 1 - 1e-9 <= found.n2 <= found.n1 * (1 + 1e-9) <= found.n * (1 + 2e-9)
    if found.evenness is not None:
        assert -1e-12 <= found.evenness <= 1 + 1e-9


@given(amounts, st.permutations(range(12)), st.floats(1e-3, 1e3))
@example([1.5, 1.5, 5e-324], list(range(12)), 1.0)
def test_order_and_unit_change_nothing(values, order, scale):
    assume(max(values) > 1)
    moved = [values[n] * scale for n in order if n < len(values)]

    assert diversity(moved).n1 == pytest.approx(diversity(values).n1)
    assert diversity(moved).hhi == pytest.approx(diversity(values).hhi)


@given(st.integers(1, 12))
def test_equal_shares_have_as_many_effective_places(n):
    found = diversity([5.0] * n)

    assert (found.n1, found.n2) == (pytest.approx(n), pytest.approx(n))


def test_entries_of_one_cell_add_up_and_unknown_ones_are_counted():
    mix = policy_mix(
        [
            Entry("grant", "energy", "AT33", 10),
            Entry("grant", "energy", "AT33", 5),
            Entry("grant", "energy", "SI", None),
            Entry("voucher", "wood", "SI", None),
        ],
        n_themes=2,
        n_instruments=2,
    )

    assert mix.cells["grant", "energy"] == Sum(15.0, 3, 1)
    assert mix.cells["voucher", "wood"] == Sum(None, 1, 1)
    assert mix.by_region["SI"] == Sum(None, 2, 2)
    assert mix.total == Sum(15.0, 4, 2)
    assert (mix.status, mix.over_themes.unknown_share) == ("limited", 0.5)
