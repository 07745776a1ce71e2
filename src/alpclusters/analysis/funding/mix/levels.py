"""The aims after the first: fewer offers, fewer participations, lower peak, earlier payment."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from alpclusters.analysis.funding.mix.columns import PUBLIC_KINDS, Columns, FloatArray
from alpclusters.analysis.funding.mix.cuts import Cut, with_cuts
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.partner_rows import cash_claims
from alpclusters.analysis.funding.mix.searching import Search
from alpclusters.analysis.funding.mix.solution import LevelValue
from alpclusters.analysis.funding.mix.solver import solve_model
from alpclusters.analysis.funding.mix.submodel import cut_out, free_columns

FURTHER_OFFERS: Final = 30
# A restart of the solver costs more than it saves here: the mix to begin with is nearly the best.
OPTIONS: Final = {"mip_rel_gap": 1e-4, "mip_allow_restart": False}
NODES: Final = 20
NODES_OF_WHOLE: Final = 200
# Money is kept to the cent.
ROOM: Final = 0.01
# Offers and participations are whole numbers: less than one of them is none.
COUNTED: Final = ("offers", "participations")
COUNTED_ROOM: Final = 0.5
YES: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Levelled:
    """A mix after all levels, what each came to, and the work."""

    mix: FloatArray
    levels: tuple[LevelValue, ...]
    work: int


def refine(search: Search, mix: FloatArray, *, is_proved: bool) -> Levelled:
    """Improve the later aims one after the other; each keeps those before it.

    A level is fixed by "at least its best minus a cent", a number of offers or participations as it
    is. It is solved on the used offers and the 30 best others; it is proved
    only where those are all and every level before it is proved.
    """
    model = _with_peak(search.model)
    peak = float(_claims(search.columns, mix).max(initial=0.0))
    whole = np.append(mix, peak)
    kept = [_keeps(np.append(search.model.cost, 0.0), search.value(mix))]
    found: list[LevelValue] = []
    work = 0
    is_whole = len(search.columns.terms) <= FURTHER_OFFERS
    nodes = NODES_OF_WHOLE if is_whole else NODES
    for name, cost in _aims(search.columns):
        part = cut_out(with_cuts(model, kept), _free(search, whole), whole)
        answer = solve_model(
            part.model, start=part.restrict(whole), cost=cost[part.kept],
            options={**OPTIONS, "mip_max_nodes": nodes, "random_seed": search.seed},
        )  # fmt: skip
        work += answer.work
        if answer.values is not None:
            better = part.extend(answer.values)
            whole = better if float(cost @ better) >= float(cost @ whole) else whole
        is_proved = is_proved and is_whole and answer.outcome == "optimal"
        value = float(-cost @ whole)
        found.append(LevelValue(name, value, value if is_proved else None, is_proved))
        kept.append(_keeps(cost, float(cost @ whole), is_counted=name in COUNTED))
    return Levelled(whole[:-1], tuple(found), work)


def _free(search: Search, whole: FloatArray) -> np.ndarray:
    columns = search.columns
    used = np.flatnonzero(whole[columns.y : columns.z] > YES)
    others = [offer for offer in search.order.tolist() if offer not in set(used.tolist())]
    offers = np.array([*used.tolist(), *others[:FURTHER_OFFERS]], dtype=np.int64)
    return np.append(free_columns(columns, whole[:-1], offers), True)


def _keeps(cost: FloatArray, value: float, *, is_counted: bool = False) -> Cut:
    room = COUNTED_ROOM if is_counted else ROOM
    places = np.flatnonzero(cost)
    return Cut(places, -cost[places], -(value - room))


def _aims(columns: Columns) -> Iterator[tuple[str, FloatArray]]:
    """Yield what each level maximises; the last column is the peak of claims."""
    offers, takes, peak, paid = (np.zeros(columns.n + 1) for _ in range(4))
    offers[columns.y : columns.z] = -1.0
    takes[columns.z : columns.v] = -1.0
    peak[-1] = -1.0
    lag = np.array([terms.lag_periods for terms in columns.terms])
    spent = columns.problem.lines.period[columns.problem.cells.line]
    paid[: columns.y] = -columns.rate * (spent + lag[columns.cell_offer])
    yield "offers", offers
    yield "participations", takes
    yield "peak_claims", peak
    yield "last_repayment", paid


def _private_cells(columns: Columns) -> Iterator[np.ndarray]:
    for p, partner in enumerate(columns.problem.case.partners):
        if partner.kind not in PUBLIC_KINDS:
            cells = np.flatnonzero(columns.cell_partner == p)
            if len(cells):
                yield cells


def _claims(columns: Columns, mix: FloatArray) -> FloatArray:
    sums = [mix[cells] @ cash_claims(columns, cells) for cells in _private_cells(columns)]
    return np.concatenate(sums) if sums else np.zeros(0)


def _with_peak(model: Model) -> Model:
    """Add a column that no claim of a private partner passes in any quarter."""
    columns = model.columns
    rows = [
        Cut(np.append(cells, columns.n), np.append(claims, -1.0), 0.0)
        for cells in _private_cells(columns)
        for claims in cash_claims(columns, cells).T
        if (claims > 0).any()
    ]
    most = float(columns.cost.sum())
    wider = replace(
        model,
        lower=np.append(model.lower, 0.0),
        upper=np.append(model.upper, most),
        cost=np.append(model.cost, 0.0),
        is_integer=np.append(model.is_integer, False),
    )
    return with_cuts(wider, rows)
