"""Influence and interest: nine cells and a list of those nobody has judged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alpclusters.platform.actors.models import Stakeholder

GRADES = (3, 2, 1)


@dataclass(frozen=True, slots=True)
class Grid:
    """Stakeholders by (influence, interest); ``unknown`` lack one of the two."""

    cells: dict[tuple[int, int], Sequence[Stakeholder]]
    unknown: Sequence[Stakeholder]

    def cell(self, influence: int, interest: int) -> Sequence[Stakeholder]:
        """Return those of one cell, by name."""
        return self.cells.get((influence, interest), ())


def grid_of(stakeholders: Iterable[Stakeholder]) -> Grid:
    """Sort stakeholders into the cells; their order is kept."""
    cells: dict[tuple[int, int], list[Stakeholder]] = {}
    unknown = []
    for one in stakeholders:
        if one.influence is None or one.interest is None:
            unknown.append(one)
        else:
            cells.setdefault((one.influence, one.interest), []).append(one)
    return Grid(dict(cells), unknown)
