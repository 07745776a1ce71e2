"""Measure a network in all windows and groupings: records for pages, arrays for the file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.network import Participation, Roles, Ties
from alpclusters.platform.network.domain.measuring.counting import Slice, slices
from alpclusters.platform.network.domain.measuring.measures import measure_groups, measure_whole
from alpclusters.platform.network.domain.measuring.picture import draw_backbone
from alpclusters.platform.network.domain.measuring.positions import (
    MeasuringCancelledError,
    measure_positions,
)
from alpclusters.platform.network.domain.measuring.reading import Gathered
from alpclusters.platform.network.domain.measuring.scopes import COUNTRY

# Betweenness takes most of the time: its searches are this many of the steps of a window.
STEPS: Final = 100
_OF_SEARCH: Final = 80

type Record = dict[str, Any]
type Array = NDArray[Any]
type Note = Callable[[int, int | None], object]
type Asked = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one network.

    Attributes
    ----------
    records : dict of str to list of dict
        By grouping, one record per window.
    arrays : dict of str to ndarray
        Names begin with the window: ``"all/indptr"``.
    """

    records: dict[str, list[Record]]
    arrays: dict[str, Array]


def nobody() -> bool:
    """Say that nobody wants the work to end."""
    return False


def measure(
    gathered: Gathered, *, progress: Note | None = None, cancelled: Asked = nobody
) -> Measured:
    """Measure a network.

    Raises
    ------
    MeasuringCancelledError
        Somebody wants it to end.
    """
    parts = slices(gathered)
    records: dict[str, list[Record]] = {name: [] for name in gathered.groupings}
    arrays: dict[str, Array] = {
        f"codes/{name}": np.array(grouping.codes, dtype=np.str_)
        for name, grouping in gathered.groupings.items()
    }
    for number, part in enumerate(parts):
        diary = _Steps(number, len(parts), progress, cancelled)
        found, made = _measure_slice(part, diary)
        for name, record in found.items():
            records[name].append(record)
        arrays |= {f"{part.window.name}/{key}": value for key, value in made.items()}
    return Measured(records, arrays)


@dataclass(frozen=True, slots=True)
class _Steps:
    """Turns the progress within one window into that of the whole; asks whether to go on."""

    number: int
    of: int
    progress: Note | None
    cancelled: Asked

    def note(self, step: float) -> None:
        if self.cancelled():
            raise MeasuringCancelledError
        if self.progress is not None:
            self.progress(int(self.number * STEPS + step), self.of * STEPS)

    def note_search(self, done: int, total: int) -> bool:
        if self.progress is not None:
            share = _OF_SEARCH * done / max(total, 1)
            self.progress(int(self.number * STEPS + share), self.of * STEPS)
        return not self.cancelled()


def _measure_slice(part: Slice, diary: _Steps) -> tuple[dict[str, Record], dict[str, Array]]:
    grouping = part.gathered.groupings[COUNTRY]
    binary, full = part.ties(grouping, "binary"), part.ties(grouping, "full")
    positions = measure_positions(
        binary, largest_project=part.largest_project, progress=diary.note_search
    )
    whole = measure_whole(part, binary, positions)
    picture = draw_backbone(full if not part.is_of_projects else part.ties(grouping, "fractional"))
    diary.note(_OF_SEARCH)
    arrays = dict(_tie_arrays(part, binary, full))
    arrays |= {
        "betweenness": positions.betweenness.astype(np.float32),
        "betweenness_se": positions.betweenness_se.astype(np.float32),
        "constraint": positions.constraint.astype(np.float32),
        "core": positions.core.astype(np.int32),
        **{f"rank/{name}": ranks.astype(np.int32) for name, ranks in positions.ranks.items()},
    }
    records = {}
    for name, each in part.gathered.groupings.items():
        record, roles, spread = measure_groups(part, each)
        records[name] = {**record, "whole": whole, "picture": picture}
        arrays |= _group_arrays(name, part.ties(each, "binary"), roles, spread)
        diary.note(_OF_SEARCH + (STEPS - _OF_SEARCH) * len(records) / len(part.gathered.groupings))
    return records, arrays


def _tie_arrays(part: Slice, binary: Ties, full: Ties) -> Iterator[tuple[str, Array]]:
    yield "nodes", binary.nodes
    yield "indptr", binary.matrix.indptr.astype(np.int64)
    yield "indices", binary.matrix.indices.astype(np.int32)
    yield "joint", full.matrix.data.astype(np.int32)
    yield "since", part.first_years(binary)


def _group_arrays(name: str, ties: Ties, roles: Roles, spread: Participation) -> dict[str, Array]:
    coefficient = np.full(ties.n, np.nan, dtype=np.float32)
    coefficient[spread.vector.places] = spread.vector.values
    return {
        f"group/{name}": ties.group.astype(np.int32),
        f"roles/{name}": roles.counts,
        f"participation/{name}": coefficient,
    }
