"""Measure what changed and store it; every page reads what is stored."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.network.stamp import VERSION
from alpclusters.platform.network.domain.measuring.computing import (
    Asked,
    Measured,
    Note,
    measure,
    nobody,
)
from alpclusters.platform.network.domain.measuring.files import (
    has_file,
    remove_files,
    write_arrays,
)
from alpclusters.platform.network.domain.measuring.reading import Gathered, gather
from alpclusters.platform.network.domain.measuring.scopes import GROUPINGS, Scope, scopes
from alpclusters.platform.network.models import NetworkSnapshot

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
