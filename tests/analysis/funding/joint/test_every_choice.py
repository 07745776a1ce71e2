"""Random pairs of cases against every choice of both, each with a linear program of its own.

100 pairs of each kind in ./check, 1,000 in ./check full. A pair that fails is made again by its
number: ``random_pair(number)``.
"""

import pytest

from alpclusters.analysis.funding.joint import weigh_together
from alpclusters.analysis.funding.mix.solution import PROVED_CT
from tests.analysis.funding.check.pieces import LAND
from tests.analysis.funding.joint.pairs import SAME, as_one, of_merged, random_pair
from tests.analysis.funding.mix.changing_cases import changing_case
from tests.analysis.funding.mix.enumeration import Enumeration

pytestmark = pytest.mark.unit

AT_ONCE, USUAL, ALL = 25, 4, 40
# The tolerance of one mix, and a hair for sums of floats.
CENTS = 0.0601
BLOCKS = [
    pytest.param(first * AT_ONCE, marks=pytest.mark.slow if first < USUAL else pytest.mark.full)
    for first in range(ALL)
]


def wrong(number, *, law_changes=False):
    """Say what is wrong with the answer for a pair; empty if nothing is.

    Where law changes between grants it may find less than the best, but then calls that a gap.
    """
    parts = random_pair(number, changing_case) if law_changes else random_pair(number)
    every = Enumeration(as_one(parts))
    best, found = every.best(), weigh_together(parts, SAME, LAND)
    if best is None or found.status == "infeasible":
        is_same = best is None and found.status == "infeasible"
        return "" if is_same else f"pair {number}: best {best}, found {found.status}"
    worth = every.worth(
        tuple(cell for part in found.parts for cell in of_merged(part.key, part.together))
    )
    bound = (found.bound_ct - found.together_missed_ct) / 100
    near = PROVED_CT / 100 if law_changes else CENTS
    is_right = worth <= best + CENTS <= bound + 2 * CENTS and found.lost_ct >= 0
    is_best = abs(worth - best) <= near or (law_changes and found.status == "gap")
    told = f"pair {number}: {best}, {worth} of {bound}, {found.status}"
    return "" if is_right and is_best and _explains(found) else told


def _explains(found):
    """Say whether no order is worth more than all together, and one account explains its loss."""
    worth = found.together_ct - found.together_missed_ct
    lost = [account.lost_ct for account in found.accounts if account.over_ct]
    is_whole = len(lost) != 1 or abs(lost[0] - found.lost_ct) <= PROVED_CT
    return is_whole and all(one.worth_ct <= worth + PROVED_CT for one in found.orders)


@pytest.mark.parametrize("first", BLOCKS)
def test_both_cases_together_are_worth_the_best_of_all_choices(first):
    numbers = range(first, first + AT_ONCE)

    assert [text for number in numbers if (text := wrong(number))] == []


@pytest.mark.parametrize("first", BLOCKS)
def test_where_law_changes_what_is_called_proved_is_the_best_of_all_choices(first):
    numbers = range(first, first + AT_ONCE)

    assert [text for number in numbers if (text := wrong(number, law_changes=True))] == []


@pytest.mark.slow
def test_the_random_pairs_overdraw_accounts_of_both_kinds():
    met = set()
    for number in range(USUAL * AT_ONCE):
        found = weigh_together(random_pair(number), SAME, LAND)
        met |= {account.kind for account in found.accounts if account.over_ct}

    assert met == {"de_minimis", "article"}
