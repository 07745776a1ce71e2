"""Which days of aid a mix leaves on each line, so that less strict ceilings hold there."""

from collections.abc import Iterator

import numpy as np

from alpclusters.analysis.funding.case import Allocation
from alpclusters.analysis.funding.mix.problem import BoolArray, Looser, Problem


def like_mix(problem: Problem, looser: Looser, allocation: Allocation) -> Problem:
    """Return the strict problem in which each line has aid of those days only that a mix has there.

    Lines on which a mix has no aid keep all their days.
    """
    cells, lines = problem.cells, problem.case.lines
    granted = {(cell.offer, cell.line) for cell in allocation if cell.grant_ct}
    pairs = zip(cells.offer.tolist(), cells.line.tolist(), strict=True)
    used = np.array(
        [
            any(
                (problem.case.offers[offer].id, lines[member].id) in granted
                for member in problem.lines.members[line]
            )
            for offer, line in pairs
        ],
        dtype=np.bool_,
    )
    is_aid = looser.day >= 0
    taken = set(zip(cells.line[used & is_aid].tolist(), looser.day[used & is_aid], strict=True))
    with_aid = {line for line, _ in taken}
    keys = zip(cells.line.tolist(), looser.day.tolist(), strict=True)
    fits = np.array([line not in with_aid or (line, day) in taken for line, day in keys])
    return looser.narrowed(~is_aid | fits)


def day_by_day(looser: Looser) -> Iterator[Problem]:
    """Yield the problems in which all aid is of one day."""
    is_aid: BoolArray = looser.day >= 0
    for day in np.unique(looser.day[is_aid]):
        yield looser.narrowed(~is_aid | (looser.day == day))
