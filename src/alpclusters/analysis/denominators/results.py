"""What the search for common denominators yields: frozen records with their conventions."""

from dataclasses import dataclass
from typing import Literal, cast

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.ranking.records import plain

Verdict = Literal["common", "not_common", "open"]


@dataclass(frozen=True, slots=True)
class Denominator:
    """How surely one measure or recommendation holds across borders.

    Attributes
    ----------
    measure : str or int
        Its id, or its position.
    probability : float or None
        That enough regions in enough countries pass; None where regions with not enough
        ratings leave a span (``not_enough_ratings``) or the rule is undefined.
    low, high : float or None
        The same if those regions fail and if they pass; equal without such regions.
    region_probabilities : tuple of float or None
        That each region passes; None for regions with not enough ratings.
    not_estimated : tuple
        Ids of the regions with not enough ratings.
    verdict : {'common', 'not_common', 'open'} or None
        ``low`` reaches the bar, ``high`` is below its mirror, or neither.
    is_divided : bool or None
        Whether it is about as certain that some region passes as that some region lies half a
        point of the scale below; None if only probabilities were given.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``not_enough_ratings``, ``no_ratings``.
    """

    measure: Id
    probability: float | None
    low: float | None
    high: float | None
    region_probabilities: tuple[float | None, ...]
    not_estimated: tuple[Id, ...]
    verdict: Verdict | None
    is_divided: bool | None
    status: Status
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Denominators:
    """All measures under one rule.

    Attributes
    ----------
    measures : tuple of Denominator
        In the order of the input.
    regions : tuple
        Ids, in the order of ``region_probabilities``.
    countries : tuple
        Country of each region.
    min_countries, min_regions : int
        The rule as applied.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        Undefined: ``no_ratings``, ``one_country``, ``rule_cannot_be_met`` (fewer regions or
        countries than the rule asks for). For information: ``threshold_assumed``,
        ``min_regions_raised``, ``regions_independent``.
    conventions : Conventions
    """

    measures: tuple[Denominator, ...]
    regions: tuple[Id, ...]
    countries: tuple[Id, ...]
    min_countries: int
    min_regions: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    def common(self) -> tuple[Id, ...]:
        """Return the measures that hold across borders, in the order of the input."""
        return tuple(item.measure for item in self.measures if item.verdict == "common")

    def as_record(self) -> dict[str, object]:
        """Return the whole as a plain mapping for JSON."""
        return cast("dict[str, object]", plain(self))
