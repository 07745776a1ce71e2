"""How far a list of people is from the aims, counted in people and groups that are missing.

Pure: no database. A seat stands for one person on a list; only groups of society count as groups.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from alpclusters.platform.actors.domain.groups import SOCIETY
from alpclusters.platform.actors.domain.stakeholders.targets import Targets


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody comes from; empty is unknown."""

    region: str = ""
    helix: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """The aims and the regions they hold for."""

    regions: tuple[str, ...]
    targets: Targets = field(default_factory=Targets)


@dataclass(frozen=True, slots=True)
class Deficits:
    """What is missing, aim by aim, in people; ``levels`` in levels."""

    cells: dict[tuple[str, str], int]
    groups: int
    levels: int
    regions: dict[str, int]

    @property
    def total(self) -> int:
        """Everything that is missing, added up."""
        return self.groups + self.levels + sum(self.cells.values()) + sum(self.regions.values())


def deficits_of(seats: Sequence[Seat], goal: Goal, *, size: int | None = None) -> Deficits:
    """Count what a list lacks.

    Parameters
    ----------
    seats : sequence of Seat
        The list.
    goal : Goal
        The aims.
    size : int, optional
        Of how many people a share is taken; default all of the list. With a fixed size one more
        person never makes anything worse.
    """
    aims = goal.targets
    cells = Counter((one.region, one.helix) for one in seats)
    regions = Counter(one.region for one in seats)
    levels = {one.level for one in seats if one.level}
    wanted = [(region, helix) for region in goal.regions for helix in SOCIETY]
    return Deficits(
        cells=_short({cell: cells[cell] for cell in wanted}, aims.least_of_cell),
        groups=_groups(seats, aims, len(seats) if size is None else size),
        levels=max(0, aims.least_levels - len(levels)),
        regions=_short({code: regions[code] for code in goal.regions}, aims.least_of_region),
    )


def _groups(seats: Sequence[Seat], aims: Targets, size: int) -> int:
    """Count the people missing until enough groups have their share."""
    counts = Counter(one.helix for one in seats)
    share = max(1, -(-aims.least_share * size // 100))
    shortages = sorted(max(0, share - counts[helix]) for helix in SOCIETY)
    return sum(shortages[: aims.least_helixes])


def _short[K](counts: dict[K, int], least: int) -> dict[K, int]:
    return {key: least - n for key, n in counts.items() if n < least}
