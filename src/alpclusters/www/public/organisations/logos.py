"""The file of a logo, for those who may see it."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.logos import Size, had_logo, logo_path
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.actors.rules import visible_to

SIZES: Final[dict[str, Size]] = {"large": "large", "small": "small"}
# An address names what the file holds and never shows another; a logo that is taken off is gone
# from all caches within a week.
PUBLIC: Final = "public, max-age=604800, immutable"
PRIVATE: Final = "private, max-age=604800, immutable"


@require_safe
def cluster_logo(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Send the logo of a profile one may see; earlier ones to those who may change it."""
    rows = visible_to(request.user).select_related("organisation")
    cluster = get_object_or_404(rows, slug=slug)
    digest, _dash, size = name.rpartition("-")
    path = logo_path(digest, SIZES[size]) if size in SIZES else None
    if path is None or not _may_see(request, cluster, digest):
        raise Http404
    is_public = cluster.organisation.is_listed and cluster.logo == digest
    response = HttpResponse(path.read_bytes(), content_type="image/png")
    response.headers["Content-Disposition"] = 'inline; filename="logo.png"'
    response.headers["Cache-Control"] = PUBLIC if is_public else PRIVATE
    return response


def _may_see(request: HttpRequest, cluster: ClusterOrganisation, digest: str) -> bool:
    if cluster.logo == digest:
        return True
    return request.user.has_perm("actors.change_cluster", cluster) and had_logo(cluster, digest)
