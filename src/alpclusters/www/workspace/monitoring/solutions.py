"""Solutions out of pilot actions: write one down, change it, take it away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.interreg.solutions import remove_solution, write_solution
from alpclusters.platform.policy.models import Solution
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.monitoring.access import (
    UNPROCESSABLE,
    WRITE,
    interreg_crumbs,
    own_project,
    own_solution,
)
from alpclusters.www.workspace.monitoring.solution_forms import SolutionForm, solution_initial


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def solution_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a solution."""
    project = own_project(request, slug, WRITE)
    form = SolutionForm(request.POST if request.method == "POST" else None, project=project)
    if request.method == "POST" and form.is_valid():
        write_solution(project, **form.facts())
        messages.success(request, _("Saved"))
        return redirect("workspace:interreg", slug=slug)
    return _page(request, project, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def solution_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a solution, or take it away."""
    solution = own_solution(request, pk)
    project = solution.project
    if request.method == "POST" and request.POST.get("decision") == "remove":
        remove_solution(solution)
        messages.success(request, _("Removed."))
        return redirect("workspace:interreg", slug=project.slug)
    form = SolutionForm(
        request.POST if request.method == "POST" else None,
        project=project,
        initial=solution_initial(solution),
    )
    if request.method == "POST" and form.is_valid():
        write_solution(project, **form.facts(), solution=solution)
        messages.success(request, _("Saved"))
        return redirect("workspace:interreg", slug=project.slug)
    return _page(request, project, form, solution)


def _page(
    request: HttpRequest, project: Project, form: SolutionForm, solution: Solution | None = None
) -> HttpResponse:
    label = solution.title if solution else _("New solution")
    context = {
        "project": project,
        "solution": solution,
        "form": form,
        "crumbs": interreg_crumbs(project, Crumb(label)),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workspace/monitoring/solution.html", context, status=status)
