"""Begin, change and delete a joint call."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AnalysisError, StateError
from alpclusters.platform.funding.domain.schemes import (
    change_design,
    create_design,
    delete_design,
)
from alpclusters.platform.funding.models import SynchronisedScheme
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.schemes.access import (
    CONFLICT,
    UNPROCESSABLE,
    crumbs,
    own_projects,
    written_design,
)
from alpclusters.www.workspace.schemes.forms import DesignForm
from alpclusters.www.workspace.sentences import placed_sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scheme_new(request: SignedInRequest) -> HttpResponse:
    """Begin a joint call."""
    if not request.user.has_perm("funding.plan", None):
        raise PermissionDenied
    projects = own_projects(request)
    form = DesignForm(
        request.POST or None, projects=projects, initial=_from_address(request, projects)
    )
    if request.method == "POST" and form.is_valid():
        project = form.cleaned_data["project"]
        try:
            design = create_design(project, form.facts(), by=request.user, now=timezone.now())
        except AnalysisError as error:
            form.add_error(None, placed_sentence(error))
        else:
            messages.success(request, _("Saved. This is what the schemes have in common."))
            return redirect("workspace:scheme", pk=design.pk)
    return _page(request, form, None)


def _from_address(request: HttpRequest, projects: Any) -> dict[str, Any]:
    project = projects.filter(slug=request.GET.get("project", "")).first()
    return {} if project is None else {"project": project.pk}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scheme_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a joint call."""
    design = written_design(request, pk)
    form = DesignForm(request.POST or None, design=design)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, design)
    version = form.cleaned_data["version"]
    try:
        change_design(design, form.facts(), version=version, by=request.user, now=timezone.now())
    except StateError as error:
        form.add_error(None, placed_sentence(error))
        return _page(request, form, design, status=CONFLICT)
    except AnalysisError as error:
        form.add_error(None, placed_sentence(error))
        return _page(request, form, design)
    messages.success(request, _("Saved."))
    return redirect("workspace:scheme", pk=design.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scheme_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, then delete a joint call."""
    design = written_design(request, pk)
    if request.method == "POST":
        delete_design(design, by=request.user)
        messages.success(request, _("Deleted: %(title)s") % {"title": design.title})
        return redirect("workspace:schemes")
    context = {
        "design": design,
        "crumbs": crumbs(Crumb(_("Delete"))),
        "simulated": design.project.is_simulated,
    }
    return render(request, "workspace/schemes/delete.html", context)


def _page(
    request: HttpRequest, form: DesignForm, design: SynchronisedScheme | None, *, status: int = 0
) -> HttpResponse:
    here = Crumb(_("Edit") if design else _("Design a joint call"))
    context = {
        "form": form,
        "design": design,
        "crumbs": crumbs(here),
        "simulated": bool(design and design.project.is_simulated),
    }
    status = status or (UNPROCESSABLE if form.errors else 200)
    return render(request, "workspace/schemes/form.html", context, status=status)
