"""The files of projects that were imported."""

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.models import ImportRun
from alpclusters.www.workspace.imports.lists import LOOKS, STORED, RunRow
from alpclusters.www.workspace.initiative_imports.access import crumbs, require_right

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
