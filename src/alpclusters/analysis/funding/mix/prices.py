"""Better prices of what partners share: planes that touch the bound from below, within a box.

What a part has chosen stays possible at all prices, so it bounds from below what the part is worth
there. A linear program finds the prices at which these planes are lowest, not far from the best
prices so far (Marsten, Hogan and Blankenship 1975).
"""

from typing import Final

import numpy as np

from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.columns import FloatArray
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.parting import Asked, Parts
from alpclusters.analysis.funding.mix.rows import Rows
from alpclusters.analysis.funding.mix.solver import solve_model

# By so much a step may change what a part earns on one shared row, in euro, to begin with.
FIRST_STEP: Final = 60.0
WIDER: Final = 1.5
NARROWER: Final = 0.5
# A step that brings at least this part of what the planes promised may be wider next time.
KEPT_PROMISE: Final = 0.5
INF: Final = float("inf")


class Prices:
    """The best prices so far, and the planes by which to look for better ones."""

    def __init__(self, parts: Parts, prices: FloatArray) -> None:
        self.best, self.bound = prices, INF
        self.choices: list[list[FloatArray]] = [[] for _ in parts.parts]
        self._parts, self._step, self._promised = parts, FIRST_STEP, INF
        self._planes: list[list[tuple[float, FloatArray]]] = [[] for _ in parts.parts]
        self._rows = np.flatnonzero(parts.is_shared_row)
        self._unit = _units(parts)

    def learn(self, prices: FloatArray, asked: Asked) -> None:
        """Take what partners chose at some prices; keep the prices if their bound is better."""
        self.add(asked.choices)
        if asked.bound < self.bound:
            kept = (self.bound - asked.bound) / max(self.bound - self._promised, 1e-9)
            self._step *= WIDER if kept > KEPT_PROMISE and self.bound < INF else 1.0
            self.best, self.bound = prices, asked.bound
        else:
            self._step *= NARROWER

    def add(self, choices: tuple[FloatArray, ...]) -> None:
        """Take a choice of each part, wherever it comes from."""
        model = self._parts.model
        for at, (part, choice) in enumerate(zip(self._parts.parts, choices, strict=True)):
            values = np.zeros(len(model.cost))
            values[part.kept] = choice
            used = np.bincount(
                model.matrix.row, weights=model.matrix.value * values[model.matrix.column],
                minlength=len(model.row_upper),
            )  # fmt: skip
            self.choices[at].append(choice)
            self._planes[at].append((float(model.cost @ values), used[self._rows]))

    def better(self) -> tuple[FloatArray, int] | None:
        """Return the prices at which the planes are lowest, and the work; None without any."""
        program = self._program()
        answer = solve_model(program, is_relaxed=True)
        if answer.values is None or answer.objective is None:
            return None
        n = len(self._rows)
        prices = np.zeros(len(self.best))
        prices[self._rows] = answer.values[:n] - answer.values[n : 2 * n]
        self._promised = -answer.objective
        return self._parts.prices(prices), answer.work

    def _program(self) -> Model:
        """Prices up and down, what shared columns and parts are worth: the least of their sum."""
        model, n = self._parts.model, len(self._rows)
        shared = np.flatnonzero(self._parts.is_shared_column)
        high, low = model.row_upper[self._rows], model.row_lower[self._rows]
        first_part = 2 * n + len(shared)
        rows = Rows()
        self._add_shared(rows, shared)
        for at, planes in enumerate(self._planes):
            for worth, used in planes:
                there = np.flatnonzero(used)
                terms = [*zip(there.tolist(), used[there].tolist(), strict=True)]
                terms += [(n + int(i), -float(used[i])) for i in there]
                rows.add_one("plane", "", [*terms, (first_part + at, 1.0)], worth, INF)
        row_lower, row_upper = rows.bounds()
        lower, upper = self._box()
        most = np.full(len(planes_of := self._planes), INF)
        return Model(
            columns=model.columns,
            matrix=rows.matrix(),
            row_lower=row_lower,
            row_upper=row_upper,
            lower=np.concatenate([lower, np.zeros(len(shared)), np.full(len(planes_of), -INF)]),
            upper=np.concatenate([upper, np.full(len(shared), INF), most]),
            cost=-np.concatenate(
                [
                    np.where(np.isfinite(high), high, 0.0),
                    np.where(np.isfinite(low), -low, 0.0),
                    model.upper[shared],
                    np.ones(len(planes_of)),
                ]
            ),
            is_integer=np.zeros(first_part + len(planes_of), dtype=np.bool_),
            blocks=(),
        )

    def _add_shared(self, rows: Rows, shared: IntArray) -> None:
        """A shared column is worth at least its price less those of its rows."""
        model, n = self._parts.model, len(self._rows)
        place = np.full(len(model.row_upper), -1)
        place[self._rows] = np.arange(n)
        numbers = np.full(len(model.cost), -1)
        numbers[shared] = np.arange(len(shared))
        inside = np.flatnonzero(numbers[model.matrix.column] >= 0)
        which = numbers[model.matrix.column[inside]]
        row, value = place[model.matrix.row[inside]], model.matrix.value[inside]
        here, one = np.arange(len(shared)), np.ones(len(shared))
        entries = [(which, row, value), (which, n + row, -value), (here, 2 * n + here, one)]
        rows.add("shared", [""] * len(shared), entries, model.cost[shared], INF)

    def _box(self) -> tuple[FloatArray, FloatArray]:
        """How far prices may go, up and down apart; none where their side is infinite."""
        model, now = self._parts.model, self.best[self._rows]
        both = np.concatenate([np.maximum(now, 0.0), np.maximum(-now, 0.0)])
        step = self._step * np.concatenate([self._unit, self._unit])
        sides = np.concatenate([model.row_upper[self._rows], -model.row_lower[self._rows]])
        has_side = np.isfinite(sides)
        return np.maximum(both - step, 0.0), np.where(has_side, both + step, 0.0)


def _units(parts: Parts) -> FloatArray:
    """The price of each shared row at which its greatest entry of a partner is worth a euro."""
    model = parts.model
    most = np.zeros(len(model.row_upper))
    worth = np.abs(model.matrix.value) * model.upper[model.matrix.column]
    worth[parts.is_shared_column[model.matrix.column]] = 0.0
    np.maximum.at(most, model.matrix.row, worth)
    return np.asarray(1.0 / np.maximum(most[parts.is_shared_row], 1.0), dtype=np.float64)
