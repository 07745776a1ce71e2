"""The smallest set of changes is the smallest, and equal ones come in the order that is said."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.schemes import Cover, Option, smallest_cover

pytestmark = pytest.mark.unit

# Section 9 of the method's paper: greedy by weight per conflict takes A and C first, ending at 7.
GOLDEN = [
    Option("A", frozenset("12"), 2),
    Option("B", frozenset("234"), 3),
    Option("C", frozenset("45"), 2),
    Option("D", frozenset("135"), 3),
]


def test_exact_answer_is_given_where_greedy_fails():
    found = smallest_cover("12345", GOLDEN)

    assert found.is_proved
    assert [(cover.options, cover.weight) for cover in found.best] == [
        (("B", "D"), 6),
        (("A", "B", "C"), 7),
        (("A", "C", "D"), 7),
    ]


def test_of_equal_weight_the_lowest_level_of_decision_wins_then_the_name():
    options = [
        Option("law", frozenset("12"), 4, level=8),
        Option("b", frozenset("1"), 2, level=2),
        Option("c", frozenset("2"), 2, level=2),
        Option("a", frozenset("1"), 2, level=2),
    ]

    found = smallest_cover("12", options)

    assert [cover.options for cover in found.best] == [("a", "c"), ("b", "c"), ("law",)]
    assert found.best[0] == Cover(("a", "c"), 4, (2, 2))


def test_conflict_that_nothing_solves_is_listed_and_the_rest_is_solved():
    found = smallest_cover("129", GOLDEN[:1])

    assert found.unsolved == ("9",)
    assert found.best[0].options == ("A",)


def test_no_conflicts_need_no_change():
    assert smallest_cover([], GOLDEN).best == (Cover((), 0, ()),)


@pytest.mark.parametrize(
    "options",
    [[Option("a", frozenset("1"), 0)], [GOLDEN[0], GOLDEN[0]]],
    ids=["weightless", "twice"],
)
def test_options_that_are_none_are_refused(options):
    with pytest.raises(AnalysisError):
        smallest_cover("1", options)


options = st.lists(
    st.tuples(st.frozensets(st.sampled_from("12345"), min_size=1), st.integers(1, 5),
              st.sampled_from([1, 2, 4, 8])),
    max_size=8,
).map(lambda found: [Option(f"o{k}", *one) for k, one in enumerate(found)])  # fmt: skip


def brute_force(conflicts, found):
    """All covers without a spare change, in the order that is said."""
    solvable = frozenset().union(*(one.solves for one in found)) & set(conflicts)

    def solves(chosen):
        return solvable <= frozenset().union(*(one.solves for one in chosen))

    return sorted(
        (sum(o.weight for o in chosen), tuple(sorted((o.level for o in chosen), reverse=True)),
         tuple(o.id for o in chosen))
        for size in range(len(found) + 1)
        for chosen in combinations(found, size)
        if solves(chosen)
        and not any(solves([o for o in chosen if o is not one]) for one in chosen)
    )  # fmt: skip


@given(options, st.integers(1, 4))
def test_covers_are_those_of_trying_all(found, n_best):
    covers = smallest_cover("12345", found, n_best=n_best)

    told = [(cover.weight, cover.levels, cover.options) for cover in covers.best]
    assert told == brute_force("12345", found)[:n_best]
