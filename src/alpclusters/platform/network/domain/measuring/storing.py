"""Measure what changed and store it; every page reads what is stored."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from alpclusters.analysis.network import Participation, Roles, Ties
from alpclusters.analysis.network.ties import VERSION
from alpclusters.platform.network.domain.measuring.measures import (
    MeasuringCancelledError,
    measure_groups,
    measure_positions,
    measure_whole,
)
from alpclusters.platform.network.domain.measuring.picture import draw_backbone
from alpclusters.platform.network.domain.measuring.places import COUNTRY, GROUPINGS, Scope, scopes
from alpclusters.platform.network.domain.measuring.reading import Gathered, Slice, gather, slices
from alpclusters.platform.network.domain.measuring.stored import (
    has_file,
    remove_files,
    write_arrays,
)
from alpclusters.platform.network.models import NetworkSnapshot

# --- Measure a network in all windows and groupings: records for pages, arrays for the file -------


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


# --- Measure what changed and store it; every page reads what is stored ---------------------------


# Of records and arrays: another one is counted again though nothing else changed.
FORMAT: Final = 2
KEPT: Final = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What measuring one network did.

    Attributes
    ----------
    scope : Scope
    n_organisations, n_rows : int
        Organisations, and links or participations read.
    is_new : bool
        False where nothing had changed.
    """

    scope: Scope
    n_organisations: int
    n_rows: int
    is_new: bool


def measure_all(*, progress: Note | None = None, cancelled: Asked = nobody) -> list[Outcome]:
    """Measure every network whose ties changed.

    Raises
    ------
    MeasuringCancelledError
        Somebody wants it to end; networks already measured stay.
    """
    return [measure_network(s, progress=progress, cancelled=cancelled) for s in scopes()]


def measure_network(
    scope: Scope, *, progress: Note | None = None, cancelled: Asked = nobody, anew: bool = False
) -> Outcome:
    """Measure one network; nothing is computed where nothing changed.

    Raises
    ------
    MeasuringCancelledError
        Somebody wants it to end; nothing is stored.
    """
    gathered = gather(scope)
    digest = digest_of(gathered)
    n_organisations, n_rows = len(gathered.nodes), len(gathered.first)
    if gathered.is_empty:
        _forget(scope)
        return Outcome(scope, n_organisations, n_rows, is_new=False)
    if not anew and _is_stored(scope, digest):
        return Outcome(scope, n_organisations, n_rows, is_new=False)
    _store(gathered, digest, measure(gathered, progress=progress, cancelled=cancelled))
    return Outcome(scope, n_organisations, n_rows, is_new=True)


def digest_of(gathered: Gathered) -> str:
    """Return a check sum of all that is counted, and of how it is counted."""
    found = hashlib.sha256(f"{FORMAT} {VERSION} {gathered.scope}".encode())
    columns = ("nodes", "first", "second", "project", "projects", "size", "start")
    for name in columns:
        found.update(getattr(gathered, name).tobytes())
    for grouping in gathered.groupings.values():
        found.update(" ".join(grouping.codes).encode())
        found.update(grouping.group.tobytes())
    found.update(repr((gathered.sources, gathered.n_unverified)).encode())
    return found.hexdigest()


def _is_stored(scope: Scope, digest: str) -> bool:
    files = _current(scope).filter(digest=digest).values_list("file", flat=True)
    return len(files) == len(GROUPINGS) and all(has_file(name) for name in files)


def _current(scope: Scope) -> Any:
    rows = NetworkSnapshot.objects.current()
    return rows.filter(basis=scope.basis, is_simulated=scope.is_simulated)


def _forget(scope: Scope) -> None:
    """Nothing is left to count: the last snapshot is none of now."""
    _current(scope).update(is_current=False)


def _store(gathered: Gathered, digest: str, measured: Measured) -> None:
    scope = gathered.scope
    kind = "simulated" if scope.is_simulated else "real"
    name = f"{scope.basis}-{kind}-{digest[:16]}.npz"
    write_arrays(name, measured.arrays)
    with transaction.atomic():
        _current(scope).update(is_current=False)
        for grouping, records in measured.records.items():
            NetworkSnapshot.objects.create(
                basis=scope.basis,
                grouping=grouping,
                is_simulated=scope.is_simulated,
                is_current=True,
                data={"windows": records, "n_unverified": gathered.n_unverified},
                file=name,
                digest=digest,
                sources=gathered.sources,
                made_at=timezone.now(),
            )
            _drop_old(scope, grouping)
    remove_files(set(NetworkSnapshot.objects.values_list("file", flat=True)))


def _drop_old(scope: Scope, grouping: str) -> None:
    rows = NetworkSnapshot.objects.filter(
        basis=scope.basis, grouping=grouping, is_simulated=scope.is_simulated, is_current=False
    )
    old = list(rows.values_list("pk", flat=True)[KEPT - 1 :])
    NetworkSnapshot.objects.filter(pk__in=old).delete()
