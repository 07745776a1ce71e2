"""Fetch what a person may see, then ask one right by name."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    IndicatorValue,
    MonitoringRound,
    Override,
    PlanSnapshot,
    Solution,
)
from alpclusters.platform.policy.rules import visible_plans
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb

VIEW = "policy.view_drafts"
WRITE = "policy.write_policy"
MONITOR = "policy.monitor"
UNPROCESSABLE = 422


def require(request: HttpRequest, right: str, obj: Model) -> None:
    """Answer 403 without the right."""
    if not request.user.has_perm(right, obj):
        raise PermissionDenied


def own_plan(request: HttpRequest, pk: int, *, to_change: bool = False) -> ActionPlan:
    """Return a plan of a project in which one has a role, or whose monitoring one may change."""
    plan = get_object_or_404(visible_plans(request.user).select_related("project"), pk=pk)
    require(request, VIEW, plan.project)
    if to_change:
        require(request, MONITOR, plan)
    return plan


def own_round(request: HttpRequest, pk: int, *, to_change: bool = False) -> MonitoringRound:
    """Return a round of such a plan."""
    rows = MonitoringRound.objects.filter(plan__in=visible_plans(request.user))
    found = get_object_or_404(rows.select_related("plan__project"), pk=pk)
    require(request, VIEW, found.plan.project)
    if to_change:
        require(request, MONITOR, found.plan)
    return found


def own_action(request: HttpRequest, pk: int) -> Action:
    """Return an action of a plan whose monitoring one may change."""
    rows = Action.objects.filter(plan__in=visible_plans(request.user))
    found = get_object_or_404(rows.select_related("plan__project"), pk=pk)
    require(request, MONITOR, found.plan)
    return found


def own_override(request: HttpRequest, pk: int) -> Override:
    """Return a correction in a plan whose monitoring one may change."""
    rows = Override.objects.filter(action__plan__in=visible_plans(request.user))
    found = get_object_or_404(rows.select_related("action__plan__project"), pk=pk)
    require(request, MONITOR, found.action.plan)
    return found


def own_value(request: HttpRequest, pk: int) -> IndicatorValue:
    """Return a value in a plan whose monitoring one may change."""
    rows = IndicatorValue.objects.filter(indicator__plan__in=visible_plans(request.user))
    found = get_object_or_404(rows.select_related("indicator__plan__project"), pk=pk)
    require(request, MONITOR, found.indicator.plan)
    return found


def own_snapshot(request: HttpRequest, pk: int) -> PlanSnapshot:
    """Return a snapshot of a plan whose monitoring one may change."""
    rows = PlanSnapshot.objects.filter(plan__in=visible_plans(request.user))
    found = get_object_or_404(rows.select_related("plan__project", "round"), pk=pk)
    require(request, MONITOR, found.plan)
    return found


def own_project(request: HttpRequest, slug: str, right: str = VIEW) -> Project:
    """Return a project in which one has a right."""
    project = get_object_or_404(visible_projects(request.user), slug=slug)
    require(request, right, project)
    return project


def own_solution(request: HttpRequest, pk: int) -> Solution:
    """Return a solution of a project whose recommendations and plans one may write."""
    rows = Solution.objects.filter(project__in=visible_projects(request.user))
    found = get_object_or_404(rows.select_related("project"), pk=pk)
    require(request, WRITE, found.project)
    return found


def explain(error: AlpClustersError) -> str:
    """Say what is wrong and what to do."""
    return phrase(error, get_language() or "en")


def monitoring_crumbs(plan: ActionPlan, *last: Crumb) -> list[Crumb]:
    """Return the way to the monitoring of a plan."""
    address = reverse("workspace:monitoring", args=[plan.pk]) if last else ""
    return [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Action plans"), reverse("workspace:plans")),
        Crumb(str(plan), reverse("workspace:plan", args=[plan.pk])),
        Crumb(_("Monitoring"), address),
        *last,
    ]


def interreg_crumbs(project: Project, *last: Crumb) -> list[Crumb]:
    """Return the way to the Interreg indicators of a project."""
    address = reverse("workspace:interreg", args=[project.slug]) if last else ""
    return [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Projects"), reverse("workspace:projects")),
        Crumb(_("Interreg indicators: %(project)s") % {"project": project.acronym}, address),
        *last,
    ]
