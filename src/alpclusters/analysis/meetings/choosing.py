"""Which wishes to meet, before anybody asks when: a bound for every plan.

The slots are forgotten, only how many meetings each guest and the room can hold counts. What is
best then is never worse than any plan (a relaxation), and mostly it can be placed as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array, vstack

from alpclusters.analysis.meetings.problem import Hall, Wish, pair_of

NODES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Wishes that would be best without a clock, and what no plan exceeds.

    Attributes
    ----------
    n_servable : int
        Guests without a fixed meeting that could meet somebody.
    """

    wishes: tuple[Wish, ...]
    bound: int
    n_servable: int


def choose_wishes(hall: Hall, possible: Sequence[Wish]) -> Choice:
    """Choose wishes: first that as many as possible meet somebody, then the sum of weights."""
    if not possible:
        return Choice((), 0, 0)
    model = _Model(hall, possible)
    served = model.most_served()
    picked, bound = model.most_weight(served)
    wishes = tuple(wish for wish, taken in zip(possible, picked, strict=True) if taken)
    return Choice(wishes, bound, served)


class _Model:
    """Variables: one a wish, then one a guest: whether it meets anybody."""

    def __init__(self, hall: Hall, possible: Sequence[Wish]) -> None:
        self.possible = possible
        self.keys = sorted({key for w in possible for key in (w.first, w.second)})
        place = {key: k for k, key in enumerate(self.keys)}
        n, m = len(self.keys), len(possible)
        rows = [place[key] for w in possible for key in (w.first, w.second)]
        columns = np.repeat(np.arange(m), 2)
        self.meets = csr_array((np.ones(2 * m), (rows, columns)), shape=(n, m))
        fixed = [key for seat in hall.fixed for key in seat.pair]
        # Who has a fixed meeting is served already, whatever is chosen.
        self.is_new = np.array([float(key not in fixed) for key in self.keys])
        self.most = np.array([max(hall.most_of(k) - fixed.count(k), 0) for k in self.keys])
        self.room = hall.n_tables * len(hall.open_slots) - len(hall.fixed)
        self.weights = np.array([w.weight for w in possible], dtype=float)
        # Among equal choices that of the earlier plan; all together it is worth less than 1.
        before = {seat.pair for seat in hall.before}
        self.known = np.array([pair_of(w) in before for w in possible]) * 0.9 / m

    def most_served(self) -> int:
        n, m = len(self.keys), len(self.possible)
        goal = np.concatenate([np.zeros(m), -np.ones(n)])
        _picked, bound = self._solve(goal, served=0)
        return int(np.floor(-bound + 1e-6))

    def most_weight(self, served: int) -> tuple[list[bool], int]:
        goal = np.concatenate([-self.weights - self.known, np.zeros(len(self.keys))])
        picked, bound = self._solve(goal, served=served)
        return [value > 0.5 for value in picked], int(np.floor(-bound + 1e-6))  # noqa: PLR2004

    def _solve(self, goal: np.ndarray, *, served: int) -> tuple[np.ndarray, float]:
        from scipy.optimize import Bounds, LinearConstraint, milp

        n, m = len(self.keys), len(self.possible)
        eye = csr_array((np.ones(n), (np.arange(n), np.arange(n))), shape=(n, n))
        none = csr_array((n, n))
        counts = LinearConstraint(_beside(self.meets, none), -np.inf, self.most)
        # Whoever counts as served meets somebody.
        honest = LinearConstraint(_beside(self.meets, -1.0 * eye), 0, np.inf)
        ends = csr_array(
            np.vstack(
                [np.r_[np.ones(m), np.zeros(n)], np.r_[np.zeros(m), np.ones(n)]],
            )
        )
        room = LinearConstraint(ends, [-np.inf, served], [self.room, np.inf])
        answer = milp(
            goal,
            constraints=[counts, honest, room],
            integrality=np.ones(m + n, dtype=np.int64),
            bounds=Bounds(0, np.concatenate([np.ones(m), self.is_new])),
            options={"node_limit": NODES, "mip_rel_gap": 0},
        )
        # Broken off without a bound: no plan has more than everything.
        known = answer.mip_dual_bound
        is_bound = known is not None and np.isfinite(known)
        bound = float(known or 0) if is_bound else float(goal[goal < 0].sum())
        return np.zeros(m) if answer.x is None else answer.x[:m], bound


def _beside(left: csr_array, right: csr_array) -> csr_array:
    return csr_array(vstack([left.T, right.T]).T)
