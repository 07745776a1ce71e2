"""Fetch a posting with a right, and the place of its pages."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.network.models import Posting
from alpclusters.www.components.parts import Crumb

UNPROCESSABLE = 422
CONFLICT = 409


def own_posting(request: HttpRequest, pk: int) -> Posting:
    """Return a posting one may change; what others write is not seen here."""
    posting = _posting(pk)
    if not request.user.has_perm("network.change_posting", posting):
        raise Http404
    return posting


def moderated_posting(request: HttpRequest, pk: int) -> Posting:
    """Return a posting of an organisation one coordinates."""
    if not request.user.has_perm("network.moderate_postings"):
        raise PermissionDenied
    posting = _posting(pk)
    if not request.user.has_perm("network.moderate_postings", posting):
        raise Http404
    return posting


def require_writer(request: HttpRequest) -> None:
    """Answer 403 to people who write for nobody."""
    if not request.user.has_perm("network.change_posting"):
        raise PermissionDenied


def crumbs(*steps: Crumb) -> list[Crumb]:
    """Return the way to a page of needs and offers."""
    here = Crumb(_("Needs and offers"), reverse("workspace:postings") if steps else "")
    return [Crumb(_("Workspace"), reverse("workspace:dashboard")), here, *steps]


def _posting(pk: int) -> Posting:
    rows = Posting.objects.filter(organisation__merged_into=None)
    return get_object_or_404(
        rows.select_related("organisation__region", "organisation__cluster", "measure"), pk=pk
    )
