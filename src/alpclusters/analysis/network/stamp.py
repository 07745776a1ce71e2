"""The conventions under which a network was counted; on every result of it."""

from dataclasses import asdict, dataclass
from typing import Final, Literal

VERSION: Final = "1"

Weights = Literal["binary", "full", "fractional"]
Level = Literal["organisation", "parent"]
WindowRule = Literal["started", "active", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of time, half open: the end day is outside.

    Attributes
    ----------
    name : str
        As it is shown, such as ``"2014-2016"``.
    start, end : int or None
        Ordinals of days (`datetime.date.toordinal`); None is open.
    rule : {"started", "active", "all"}
        Whether a project counts where it started or wherever it ran.
    """

    name: str = "all"
    start: int | None = None
    end: int | None = None
    rule: WindowRule = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What was counted, how, and what was left out.

    Attributes
    ----------
    group : str
        Name of the grouping, such as ``"country"`` or ``"nuts2 2021"``.
    weights : {"binary", "full", "fractional"}
        What one tie weighs (docs/methods/network.md).
    level : {"organisation", "parent"}
        Whether units were merged into their parents before counting.
    size_base : str
        ``"all"``: the size of a project counts all participants, also those outside the territory.
    max_size : int or None
        Projects with more participants are left out.
    window : Window
        Which projects or links are in.
    n_nodes, n_connected, n_ties : int
        Organisations, those with at least one tie, unordered pairs with a tie.
    total_weight : float
        Sum of the weights, each tie once.
    n_projects, n_dropped_projects, n_undated_projects : int
        Projects counted, left out for their size, and without a date.
    dropped_projects : tuple of int
        The caller's numbers of the projects left out for their size.
    n_loops : int
        Ties of an organisation to itself that were left out.
    n_unknown : int
        Ties left out of every group measure because the group of one end is unknown.
    """

    group: str = ""
    weights: Weights = "binary"
    level: Level = "organisation"
    size_base: str = "all"
    max_size: int | None = None
    window: Window = Window()
    n_nodes: int = 0
    n_connected: int = 0
    n_ties: int = 0
    total_weight: float = 0.0
    n_projects: int = 0
    n_dropped_projects: int = 0
    n_undated_projects: int = 0
    dropped_projects: tuple[int, ...] = ()
    n_loops: int = 0
    n_unknown: int = 0
    version: str = VERSION

    def as_record(self) -> dict[str, object]:
        """Return it as a plain mapping for JSON."""
        return asdict(self)

    def without_window(self) -> tuple[object, ...]:
        """Return the conventions that two windows must share to be compared."""
        return (
            self.group,
            self.weights,
            self.level,
            self.size_base,
            self.max_size,
            self.window.rule,
        )
