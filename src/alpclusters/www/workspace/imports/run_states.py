"""How a run of an import stands, what can be done with it, its work; who may import."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.tasks import TaskResultStatus, default_task_backend
from django.tasks.exceptions import TaskResultDoesNotExist
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from alpclusters.analysis.errors import AlpClustersError, StateError, Where
from alpclusters.platform import progress
from alpclusters.platform.actors.domain.importing import RunReport, folder_of
from alpclusters.platform.actors.domain.uploads import list_of
from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.actors.tasks import check_list, take_in_list
from alpclusters.platform.progress import Progress
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Crumb, phases_until
from alpclusters.www.workspace.sentences import placed_sentence

# --- Who may import, and the frame that all pages of an import share ------------------------------


UNPROCESSABLE: Final = 422
STEPS: Final = {
    "file": gettext_lazy("File"),
    "columns": gettext_lazy("Columns"),
    "check": gettext_lazy("Check"),
    "import": gettext_lazy("Import"),
    "result": gettext_lazy("Result"),
}


def require_right(request: HttpRequest) -> None:
    """Refuse everybody who may not import organisations."""
    if not request.user.has_perm("actors.import_organisations"):
        raise PermissionDenied


def own_run(request: HttpRequest, pk: int) -> ImportRun:
    """Return a run for somebody who may import."""
    require_right(request)
    lists = ImportRun.objects.filter(subject=ImportRun.Subject.ORGANISATIONS)
    related = lists.select_related("source", "made_by")
    return get_object_or_404(related, pk=pk)


def crumbs(*last: Crumb) -> list[Crumb]:
    """Return the place of a page of imports."""
    desk = Crumb(_("Workspace"), reverse("workspace:dashboard"))
    return [desk, Crumb(_("Imported lists"), reverse("workspace:imports") if last else ""), *last]


def frame(here: str, *, title: str, kicker: str = "", lead: str = "") -> dict[str, Any]:
    """Return head, place and steps of a page; ``here`` is the key of the step."""
    return {
        "title": title,
        "kicker": kicker,
        "lead": lead,
        "crumbs": crumbs(Crumb(kicker or title)),
        "phases": phases_until(STEPS.values(), list(STEPS).index(here)),
    }


def figure(number: int) -> str:
    """Write a number as the reader's language does."""
    return format_integer(number, get_language() or "en")


# --- The background work on a list: begun, looked at, ended ---------------------------------------


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


# --- What can be done with a run as it is ---------------------------------------------------------


State = ImportRun.State
_BROKEN: Final = {State.CANCELLED, State.FAILED, State.RUNNING}


@dataclass(frozen=True)
class Ways:
    """The next steps a page offers.

    Attributes
    ----------
    is_there : bool
        The list was not deleted.
    can_map, can_check, can_start, can_resume : bool
        Change the columns, look at every row, store, go on with storing.
    """

    is_there: bool
    can_map: bool
    can_check: bool
    can_start: bool
    can_resume: bool


def ways_of(run: ImportRun, job: Job | None) -> Ways:
    """Return what can be done now."""
    is_there = list_of(run).is_file()
    is_free = is_there and not (job is not None and job.is_active)
    has_begun = run.next_line > 0
    return Ways(
        is_there=is_there,
        can_map=is_free and not has_begun and run.state != State.DONE,
        can_check=is_free and not has_begun and run.state != State.DONE,
        can_start=is_free and not has_begun and run.state in {State.CHECKED, State.CANCELLED},
        can_resume=is_free and has_begun and run.state in _BROKEN,
    )


# --- How a run stands, in one or two sentences ----------------------------------------------------


_WHERE = ("file", "sheet", "line", "column", "field", "path", "argument", "row")
_KNOWN = {"code", "seen", "expected", "severity", *_WHERE}


def problem_of(run: ImportRun, job: Job | None) -> str:
    """Say what went wrong, if anything did."""
    if run.state == State.FAILED and run.error:
        return placed_sentence(_error(run.error))
    is_cut_off = run.state == State.RUNNING and not (job is not None and job.is_active)
    if (job is not None and job.is_broken) or is_cut_off:
        return _(
            "The work broke off in a way nobody foresaw. Try once more; if it happens again, what "
            "the server printed says why. Rows that are stored stay."
        )
    return ""


def saying_of(run: ImportRun, job: Job | None, report: RunReport | None) -> dict[str, Any]:
    """Return what the page says on top, and in which tone."""
    if problem_of(run, job):
        return {"told": "", "tone": "info"}
    if run.state == State.DONE:
        return {"told": _("The list is imported."), "tone": "good"}
    if run.state == State.CANCELLED:
        text = _("The import was cancelled. What is stored stays, and it can go on.")
        return {"told": text, "tone": "warn"}
    if report is not None and not report.is_complete:
        text = _("The check was cancelled: only a part of the rows was looked at.")
        return {"told": text, "tone": "warn"}
    return {"told": _("Nothing is stored yet."), "tone": "info"}


def _error(record: dict[str, Any]) -> AlpClustersError:
    """Make the error again that was kept on the run."""
    return AlpClustersError(
        record["code"],
        where=Where(**{name: record[name] for name in _WHERE if name in record}),
        found=record.get("seen"),
        expected=record.get("expected"),
        values={name: value for name, value in record.items() if name not in _KNOWN},
    )
