"""What is measured of a network by country or region, as plain records that are stored."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.network import (
    Cores,
    Integration,
    PairTable,
    Participation,
    Resampled,
    Roles,
    SmallWorld,
    Ties,
    Vector,
    affinity,
    betweenness,
    brokerage,
    clustering,
    components,
    constraint,
    cores,
    cross_border_share,
    external_internal,
    integration,
    missing_pairs,
    participation,
    region_table,
    resample_projects,
    small_world,
)
from alpclusters.platform.network.domain.measuring.reading import Grouping, Slice

# --- Where each organisation stands: figures per organisation, and between which ranks it lies


FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
# Two standard errors to each side cover 95 %.
_SPREAD: Final = 1.959964


class MeasuringCancelledError(Exception):
    """Somebody wants the work to end; nothing was stored."""


@dataclass(frozen=True, slots=True)
class Positions:
    """Figures that need no grouping; NaN where one is undefined.

    Attributes
    ----------
    degree : ndarray of shape (n,), int64
    betweenness, betweenness_se : ndarray of shape (n,), float64
        Raw pairs; the standard error is 0 where all organisations were searched from.
    constraint : ndarray of shape (n,), float64
    core : ndarray of shape (n,), int64
    ranks : dict of str to ndarray of shape (2, n), int64
        Best and worst rank that the figure allows, 1 is first.
    n_drawn : int
        Organisations the searches started from.
    cores : Cores
    """

    degree: IntArray
    betweenness: FloatArray
    betweenness_se: FloatArray
    constraint: FloatArray
    core: IntArray
    ranks: dict[str, IntArray]
    n_drawn: int
    cores: Cores


def measure_positions(
    ties: Ties, *, largest_project: int | None, progress: Callable[[int, int], Any] | None = None
) -> Positions:
    """Measure every organisation of a network (binary ties).

    Raises
    ------
    MeasuringCancelledError
        If ``progress`` said so.
    """
    between = betweenness(ties, progress=progress)
    if not between.is_complete:
        raise MeasuringCancelledError
    values = between.values
    se = np.zeros(len(values)) if between.error is None else between.error
    held = _filled(constraint(ties))
    shells = cores(ties, largest_project=largest_project)
    ranks = {
        "degree": rank_interval(ties.degree.astype(np.float64)),
        "betweenness": rank_interval(values, _SPREAD * se),
        # Little constraint is much room.
        "constraint": rank_interval(-np.where(np.isnan(held), np.inf, held)),
    }
    return Positions(ties.degree, values, se, held, shells.number, ranks, between.n_drawn, shells)


def rank_interval(values: FloatArray, margin: FloatArray | None = None) -> IntArray:
    """Return the best and the worst rank of each value; equal or overlapping ones share ranks.

    Parameters
    ----------
    values : ndarray of shape (n,)
        More is better.
    margin : ndarray of shape (n,), optional
        Half the width of the interval of each value.

    Returns
    -------
    ndarray of shape (2, n), int64
    """
    wide = np.zeros(len(values)) if margin is None else margin
    low, high = values - wide, values + wide
    n = len(values)
    surely_above = n - np.searchsorted(np.sort(low), high, side="right")
    maybe_above = n - np.searchsorted(np.sort(high), low, side="left")
    return np.stack([1 + surely_above, maybe_above]).astype(np.int64)


def _filled(vector: Vector) -> FloatArray:
    found = np.full(vector.n, np.nan)
    found[vector.places] = vector.values
    return found


# --- What is measured of a network by country or region, as plain records that are stored ---------


SEED: Final = 0
MOST_MISSING: Final = 30
MOST_BROKERS: Final = 20
DRAWS: Final = 500
LEAST_DRAWS: Final = 100
# Draws times cells of the table of regions that are held at once (8 bytes each).
_MOST_CELLS: Final = 15_000_000
_DIGITS: Final = 6
# Column of each role in the counts; gatekeeper and representative are one role here.
ROLE_COLUMNS: Final = {"coordinator": (0,), "itinerant": (1,), "outward": (2, 3), "liaison": (4,)}

type Record = dict[str, Any]


def measure_groups(part: Slice, grouping: Grouping) -> tuple[Record, Roles, Participation]:
    """Measure one window by one grouping: the record, and what every organisation gets."""
    binary = part.ties(grouping, "binary")
    weighted = part.ties(grouping, part.value_weights)
    drawn = _drawn(part, grouping, "binary")
    valued = _drawn(part, grouping, part.value_weights) if part.is_of_projects else drawn
    roles = brokerage(binary)
    spread = participation(weighted)
    record = {
        "name": part.window.name,
        "stamp": _without_dropped(binary),
        "value_stamp": _without_dropped(weighted),
        "share": _plain(cross_border_share(binary, resampled=drawn).as_record()),
        "ei": _plain(external_internal(binary, seed=SEED, resampled=drawn).as_record()),
        "integration": _integration(integration(weighted, resampled=valued)),
        "matrix": _matrix(binary, weighted, valued),
        "missing": _plain(
            missing_pairs(weighted, valued, null="cross", top=MOST_MISSING).as_record()
        ),
        "roles": _roles(roles, binary),
        "participation": _participation(spread),
    }
    return record, roles, spread


def measure_whole(part: Slice, ties: Ties, positions: Positions) -> Record:
    """Measure what needs no grouping: parts, cores, closed triangles, small world."""
    found, closed, small = components(ties), clustering(ties), small_world(ties)
    return {
        "components": {
            "n": found.n_components,
            "giant": found.giant_size,
            "isolates": found.n_isolates,
            "giant_share": found.giant_share,
            "reasons": list(found.reasons),
        },
        "cores": {
            "kmax": positions.cores.kmax,
            "n": positions.cores.n_in_kmax,
            "is_one_project": positions.cores.is_one_project,
        },
        "clustering": {
            "transitivity": closed.transitivity,
            "mean": closed.mean_connected,
            "reasons": list(closed.reasons),
        },
        "small_world": _small_world(small),
        "n_drawn": positions.n_drawn,
        "largest_project": part.largest_project,
    }


def _drawn(part: Slice, grouping: Grouping, weights: Any) -> Resampled:
    """Draw the projects anew; fewer times where the table of regions is very large."""
    cells = max(len(grouping.codes), 1) ** 2
    draws = max(LEAST_DRAWS, min(DRAWS, _MOST_CELLS // cells))
    return resample_projects(part.collaborations(grouping, weights), draws=draws, seed=SEED)


def _without_dropped(ties: Ties) -> Record:
    record: Record = _plain(ties.stamp.as_record())
    record.pop("dropped_projects", None)
    return record


def _integration(found: Integration) -> Record:
    pairs = zip(found.group_names, found.by_group, strict=True)
    return {
        **{name: getattr(found, name) for name in ("total", "internal", "external", "between")},
        "inside": found.inside,
        "outside": found.outside,
        "internal_share": found.internal_share,
        "home_share": found.home_share,
        "bias": found.bias,
        "interval": None if found.interval is None else asdict(found.interval),
        "by_group": {name: value for name, value in pairs if value is not None},
        "reasons": list(found.reasons),
    }


def _matrix(binary: Ties, weighted: Ties, valued: Resampled) -> Record:
    """Keep the table of the groups that have ties, the upper half row by row."""
    counts = region_table(binary)
    kept = np.flatnonzero(counts.n_connected > 0)
    cross = affinity(weighted, null="cross", resampled=valued)
    margins = affinity(weighted, null="margins")
    at = {int(place): new for new, place in enumerate(kept)}
    rows, columns = np.triu_indices(len(kept))
    cells: Record = {"n_ties": counts.n_ties[kept][:, kept][rows, columns].tolist()}
    cells |= _cells(cross, at, len(kept), ("observed", "expected", "ratio", "low", "high"))
    cells |= {"margins": _cells(margins, at, len(kept), ("ratio",))["ratio"]}
    totals = np.bincount(binary.group[binary.group >= 0], minlength=len(binary.group_names))
    return {
        "groups": [binary.group_names[place] for place in kept],
        "n_connected": counts.n_connected[kept].tolist(),
        "n_organisations": totals[kept].tolist(),
        "draws": len(valued.tables),
        "level": valued.level,
        "reasons": list(cross.reasons),
        **cells,
    }


def _cells(table: PairTable, at: dict[int, int], n: int, names: tuple[str, ...]) -> Record:
    found: dict[str, list[float | None]] = {name: [None] * (n * (n + 1) // 2) for name in names}
    for pair in table.pairs:
        first, second = at.get(pair.first), at.get(pair.second)
        if first is None or second is None:
            continue
        place = flat_place(first, second, n)
        span = pair.interval
        values = {
            "observed": pair.observed, "expected": pair.expected, "ratio": pair.ratio,
            "low": span.low if span else None, "high": span.high if span else None,
        }  # fmt: skip
        for name in names:
            found[name][place] = _rounded(values[name])
    return dict(found)


def flat_place(first: int, second: int, n: int) -> int:
    """Return where a cell of the upper half lies when its rows stand one after another."""
    low, high = min(first, second), max(first, second)
    return low * n - low * (low - 1) // 2 + high - low


def _roles(roles: Roles, ties: Ties) -> Record:
    return {
        "totals": {name: sum(roles.total[c] for c in own) for name, own in ROLE_COLUMNS.items()},
        "top": {name: _top(roles, ties, own) for name, own in ROLE_COLUMNS.items()},
        "reasons": list(roles.reasons),
    }


def _top(roles: Roles, ties: Ties, columns: tuple[int, ...]) -> list[list[Any]]:
    """Return number, group and count of those who have a role most often."""
    counts = roles.counts[:, list(columns)].sum(axis=1)
    order = np.lexsort((ties.nodes, -counts))[:MOST_BROKERS]
    return [
        [int(ties.nodes[p]), ties.group_names[ties.group[p]], int(counts[p])]
        for p in order
        if counts[p] > 0
    ]


def _participation(found: Participation) -> Record:
    return {
        "maximum": found.maximum,
        "by_group": {
            one.name: [_rounded(one.mean), one.n] for one in found.by_group if one.mean is not None
        },
    }


def _small_world(found: SmallWorld) -> Record:
    record: Record = _plain(asdict(found))
    return record


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _plain(record: Any) -> Any:
    """Return a record with lists for tuples and without the stamp, ready for JSON."""
    if isinstance(record, dict):
        return {key: _plain(value) for key, value in record.items() if key != "stamp"}
    if isinstance(record, list | tuple):
        return [_plain(value) for value in record]
    if isinstance(record, np.generic):
        return record.item()
    return record
