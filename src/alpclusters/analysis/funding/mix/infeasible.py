"""Why no mix fits: what is missing in money, and a smallest set of wishes that cannot all hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final, Literal

import numpy as np

from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.columns import CENTS
from alpclusters.analysis.funding.mix.model import Model, build
from alpclusters.analysis.funding.mix.problem import Problem
from alpclusters.analysis.funding.mix.rows import Sparse
from alpclusters.analysis.funding.mix.solver import solve_model

type Group = Literal["wish", "own_means", "link", "floor"]

# Rows that people may give way on, by constraint; all others are law, or what a cell is.
GROUPS: Final[dict[str, Group]] = {
    "C20": "wish",
    "C15": "own_means",
    "C17": "link",
    "C18": "link",
    "C18-ratio": "link",
    "C3-floor": "floor",
}
# The order in which the filter tries to do without: what is nearest to law comes last.
ORDER: Final[tuple[Group, ...]] = ("wish", "own_means", "link", "floor")
COUNTED: Final = ("use", "avoid", "max_offers")
NODES: Final = 2_000
SMALL_EUR: Final = 0.005
INF: Final = float("inf")


@dataclass(frozen=True, slots=True)
class Missing:
    """What falls short where.

    Attributes
    ----------
    group : {"wish", "own_means", "link", "floor"}
    subject : str
        ``wish:2`` (position in the case), ``partner:P3``, ``link:0``, ``offer:X``.
    missing_ct : int or None
        Cents, rounded up; None where it is no amount (an offer that cannot be used).
    cause : str
        For an offer that has no place in any mix: ``no_cells``, ``floor``, ... as `prepare` says.
    """

    group: Group
    subject: str
    missing_ct: int | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Infeasible:
    """Why no mix fits.

    Attributes
    ----------
    missing : tuple of Missing
        What is missing in sum is as little as it can be; rules of law are never relaxed.
    reason : tuple of Missing
        A set that cannot hold together, ``missing_ct`` unset. Without any one member the others
        can hold, where ``is_irreducible`` says so.
    is_irreducible : bool
    """

    missing: tuple[Missing, ...]
    reason: tuple[Missing, ...]
    is_irreducible: bool


def explain_infeasible(problem: Problem) -> Infeasible:
    """Explain why a problem has no mix.

    Parameters
    ----------
    problem : Problem
        One whose `solve` ended with ``infeasible``.

    Returns
    -------
    Infeasible
        Nothing missing and no reason where there is a mix after all.

    Notes
    -----
    ``missing``: hard wishes and own means get slack variables, priced at 1 for each euro; a wish
    that is no amount costs more than all the project, so that money gives way first. ``reason``:
    deletion filter over wishes, own means, ties between offers and least amounts, kind by kind and
    then one by one; each test is a linear program, and an integer program of at most 2,000 nodes
    only where the linear one has a solution.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Case, Periods
    >>> case = Case("Nothing yet", Periods(dt.date(2027, 1, 1), 4), (), (), (), (), ())
    >>> from alpclusters.analysis.funding.case import Territory
    >>> from alpclusters.analysis.funding.mix import prepare
    >>> problem = prepare(case, Territory({}))
    >>> explain_infeasible(problem).reason
    ()
    """
    model = build(problem)
    groups = _groups(problem, model)
    reason, is_irreducible = _filtered(model, groups)
    causes = {dropped.offer: dropped.reason for dropped in problem.dropped}
    told = tuple(_told(problem, key, causes) for key in reason)
    return Infeasible(_missing(problem, model, groups), told, is_irreducible)


type Key = tuple[Group, str]
type Groups = dict[Key, list[int]]


def _groups(problem: Problem, model: Model) -> Groups:
    """Return the rows of each group that may give way; soft wishes give way by themselves."""
    soft = {f"wish:{i}" for i, wish in enumerate(problem.case.wishes) if wish.weight is not None}
    found: Groups = {}
    for at, row in enumerate(model.rows):
        group = GROUPS.get(row.constraint)
        if group is not None and row.subject not in soft:
            found.setdefault((group, row.subject), []).append(at)
    return found


def _filtered(model: Model, groups: Groups) -> tuple[list[Key], bool]:
    """Leave groups out as long as nothing fits without them."""
    kept = list(groups)
    if not _is_infeasible(model):
        return [], True
    is_irreducible = True
    for kind in ORDER:
        without = [key for key in kept if key[0] != kind]
        if len(without) < len(kept) and _fits(model, groups, without) is False:
            kept = without
            continue
        for key in [key for key in kept if key[0] == kind]:
            without = [other for other in kept if other != key]
            fits = _fits(model, groups, without)
            if fits is False:
                kept = without
            is_irreducible = is_irreducible and fits is not None
    return kept, is_irreducible


def _fits(model: Model, groups: Groups, kept: Sequence[Key]) -> bool | None:
    """Say whether there is a mix with only some groups; None where the search gave up."""
    wanted = set(kept)
    free = [row for key, rows in groups.items() if key not in wanted for row in rows]
    lower, upper = model.row_lower.copy(), model.row_upper.copy()
    lower[free], upper[free] = -INF, INF
    relaxed = replace(model, row_lower=lower, row_upper=upper)
    nothing = np.zeros(len(model.cost))
    if solve_model(relaxed, is_relaxed=True, cost=nothing).outcome == "infeasible":
        return False
    answer = solve_model(relaxed, cost=nothing, options={"mip_max_nodes": NODES})
    if answer.values is not None:
        return True
    return False if answer.outcome == "infeasible" else None


def _is_infeasible(model: Model) -> bool:
    return _fits(model, {}, ()) is False


def _missing(problem: Problem, model: Model, groups: Groups) -> tuple[Missing, ...]:
    """Return the least that would have to be added for everything to hold."""
    slack = [(key, row) for key, rows in groups.items() if key[0] in ("wish", "own_means")
             for row in rows]  # fmt: skip
    if not slack:
        return ()
    elastic = _elastic(problem, model, slack)
    answer = solve_model(elastic, options={"mip_max_nodes": NODES, "mip_rel_gap": 1e-6})
    if answer.values is None:
        return ()
    values = answer.values[len(model.cost) :].tolist()
    causes = {dropped.offer: dropped.reason for dropped in problem.dropped}
    return tuple(
        replace(_told(problem, key, causes), missing_ct=_cents(problem, key, value))
        for (key, _row), value in zip(slack, values, strict=True)
        if value > SMALL_EUR
    )


def _elastic(problem: Problem, model: Model, slack: Sequence[tuple[Key, int]]) -> Model:
    """Add a variable to each row that may give way, and make what is missing the objective."""
    total = float(sum(line.cost_ct for line in problem.case.lines)) / CENTS + 1.0
    rows = [row for _key, row in slack]
    # A row with a lower end needs more, one with an upper end less.
    signs = [1.0 if model.row_lower[row] > -INF else -1.0 for row in rows]
    ends = [
        model.row_lower[row] if sign > 0 else model.row_upper[row]
        for row, sign in zip(rows, signs, strict=True)
    ]
    # Enough to do without anything that the row asks for.
    most = np.abs(ends) + total + len(problem.case.offers)
    prices = [total if _is_counted(problem, key) else 1.0 for key, _row in slack]
    n, m = len(model.cost), len(slack)
    return replace(
        model,
        matrix=_with_entries(model.matrix, rows, n + np.arange(m), signs),
        lower=np.concatenate([model.lower, np.zeros(m)]),
        upper=np.concatenate([model.upper, most]),
        cost=np.concatenate([np.zeros(n), -np.array(prices)]),
        is_integer=np.concatenate([model.is_integer, np.zeros(m, dtype=np.bool_)]),
    )


def _with_entries(
    matrix: Sparse, rows: Iterable[int], columns: IntArray, values: Sequence[float]
) -> Sparse:
    row = np.concatenate([matrix.row, np.array(list(rows), dtype=np.int64)])
    column = np.concatenate([matrix.column, columns.astype(np.int64)])
    value = np.concatenate([matrix.value, np.array(values)])
    order = np.lexsort((column, row))
    n_rows = len(matrix.start) - 1
    start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=n_rows))])
    return Sparse(start.astype(np.int64), column[order], value[order])


def _cents(problem: Problem, key: Key, value: float) -> int | None:
    if _is_counted(problem, key):
        return None
    return ceil(round(value * CENTS, 4))


def _is_counted(problem: Problem, key: Key) -> bool:
    group, subject = key
    return group == "wish" and problem.case.wishes[_number(subject)].type in COUNTED


def _told(problem: Problem, key: Key, causes: dict[str, str]) -> Missing:
    group, subject = key
    offer = problem.case.wishes[_number(subject)].offer if group == "wish" else None
    return Missing(group, subject, cause=causes.get(offer or "", ""))


def _number(subject: str) -> int:
    return int(subject.partition(":")[2])
