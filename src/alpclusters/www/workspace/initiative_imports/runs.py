"""A run once its file is there: read, checked, what was found, stored, its lists as files."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.actors.domain.importing import RowFate, folder_of
from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.evidence.domain.importing import ProjectReport, read_report, spool_path
from alpclusters.www.components.parts import Figure
from alpclusters.www.workspace.imports.run_states import (
    Job,
    cancel,
    figure,
    job_of,
    problem_of,
    progress_of,
    told,
    ways_of,
)
from alpclusters.www.workspace.imports.runs import COUNTS, FEW, KINDS, File, Kind, Row, Summary
from alpclusters.www.workspace.initiative_imports import run_list
from alpclusters.www.workspace.initiative_imports.run_list import frame, own_run
from alpclusters.www.workspace.sentences import placed_sentence

# --- Kinds of notes on projects, short, for counting them -----------------------------------------


OWN: Final = {
    **KINDS,
    "project.cut": _("Texts that are too long, cut"),
    "project.repeat": _("Rows that repeat a project of the same file"),
    "project.partners_kept": _("Partners kept as a person set them"),
}


def kind_label(code: str) -> str:
    """Return the kind of a note in words; an unknown one by its code."""
    return str(OWN.get(code, code))


# --- The lists about a run as files, for those who may import -------------------------------------


NAMES = ("accepted", "rejected", "partners")


@login_required
@require_safe
def initiative_import_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Hand out a list; it is nobody's page and is never shown in the browser."""
    run = own_run(request, pk)
    path = folder_of(run) / f"{name}.csv"
    if name not in NAMES or not path.is_file():
        raise Http404
    shown = f"{slugify(run.source.key)}-{run.pk}-{name}.csv"
    # Not streamed: behind an asynchronous server Django would gather the blocks anyway, and warn.
    response = HttpResponse(path.read_bytes(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, shown)  # noqa: FBT003
    return response


# --- What a check found or an import did: counts that add up, notes, projects with their fate -----


# What became of a project, with word, icon and tone.
FATES: Final = {
    "created": (gettext_lazy("new initiative"), "plus", "good"),
    "updated": (gettext_lazy("changed initiative"), "pencil", "info"),
    "unchanged": (gettext_lazy("unchanged initiative"), "check", ""),
    "rejected": (gettext_lazy("rejected row"), "x", "bad"),
}
FILE_WORDS: Final = {
    "accepted": gettext_lazy("projects that were taken, each with what becomes of it"),
    "rejected": gettext_lazy("rejected rows with line, field and reason"),
    "partners": gettext_lazy("rows of partners that could not be taken, with the reason"),
}
State = ImportRun.State


def outcome_of(run: ImportRun, job: Job | None) -> dict[str, Any]:
    """Return everything the page of a run shows while nobody is at it."""
    ways = ways_of(run, job)
    report = _report(run)
    shown = report or ProjectReport()
    return {
        "run": run,
        "problem": problem_of(run, job),
        **_saying(run, job, report),
        "summary": _summary(run, shown) if run.n_read or report else None,
        "start_words": _start_words(run),
        "is_done": run.state == State.DONE,
        "is_spooled": spool_path(run).is_file(),
        **asdict(ways),
        "files": _files(run),
        "files_gone": "" if ways.is_there else _gone(),
        "file_notes": shown.file_notes,
        "notes": [Kind(kind_label(code), n) for code, n in sorted(run.notes.items())],
        "rejected": [_row(one) for one in shown.rejected_rows],
        "few_rejected": len(shown.rejected_rows) <= FEW,
        "few_rows": len(shown.first_rows) <= FEW,
        "rows": [_row(one) for one in shown.first_rows],
        "rows_title": _rows_title(len(shown.first_rows)),
        **_frame(run),
    }


def _report(run: ImportRun) -> ProjectReport | None:
    """Return the report of the last work; that of a check is no report of an import."""
    report = read_report(folder_of(run))
    has_stored = run.next_line > 0 or run.state == State.DONE
    return report if report is not None and report.is_dry != has_stored else None


def _saying(run: ImportRun, job: Job | None, report: ProjectReport | None) -> dict[str, Any]:
    """Return what the page says on top, and in which tone."""
    if problem_of(run, job):
        return {"told": "", "tone": "info"}
    if run.state == State.DONE:
        return {"told": gettext("The projects are imported."), "tone": "good"}
    if run.state == State.CANCELLED:
        text = gettext("The import was cancelled. What is stored stays, and it can go on.")
        return {"told": text, "tone": "warn"}
    if report is None:
        text = gettext("The file was not read to its end. Read it once more.")
        return {"told": text, "tone": "warn"}
    if not report.is_complete:
        text = gettext("The check was cancelled: only a part of the projects was looked at.")
        return {"told": text, "tone": "warn"}
    return {"told": gettext("Nothing is stored yet."), "tone": "info"}


def _summary(run: ImportRun, report: ProjectReport) -> Summary:
    values = {name: getattr(run, f"n_{name}") for name in COUNTS}
    labels = {
        "created": gettext("New initiatives"),
        "updated": gettext("Changed initiatives"),
        "unchanged": gettext("Unchanged"),
        "rejected": gettext("Rejected rows"),
    }
    figures = [Figure(labels[name], figure(values[name])) for name in COUNTS]
    words = {"read": figure(run.n_read), "sum": " + ".join(map(figure, values.values()))}
    text = ngettext("%(read)s row read = %(sum)s", "%(read)s rows read = %(sum)s", run.n_read)
    return Summary(figures, ". ".join([text % words, *_further(report)]))


def _further(report: ProjectReport) -> Sequence[str]:
    told = []
    if report.filtered:
        text = ngettext(
            "%(n)s row left out by your choice", "%(n)s rows left out by your choice",
            report.filtered,
        )  # fmt: skip
        told.append(text % {"n": figure(report.filtered)})
    if report.gone:
        text = ngettext(
            "%(n)s project is no longer listed by the source",
            "%(n)s projects are no longer listed by the source",
            report.gone,
        )
        told.append(text % {"n": figure(report.gone)})
    return told


def _start_words(run: ImportRun) -> str:
    n = run.n_created + run.n_updated
    text = ngettext("Import %(n)s project", "Import %(n)s projects", n)
    return text % {"n": figure(n)} if n else gettext("Import the projects")


def _files(run: ImportRun) -> list[File]:
    folder = folder_of(run)
    return [
        File(
            f"{name}.csv",
            str(FILE_WORDS[name]),
            reverse("workspace:initiative-import-file", args=[run.pk, name]),
        )
        for name in NAMES
        if (folder / f"{name}.csv").is_file()
    ]


def _gone() -> str:
    days = settings.CONFIGURATION.import_days
    text = ngettext(
        "The uploaded list is not there any more: lists are deleted after %(n)s day.",
        "The uploaded list is not there any more: lists are deleted after %(n)s days.",
        days,
    )
    return text % {"n": figure(days)}


def _row(one: RowFate) -> Row:
    fate, icon, tone = FATES[one.outcome]
    return Row(one.line, one.name, one.field, one.text, str(fate), icon, tone)


def _rows_title(n: int) -> str:
    return ngettext("The first project", "The first %(n)s projects", n) % {"n": figure(n)}


def _frame(run: ImportRun) -> dict[str, Any]:
    if run.next_line > 0 or run.state == State.DONE:
        title = gettext("What was imported")
        here = "result" if run.state == State.DONE else "import"
    else:
        title, here = gettext("What the import would do"), "check"
    return {
        "counts_title": gettext("Projects"),
        **frame(here, title=title, kicker=run.source.name, lead=run.file_name),
    }


# --- A run once its file is there: being read, checked, stored, or broken off ---------------------


# The step that a kind of work belongs to.
_STEP: Final = {run_list.READ: "choose", run_list.CHECK: "check", run_list.IMPORT: "import"}


@login_required
@require_safe
@never_cache
def initiative_import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a run is, what its check found, or what it did."""
    run = own_run(request, pk)
    job = job_of(run)
    if job is not None and job.is_active:
        context = _working(run, job)
        return render(request, "workspace/initiative_imports/working.html", context)
    if run.state == ImportRun.State.UPLOADED and spool_path(run).is_file():
        return redirect("workspace:initiative-import-choose", pk=pk)
    context = outcome_of(run, job)
    return render(request, "workspace/initiative_imports/run.html", context)


@login_required
@require_safe
@never_cache
def initiative_import_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Say how far the worker is, for the script of the page."""
    run = own_run(request, pk)
    job = job_of(run)
    if job is None or not job.is_active:
        return JsonResponse({"is_over": True})
    now = progress_of(run)
    answer = {"is_over": False, "done": now.done, "total": now.total, "told": told(job, now)}
    return JsonResponse(answer)


@login_required
@require_POST
def initiative_import_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file once more, after that was cancelled."""
    run = own_run(request, pk)
    if not ways_of(run, job_of(run)).can_check:
        messages.error(request, gettext("The file cannot be read any more."))
        return redirect("workspace:initiative-import-run", pk=pk)
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.UPLOADED)
    return _begin(request, run, run_list.READ)


@login_required
@require_POST
def initiative_import_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Store the projects of a run that was checked, or go on where an import was cut off."""
    run = own_run(request, pk)
    ways = ways_of(run, job_of(run))
    if not ways.can_start and not ways.can_resume:
        messages.error(request, gettext("Check the list first; then it can be imported once."))
        return redirect("workspace:initiative-import-run", pk=pk)
    return _begin(request, run, run_list.IMPORT)


@login_required
@require_POST
def initiative_import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the worker to end; what is stored stays."""
    run = own_run(request, pk)
    job = job_of(run)
    if job is not None and job.is_active:
        cancel(run)
        messages.info(request, gettext("The work ends after the rows it is at."))
    return redirect("workspace:initiative-import-run", pk=pk)


def _begin(request: HttpRequest, run: ImportRun, kind: str) -> HttpResponse:
    try:
        run_list.begin(run.pk, kind)
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
    return redirect("workspace:initiative-import-run", pk=run.pk)


def _working(run: ImportRun, job: Job) -> dict[str, Any]:
    labels = {
        run_list.READ: gettext("The file is being read"),
        run_list.CHECK: gettext("The projects are being checked"),
        run_list.IMPORT: gettext("The projects are being imported"),
    }
    kept = (
        gettext("Projects that are stored stay, also when you cancel; the import can go on later.")
        if job.kind == run_list.IMPORT
        else gettext("Nothing is stored yet.")
    )
    label = labels[job.kind]
    return {
        "run": run,
        "job": job,
        "progress": progress_of(run),
        "label": label,
        "told": told(job, progress_of(run)),
        "kept": kept,
        **frame(_STEP[job.kind], title=label, kicker=run.source.name),
    }
