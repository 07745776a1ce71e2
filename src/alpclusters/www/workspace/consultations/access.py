"""Fetch what a person may see, then ask one right by name."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.models import Consultation
from alpclusters.platform.policy.rules import visible_consultations
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.recommendations.access import (
    VIEW,
    recommendation_crumbs,
    require,
)


def own_consultation(request: HttpRequest, pk: int, right: str = VIEW) -> Consultation:
    """Return a consultation of a project in which one has a right."""
    rows = visible_consultations(request.user).select_related("project")
    found = get_object_or_404(rows, pk=pk)
    require(request, right, found.project)
    return found


def consultation_crumbs(project: Project, *last: Crumb) -> list[Crumb]:
    """Return the way to the consultations of a project."""
    address = reverse("workspace:consultations", args=[project.slug]) if last else ""
    return recommendation_crumbs(project, Crumb(_("Consultations"), address), *last)
