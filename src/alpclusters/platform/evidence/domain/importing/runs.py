"""Import projects: begin a run, look into the list, check it, perform it, go on after a stop.

A list is read once into a spool beside it; from there a check or an import takes chunks of a
thousand projects. Each chunk is one transaction, and the place where the next one begins is stored
in it: an import that was cancelled or cut off goes on there, and the result is the same.
Rules: docs/operator/importing.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.importing.supplies import kept_path
from alpclusters.platform.actors.models import ImportRun, ImportSource
from alpclusters.platform.evidence.domain.families import refresh_families
from alpclusters.platform.evidence.domain.importing.drafts import (
    LICENCES,
    SOURCE_NAMES,
    ProjectChoices,
)
from alpclusters.platform.evidence.domain.importing.participants import tie_known_bodies
from alpclusters.platform.evidence.domain.importing.reports import ProjectReport
from alpclusters.platform.evidence.domain.importing.storing import mark_vanished
from alpclusters.platform.evidence.domain.importing.work import (
    Calls,
    Cancelled,
    Progress,
    Work,
    spool_of,
    spool_path,
)
from alpclusters.platform.evidence.domain.search.index import refresh_all
from alpclusters.platform.evidence.models import Participation
from alpclusters.platform.evidence.signals import participations_changed
from alpclusters.sources.project_filters import ProjectFilter
from alpclusters.sources.project_sources import KOHESIO, open_projects
from alpclusters.sources.project_spool import Facts

_ASKED: Final = tuple(ProjectChoices.__dataclass_fields__)


def ensure_project_source(kind: str, *, key: str = "", name: str = "") -> ImportSource:
    """Return the source of a kind of list, or one under a key of one's own."""
    licence = LICENCES[kind]
    values = {
        "name": (name or SOURCE_NAMES.get(kind) or key)[:120],
        "licence": licence.key,
        "address": licence.address,
    }
    return ImportSource.objects.get_or_create(key=key or kind, defaults=values)[0]


def start_run(
    source: ImportSource, path: Path, *, name: str, by: User | None, choices: ProjectChoices
) -> ImportRun:
    """Begin an import; the file is opened to see whether it is one of that kind.

    Parameters
    ----------
    source : ImportSource
    path : Path
        File or folder; it must stay where it is until the import is done.
    name : str
        How the file was called.
    by : User or None
    choices : ProjectChoices

    Raises
    ------
    FileFormatError
        The file cannot be read, or lacks a column.
    """
    reading = open_projects(path, choices.kind, name=name, natural_persons=choices.natural_persons)
    return ImportRun.objects.create(
        source=source,
        subject=ImportRun.Subject.INITIATIVES,
        file_name=name[:200],
        digest=reading.sha256,
        options={"path": kept_path(path), **choices.as_record()},
        made_at=timezone.now(),
        made_by=by,
    )


def choose(run: ImportRun, wanted: ProjectFilter) -> None:
    """Say anew which projects are wanted; a check follows.

    Raises
    ------
    StateError
        Projects of it are stored already.
    """
    if run.next_line:
        raise StateError("import.begun")
    choices = replace(ProjectChoices.of(run.options), wanted=wanted)
    run.options = {**run.options, **choices.as_record()}
    run.state, run.error = ImportRun.State.UPLOADED, {}
    run.save(update_fields=["options", "state", "error"])


def unfinished_run(run: ImportRun) -> ImportRun | None:
    """Return an earlier run of the same file with the same choices that was cut off, if any."""
    states = (ImportRun.State.UPLOADED, ImportRun.State.RUNNING, ImportRun.State.CANCELLED)
    rows = ImportRun.objects.filter(
        source=run.source_id,
        subject=ImportRun.Subject.INITIATIVES,
        digest=run.digest,
        state__in=states,
        made_by=run.made_by_id,
    ).select_related("source")
    return next(
        (
            row
            for row in rows.exclude(pk=run.pk).order_by("-pk")
            if all(row.options.get(name) == run.options.get(name) for name in _ASKED)
        ),
        None,
    )


def read_list(
    run: ImportRun, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Facts:
    """Read the list into its spool, for looking into it.

    Raises
    ------
    FileFormatError
        It cannot be read; the run then says so too.
    ReadingCancelled
        Somebody wanted it to end.
    """
    with _failing(run), spool_of(run, Calls(progress, cancelled)) as spool:
        return spool.facts


def check_run(
    run: ImportRun, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> ProjectReport:
    """Say what an import would do, project by project; nothing of the list is stored.

    Raises
    ------
    FileFormatError
        The file cannot be read; the run then says so too.
    ReadingCancelled
        Somebody wanted it to end before the file was read.
    StateError
        The run is done, or in the middle of storing.
    """
    if run.state == ImportRun.State.DONE or run.next_line:
        raise StateError("import.begun")
    _reset(run)
    with _failing(run), Work.open(run, Calls(progress, cancelled)) as work:
        for projects in work.chunks(after=0):
            if work.is_cancelled():
                break
            work.take(projects, store_it=False)
        work.checkpoint(None, state=ImportRun.State.CHECKED)
        return work.report(is_dry=True)


def perform_run(
    run: ImportRun, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> ProjectReport:
    """Store what a list says, from where an earlier try ended.

    Raises
    ------
    FileFormatError
        The file cannot be read; the run then says so too.
    InputError
        It is not the file that the run was begun with.
    ReadingCancelled
        Somebody wanted it to end before the file was read.
    StateError
        The run is done, or somebody else performs it now.
    """
    if run.state == ImportRun.State.DONE:
        raise StateError("import.done")
    if not run.next_line:
        _reset(run)
    ImportRun.objects.filter(pk=run.pk).update(wants_cancel=False)
    with _failing(run), Work.open(run, Calls(progress, cancelled)) as work:
        _perform(work)
        report = work.report(is_dry=False)
    if run.state == ImportRun.State.DONE:
        spool_path(run).unlink(missing_ok=True)  # as large as the list, and nobody reads it again
    refresh_all()
    return report


def _perform(work: Work) -> None:
    run = work.run
    for projects in work.chunks(after=run.next_line):
        if work.is_cancelled():
            work.end(ImportRun.State.CANCELLED)
            return
        with transaction.atomic():
            work.take(projects, store_it=True)
            work.checkpoint(projects[-1].number, state=ImportRun.State.RUNNING)
    _finish(work)


def _finish(work: Work) -> None:
    """Do what needs the whole list, then say that it is done."""
    if _lists_everything(work):
        spool = work.spool
        # Kohesio has one file for each country, and programmes that several of them share.
        is_national = work.choices.kind == KOHESIO
        work.n_gone = mark_vanished(
            work.run.source_id,
            spool.keys(),
            spool.whole_programmes(),
            countries=[code for code, _ in spool.countries()] if is_national else (),
            today=work.stamp.now.date(),
        )
    n_tied = tie_known_bodies()
    if work.tally.created or work.tally.updated or n_tied:
        refresh_families()
        participations_changed.send(Participation, initiative_id=None)
    work.end(ImportRun.State.DONE)


def _lists_everything(work: Work) -> bool:
    """Say whether a project that the list lacks is gone from the source."""
    asked = work.choices.is_whole
    return work.spool.facts.is_whole if asked is None else asked


def _reset(run: ImportRun) -> None:
    """Forget the counts of a check."""
    for name in ("read", "created", "updated", "unchanged", "rejected"):
        setattr(run, f"n_{name}", 0)
    run.notes, run.error = {}, {}
    for name in ("sizes", "reasons", "vintage", "gone"):
        run.options.pop(name, None)


@contextmanager
def _failing(run: ImportRun) -> Iterator[None]:
    """Note on the run that its file cannot be read, and let the error rise."""
    try:
        yield
    except InputError as error:
        run.state, run.error = ImportRun.State.FAILED, error.as_record()
        ImportRun.objects.filter(pk=run.pk).update(state=run.state, error=run.error)
        raise
