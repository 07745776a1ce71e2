"""Fetch a profile with the right to change it: 404 if not visible, 403 if not allowed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.actors.rules import visible_to
from alpclusters.www.components.parts import Crumb


def visible_profile(request: HttpRequest, slug: str) -> ClusterOrganisation:
    """Return a profile one may see."""
    rows = visible_to(request.user).select_related("organisation__region")
    return get_object_or_404(rows.prefetch_related("labels"), slug=slug)


def own_profile(request: HttpRequest, slug: str) -> ClusterOrganisation:
    """Return a profile one may change."""
    cluster = visible_profile(request, slug)
    if not request.user.has_perm("actors.change_cluster", cluster):
        raise PermissionDenied
    return cluster


def profile_context(cluster: ClusterOrganisation, *steps: Any) -> dict[str, Any]:
    """Return what every page of a profile shows: its way here, and whether it is simulated."""
    here = list(steps)
    last = Crumb(here.pop()) if here else None
    name = Crumb(cluster.organisation.name, "" if last is None else edit_url(cluster))
    crumbs = [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Profiles"), reverse("workspace:profiles")),
        name,
    ]
    return {
        "cluster": cluster,
        "organisation": cluster.organisation,
        "simulated": cluster.organisation.is_simulated,
        "crumbs": [*crumbs, last] if last else crumbs,
    }


def edit_url(cluster: ClusterOrganisation) -> str:
    """Return the address of the page on which a profile is edited."""
    return reverse("workspace:profile-edit", args=[cluster.slug])
