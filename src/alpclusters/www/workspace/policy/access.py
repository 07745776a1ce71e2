"""Fetch what a person may see, then ask one right by name."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.platform.policy.models import Action, ActionPlan, Recommendation
from alpclusters.platform.policy.rules import visible_plans, visible_recommendations
from alpclusters.www.components.parts import Crumb

VIEW = "policy.view_drafts"
WRITE = "policy.write_policy"
PUBLISH = "policy.publish_plan"
SIGN_OFF = "policy.decide"


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
    seen = visible_recommendations(request.user).select_related("project")
    found = get_object_or_404(seen, pk=pk)
    require(request, right, found.project)
    return found


def own_plan(request: HttpRequest, pk: int, right: str = VIEW) -> ActionPlan:
    """Return a plan of a project in which one has a right."""
    found = get_object_or_404(visible_plans(request.user).select_related("project"), pk=pk)
    require(request, right, found.project)
    return found


def own_action(request: HttpRequest, pk: int) -> Action:
    """Return a line of a plan one may write."""
    plans = visible_plans(request.user)
    seen = Action.objects.filter(plan__in=plans).select_related("plan__project")
    found = get_object_or_404(seen, pk=pk)
    require(request, WRITE, found.plan.project)
    return found


def workspace_crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way from the workspace."""
    return [Crumb(_("Workspace"), reverse("workspace:dashboard")), *last]


def recommendation_crumbs(project: Project, *last: Crumb) -> list[Crumb]:
    """Return the way to the recommendations of a project."""
    address = reverse("workspace:recommendations", args=[project.slug]) if last else ""
    return workspace_crumbs(
        Crumb(_("Projects"), reverse("workspace:projects")),
        Crumb(_("Recommendations: %(project)s") % {"project": project.acronym}, address),
        *last,
    )


def plan_crumbs(plan: ActionPlan | None = None, *last: Crumb) -> list[Crumb]:
    """Return the way to a plan."""
    if plan is None:
        start = reverse("workspace:plans") if last else ""
        return workspace_crumbs(Crumb(_("Action plans"), start), *last)
    address = reverse("workspace:plan", args=[plan.pk]) if last else ""
    plans = Crumb(_("Action plans"), reverse("workspace:plans"))
    return workspace_crumbs(plans, Crumb(str(plan), address), *last)
