"""Fetch what a person may see, then ask one right by name."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.platform.policy.models import Finding, Recommendation
from alpclusters.platform.policy.rules import visible_recommendations
from alpclusters.www.components.parts import Crumb

VIEW = "policy.view_drafts"
WRITE = "policy.write_policy"
DECIDE = "policy.decide"


def require(request: HttpRequest, right: str, obj: Model) -> None:
    """Answer 403 without the right."""
    if not request.user.has_perm(right, obj):
        raise PermissionDenied


def own_project(request: HttpRequest, slug: str, right: str = VIEW) -> Project:
    """Return a project in which one has a right."""
    project = get_object_or_404(visible_projects(request.user), slug=slug)
    require(request, right, project)
    return project


def own_recommendation(request: HttpRequest, pk: int, right: str = VIEW) -> Recommendation:
    """Return a recommendation of a project in which one has a right."""
    seen = visible_recommendations(request.user).select_related("project", "region")
    found = get_object_or_404(seen, pk=pk)
    require(request, right, found.project)
    return found


def own_finding(request: HttpRequest, pk: int, right: str = VIEW) -> Finding:
    """Return a finding of a project in which one has a right."""
    rows = Finding.objects.filter(project__in=visible_projects(request.user))
    found = get_object_or_404(rows.select_related("project", "lesson", "superseded_by"), pk=pk)
    require(request, right, found.project)
    return found


def recommendation_crumbs(project: Project, *last: Crumb) -> list[Crumb]:
    """Return the way to the recommendations of a project."""
    address = reverse("workspace:recommendations", args=[project.slug]) if last else ""
    return [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Projects"), reverse("workspace:projects")),
        Crumb(_("Recommendations: %(project)s") % {"project": project.acronym}, address),
        *last,
    ]


def page_crumbs(recommendation: Recommendation, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of one recommendation."""
    address = reverse("workspace:recommendation", args=[recommendation.pk]) if last else ""
    return recommendation_crumbs(recommendation.project, Crumb(recommendation.code, address), *last)
