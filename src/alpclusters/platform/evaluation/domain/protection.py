"""Withhold small groups in which everybody answered alike: else everybody's answer is known."""

from dataclasses import replace
from typing import Final

from alpclusters.analysis.consensus import Description, GroupCell, MeasureDescription, Summary

UNANIMOUS_BELOW: Final = 10
"""From this many people on, an answer given by all may be shown."""
_FEWEST_WITHHELD: Final = 2


def protect_unanimity(description: Description) -> Description:
    """Withhold what tells a person's answer because all in a small group gave the same.

    Works on what is left after `describe` withheld the groups below five. A group that is
    withheld alone would follow from the total, so the smallest group that is shown goes with it.
    """
    return replace(description, measures=tuple(_protected(m) for m in description.measures))


def _is_telling(summary: Summary | None) -> bool:
    if summary is None or not 0 < summary.n < UNANIMOUS_BELOW:
        return False
    return sum(1 for count in summary.counts if count) == 1


def _protected(measure: MeasureDescription) -> MeasureDescription:
    if _is_telling(measure.summary):
        return replace(
            measure,
            state="withheld",
            summary=None,
            splits={name: _all_withheld(cells) for name, cells in measure.splits.items()},
        )
    splits = {name: _withheld(cells) for name, cells in measure.splits.items()}
    return replace(measure, splits=splits)


def _all_withheld(cells: tuple[GroupCell, ...]) -> tuple[GroupCell, ...]:
    return tuple(_hidden(cell) if cell.state == "shown" else cell for cell in cells)


def _withheld(cells: tuple[GroupCell, ...]) -> tuple[GroupCell, ...]:
    telling = [i for i, cell in enumerate(cells) if _is_telling(cell.summary)]
    if not telling:
        return cells
    shown = [
        (cell.summary.n, i)
        for i, cell in enumerate(cells)
        if cell.summary is not None and cell.summary.n and i not in telling
    ]
    hidden = sum(1 for cell in cells if cell.state == "withheld") + len(telling)
    partners = [i for _, i in sorted(shown)[: max(0, _FEWEST_WITHHELD - hidden)]]
    return tuple(
        _hidden(cell) if i in {*telling, *partners} else cell for i, cell in enumerate(cells)
    )


def _hidden(cell: GroupCell) -> GroupCell:
    return GroupCell(cell.group, "withheld", None)
