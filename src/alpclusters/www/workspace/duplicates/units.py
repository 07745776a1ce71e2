"""Which organisation is a unit of which, and how to end it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.platform.actors.domain.units import clear_parent, standing_parts
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.errors import remedy, what
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.organisation_addresses import page_of
from alpclusters.www.workspace.duplicates.views import require_right

PER_PAGE = 20


@login_required
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """List the units and their larger bodies, the latest said first."""
    require_right(request)
    rows = standing_parts().select_related("unit__cluster", "parent__cluster", "set_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "parts": [(part, page_of(part.unit), page_of(part.parent)) for part in page],
        "simulated": any(part.unit.is_simulated for part in page),
    }
    return render(request, "workspace/duplicates/units.html", context)


@login_required
@require_POST
def unit_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End what was said of a unit: it ended today, or it was a mistake."""
    require_right(request)
    part = get_object_or_404(standing_parts(), pk=pk)
    until = timezone.localdate() if request.POST.get("decision") == "ended" else None
    try:
        clear_parent(part.unit, by=request.user, until=until)
    except StateError as error:
        language = nearest_language(get_language())
        messages.error(request, f"{what(error, language)} {remedy(error, language)}")
    else:
        messages.success(request, _("Noted: it is no unit of the other any more."))
    return redirect("workspace:units")
