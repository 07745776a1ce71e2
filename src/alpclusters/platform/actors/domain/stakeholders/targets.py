"""What a project wants at its tables: the defaults of the method, or its own."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from alpclusters.platform.actors.domain.named_lists import SOCIETY
from alpclusters.platform.actors.models import CoverageTarget
from alpclusters.platform.partnership.models import Project


def _usual(name: str) -> int:
    column: Any = CoverageTarget._meta.get_field(name)
    return int(column.default)


@dataclass(frozen=True, slots=True)
class Targets:
    """At least so many groups, levels and people; the share is in per cent."""

    least_helixes: int = _usual("least_helixes")
    least_share: int = _usual("least_share")
    least_levels: int = _usual("least_levels")
    least_of_region: int = _usual("least_of_region")
    least_of_cell: int = _usual("least_of_cell")


def read_targets(project_id: int) -> Targets:
    """Return the aims of a project."""
    row = CoverageTarget.objects.filter(project_id=project_id).first()
    if row is None:
        return Targets()
    return Targets(**{name: getattr(row, name) for name in asdict(Targets())})


def store_targets(project: Project, values: Mapping[str, Any]) -> None:
    """Keep a project's own aims."""
    own = {name: values[name] for name in asdict(Targets())}
    CoverageTarget.objects.update_or_create(project=project, defaults=own)


# --- How far a list of people is from the aims, counted in people and groups that are missing -----
#
# Pure: no database. A seat stands for one person on a list; only groups of society count as
# groups.


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


# --- Whom to invite next: one after the other whoever brings the list nearest to its aims ---------
#
# Greedy and pure. Nobody is proposed who is on the list, and each proposal makes the deficit
# smaller; where nobody helps any more, the proposal ends.


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stakeholder who could be asked; ``weight`` decides between equals (influence, interest)."""

    pk: int
    organisation: int
    seat: Seat
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody to ask, what that fills, and the deficit before and after."""

    candidate: Candidate
    reasons: tuple[str, ...]
    before: int
    after: int


def propose(
    candidates: Iterable[Candidate],
    listed: Sequence[Seat],
    goal: Goal,
    *,
    on_list: frozenset[int] = frozenset(),
) -> list[Proposal]:
    """Choose step by step.

    Parameters
    ----------
    candidates : iterable of Candidate
        Stakeholders; one per organisation is taken at most.
    listed : sequence of Seat
        Those who are on the list already.
    goal : Goal
        The aims.
    on_list : frozenset of int
        Organisations that are on the list already.
    """
    open_ones = [one for one in candidates if one.organisation not in on_list]
    seats, found = list(listed), []
    size = len(seats)
    now = deficits_of(seats, goal, size=size)
    while open_ones and now.total:
        best, after = _best(open_ones, seats, goal, size)
        if after.total >= now.total:
            break
        found.append(Proposal(best, reasons_of(now, after), now.total, after.total))
        seats.append(best.seat)
        open_ones = [one for one in open_ones if one.organisation != best.organisation]
        now = after
    return found


def _best(
    candidates: Sequence[Candidate], seats: list[Seat], goal: Goal, size: int
) -> tuple[Candidate, Deficits]:
    # Candidates of one cell and level change the deficit alike: count each kind once.
    wanted = {one.seat for one in candidates}
    kinds = {seat: deficits_of([*seats, seat], goal, size=size) for seat in wanted}
    best = min(candidates, key=lambda one: (kinds[one.seat].total, -one.weight, one.pk))
    return best, kinds[best.seat]


def reasons_of(before: Deficits, after: Deficits) -> tuple[str, ...]:
    """Name the aims that came nearer: cell, group, level, region."""
    pairs = {
        "cell": (sum(before.cells.values()), sum(after.cells.values())),
        "group": (before.groups, after.groups),
        "level": (before.levels, after.levels),
        "region": (sum(before.regions.values()), sum(after.regions.values())),
    }
    return tuple(name for name, (was, will_be) in pairs.items() if will_be < was)
