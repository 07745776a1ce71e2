"""The page of a cluster organisation, and that of an organisation without a profile."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.merges import standing_of
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.www.public.organisations.pages import read_page
from alpclusters.www.site.organisation_addresses import page_of


@require_safe
def cluster_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the profile of a cluster organisation; an old address leads to the new one."""
    rows = ClusterOrganisation.objects.select_related("organisation__region", "manager")
    profile = get_object_or_404(rows.prefetch_related("labels"), slug=slug)
    return _answer(request, profile.organisation, profile)


@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an organisation without a profile."""
    found = get_object_or_404(Organisation.objects.select_related("region"), pk=pk)
    if found.merged_into_id is None and hasattr(found, "cluster"):
        _require_visible(request, found)
        return redirect(page_of(found))
    return _answer(request, found, None)


def _answer(
    request: HttpRequest, found: Organisation, profile: ClusterOrganisation | None
) -> HttpResponse:
    standing = standing_of(found)
    _require_visible(request, standing)
    if standing != found:
        # A merge can be undone: no browser may remember this for good.
        return redirect(page_of(standing))
    page = read_page(request.user, found, profile, today=timezone.localdate())
    context = {
        "page": page,
        "organisation": found,
        "simulated": page.simulated,
        "section": "network",
    }
    return render(request, "public/organisations/page.html", context)


def _require_visible(request: HttpRequest, found: Organisation) -> None:
    if not request.user.has_perm("actors.view_organisation", found):
        raise Http404
