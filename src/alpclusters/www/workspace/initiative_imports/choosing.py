"""The second step: look through the projects of a file, and say which ones are wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.evidence.domain.importing import choose, spool_path
from alpclusters.sources.project_filters import ProjectFilter
from alpclusters.sources.project_spool import ProjectSpool, SpooledProject
from alpclusters.www.workspace.imports.access import figure
from alpclusters.www.workspace.imports.jobs import job_of
from alpclusters.www.workspace.initiative_imports import jobs
from alpclusters.www.workspace.initiative_imports.access import UNPROCESSABLE, frame, own_run
from alpclusters.www.workspace.initiative_imports.forms import FilterForm
from alpclusters.www.workspace.sentences import placed_sentence

SHOWN: Final = 50
# Of text that tells what a project is about.
START: Final = 200


@dataclass(frozen=True)
class Hit:
    """One project of the file in words."""

    key: str
    acronym: str
    title: str
    programme: str
    years: str
    countries: str
    n_partners: str
    start: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_import_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the first hits of a filter; a button takes all of them, or those that are ticked."""
    run = own_run(request, pk)
    job = job_of(run)
    spool = ProjectSpool.opened(spool_path(run), sha256=run.digest)
    if spool is None or (job is not None and job.is_active) or run.next_line:
        if spool is not None:
            spool.close()
        else:
            spool_path(run).unlink(missing_ok=True)  # of another list or an older program
        return redirect("workspace:initiative-import-run", pk=pk)
    with spool:
        given = request.POST if request.method == "POST" else request.GET
        form = FilterForm(
            spool, {name: given[name] for name in FilterForm.base_fields if name in given}
        )
        if request.method == "POST":
            return _choose(request, run, spool, form)
        return _show(request, run, spool, form)


def _choose(
    request: HttpRequest, run: ImportRun, spool: ProjectSpool, form: FilterForm
) -> HttpResponse:
    if not form.is_valid():
        return _show(request, run, spool, form)
    wanted = form.wanted()
    if request.POST.get("take") == "ticked":
        wanted = ProjectFilter(keys=tuple(request.POST.getlist("key")[:SHOWN]))
        if not wanted.keys:
            problem = _("Tick at least one project, or take all of them.")
            return _show(request, run, spool, form, problem=problem)
    elif not spool.count(wanted):
        return _show(request, run, spool, form)
    try:
        choose(run, wanted)
        jobs.begin(run.pk, jobs.CHECK)
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
    return redirect("workspace:initiative-import-run", pk=run.pk)


def _show(
    request: HttpRequest,
    run: ImportRun,
    spool: ProjectSpool,
    form: FilterForm,
    *,
    problem: str = "",
) -> HttpResponse:
    is_valid = form.is_valid()
    wanted = form.wanted() if is_valid else ProjectFilter()
    n_hits = spool.count(wanted) if is_valid else 0
    hits = [_hit(one) for one in spool.projects(wanted, most=SHOWN)] if n_hits else []
    context: dict[str, Any] = {
        "run": run,
        "form": form,
        "hits": hits,
        "problem": problem,
        "caption": _caption(n_hits, spool.facts.projects.records),
        "shown": _shown(n_hits, len(hits)),
        "take_all": _take_all(n_hits),
        **frame(
            "choose",
            title=_("Which projects do you want?"),
            kicker=run.source.name,
            lead=_("Nothing is stored yet. Search in the file, then take all hits or tick some."),
        ),
    }
    status = 200 if is_valid and not problem else UNPROCESSABLE
    return render(request, "workspace/initiative_imports/choose.html", context, status=status)


def _caption(n_hits: int, n_all: int) -> str:
    text = ngettext(
        "%(hits)s of %(all)s project of the file", "%(hits)s of %(all)s projects of the file", n_all
    )
    return text % {"hits": figure(n_hits), "all": figure(n_all)}


def _shown(n_hits: int, n_shown: int) -> str:
    if n_hits <= n_shown:
        return ""
    return _("The first %(n)s are shown; narrow the search to see others.") % {"n": figure(n_shown)}


def _take_all(n_hits: int) -> str:
    text = ngettext("Take %(n)s project", "Take all %(n)s projects", n_hits)
    return text % {"n": figure(n_hits)}


def _hit(one: SpooledProject) -> Hit:
    project = one.project
    title = next(iter(project.titles.values()), "")
    aims = next(iter(project.texts.get("aims", {}).values()), "")
    countries = dict.fromkeys(body.country for body in one.participations if body.country)
    return Hit(
        key=project.key,
        acronym=project.acronym,
        title=title if title != project.acronym else "",
        programme=" ".join(filter(None, (project.programme, project.period))),
        years=_years([project.start, project.end]),
        countries=" ".join(countries),
        n_partners=figure(len(one.participations)),
        start=aims if len(aims) <= START else f"{aims[:START].rsplit(' ', 1)[0]} …",
    )


def _years(days: Sequence[Any]) -> str:
    return "–".join(str(day.year) for day in days if day is not None)
