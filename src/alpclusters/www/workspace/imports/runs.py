"""A run after its columns are chosen: at work, checked, stored, or broken off."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.actors.models import ImportRun
from alpclusters.www.workspace.imports import jobs
from alpclusters.www.workspace.imports.access import frame, own_run
from alpclusters.www.workspace.imports.jobs import Job
from alpclusters.www.workspace.imports.outcomes import outcome_of
from alpclusters.www.workspace.imports.ways import ways_of
from alpclusters.www.workspace.sentences import placed_sentence


@login_required
@require_safe
@never_cache
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a run is, what its check found, or what it did."""
    run = own_run(request, pk)
    job = jobs.job_of(run)
    if job is not None and job.is_active:
        return render(request, "workspace/imports/working.html", _working(run, job))
    if job is None and run.state == ImportRun.State.UPLOADED:
        return redirect("workspace:import-columns", pk=pk)
    context = outcome_of(run, job)
    return render(request, "workspace/imports/run.html", context)


@login_required
@require_safe
@never_cache
def import_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Say how far the worker is, for the script of the page."""
    run = own_run(request, pk)
    job = jobs.job_of(run)
    if job is None or not job.is_active:
        return JsonResponse({"is_over": True})
    now = jobs.progress_of(run)
    answer = {"is_over": False, "done": now.done, "total": now.total, "told": jobs.told(job, now)}
    return JsonResponse(answer)


@login_required
@require_POST
def import_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at every row once more."""
    run = own_run(request, pk)
    if not ways_of(run, jobs.job_of(run)).can_check:
        messages.error(request, _("The list cannot be checked any more."))
        return redirect("workspace:import-run", pk=pk)
    return _begin(request, run, jobs.CHECK)


@login_required
@require_POST
def import_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Store a list that was checked, or go on where an import was cut off."""
    run = own_run(request, pk)
    ways = ways_of(run, jobs.job_of(run))
    if not ways.can_start and not ways.can_resume:
        messages.error(request, _("Check the list first; then it can be imported once."))
        return redirect("workspace:import-run", pk=pk)
    return _begin(request, run, jobs.IMPORT)


def _begin(request: HttpRequest, run: ImportRun, kind: str) -> HttpResponse:
    try:
        jobs.begin(run.pk, kind)
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
    return redirect("workspace:import-run", pk=run.pk)


@login_required
@require_POST
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the worker to end; what is stored stays."""
    run = own_run(request, pk)
    job = jobs.job_of(run)
    if job is not None and job.is_active:
        jobs.cancel(run)
        messages.info(request, _("The work ends after the rows it is at."))
    return redirect("workspace:import-run", pk=pk)


def _working(run: ImportRun, job: Job) -> dict[str, Any]:
    now = jobs.progress_of(run)
    is_check = job.kind == jobs.CHECK
    if is_check:
        label, kept = _("The list is being checked"), _("Checking stores nothing.")
    else:
        label = _("The list is being imported")
        kept = _("Rows that are stored stay, also when you cancel; the import can go on later.")
    return {
        "run": run,
        "job": job,
        "progress": now,
        "label": label,
        "told": jobs.told(job, now),
        "kept": kept,
        **frame("check" if is_check else "import", title=label, kicker=run.source.name),
    }
