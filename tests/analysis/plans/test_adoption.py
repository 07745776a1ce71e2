"""The rate of adoption with what belongs to it."""

import pytest

from alpclusters.analysis.errors import ScaleError
from alpclusters.analysis.plans import AdoptionFacts, adoption_rate

pytestmark = pytest.mark.unit

ALL = [
    "unknown", "informed", "under_review", "adopted", "implementing", "implemented",
    "not_applicable", "declined", "discontinued",
]  # fmt: skip


def test_each_state_counts_as_the_method_says():
    found = adoption_rate([AdoptionFacts(one) for one in ALL])

    assert (found.n_adopted, found.n_addressees, found.rate) == (3, 8, 0.375)
    assert (found.n_not_applicable, found.n_unknown, found.convention) == (1, 1, "ap-1")


def test_what_was_given_up_after_it_was_carried_out_still_counts():
    states = [AdoptionFacts("discontinued", was_implemented=True), AdoptionFacts("discontinued")]

    assert adoption_rate(states).rate == 0.5


@pytest.mark.parametrize("states", [[], [AdoptionFacts("not_applicable")]])
def test_where_it_applies_to_nobody_there_is_no_rate(states):
    found = adoption_rate(states)

    assert (found.rate, found.n_addressees) == (None, 0)


def test_unknown_state_is_refused_and_the_known_ones_are_named():
    with pytest.raises(ScaleError) as caught:
        adoption_rate([AdoptionFacts("perhaps")])

    assert caught.value.found == "perhaps"
    assert caught.value.expected.split(", ") == sorted(ALL)
