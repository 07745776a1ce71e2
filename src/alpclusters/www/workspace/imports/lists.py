"""The lists that were imported, and whose they are."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.proposals import open_proposals
from alpclusters.platform.actors.models import ImportRun, ImportSource
from alpclusters.platform.fields import label_of
from alpclusters.www.workspace.imports.access import crumbs, require_right

PAGE_SIZE: Final = 50
MOST_SOURCES: Final = 200
# state: (icon, tone) of its badge
LOOKS: Final = {
    ImportRun.State.UPLOADED: ("upload", ""),
    ImportRun.State.CHECKED: ("list", "info"),
    ImportRun.State.RUNNING: ("clock", "info"),
    ImportRun.State.DONE: ("check", "good"),
    ImportRun.State.CANCELLED: ("x", "warn"),
    ImportRun.State.FAILED: ("circle-alert", "bad"),
}
STORED: Final = {ImportRun.State.DONE, ImportRun.State.CANCELLED, ImportRun.State.RUNNING}


@dataclass(frozen=True)
class RunRow:
    """One run with its words; ``counts`` says whether it stored anything to count."""

    run: ImportRun
    url: str
    state: str
    icon: str
    tone: str
    counts: bool


@login_required
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """List runs, newest first, and sources."""
    require_right(request)
    runs = ImportRun.objects.filter(subject=ImportRun.Subject.ORGANISATIONS)
    runs = runs.select_related("source", "made_by").order_by("-made_at", "-pk")
    page: Page[Any] = Paginator(runs, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = [_row(run) for run in page.object_list]
    sources = ImportSource.objects.annotate(n_records=Count("records")).order_by("name", "pk")
    context = {
        "page": page,
        "sources": list(sources[:MOST_SOURCES]),
        "heads": {name: label_of(ImportSource, name) for name in ("name", "licence")},
        "n_proposals": open_proposals().count(),
        "crumbs": crumbs(),
    }
    return render(request, "workspace/imports/list.html", context)


def _row(run: ImportRun) -> RunRow:
    icon, tone = LOOKS[ImportRun.State(run.state)]
    url = reverse("workspace:import-run", args=[run.pk])
    return RunRow(run, url, run.get_state_display(), icon, tone, run.state in STORED)
