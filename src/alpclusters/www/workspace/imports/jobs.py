"""The background work on a list: begun, looked at, ended."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from django.db import transaction
from django.tasks import TaskResultStatus, default_task_backend
from django.tasks.exceptions import TaskResultDoesNotExist
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.analysis.errors import StateError
from alpclusters.platform import progress
from alpclusters.platform.actors.domain.importing import folder_of
from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.actors.tasks import check_list, take_in_list
from alpclusters.platform.progress import Progress
from alpclusters.www.workspace.imports.access import figure

type Kind = Literal["check", "import"]

CHECK: Final = "check"
IMPORT: Final = "import"
_TASKS: Final[dict[str, Any]] = {CHECK: check_list, IMPORT: take_in_list}
_ACTIVE: Final = {TaskResultStatus.READY, TaskResultStatus.RUNNING}
MINUTE: Final = 60


@dataclass(frozen=True)
class Job:
    """The last work on a run.

    Attributes
    ----------
    kind : {'check', 'import'}
    is_active : bool
        Waiting or running.
    is_waiting : bool
        No worker has begun it.
    is_broken : bool
        It ended in a way nobody foresaw.
    """

    kind: str
    is_active: bool
    is_waiting: bool
    is_broken: bool


def job_of(run: ImportRun) -> Job | None:
    """Return the last work on a run, if there was any."""
    wanted = run.options.get("task")
    if not wanted:
        return None
    try:
        status = default_task_backend.get_result(wanted["id"]).status
    except TaskResultDoesNotExist:
        return None
    return Job(
        wanted["kind"],
        is_active=status in _ACTIVE,
        is_waiting=status == TaskResultStatus.READY,
        is_broken=status == TaskResultStatus.FAILED,
    )


@transaction.atomic
def begin(run_id: int, kind: str) -> None:
    """Let the worker begin, unless it is at this list already.

    Raises
    ------
    StateError
        It is at it.
    """
    # Two people press the button at once: the second finds the first one's work.
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    job = job_of(run)
    if job is not None and job.is_active:
        raise StateError("import.busy")
    progress.clear(folder_of(run))
    result = _TASKS[kind].enqueue(run.pk)
    run.options["task"] = {"id": str(result.id), "kind": kind}
    run.options["language"] = get_language() or "en"
    run.wants_cancel, run.error = False, {}
    run.save(update_fields=["options", "wants_cancel", "error"])


def cancel(run: ImportRun) -> None:
    """Ask the worker to end after the rows it is at."""
    progress.cancel(folder_of(run))
    ImportRun.objects.filter(pk=run.pk).update(wants_cancel=True)


def progress_of(run: ImportRun) -> Progress:
    """Return how far the work is."""
    return progress.read_progress(folder_of(run))


def told(job: Job, now: Progress) -> str:
    """Say how far the work is, in one line."""
    if job.is_waiting:
        return _("The work begins in a moment.")
    if not now.total:
        return _("The list is being read.")
    words = {"done": figure(now.done), "total": figure(now.total)}
    rows = ngettext("%(done)s of %(total)s row", "%(done)s of %(total)s rows", now.total) % words
    left = now.seconds_left
    return rows if left is None else f"{rows}, {_left(left)}"


def _left(seconds: int) -> str:
    if seconds < MINUTE:
        return _("less than a minute left")
    minutes = round(seconds / MINUTE)
    text = ngettext("about %(n)s minute left", "about %(n)s minutes left", minutes)
    return text % {"n": figure(minutes)}
