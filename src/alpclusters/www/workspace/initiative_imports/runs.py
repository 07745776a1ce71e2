"""A run once its file is there: being read, checked, stored, or broken off."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.evidence.domain.importing import spool_path
from alpclusters.www.workspace.imports.jobs import Job, cancel, job_of, progress_of, told
from alpclusters.www.workspace.imports.ways import ways_of
from alpclusters.www.workspace.initiative_imports import jobs
from alpclusters.www.workspace.initiative_imports.access import frame, own_run
from alpclusters.www.workspace.initiative_imports.outcomes import outcome_of
from alpclusters.www.workspace.sentences import placed_sentence

# The step that a kind of work belongs to.
_STEP: Final = {jobs.READ: "choose", jobs.CHECK: "check", jobs.IMPORT: "import"}


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
        messages.error(request, _("The file cannot be read any more."))
        return redirect("workspace:initiative-import-run", pk=pk)
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.UPLOADED)
    return _begin(request, run, jobs.READ)


@login_required
@require_POST
def initiative_import_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Store the projects of a run that was checked, or go on where an import was cut off."""
    run = own_run(request, pk)
    ways = ways_of(run, job_of(run))
    if not ways.can_start and not ways.can_resume:
        messages.error(request, _("Check the list first; then it can be imported once."))
        return redirect("workspace:initiative-import-run", pk=pk)
    return _begin(request, run, jobs.IMPORT)


@login_required
@require_POST
def initiative_import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the worker to end; what is stored stays."""
    run = own_run(request, pk)
    job = job_of(run)
    if job is not None and job.is_active:
        cancel(run)
        messages.info(request, _("The work ends after the rows it is at."))
    return redirect("workspace:initiative-import-run", pk=pk)


def _begin(request: HttpRequest, run: ImportRun, kind: str) -> HttpResponse:
    try:
        jobs.begin(run.pk, kind)
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
    return redirect("workspace:initiative-import-run", pk=run.pk)


def _working(run: ImportRun, job: Job) -> dict[str, Any]:
    labels = {
        jobs.READ: _("The file is being read"),
        jobs.CHECK: _("The projects are being checked"),
        jobs.IMPORT: _("The projects are being imported"),
    }
    kept = (
        _("Projects that are stored stay, also when you cancel; the import can go on later.")
        if job.kind == jobs.IMPORT
        else _("Nothing is stored yet.")
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
