"""Fetch a joint call with a right, and the place of its pages."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.funding.models import SynchronisedScheme
from alpclusters.platform.funding.rules import PLANNERS, visible_schemes
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.www.components.parts import Crumb

UNPROCESSABLE = 422
CONFLICT = 409


def require_role(request: HttpRequest) -> None:
    """Answer 403 to people without a role in any project."""
    if project_ids(request.user) == []:
        raise PermissionDenied


def require_keeper(request: HttpRequest) -> None:
    """Answer 403 to people who do not keep the catalogue."""
    if not request.user.has_perm("funding.keep_catalogue"):
        raise PermissionDenied


def seen_design(request: HttpRequest, pk: int) -> SynchronisedScheme:
    """Return a joint call of a project in which one has a role; others do not exist."""
    rows = visible_schemes(request.user).select_related("project")
    return get_object_or_404(rows, pk=pk)


def written_design(request: HttpRequest, pk: int) -> SynchronisedScheme:
    """Return a joint call one may change."""
    design = seen_design(request, pk)
    if not request.user.has_perm("funding.write_scheme", design):
        raise PermissionDenied
    return design


def own_projects(request: HttpRequest) -> QuerySet[Project]:
    """List the projects for which one may design a joint call."""
    wanted = project_ids(request.user, *PLANNERS)
    rows = Project.objects.exclude(kind=Project.Kind.HISTORIC)
    return rows if wanted is None else rows.filter(pk__in=wanted)


def crumbs(*steps: Crumb) -> list[Crumb]:
    """Return the way to a page of joint calls."""
    here = Crumb(_("Joint calls"), reverse("workspace:schemes") if steps else "")
    return [Crumb(_("Workspace"), reverse("workspace:dashboard")), here, *steps]
