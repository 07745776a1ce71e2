"""The files of projects that were imported; who may, and the work behind."""

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.platform import progress
from alpclusters.platform.actors.domain.importing import folder_of
from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.evidence.import_tasks import (
    check_projects,
    read_projects,
    take_in_projects,
)
from alpclusters.www.components.parts import Crumb, phases_until
from alpclusters.www.workspace.imports.run_list import LOOKS, STORED, RunRow
from alpclusters.www.workspace.imports.run_states import job_of

# --- Who may import projects, and the frame that all pages of such an import share ----------------


UNPROCESSABLE: Final = 422
STEPS: Final = {
    "file": gettext_lazy("File"),
    "choose": gettext_lazy("Choose"),
    "check": gettext_lazy("Check"),
    "import": gettext_lazy("Import"),
    "result": gettext_lazy("Result"),
}


def require_right(request: HttpRequest) -> None:
    """Refuse everybody who may not import initiatives."""
    if not request.user.has_perm("evidence.import_initiatives"):
        raise PermissionDenied


def own_run(request: HttpRequest, pk: int) -> ImportRun:
    """Return a run for somebody who may import."""
    require_right(request)
    runs = ImportRun.objects.filter(subject=ImportRun.Subject.INITIATIVES)
    return get_object_or_404(runs.select_related("source", "made_by"), pk=pk)


def crumbs(*last: Crumb) -> list[Crumb]:
    """Return the place of a page of imports."""
    desk = Crumb(_("Workspace"), reverse("workspace:dashboard"))
    here = reverse("workspace:initiative-imports") if last else ""
    return [desk, Crumb(_("Imported projects"), here), *last]


def frame(here: str, *, title: str, kicker: str = "", lead: str = "") -> dict[str, Any]:
    """Return head, place and steps of a page; ``here`` is the key of the step."""
    return {
        "title": title,
        "kicker": kicker,
        "lead": lead,
        "crumbs": crumbs(Crumb(kicker or title)),
        "phases": phases_until(STEPS.values(), list(STEPS).index(here)),
    }


# --- The background work on a list of projects: begun; how far it is stands in the imports' own


READ: Final = "read"
CHECK: Final = "check"
IMPORT: Final = "import"
_TASKS: Final[dict[str, Any]] = {
    READ: read_projects,
    CHECK: check_projects,
    IMPORT: take_in_projects,
}


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


# --- The files of projects that were imported -----------------------------------------------------


PAGE_SIZE: Final = 50


@login_required
@require_safe
def initiative_imports(request: HttpRequest) -> HttpResponse:
    """List runs, newest first."""
    require_right(request)
    runs = ImportRun.objects.filter(subject=ImportRun.Subject.INITIATIVES)
    ordered = runs.select_related("source", "made_by").order_by("-made_at", "-pk")
    page: Page[Any] = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = [_row(run) for run in page.object_list]
    context = {"page": page, "crumbs": crumbs()}
    return render(request, "workspace/initiative_imports/list.html", context)


def _row(run: ImportRun) -> RunRow:
    icon, tone = LOOKS[ImportRun.State(run.state)]
    url = reverse("workspace:initiative-import-run", args=[run.pk])
    return RunRow(run, url, run.get_state_display(), icon, tone, run.state in STORED)
