"""What an attacker knows as a system of whole numbers, over atoms of people and values."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING, Any, Final, Literal, Self

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.disclosure.answers import Block, BoolArray, IntArray
from alpclusters.analysis.disclosure.statements import People, Register, Statement, weighted
from alpclusters.analysis.errors import ScaleError, ShapeError, Where
from alpclusters.analysis.solvers import silent_solver

if TYPE_CHECKING:
    from highspy import Highs


# --- Systems of whole numbers: what an attacker knows, and the search for another world in it -----


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


# --- Atoms: people who lie in exactly the same groups of a question cannot be told apart ----------


KEPT: Final = 512
MOST_SQUARES: Final = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Atoms:
    """The atoms of all groups of a question.

    Attributes
    ----------
    of : array of int64, shape (n_people,)
        Atom of each person.
    inside : array of bool, shape (n_groups, n_atoms)
        Whether an atom lies in a group.
    sizes : array of int64, shape (n_atoms,)
        People.
    squares : array of int64, shape (n_squares, 4)
        Atoms a, b, c, d such that a and d together lie in the same groups as b and c together,
        with the same multiplicity: what a and d give up and b and c take over changes no
        histogram of a group.
    """

    of: IntArray
    inside: BoolArray
    sizes: IntArray
    squares: IntArray
    _members: tuple[tuple[int, ...], ...]

    def members(self, atom: int) -> tuple[int, ...]:
        """Return the people of an atom in ascending order."""
        return self._members[atom]


def counts_of(block: Block, atoms: Atoms) -> IntArray:
    """Return how many people of each atom gave each answer, shape (n_atoms, n_values)."""
    z = np.zeros((len(atoms.sizes), len(block.values)), dtype=np.int64)
    np.add.at(z, (atoms.of, block.answers), 1)
    return z


@lru_cache(maxsize=KEPT)
def atoms_of(groups: tuple[People, ...], n_people: int) -> Atoms:
    """Split all people by the groups they lie in; questions with the same groups share it."""
    signs = np.zeros((n_people, len(groups)), dtype=bool)
    for column, group in enumerate(groups):
        signs[list(group), column] = True
    inside, of = np.unique(signs, axis=0, return_inverse=True)
    of = of.reshape(-1).astype(np.int64)
    sizes = np.bincount(of, minlength=len(inside))
    squares = _squares(inside)
    members = tuple(tuple(np.flatnonzero(of == atom).tolist()) for atom in range(len(inside)))
    for array in (of, inside, sizes, squares):
        array.setflags(write=False)
    return Atoms(of, inside.T, sizes, squares, members)


def _squares(signs: BoolArray) -> IntArray:
    """Find all squares: two pairs of atoms whose memberships add up to the same."""
    codes = [sum(3**place for place in np.flatnonzero(sign).tolist()) for sign in signs]
    pairs = defaultdict(list)
    for one, other in combinations(range(len(codes)), 2):
        pairs[codes[one] + codes[other]].append((one, other))
    found: list[tuple[int, int, int, int]] = []
    for alike in pairs.values():
        for (a, d), (b, c) in combinations(alike, 2):
            found += [(a, b, c, d), (d, b, c, a), (b, a, d, c), (c, a, d, b)]
        if len(found) > MOST_SQUARES:
            break
    return np.array(found, dtype=np.int64).reshape(-1, 4)


# --- From a block to its system over atoms and values, and from a world back to people ------------


def system_of(register: Register, atoms: Atoms, n_values: int) -> System:
    """Write what is public about a block as a system over atoms and values."""
    groups = {group: place for place, group in enumerate(register.groups())}

    def row(one: Statement) -> Row:
        inside = np.flatnonzero(atoms.inside[groups[one.people]]).tolist()
        terms = [(a * n_values + v, int(w)) for a in inside for v, w in enumerate(one.weights) if w]
        return Row.of(terms, one.low, one.high)

    sizes = atoms.sizes.tolist()
    whole = [
        Row(tuple(range(a * n_values, (a + 1) * n_values)), (1,) * n_values, n, n)
        for a, n in enumerate(sizes)
    ]
    return System(
        upper=tuple(size for size in sizes for _ in range(n_values)),
        rows=(*whole, *(row(one) for one in register.statements)),
        choices=tuple(tuple(row(one) for one in mark.alternatives) for mark in register.marks),
    )


def person_of(block: Block, atoms: Atoms, entry: tuple[int, int]) -> int:
    """Return the first person of an atom who gave an answer."""
    return int(np.flatnonzero((atoms.of == entry[0]) & (block.answers == entry[1]))[0])


def placed(block: Block, atoms: Atoms, world: IntArray, keeps: int | None) -> Block:
    """Give each person an answer in a world, the true one to as many as possible.

    One participant keeps the own answer in any case.
    """
    answers = block.answers.copy()
    for atom, counts in enumerate(world):
        members = sorted(atoms.members(atom), key=lambda person: (person != keeps, person))
        left, moved = counts.copy(), []
        for person in members:
            if left[answers[person]] > 0:
                left[answers[person]] -= 1
            else:
                moved.append(person)
        answers[moved] = [value for value, n in enumerate(left.tolist()) for _ in range(n)]
    return block.with_answers(answers)


def check_true(register: Register, block: Block) -> None:
    """Refuse statements that do not hold: they would hide worlds and so disclosures."""
    untrue = ScaleError("disclosure.statement_untrue", where=Where(argument="register"))
    if not all(is_true(one, block) for one in register.statements):
        raise untrue
    if not all(any(is_true(one, block) for one in m.alternatives) for m in register.marks):
        raise untrue


def is_true(statement: Statement, block: Block) -> bool:
    """Say whether a statement holds of the answers of a block."""
    if len(statement.weights) != len(block.values):
        code = "ratings.shape"
        raise ShapeError(code, where=Where(argument="weights"), expected=str(len(block.values)))
    if any(not 0 <= person < block.n_people for person in statement.people):
        raise ScaleError("disclosure.person_unknown", where=Where(argument="people"))
    return statement.low <= weighted(block, statement.people, statement.weights) <= statement.high


# --- Figures of fewer than five people that follow from what is public (D3) -----------------------


type Set = tuple[int, ...]
"""Atoms that together make a small set of people."""


def pinned_sets(
    atoms: Atoms,
    z: IntArray,
    search: Callable[[], Search],
    classes: Sequence[BoolArray],
    known: frozenset[int],
    seconds: Callable[[], float],
) -> Iterator[tuple[Set, bool]]:
    """Yield small sets of which a count is the same in every world, and whether that was decided.

    Counted are the answers of each class: a value, or a part of a pair.

    Sets are groups, what two groups share, and what one has and the other has not; those of
    whom everything is known already are left out.
    """
    for inside in small_sets(atoms):
        members = {person for atom in inside for person in atoms.members(atom)}
        if members <= known:
            continue
        mask = np.zeros(len(atoms.sizes), dtype=bool)
        mask[list(inside)] = True
        counted = [one for one in classes if z[mask][:, one].any()]
        open_ = [one for one in counted if not _is_exchanged(mask, one, atoms, z)]
        verdict = _verdict(mask, open_, z, search, seconds)
        if verdict is not None:
            yield inside, verdict


def small_sets(atoms: Atoms) -> list[Set]:
    """Return the sets of 1 to 4 people that groups and their differences make."""
    rows = [*atoms.inside, np.ones(len(atoms.sizes), dtype=bool)]
    made: dict[Set, None] = {}
    for one, other in combinations(rows, 2):
        for mask in (one, one & other, one & ~other, other & ~one):
            if 0 < atoms.sizes[mask].sum() < K_ANONYMITY:
                made.setdefault(tuple(np.flatnonzero(mask).tolist()))
    return list(made)


def _verdict(
    mask: BoolArray,
    classes: Sequence[BoolArray],
    z: IntArray,
    search: Callable[[], Search],
    seconds: Callable[[], float],
) -> bool | None:
    """Return None if every count may differ, True if one cannot, False if that is open."""
    is_open = False
    for alike in classes:
        outcomes = {_ask(mask, alike, sign, z, search, seconds) for sign in (1, -1)}
        if outcomes == {"fixed"}:
            return True
        is_open |= "moved" not in outcomes
    return False if is_open else None


def _ask(
    mask: BoolArray,
    alike: BoolArray,
    sign: int,
    z: IntArray,
    search: Callable[[], Search],
    seconds: Callable[[], float],
) -> Outcome:
    """Look for a world in which fewer (or more) of the set gave an answer of a class."""
    if seconds() <= 0:
        return "undecided"
    cost = np.zeros_like(z)
    cost[np.ix_(mask, alike)] = sign
    return search().smallest(cost.ravel(), int((cost * z).sum()), seconds=seconds())[0]


def _is_exchanged(mask: BoolArray, alike: BoolArray, atoms: Atoms, z: IntArray) -> bool:
    """Say whether an exchange of four changes how many of the set gave an answer of a class."""
    a, b, c, d = atoms.squares.T
    inside = mask.astype(np.int64)
    changed = inside[a] + inside[d] != inside[b] + inside[c]
    a, b, c, d = (column[changed] for column in (a, b, c, d))
    has = z > 0
    given = has[a][:, alike] & has[d][:, alike]
    taken = has[b][:, ~alike] & has[c][:, ~alike]
    return bool((given.any(axis=1) & taken.any(axis=1)).any())
