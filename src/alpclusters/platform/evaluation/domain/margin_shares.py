"""Shares outside the room, met with the groups that are shown: one column at a time.

Counts are published by region and by role, never by both, so no figure may join two columns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus import Description, MeasureDescription
from alpclusters.platform.cafe.domain.proxies import role_parents
from alpclusters.platform.evaluation.domain.records import REGION, SPLITS
from alpclusters.platform.evaluation.domain.weighting_results import JoinedGroup, MarginUse

_COUNTRY: Final = 2  # letters of the country in the code of a region
UNKNOWN: Final = -1
LEAST_COVERED: Final = 0.5

type Margins = Mapping[str, Any]
"""What `AlpCafe.margins` holds."""


@dataclass(frozen=True, slots=True)
class ColumnShares:
    """One column: the groups that are shown and have a share, and how it was used."""

    split: str
    groups: tuple[str, ...]
    targets: tuple[float, ...]
    covered: float
    use: MarginUse

    @property
    def is_usable(self) -> bool:
        """Say whether there is anything to weigh: groups that are most of those outside."""
        return len(self.groups) > 1 and self.covered >= LEAST_COVERED

    def answers(
        self, item: MeasureDescription, scale: Sequence[float]
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]] | None:
        """Return answers with the group of each, from counts; None where a group is withheld."""
        values: list[float] = []
        codes: list[int] = []
        for cell in item.splits.get(self.split, ()):
            if cell.state == "withheld":
                return None
            if cell.summary is None:
                continue
            place = self.groups.index(str(cell.group)) if cell.group in self.groups else UNKNOWN
            values += np.repeat(scale, cell.summary.counts).tolist()
            codes += [place] * cell.summary.n
        if not item.summary or len(values) != item.summary.n:
            return None
        return np.array(values, dtype=np.float64), np.array(codes, dtype=np.int64)


def column_shares(margins: Margins, description: Description) -> list[ColumnShares]:
    """Meet the shares of an AlpCafé with the groups of a criterion, in the order of the splits."""
    return [
        _met(split, margins[split], description.groups.get(split, ()))
        for split in SPLITS
        if split in margins
    ]


def _met(split: str, margin: Mapping[str, Any], groups: Sequence[Any]) -> ColumnShares:
    # Not above: it needs the database, and the command `evaluate` weighs without one.
    from alpclusters.platform.evaluation.domain.groups import names_of  # noqa: PLC0415

    shown = [str(group) for group in groups if group]
    targets: dict[str, float] = {}
    apart: dict[str, float] = {}
    parents = role_parents()
    # By key: the database gives the keys of JSON back in an order of its own.
    for key, share in sorted(margin["shares"].items()):
        node = _above(split, key, shown, parents)
        if node is not None:
            targets[node] = targets.get(node, 0.0) + share
        elif share:
            apart[key] = share
    names = names_of(split, list(apart)) if apart else {}
    use = MarginUse(
        column=split,
        split=split,
        source=margin["source"],
        date=margin["date"],
        unweighed=tuple(group for group in shown if not targets.get(group)),
        joined=tuple(JoinedGroup(key, names[key], share) for key, share in apart.items()),
    )
    held = [group for group in shown if targets.get(group)]
    total = sum(targets[group] for group in held)
    shares = tuple(targets[group] / total for group in held)
    return ColumnShares(split, tuple(held), shares, total, use)


def _above(
    split: str, key: str, shown: Sequence[str], parents: Mapping[str, str | None]
) -> str | None:
    """Return the group that is shown in which a region or role is, or None."""
    if split == REGION:
        return next((one for one in (key, key[:_COUNTRY]) if one in shown), None)
    node: str | None = key
    while node is not None and node not in shown:
        node = parents.get(node)
    return node
