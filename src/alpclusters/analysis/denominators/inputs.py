"""Draws or probabilities with regions, checked, and how probably enough regions pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.errors import NotFiniteError, ScaleError, ShapeError, Where

# --- Draws or probabilities, regions and countries, checked ---------------------------------------


FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
type Countries = Mapping[Id, Id] | Mapping[str, str] | Mapping[int, str] | Sequence[Id]

COUNTRY_LETTERS: Final = 2  # of a NUTS code
DRAWS_AXES: Final = 3


@dataclass(frozen=True, slots=True)
class Table:
    """Draws (draws, measures, regions) or probabilities (measures, regions), checked.

    ``is_known`` tells which regions are estimated, per measure.
    """

    figures: FloatArray
    is_known: BoolArray
    is_drawn: bool
    regions: tuple[Id, ...]
    measures: tuple[Id, ...]

    @classmethod
    def of(cls, given: ArrayLike, regions: Sequence[Id], measures: Sequence[Id] | None) -> "Table":
        """Check dimensions, names and figures."""
        figures = _figures(given)
        is_drawn = figures.ndim == DRAWS_AXES
        n_measures, n_regions = figures.shape[-2:]
        names = tuple(range(n_measures)) if measures is None else tuple(_plain(measures))
        areas = tuple(_plain(regions))
        _check_names(areas, n_regions, "regions")
        _check_names(names, n_measures, "measures")
        missing = np.isnan(figures)
        is_known = ~missing.any(axis=0) if is_drawn else ~missing
        _check_figures(figures, missing, is_drawn=is_drawn)
        return cls(figures, is_known, is_drawn, areas, names)


def _figures(given: ArrayLike) -> FloatArray:
    try:
        figures = np.array(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise _shape_error("(n_draws, n_measures, n_regions) or (n_measures, n_regions)") from error
    if figures.ndim not in {1, 2, DRAWS_AXES}:
        raise _shape_error("(n_draws, n_measures, n_regions) or (n_measures, n_regions)")
    return figures[None, :] if figures.ndim == 1 else figures


def _shape_error(expected: str) -> ShapeError:
    where = Where(argument="draws_or_probabilities")
    return ShapeError("counts.shape", where=where, expected=expected)


def _plain(names: Sequence[Id]) -> list[Id]:
    return [
        cast("Id", name.item()) if isinstance(name, np.generic) else name for name in list(names)
    ]


def _check_names(names: tuple[Id, ...], expected: int, argument: str) -> None:
    if len(names) != expected:
        code = "ratings.lengths"
        where = Where(argument=argument)
        raise ShapeError(code, where=where, found=str(len(names)), expected=str(expected))
    if len(set(names)) < len(names):
        code = "ranking.two_values"
        raise ShapeError(code, where=Where(argument=argument))


def _check_figures(figures: FloatArray, missing: BoolArray, *, is_drawn: bool) -> None:
    where = Where(argument="draws_or_probabilities")
    is_torn = is_drawn and bool((missing.any(axis=0) & ~missing.all(axis=0)).any())
    if np.isinf(figures).any() or is_torn:
        code = "values.not_finite"
        raise NotFiniteError(code, where=where)
    if not is_drawn and ((figures < 0) | (figures > 1)).any():
        code = "argument.out_of_range"
        raise ScaleError(code, where=where, expected="0 <= p <= 1")


def read_countries(given: Countries | None, regions: tuple[Id, ...]) -> tuple[Id, ...]:
    """Return the country of each region."""
    if given is None:
        return tuple(_country(region, place) for place, region in enumerate(regions))
    if isinstance(given, Mapping):
        by_region = cast("Mapping[Id, Id]", given)
        lacking = [place for place, region in enumerate(regions) if region not in by_region]
        if lacking:
            code = "argument.not_one_of"
            where = Where(argument="countries", row=lacking[0])
            raise ShapeError(code, where=where, expected=", ".join(map(str, by_region)))
        return tuple(by_region[region] for region in regions)
    names = tuple(_plain(given))
    if len(names) != len(regions):
        code = "ratings.lengths"
        where = Where(argument="countries")
        raise ShapeError(code, where=where, found=str(len(names)), expected=str(len(regions)))
    return names


def _country(region: Id, place: int) -> str:
    country = str(region)[:COUNTRY_LETTERS]
    if len(country) < COUNTRY_LETTERS or not country.isalpha():
        code = "argument.not_one_of"
        raise ShapeError(code, where=Where(argument="regions", row=place), expected="NUTS")
    return country


# --- How probable it is that enough regions in enough countries pass ------------------------------


IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rule:
    """At least ``min_regions`` regions in at least ``min_countries`` countries.

    ``country`` is the position of the country of each region.
    """

    country: IntArray
    min_countries: int
    min_regions: int

    @property
    def n_countries(self) -> int:
        """How many countries the regions lie in."""
        return int(np.unique(self.country).size)


def share_meeting(passes: BoolArray, rule: Rule) -> FloatArray:
    """Return the share of draws that meet the rule; ``passes`` is (draws, measures, regions)."""
    in_country = [
        passes[..., rule.country == country].any(axis=-1) for country in np.unique(rule.country)
    ]
    n_countries = np.sum(in_country, axis=0)
    meets = (n_countries >= rule.min_countries) & (passes.sum(axis=-1) >= rule.min_regions)
    return np.asarray(meets.mean(axis=0), dtype=np.float64)


def chance_of_meeting(probabilities: FloatArray, rule: Rule) -> float:
    """Convolve independent regions exactly; ``probabilities`` is (regions,).

    O(countries² * regions²): a table over countries with a passing region and regions passing.

    Examples
    --------
    >>> rule = Rule(np.array([0, 0, 1, 2, 2, 3]), min_countries=2, min_regions=3)
    >>> round(chance_of_meeting(np.array([0.9, 0.8, 0.6, 0.7, 0.3, 0.5]), rule), 5)
    0.88822
    """
    n_regions = probabilities.size
    table = np.zeros((rule.n_countries + 1, n_regions + 1))
    table[0, 0] = 1.0
    for country in np.unique(rule.country):
        table = _with_country(table, _passing(probabilities[rule.country == country]))
    return float(min(table[rule.min_countries :, rule.min_regions :].sum(), 1.0))


def _passing(probabilities: FloatArray) -> FloatArray:
    """Return the distribution of the number of regions that pass."""
    found = np.ones(1)
    for p in probabilities:
        found = np.convolve(found, [1 - p, p])
    return np.asarray(found)


def _with_country(table: FloatArray, passing: FloatArray) -> FloatArray:
    found = table * passing[0]
    for n, p in enumerate(passing[1:], start=1):
        found[1:, n:] += p * table[:-1, :-n]
    return np.asarray(found)
