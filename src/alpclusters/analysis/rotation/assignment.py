"""Give the words of a layout to guests: who gets which costs no repeat and no revisit."""

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import BoolArray
from alpclusters.analysis.rotation.search import count_meetings

FORBIDDEN = 1e6
PASSES = 3


def assign_words(words: IntArray, *, wrong: BoolArray, pins: IntArray) -> IntArray:
    """Return who gets which word, with the fewest wrong-language seats and broken pins.

    Parameters
    ----------
    words : array of shape (n_guests, n_rounds)
    wrong : array of shape (n_guests, n_tables)
    pins : array of shape (n_guests, n_rounds)
        -1 where free.

    Returns
    -------
    array of shape (n_guests,)
        Row of ``words`` for each guest; the identity if nothing is asked for.
    """
    if not wrong.any() and not (pins >= 0).any():
        return np.arange(len(words))
    from scipy.optimize import linear_sum_assignment

    chosen: IntArray = linear_sum_assignment(word_costs(words, wrong=wrong, pins=pins))[1]
    return chosen


def word_costs(words: IntArray, *, wrong: BoolArray, pins: IntArray) -> NDArray[np.float64]:
    """Return the wrong seats, and a million per broken pin, of each guest with each word."""
    cost = wrong[:, words].sum(axis=2).astype(np.float64)
    for round_, column in enumerate(pins.T):
        pinned = np.flatnonzero(column >= 0)
        cost[pinned] += FORBIDDEN * (column[pinned][:, None] != words[:, round_][None, :])
    return cost


def keep_apart(
    words: IntArray, chosen: IntArray, *, apart: BoolArray, costs: NDArray[np.float64]
) -> IntArray:
    """Exchange words between guests while that lowers meetings of guests to keep apart.

    Ties go to the exchange with the lowest language cost.
    """
    meet = count_meetings(words)
    np.fill_diagonal(meet, words.shape[1])
    chosen = chosen.copy()
    for _ in range(PASSES):
        troubled = np.flatnonzero(_violations(meet, chosen, apart) > 0)
        if not len(troubled):
            break
        for guest in troubled:
            _exchange(meet, chosen, apart, costs, int(guest))
    return chosen


def _violations(meet: IntArray, chosen: IntArray, apart: BoolArray) -> IntArray:
    """Return per guest the meetings with guests to avoid."""
    found: IntArray = (meet[np.ix_(chosen, chosen)] * apart).sum(axis=1)
    return found


def _exchange(
    meet: IntArray,
    chosen: IntArray,
    apart: BoolArray,
    costs: NDArray[np.float64],
    guest: int,
) -> None:
    """Make the exchange of one guest that saves most, if any saves."""
    everybody = np.arange(len(chosen))
    own = meet[:, chosen[apart[guest]]].sum(axis=1)
    pays = (meet[chosen[guest], chosen][None, :] * apart).sum(axis=1)
    had = (meet[np.ix_(chosen, chosen)] * apart).sum(axis=1)
    change = own[chosen] - own[chosen[guest]] + pays - had
    # A partner who is to be avoided is counted at the word that is given up: mend by hand.
    partners = apart[guest]
    between = meet[chosen[guest], chosen]
    itself = meet[chosen, chosen]
    change[partners] += (2 * between - itself - meet[chosen[guest], chosen[guest]])[partners]
    price = (
        costs[guest, chosen]
        - costs[guest, chosen[guest]]
        + costs[everybody, chosen[guest]]
        - costs[everybody, chosen]
    )
    price[price >= FORBIDDEN / 2] = np.inf
    change = change.astype(np.float64)
    change[~np.isfinite(price)] = np.inf
    change[guest] = 0
    best = int(np.lexsort((price, change))[0])
    if change[best] < 0:
        chosen[[guest, best]] = chosen[[best, guest]]
