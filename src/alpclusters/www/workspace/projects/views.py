"""Make and edit projects and their partners."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.platform.actors.domain.partners import add_partner, change_partner, remove_partner
from alpclusters.platform.actors.models import Partner
from alpclusters.platform.partnership.domain.projects import (
    change_project,
    change_statements,
    create_project,
)
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.next_step import next_step
from alpclusters.www.workspace.projects.forms import ProjectForm
from alpclusters.www.workspace.projects.lists import read_rows
from alpclusters.www.workspace.projects.partners import PartnerForm


@login_required
@require_safe
def projects(request: SignedInRequest) -> HttpResponse:
    """List the projects a person works in."""
    rows = read_rows(request.user)
    context = {
        "rows": rows,
        "may_create": request.user.has_perm("partnership.add_project"),
        "simulated": any(row.project.is_simulated for row in rows),
    }
    return render(request, "workspace/projects/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_create(request: SignedInRequest) -> HttpResponse:
    """Make a project."""
    if not request.user.has_perm("partnership.add_project"):
        raise PermissionDenied
    form = ProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        project = create_project(fields=form.cleaned_data, by=request.user)
        change_statements(project, texts=form.statements(), by=request.user)
        messages.success(request, _("Project made. Add its partners next."))
        return redirect("workspace:project_edit", slug=project.slug)
    return _show(request, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change what a project says of itself."""
    project = _own_project(request, slug)
    form = ProjectForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        change_project(project, fields=form.cleaned_data, by=request.user)
        change_statements(project, texts=form.statements(), by=request.user)
        messages.success(request, _("Saved"))
        return redirect("workspace:project_edit", slug=project.slug)
    return _show(request, form, project)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partner_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Bring an organisation into the partnership."""
    project = _own_project(request, slug)
    form = PartnerForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["organisation"]
        add_partner(project, name=name, fields=form.cleaned_data, by=request.user)
        messages.success(request, _("Partner added: %(name)s") % {"name": name})
        return redirect("workspace:project_edit", slug=slug)
    return _show_partner(request, form, project, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partner_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what a partner does and for which region."""
    partner = _own_partner(request, pk)
    form = PartnerForm(request.POST or None, project=partner.project, partner=partner)
    if request.method == "POST" and form.is_valid():
        change_partner(partner, fields=form.cleaned_data, by=request.user)
        messages.success(request, _("Saved"))
        return redirect("workspace:project_edit", slug=partner.project.slug)
    return _show_partner(request, form, partner.project, partner)


@login_required
@require_POST
def partner_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a partner out of the partnership."""
    partner = _own_partner(request, pk)
    slug, name = partner.project.slug, partner.organisation.name
    remove_partner(partner, by=request.user)
    messages.success(request, _("Partner removed: %(name)s") % {"name": name})
    return redirect("workspace:project_edit", slug=slug)


def _own_project(request: HttpRequest, slug: str) -> Project:
    project = get_object_or_404(visible_to(request.user), slug=slug)
    if not request.user.has_perm("partnership.change_project", project):
        raise PermissionDenied
    return project


def _own_partner(request: HttpRequest, pk: int) -> Partner:
    related = Partner.objects.select_related("project", "organisation", "seat", "region")
    partner = get_object_or_404(related.filter(project__in=visible_to(request.user)), pk=pk)
    if not request.user.has_perm("partnership.change_project", partner.project):
        raise PermissionDenied
    return partner


def _show(request: HttpRequest, form: ProjectForm, project: Project | None) -> HttpResponse:
    partners = []
    if project:
        partners = list(project.partners.select_related("organisation", "seat", "region"))
    context = {
        "form": form,
        "project": project,
        "partners": partners,
        "step": project and next_step(request.user, project, has_partners=bool(partners)),
        "simulated": project is not None and project.is_simulated,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/projects/edit.html", context, status=status)


def _show_partner(
    request: HttpRequest, form: PartnerForm, project: Project, partner: Partner | None
) -> HttpResponse:
    context = {
        "form": form,
        "project": project,
        "partner": partner,
        "simulated": project.is_simulated,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/projects/partner.html", context, status=status)
