"""Fetch what a person may see, then ask one right by name."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.models import JointApproach
from alpclusters.platform.policy.rules import visible_approaches
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.recommendations.access import (
    VIEW,
    recommendation_crumbs,
    require,
)


def own_approach(request: HttpRequest, pk: int, right: str = VIEW) -> JointApproach:
    """Return an approach of a project in which one has a right."""
    rows = visible_approaches(request.user).select_related("project")
    found = get_object_or_404(rows, pk=pk)
    require(request, right, found.project)
    return found


def approach_crumbs(project: Project, *last: Crumb) -> list[Crumb]:
    """Return the way to the joint approaches of a project."""
    address = reverse("workspace:approaches", args=[project.slug]) if last else ""
    return recommendation_crumbs(project, Crumb(_("Joint approaches"), address), *last)
