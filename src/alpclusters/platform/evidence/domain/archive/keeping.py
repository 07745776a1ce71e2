"""The data package as a file that is made once for the same content and kept."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings
from django.db.models import Count, Max, Model, Sum

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.actors.models import ImportSource
from alpclusters.platform.evidence.domain.archive.writing import Package, Progress, write_package
from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    Code,
    Codebook,
    Coding,
    Document,
    Initiative,
    InitiativeRecord,
    Lesson,
    LessonMeasure,
    Participation,
    Programme,
    Quotation,
    Settlement,
)
from alpclusters.platform.files import file_digest
from alpclusters.platform.measures.models import Measure

# Corrections that no count and no date tells (a name of a body) are in after this time.
KEPT: Final = timedelta(hours=24)
READ_FOR: Final = timedelta(hours=1)

_COUNTED: Final[tuple[type[Model], ...]] = (
    Programme, Initiative, Participation, Document, Document.initiatives.through,
    Document.measures.through, Activity, Activity.regions.through, Codebook, Code, Coding,
    Settlement, Lesson, Bearing, LessonMeasure, Quotation, Measure, ImportSource, InitiativeRecord,
)  # fmt: skip
_DATED: Final[tuple[tuple[type[Model], str], ...]] = (
    (Initiative, "changed_at"), (Activity, "changed_at"), (Document, "changed_at"),
    (Lesson, "changed_at"), (Lesson, "graded_at"), (Coding, "closed_at"),
    (Settlement, "made_at"), (Codebook, "published_at"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """A package on disk."""

    path: Path
    package: Package
    digest: str
    n_bytes: int
    made_at: datetime


def folder() -> Path:
    """Return where packages are kept: they can be made again and are no part of a backup."""
    return Path(settings.HOME, "cache", "evidence-archive")


def mark(base: str) -> str:
    """Return a mark that changes with what is in the package, by a few counts and dates."""
    counted = [
        (model._meta.label, *model._default_manager.aggregate(n=Count("pk"), s=Sum("pk")).values())
        for model in _COUNTED
    ]
    dated = [
        (model._meta.label, name, str(model._default_manager.aggregate(at=Max(name))["at"]))
        for model, name in _DATED
    ]
    shown = [
        list(
            model._default_manager.order_by()
            .values_list(name)
            .annotate(n=Count("pk"))
            .order_by(name)
        )
        for model, name in (
            (Initiative, "is_published"),
            (Lesson, "is_published"),
            (Measure, "is_published"),
            (Activity, "state"),
            (Bearing, "stance"),
        )
    ]
    families = Initiative.objects.aggregate(s=Sum("family"))["s"]
    text = json.dumps([base, counted, dated, shown, families], default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def kept_package(base: str, *, now: datetime) -> Kept | None:
    """Return the package of the present content, if it was made and is not too old."""
    kept = _read(folder() / f"{mark(base)}.json")
    return kept if kept and now - kept.made_at < KEPT else None


def ensure_package(base: str, *, now: datetime) -> Kept:
    """Return the package of the present content, made now if need be; older ones are removed."""
    name = mark(base)
    path = folder() / f"{name}.json"
    kept = _read(path)
    if kept and now - kept.made_at < KEPT:
        return kept
    folder().mkdir(parents=True, exist_ok=True)
    with _whole(folder() / f"{name}.zip") as file:
        package = write_package(file, base=base)
    made = _about(folder() / f"{name}.zip", package, now)
    _remember(path, made)
    _remove_old(name, now=now)
    return made


def export_package(target: Path, *, base: str, progress: Progress | None = None) -> Package:
    """Write a package to a file of the user's; it appears whole or not at all.

    Raises
    ------
    InputError
        The file cannot be written there.
    """
    try:
        with _whole(target) as file:
            return write_package(file, base=base, progress=progress)
    except OSError as error:
        where = Where(file=str(target))
        code = "output.unwritable"
        raise InputError(code, where=where, found=error.strerror or "") from error


@contextmanager
def _whole(target: Path) -> Iterator[IO[bytes]]:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        temporary.chmod(0o644)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _about(path: Path, package: Package, now: datetime) -> Kept:
    return Kept(path, package, file_digest(path), path.stat().st_size, now)


def _remember(path: Path, kept: Kept) -> None:
    facts = {
        "package": asdict(kept.package),
        "digest": kept.digest,
        "n_bytes": kept.n_bytes,
        "made_at": kept.made_at.astimezone(UTC).isoformat(),
    }
    with _whole(path) as file:
        file.write(json.dumps(facts).encode())


def _read(path: Path) -> Kept | None:
    archive = path.with_suffix(".zip")
    if not path.is_file() or not archive.is_file():
        return None
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Kept(
        archive,
        Package(**facts["package"]),
        facts["digest"],
        facts["n_bytes"],
        datetime.fromisoformat(facts["made_at"]),
    )


def _remove_old(name: str, *, now: datetime) -> None:
    """Remove packages of earlier content; somebody may still be reading a young one."""
    for path in folder().glob("*.*"):
        age = now - datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
        if path.stem != name and age > READ_FOR:
            path.unlink(missing_ok=True)
