"""What a number means is part of the number: the conventions every result carries."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Final, Literal

Status = Literal["ok", "undefined", "limited"]
LEVEL: Final = 0.90
K_ANONYMITY: Final = 5
"""Fewest people of whom anything is told."""
SMALLEST_GROUP: Final = 10
"""Fewest people of any group inside an event of which a figure is told."""
MANY_CANNOT_JUDGE: Final = 0.30


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """How a result was computed; shown beside it wherever it goes.

    Attributes
    ----------
    method : str
        Stable name of the method, such as ``describe``.
    version : str
        Version of the method's text in docs/methods; a change of numbers changes it.
    scale : tuple of float
        Points of the scale from low to high; empty if the method has none.
    level : float or None
        Level of two-sided, equal-tailed intervals.
    intervals : tuple of (str, str)
        Which interval belongs to which figure, as stable codes.
    ties, missing : str or None
        Rule for ties and rule for missing answers, as stable codes.
    quantiles, standard_deviation : str or None
        Definition used, as stable codes.
    seed, draws : int or None
        Seed and number of random draws.
    thresholds : tuple of (str, float)
        Named thresholds, such as ``("agree_from", 4.0)``.
    """

    method: str
    version: str = "1"
    scale: tuple[float, ...] = ()
    level: float | None = None
    intervals: tuple[tuple[str, str], ...] = ()
    ties: str | None = None
    missing: str | None = None
    quantiles: str | None = None
    standard_deviation: str | None = None
    seed: int | None = None
    draws: int | None = None
    thresholds: tuple[tuple[str, float], ...] = field(default=())

    def threshold(self, name: str) -> float | None:
        """Return one named threshold, or None."""
        return dict(self.thresholds).get(name)

    def as_record(self) -> dict[str, object]:
        """Return what is set as a plain mapping for JSON."""
        record = {key: value for key, value in asdict(self).items() if value not in (None, ())}
        return {**record, **_mappings(self), "scale": list(self.scale)}


def _mappings(conventions: Conventions) -> dict[str, object]:
    pairs: dict[str, Sequence[tuple[str, object]]] = {
        "intervals": conventions.intervals,
        "thresholds": conventions.thresholds,
    }
    return {name: dict(items) for name, items in pairs.items() if items}
