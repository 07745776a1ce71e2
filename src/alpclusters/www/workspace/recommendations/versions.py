"""Every version of a recommendation is kept; any two can be compared."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.recommendations.recommendation_pages import read_versions
from alpclusters.www.workspace.recommendations.access import own_recommendation, page_crumbs


@login_required
@require_safe
def recommendation_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """List the versions and compare two of them in one language."""
    found = own_recommendation(request, pk)
    context = {
        "recommendation": found,
        "page": read_versions(found, request.GET),
        "crumbs": page_crumbs(found, Crumb(_("Versions"))),
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/recommendations/versions.html", context)
