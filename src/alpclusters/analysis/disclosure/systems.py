"""Systems of whole numbers: what an attacker knows, and the search for another world in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, Final, Literal, Self

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.disclosure.answers import IntArray
from alpclusters.analysis.solvers import silent_solver

if TYPE_CHECKING:
    from highspy import Highs

type Outcome = Literal["moved", "fixed", "undecided"]
FloatArray = NDArray[np.float64]
NODES: Final = 20_000
"""Limit of work of one search; what is undecided then counts as disclosed."""


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum of coefficient x column <= high."""

    columns: tuple[int, ...]
    coefficients: tuple[int, ...]
    low: float
    high: float

    @classmethod
    def of(cls, terms: Sequence[tuple[int, int]], low: float, high: float) -> Self:
        """Make a row of columns with their coefficients."""
        return cls(tuple(c for c, _ in terms), tuple(k for _, k in terms), low, high)


@dataclass(frozen=True, slots=True)
class System:
    """Columns from 0 to their upper bounds, rows, and choices of which one row must hold.

    Attributes
    ----------
    upper : tuple of int
    rows : tuple of Row
    choices : tuple of tuple of Row
        At least one row of each choice holds.
    """

    upper: tuple[int, ...]
    rows: tuple[Row, ...]
    choices: tuple[tuple[Row, ...], ...] = ()

    def holds(self, world: IntArray, lower: IntArray | None = None) -> bool:
        """Check a world in whole numbers, without any solver."""
        if (world < (0 if lower is None else lower)).any() or (world > self.upper).any():
            return False
        return all(_is_met(row, world) for row in self.rows) and all(
            any(_is_met(row, world) for row in choice) for choice in self.choices
        )


def _is_met(row: Row, world: IntArray) -> bool:
    total = sum(c * int(world[i]) for i, c in zip(row.columns, row.coefficients, strict=True))
    return row.low <= total <= row.high


class Search:
    """Looks for worlds of one system that are far from the truth in a given direction."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._highs: Highs | None = None

    def smallest(
        self, cost: IntArray, truth: int, *, lower: IntArray | None = None, seconds: float = inf
    ) -> tuple[Outcome, IntArray | None]:
        """Minimise a sum; say whether a world has less than the truth.

        Parameters
        ----------
        cost : array of int64
            Coefficient of each column.
        truth : int
            The sum in the true world.
        lower : array of int64, optional
            What an attacker knows of the own answer, as least values of columns.
        seconds : float
            Limit; beyond it the outcome is "undecided".

        Returns
        -------
        outcome, world
            "moved" with a world that was checked in whole numbers; "fixed" where none exists.
        """
        highs = self._solver()
        width = len(self.system.upper)
        places = np.arange(width, dtype=np.int32)
        low = np.zeros(width) if lower is None else lower.astype(np.float64)
        highs.changeColsBounds(width, places, low, np.array(self.system.upper, dtype=np.float64))
        highs.changeColsCost(width, places, cost.astype(np.float64))
        highs.clearSolver()
        # The clock of a solver runs on from one search to the next.
        highs.setOptionValue("time_limit", highs.getRunTime() + max(seconds, 0.0))
        highs.run()
        return self._answer(highs, cost, truth, lower)

    def _answer(
        self, highs: "Highs", cost: IntArray, truth: int, lower: IntArray | None
    ) -> tuple[Outcome, IntArray | None]:
        from highspy import HighsModelStatus as Status

        width = len(self.system.upper)
        info = highs.getInfo()
        if info.primal_solution_status == _FEASIBLE:
            values = np.array(highs.getSolution().col_value[:width])
            world = np.rint(values).astype(np.int64)
            if int(cost @ world) < truth and self.system.holds(world, lower):
                return "moved", world
        is_proved = highs.getModelStatus() == Status.kOptimal
        if is_proved and info.objective_function_value > truth - _NEARLY_ONE:
            return "fixed", None
        return "undecided", None

    def _solver(self) -> "Highs":
        if self._highs is None:
            self._highs = silent_solver()
            self._highs.setOptionValue("mip_rel_gap", 0.0)
            self._highs.setOptionValue("mip_max_nodes", NODES)
            self._highs.passModel(_program(self.system))
        return self._highs


_FEASIBLE: Final = 2
_NEARLY_ONE: Final = 0.5


def _program(system: System) -> Any:
    from highspy import HighsLp, HighsVarType, MatrixFormat

    rows, n_switches = _with_switches(system)
    width = len(system.upper) + n_switches
    program = HighsLp()
    program.num_col_, program.num_row_ = width, len(rows)
    program.col_cost_ = np.zeros(width)
    program.col_lower_ = np.zeros(width)
    program.col_upper_ = np.array([*system.upper, *[1] * n_switches], dtype=np.float64)
    program.row_lower_ = np.array([row.low for row in rows], dtype=np.float64)
    program.row_upper_ = np.array([row.high for row in rows], dtype=np.float64)
    program.a_matrix_.format_ = MatrixFormat.kRowwise
    lengths = [len(row.columns) for row in rows]
    program.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    program.a_matrix_.index_ = _joined([row.columns for row in rows], np.int32)
    program.a_matrix_.value_ = _joined([row.coefficients for row in rows], np.float64)
    program.integrality_ = [HighsVarType.kInteger] * width
    return program


def _joined(parts: Sequence[Sequence[int]], kind: type) -> NDArray[Any]:
    return np.array([one for part in parts for one in part], dtype=kind)


def _with_switches(system: System) -> tuple[list[Row], int]:
    """Write each choice with a switch of 0 or 1 per row: a row that is switched on holds."""
    rows, switch = list(system.rows), len(system.upper)
    for choice in system.choices:
        switches = tuple(range(switch, switch + len(choice)))
        switch += len(choice)
        rows.append(Row(switches, (1,) * len(choice), 1, inf))
        rows += [
            one for row, at in zip(choice, switches, strict=True) for one in _on(row, at, system)
        ]
    return rows, switch - len(system.upper)


def _on(row: Row, switch: int, system: System) -> list[Row]:
    """Return rows that demand what this one demands while its switch is on."""
    ends = [c * system.upper[i] for i, c in zip(row.columns, row.coefficients, strict=True)]
    least, most = sum(min(end, 0) for end in ends), sum(max(end, 0) for end in ends)
    columns, found = (*row.columns, switch), []
    if row.low > least:
        slack = int(row.low) - least
        found.append(Row(columns, (*row.coefficients, -slack), least, inf))
    if row.high < most:
        slack = most - int(row.high)
        found.append(Row(columns, (*row.coefficients, slack), -inf, most))
    return found
