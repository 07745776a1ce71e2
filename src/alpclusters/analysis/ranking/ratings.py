"""The long table of ratings and the arguments of ranking, checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple, cast, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.ratings import MAX_ASSUMED_POINTS, Id, Ratings
from alpclusters.analysis.conventions import MANY_CANNOT_JUDGE, Conventions
from alpclusters.analysis.errors import (
    AnalysisError,
    NotFiniteError,
    ShapeError,
    Where,
    check_range,
)

# --- Errors of ranking that no other method raises ------------------------------------------------


class WeightError(AnalysisError):
    """A weight that is zero, negative, missing or no number, or weights that do not add up."""


class TooLargeError(AnalysisError):
    """More columns and raters than the joint fit takes; ``expected`` names what works instead."""


# --- Arguments that hold for every criterion, checked, and as conventions -------------------------


HALF: Final = 0.5  # pure chance

Residuals = Literal["per_measure", "one"]
Prior = Literal["mixture", "normal"]


@dataclass(frozen=True, slots=True)
class Model:
    """What is taken as given: arguments of the same names of `rank_measures`."""

    residuals: Residuals
    cluster: bool
    prior: Prior
    inside: bool

    @property
    def is_first(self) -> bool:
        """Whether this is the model of the first version throughout."""
        return self == FIRST


FIRST: Final = Model("one", cluster=False, prior="normal", inside=False)


@dataclass(frozen=True, slots=True)
class Rules:
    """Arguments that hold for every criterion."""

    model: Model

    level: float
    draws: int
    top: tuple[int, ...]
    overlap: float
    seed: int


def _stated_scale(scale: tuple[float, ...]) -> tuple[float, ...]:
    """Name all points, of very many values only the ends."""
    return scale if len(scale) <= MAX_ASSUMED_POINTS else (scale[0], scale[-1])


def conventions(rules: Rules, scale: tuple[float, ...]) -> Conventions:
    """Say how a ranking was computed."""
    return Conventions(
        method="rank_measures",
        version="1" if rules.model.is_first else "2",
        scale=_stated_scale(scale),
        level=rules.level,
        intervals=(("estimate", _estimate(rules.model)), ("rank", _rank(rules.model))),
        ties="by_id",
        missing="cannot_judge_left_out_and_reported",
        quantiles="inverted_cdf",
        seed=rules.seed,
        draws=rules.draws,
        thresholds=(("overlap", rules.overlap), ("many_cannot_judge", MANY_CANNOT_JUDGE)),
    )


def _estimate(model: Model) -> str:
    """Return the code of the interval of an estimate."""
    if model.is_first:
        return "normal_plug_in"
    parts = {
        "student_t_by_measure": model.residuals == "per_measure",
        "normal_plug_in": model.residuals == "one",
        "clustered_by_person": model.cluster,
        "inside_scale": model.inside,
    }
    return "_".join(part for part, holds in parts.items() if holds)


def _rank(model: Model) -> str:
    return "posterior_simulation" + ("_of_clumps" if model.prior == "mixture" else "")


def checked_model(residuals: Residuals, prior: Prior, *, cluster: bool, inside: bool) -> Model:
    """Refuse words that name no model."""
    for argument, found, words in (("residuals", residuals, Residuals), ("prior", prior, Prior)):
        if found not in get_args(words):
            code = "argument.not_one_of"
            expected = ", ".join(get_args(words))
            raise ShapeError(code, where=Where(argument=argument), expected=expected)
    return Model(residuals, cluster, prior, inside)


def checked_rules(
    model: Model, level: float, draws: int, top: Sequence[int], overlap: float, seed: int
) -> Rules:
    """Refuse arguments that are out of range."""
    check_range("level", 0 < level < 1, "0 < level < 1")
    check_range("draws", draws >= 1, ">= 1")
    check_range("top", all(k >= 1 for k in top), ">= 1")
    check_range("overlap", 0 <= overlap < HALF, "0 <= overlap < 0.5")
    return Rules(model, level, draws, tuple(int(k) for k in top), overlap, seed)


# --- The long table of ratings, checked, one table per criterion ----------------------------------


FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
type Ids = Sequence[Id] | NDArray[np.generic]
# A mapping's key type is invariant, so each kind of id is named.
type PerRater[T] = Mapping[Id, T] | Mapping[str, T] | Mapping[int, T] | Sequence[T]
type Regions = PerRater[Id | None] | PerRater[str] | PerRater[int] | NDArray[np.generic]
type Weights = PerRater[float] | NDArray[np.generic]

ARGUMENTS: Final = {"rater": "raters", "measure": "measures", "value": "ratings"}


class RatingColumns(NamedTuple):
    """Columns for `rank_measures`: values (NaN is "cannot judge"), raters, measures."""

    ratings: FloatArray
    raters: tuple[Id, ...]
    measures: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Ratings of one criterion with what is known of each rater.

    ``region`` and ``weight`` are in the order of ``ratings.rater_ids``; None if not given.
    """

    ratings: Ratings
    region: tuple[Id | None, ...] | None
    weight: FloatArray | None


def rating_columns(ratings: Ratings) -> RatingColumns:
    """Lay standing ratings out as the columns that `rank_measures` takes.

    Parameters
    ----------
    ratings : Ratings
        On one criterion.

    Returns
    -------
    RatingColumns
        One row per standing answer; measures nobody answered have no row.

    Examples
    --------
    >>> from alpclusters.analysis.consensus import CANNOT_JUDGE, Ratings
    >>> columns = rating_columns(
    ...     Ratings.from_rows([("a", "m1", 4), ("b", "m1", CANNOT_JUDGE)], scale=(1, 5)))
    >>> columns.ratings.tolist(), columns.raters, columns.measures
    ([4.0, nan], ('a', 'b'), ('m1', 'm1'))
    """
    rater = np.concatenate([ratings.rater, ratings.cannot[0]])
    measure = np.concatenate([ratings.measure, ratings.cannot[1]])
    missing = np.full(ratings.cannot[0].size, np.nan)
    values = np.concatenate([ratings.value, missing])
    values.setflags(write=False)
    return RatingColumns(
        values,
        tuple(ratings.rater_ids[place] for place in rater),
        tuple(ratings.measure_ids[place] for place in measure),
    )


def read_tables(
    ratings: ArrayLike,
    raters: Ids,
    measures: Ids,
    *,
    scale: Sequence[float] | None,
    criterion: Ids | None,
    region: Regions | None,
    weights: Weights | None,
) -> dict[Id | None, Table]:
    """Check the columns and build one table per criterion, in order of criterion id.

    All tables have the same measures in the same order. Without ``criterion``, or without rows,
    the only key is None.
    """
    values = _values(ratings)
    who, what = (
        _ids(column, name) for column, name in ((raters, "raters"), (measures, "measures"))
    )
    kinds = [None] * values.size if criterion is None else _ids(criterion, "criterion")
    for name, column in (("raters", who), ("measures", what), ("criterion", kinds)):
        _check_length(len(column), values.size, name)
    regions = None if region is None else _per_rater(region, who, "region")
    weight_of = None if weights is None else _weights(_per_rater(weights, who, "weights"), who)
    points = _assumed_points(values) if scale is None else scale
    items = ordered(what)
    tables: dict[Id | None, Table] = {}
    for kind in ordered(cast("list[Id]", kinds)) if criterion is not None and kinds else [None]:
        rows: Sequence[int] = range(values.size)
        if criterion is not None:
            rows = [row for row, found in enumerate(kinds) if found == kind]
        found = _ratings(values, who, what, rows, points, items)
        tables[kind] = Table(
            ratings=replace(found, scale_assumed=scale is None),
            region=None if regions is None else _labels(regions, found.rater_ids),
            weight=None if weight_of is None else _column(weight_of, found.rater_ids),
        )
    return tables


def _column(weight_of: dict[Id, float], rater_ids: tuple[Id, ...]) -> FloatArray:
    return np.array([weight_of[rater] for rater in rater_ids], dtype=np.float64)


def ordered(ids: Sequence[Id]) -> list[Id]:
    """Return the distinct ids: numbers first, by size, then texts, by letter."""
    return sorted(set(ids), key=lambda name: (isinstance(name, str), _as_number(name), str(name)))


def _as_number(name: Id) -> int:
    return 0 if isinstance(name, str) else name


def _ratings(
    values: FloatArray,
    who: list[Id],
    what: list[Id],
    rows: Sequence[int],
    points: Sequence[float] | None,
    items: list[Id],
) -> Ratings:
    is_part = len(rows) < values.size
    part = values[list(rows)] if is_part else values
    try:
        return Ratings.from_arrays(
            [who[row] for row in rows] if is_part else who,
            [what[row] for row in rows] if is_part else what,
            part,
            cannot=np.isnan(part),
            scale=points,
            measures=items,
        )
    except AnalysisError as error:
        raise _renamed(error, rows) from error


def _renamed(error: AnalysisError, rows: Sequence[int]) -> AnalysisError:
    """Name the argument and row as the caller knows them."""
    where = error.where
    row = rows[where.row] if where.row is not None else None
    argument = ARGUMENTS.get(where.argument or "", where.argument)
    return type(error)(
        error.code,
        where=replace(where, argument=argument, row=row),
        found=error.found,
        expected=error.expected,
    )


def _values(ratings: ArrayLike) -> FloatArray:
    try:
        values = np.array(ratings, dtype=np.float64)
    except (TypeError, ValueError) as error:
        code = "ratings.not_finite"
        raise NotFiniteError(code, where=Where(argument="ratings")) from error
    if values.ndim != 1:
        code = "ratings.lengths"
        where = Where(argument="ratings")
        raise ShapeError(code, where=where, found=str(values.shape), expected="(n_answers,)")
    return values


def _listed(values: object) -> list[object]:
    if isinstance(values, np.ndarray):
        return list(values.tolist())
    return [v.item() if isinstance(v, np.generic) else v for v in cast("Sequence[object]", values)]


def _ids(column: Ids, argument: str) -> list[Id]:
    names = _listed(column)
    for row, name in enumerate(names):
        if not isinstance(name, str | int):
            code = "argument.not_one_of"
            raise ShapeError(code, where=Where(argument=argument, row=row), expected="str, int")
    return cast("list[Id]", names)


def _check_length(found: int, expected: int, argument: str) -> None:
    if found != expected:
        code = "ratings.lengths"
        where = Where(argument=argument)
        raise ShapeError(code, where=where, found=str(found), expected=str(expected))


def _assumed_points(values: FloatArray) -> Sequence[float] | None:
    """Return the ends of whole numbers, or the values themselves; None leaves it to `Ratings`."""
    finite = np.unique(values[np.isfinite(values)])
    if finite.size < 2:  # noqa: PLR2004 - low and high
        return None
    is_whole = bool((finite == np.round(finite)).all())
    if is_whole and np.ptp(finite) < MAX_ASSUMED_POINTS:
        return (float(finite[0]), float(finite[-1]))
    return cast("list[float]", finite.tolist())


def _per_rater(given: object, who: list[Id], argument: str) -> dict[Id, object]:
    """Read one value per rater from a mapping, from one per row, or from one per distinct id."""
    if isinstance(given, Mapping):
        return dict(given)
    column = _listed(given)
    if len(column) == len(who):
        return _agreed(column, who, argument)
    names = ordered(who)
    if len(column) != len(names):
        code = "groups.length"
        where = Where(argument=argument)
        raise ShapeError(code, where=where, found=str(len(column)), expected=str(len(names)))
    return dict(zip(names, column, strict=True))


def _agreed(column: list[object], who: list[Id], argument: str) -> dict[Id, object]:
    found: dict[Id, object] = {}
    for row, (rater, value) in enumerate(zip(who, column, strict=True)):
        if not _same(found.setdefault(rater, value), value):
            code = "ranking.two_values"
            raise ShapeError(code, where=Where(argument=argument, row=row))
    return found


def _same(one: object, other: object) -> bool:
    return one is other or one == other or (one != one and other != other)  # noqa: PLR0124 - NaN


def _labels(regions: dict[Id, object], rater_ids: tuple[Id, ...]) -> tuple[Id | None, ...]:
    found = [regions.get(rater) for rater in rater_ids]
    for label in found:
        if label is not None and not isinstance(label, str | int):
            code = "argument.not_one_of"
            raise ShapeError(code, where=Where(argument="region"), expected="str, int, None")
    return cast("tuple[Id | None, ...]", tuple(found))


def _weights(given: dict[Id, object], who: list[Id]) -> dict[Id, float]:
    for row, rater in enumerate(who):
        weight = given.get(rater)
        if not isinstance(weight, int | float) or not 0 < weight < np.inf:
            code = "ranking.weight"
            raise WeightError(code, where=Where(argument="weights", row=row), expected="> 0")
    return cast("dict[Id, float]", given)
