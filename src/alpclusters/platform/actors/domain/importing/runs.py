"""Import a list: begin a run, check it without storing anything, perform it in chunks.

Each chunk is one transaction, and the line where the next one begins is stored in it: an import
that was cancelled or cut off goes on there, and the result is the same.
Rules: docs/operator/importing.md.
"""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.directory.index import refresh_all
from alpclusters.platform.actors.domain.importing.previews import remember_columns
from alpclusters.platform.actors.domain.importing.readings import Cancelled, Progress, Reading
from alpclusters.platform.actors.domain.importing.reports import RunReport
from alpclusters.platform.actors.domain.importing.supplies import (
    TABLE,
    Choices,
    Supply,
    kept_path,
    line_of,
    path_of,
    wishes_of,
)
from alpclusters.platform.actors.models import ImportRun, ImportSource
from alpclusters.sources.user_tables import open_table


def ensure_source(
    key: str, *, name: str = "", is_public: bool = False, licence: str = "", address: str = ""
) -> ImportSource:
    """Return the source with a key; a new one gets the other values."""
    values = {"name": name or key, "is_public": is_public, "licence": licence, "address": address}
    return ImportSource.objects.get_or_create(key=key, defaults=values)[0]


def start_run(
    source: ImportSource,
    path: Path,
    *,
    name: str,
    columns: Mapping[str, str],
    by: User | None,
    choices: Choices | None = None,
) -> ImportRun:
    """Begin an import; the file is opened to see that its columns are there.

    Parameters
    ----------
    source : ImportSource
    path : Path
        It must stay where it is until the import is done.
    name : str
        How the file was called.
    columns : mapping of str to str
        Field to head; ignored for kinds that need no matching. Remembered for the source. Empty
        while nobody has matched them yet: `choose` follows.
    by : User or None
    choices : Choices, optional

    Raises
    ------
    FileFormatError
        The file cannot be read, or lacks a column.
    """
    chosen = choices or Choices()
    run = ImportRun(source=source, file_name=name[:200], made_at=timezone.now(), made_by=by)
    run.options = {"path": kept_path(path)}
    choose(run, columns=columns, choices=chosen)
    return run


def choose(run: ImportRun, *, columns: Mapping[str, str], choices: Choices) -> None:
    """Say anew how a list is to be read, and save the run; a check follows.

    Raises
    ------
    FileFormatError
        The file cannot be read, or lacks a column.
    StateError
        Rows of it are stored already.
    """
    if run.next_line:
        raise StateError("import.begun")
    run.options = {**run.options, "columns": dict(columns), **asdict(choices)}
    if columns or choices.kind != TABLE:
        wishes = wishes_of(run.options, columns)
        with Supply(path_of(run), name=run.file_name, wishes=wishes) as supply:
            run.digest, header_hash = supply.sha256, supply.header_hash
        remember_columns(run.source, header_hash, columns)
    else:
        with open_table(path_of(run), name=run.file_name, sheet=choices.sheet, max_rows=1) as table:
            run.digest = table.sha256
    run.state = ImportRun.State.UPLOADED
    run.save()


def unfinished_run(run: ImportRun) -> ImportRun | None:
    """Return an earlier run of the same file with the same choices that was cut off, if any."""
    states = (ImportRun.State.RUNNING, ImportRun.State.CANCELLED)
    rows = ImportRun.objects.filter(
        source=run.source_id, digest=run.digest, state__in=states, next_line__gt=0
    ).select_related("source")
    asked = ("columns", *Choices.__dataclass_fields__)
    return next(
        (
            row
            for row in rows.exclude(pk=run.pk).order_by("-pk")
            if all(row.options.get(name) == run.options.get(name) for name in asked)
        ),
        None,
    )


def check_run(
    run: ImportRun, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> RunReport:
    """Say what an import would do, row by row; nothing of the list is stored.

    Raises
    ------
    FileFormatError
        The file cannot be read; the run then says so too.
    StateError
        The run is done, or in the middle of storing.
    """
    if run.state == ImportRun.State.DONE or run.next_line:
        raise StateError("import.begun")
    _reset(run)
    with _failing(run), Reading.open(run, progress, cancelled) as work:
        for things in work.chunks(after=0):
            if work.is_cancelled():
                break
            work.take(things, store_it=False)
        work.checkpoint(None, state=ImportRun.State.CHECKED)
        return work.report(is_dry=True)


def perform_run(
    run: ImportRun, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> RunReport:
    """Store what a list says, from where an earlier try ended.

    Raises
    ------
    FileFormatError
        The file cannot be read; the run then says so too.
    InputError
        It is not the file that the run was begun with.
    StateError
        The run is done, or somebody else performs it now.
    """
    if run.state == ImportRun.State.DONE:
        raise StateError("import.done")
    if not run.next_line:
        _reset(run)
    ImportRun.objects.filter(pk=run.pk).update(wants_cancel=False)
    with _failing(run), Reading.open(run, progress, cancelled) as work:
        _perform(work)
        report = work.report(is_dry=False)
    refresh_all()
    return report


def _perform(work: Reading) -> None:
    run = work.run
    for things in work.chunks(after=run.next_line):
        if work.is_cancelled():
            work.end(ImportRun.State.CANCELLED)
            return
        with transaction.atomic():
            work.take(things, store_it=True)
            work.checkpoint(line_of(things[-1]) + 1, state=ImportRun.State.RUNNING)
    work.end(ImportRun.State.DONE)


def _reset(run: ImportRun) -> None:
    """Forget the counts of a check."""
    for name in ("read", "created", "updated", "unchanged", "rejected"):
        setattr(run, f"n_{name}", 0)
    run.notes, run.error = {}, {}
    for name in ("sizes", "reasons", "survey"):
        run.options.pop(name, None)


class _failing:  # noqa: N801 - used like a function in a with statement
    """Note on the run that its file cannot be read, and let the error rise."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, InputError):
            values = {"state": ImportRun.State.FAILED, "error": error.as_record()}
            ImportRun.objects.filter(pk=self._run.pk).update(**values)
            self._run.state, self._run.error = ImportRun.State.FAILED, error.as_record()
