"""Common denominators of regions in several countries, and what the search for them yields."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.denominators.inputs import (
    Countries,
    Rule,
    Table,
    chance_of_meeting,
    read_countries,
    share_meeting,
)
from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.ranking.criteria import plain

# --- What the search for common denominators yields: frozen records with their conventions --------


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


# --- Find what holds across borders: common denominators of regions in several countries ----------


FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

THRESHOLD: Final = 3.5  # on a scale from 1 to 5
DIVIDED_BY: Final = 0.5  # points of the scale below the threshold
CERTAIN: Final = 0.80


def common_denominators(  # noqa: PLR0913 - one per part of the rule
    draws_or_probabilities: ArrayLike,
    *,
    regions: Sequence[Id],
    countries: Countries | None = None,
    threshold: float | None = None,
    min_countries: int = 2,
    min_regions: int = 2,
    certain: float = CERTAIN,
    measures: Sequence[Id] | None = None,
) -> Denominators:
    """Tell which measures pass a threshold in enough regions of enough countries.

    Parameters
    ----------
    draws_or_probabilities : array_like
        Of shape (n_draws, n_measures, n_regions): joint draws of the values of measures in
        regions, on the scale, such as `RegionValues.draws`. Of shape (n_measures, n_regions)
        or (n_regions,): probabilities that a region passes, taken as independent
        (``regions_independent``). NaN for a region with not enough ratings.
    regions : sequence of str or int, shape (n_regions,)
        Ids; NUTS codes unless ``countries`` is given.
    countries : mapping or sequence, optional
        Country of each region; the first two letters of its id if not given.
    threshold : float, optional
        On the scale; 3.5 for draws if not given (``threshold_assumed``), which fits a scale
        from 1 to 5. With probabilities it is stated only.
    min_countries, min_regions : int, default 2
        The rule; fewer regions than countries are raised to the countries
        (``min_regions_raised``).
    certain : float, default 0.80
        Above one half. Probability from which the verdict is "common"; up to 1 minus it the
        verdict is "not common".
    measures : sequence of str or int, optional
        Ids; 0, 1, ... if not given.

    Returns
    -------
    Denominators
        Undefined for no measures, regions or draws (``no_ratings``), one country
        (``one_country``), and a rule that asks for more than there is
        (``rule_cannot_be_met``).

    Raises
    ------
    ShapeError
        Dimensions or lengths that do not fit; a region without a country; an id twice.
    ScaleError
        A probability outside 0 to 1.
    NotFiniteError
        Infinity, or NaN in some draws of a measure and region only.
    AnalysisError
        Counts below 1, ``certain`` not between one half and 1, a threshold that is no number.

    Notes
    -----
    Regions share what is uncertain about a measure, so joint draws and independent
    probabilities differ (0.906 and 0.917 in the documented example). Regions with not enough
    ratings are never counted silently: ``low`` takes them as failing, ``high`` as passing, and
    a verdict must hold in both cases. O(draws * measures * regions), or O(measures *
    countries² * regions²).

    References
    ----------
    .. [1] W. Feller, An Introduction to Probability Theory and Its Applications, vol. 1, 3rd
       ed., Wiley 1968, chapter XI (convolution of independent counts).

    Examples
    --------
    >>> found = common_denominators(
    ...     [0.9, 0.8, 0.6, 0.7, 0.3, 0.5], regions=["DE1", "DE2", "FRK", "ITC", "ITH", "AT3"])
    >>> round(found.measures[0].probability, 5), found.measures[0].verdict
    (0.95274, 'common')
    """
    table = Table.of(draws_or_probabilities, regions, measures)
    country = read_countries(countries, table.regions)
    _check_rule(min_countries, min_regions, certain, threshold)
    places = {name: place for place, name in enumerate(dict.fromkeys(country))}
    rule = Rule(
        np.array([places[name] for name in country], dtype=np.int64),
        min_countries,
        max(min_regions, min_countries),
    )
    bar = THRESHOLD if threshold is None and table.is_drawn else threshold
    undefined = _undefined(table, rule)
    judged = _judged(table, rule, bar, certain, undefined=bool(undefined))
    return Denominators(
        measures=judged,
        regions=table.regions,
        countries=country,
        min_countries=rule.min_countries,
        min_regions=rule.min_regions,
        status="undefined" if undefined else _status(judged),
        reasons=(
            *undefined,
            *(["threshold_assumed"] if threshold is None and table.is_drawn else []),
            *(["min_regions_raised"] if rule.min_regions > min_regions else []),
            *([] if table.is_drawn else ["regions_independent"]),
        ),
        conventions=_conventions(table, bar, rule, certain),
    )


def _check_rule(
    min_countries: int, min_regions: int, certain: float, threshold: float | None
) -> None:
    checks = {
        "min_countries": (min_countries >= 1, ">= 1"),
        "min_regions": (min_regions >= 1, ">= 1"),
        "certain": (0.5 < certain <= 1, "0.5 < certain <= 1"),  # noqa: PLR2004 - one half
        "threshold": (threshold is None or bool(np.isfinite(threshold)), "a number"),
    }
    for argument, (is_fine, expected) in checks.items():
        if not is_fine:
            code = "argument.out_of_range"
            raise AnalysisError(code, where=Where(argument=argument), expected=expected)


def _undefined(table: Table, rule: Rule) -> tuple[str, ...]:
    if not table.figures.size or not table.is_known.any():
        return ("no_ratings",)
    if rule.n_countries == 1:
        return ("one_country",)
    is_beyond = rule.min_countries > rule.n_countries or rule.min_regions > rule.country.size
    return ("rule_cannot_be_met",) if is_beyond else ()


def _judged(
    table: Table, rule: Rule, bar: float | None, certain: float, *, undefined: bool
) -> tuple[Denominator, ...]:
    if undefined:
        return tuple(_unjudged(table, place) for place in range(len(table.measures)))
    low, high = (_reached(table, rule, bar, unknown=unknown) for unknown in (False, True))
    single = _region_probabilities(table, bar)
    divided = _divided(table, cast("float", bar), certain) if table.is_drawn else None
    return tuple(
        _denominator(
            table,
            place,
            (float(low[place]), float(high[place])),
            single[place],
            certain,
            None if divided is None else bool(divided[place]),
        )
        for place in range(len(table.measures))
    )


def _reached(table: Table, rule: Rule, bar: float | None, *, unknown: bool) -> FloatArray:
    """Return the probability of meeting the rule if regions that are not known fail or pass."""
    if table.is_drawn:
        passes = np.where(table.is_known, table.figures >= cast("float", bar), unknown)
        return share_meeting(passes, rule)
    filled = np.where(table.is_known, table.figures, float(unknown))
    return np.array([chance_of_meeting(row, rule) for row in filled])


def _region_probabilities(table: Table, bar: float | None) -> FloatArray:
    if not table.is_drawn:
        return table.figures
    shares = (table.figures >= cast("float", bar)).mean(axis=0)
    return np.where(table.is_known, shares, np.nan)


def _divided(table: Table, bar: float, certain: float) -> BoolArray:
    """Both: some region passes, and some region lies clearly below; each nearly certain."""
    passes = (table.figures >= bar).any(axis=-1).mean(axis=0)
    fails = (table.figures < bar - DIVIDED_BY).any(axis=-1).mean(axis=0)
    return np.asarray((passes >= certain) & (fails >= certain))


def _denominator(
    table: Table,
    place: int,
    span: tuple[float, float],
    single: FloatArray,
    certain: float,
    is_divided: bool | None,  # noqa: FBT001 - a figure, not a switch
) -> Denominator:
    low, high = span
    unknown = _not_estimated(table, place)
    if len(unknown) == len(table.regions):
        return _unjudged(table, place)
    return Denominator(
        measure=table.measures[place],
        probability=None if unknown and low != high else low,
        low=low,
        high=high,
        region_probabilities=tuple(None if np.isnan(p) else float(p) for p in single),
        not_estimated=unknown,
        verdict=_verdict(low, high, certain),
        is_divided=is_divided,
        status="limited" if unknown else "ok",
        reasons=("not_enough_ratings",) if unknown else (),
    )


def _unjudged(table: Table, place: int) -> Denominator:
    unknown = _not_estimated(table, place)
    is_empty = len(unknown) == len(table.regions)
    return Denominator(
        measure=table.measures[place],
        probability=None,
        low=None,
        high=None,
        region_probabilities=(None,) * len(table.regions),
        not_estimated=unknown,
        verdict=None,
        is_divided=None,
        status="undefined",
        reasons=("no_ratings",) if is_empty else (),
    )


def _not_estimated(table: Table, place: int) -> tuple[Id, ...]:
    return tuple(table.regions[region] for region in np.flatnonzero(~table.is_known[place]))


def _verdict(low: float, high: float, certain: float) -> Verdict:
    if low >= certain:
        return "common"
    # 1 - 0.8 is a little less than 0.2 in floating point.
    return "not_common" if high <= round(1 - certain, 12) else "open"


def _status(judged: tuple[Denominator, ...]) -> Literal["ok", "limited"]:
    return "limited" if any(item.status != "ok" for item in judged) else "ok"


def _conventions(table: Table, bar: float | None, rule: Rule, certain: float) -> Conventions:
    thresholds = [
        *([] if bar is None else [("threshold", float(bar))]),
        ("min_countries", float(rule.min_countries)),
        ("min_regions", float(rule.min_regions)),
        ("certain", certain),
        *([("divided_by", DIVIDED_BY)] if table.is_drawn else []),
    ]
    return Conventions(
        method="common_denominators",
        missing="regions_without_enough_ratings_bounded",
        draws=table.figures.shape[0] if table.is_drawn else None,
        thresholds=tuple(thresholds),
    )
