"""Joint approaches in public: the list, and one with its regions on a map and in a table."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.policy.domain.approaches.reading import rate_of, read_approach
from alpclusters.platform.policy.rules import visible_approaches, visible_recommendations
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.approaches.maps import state_map
from alpclusters.www.public.approaches.parts import rate_figures, region_rows
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.worlds import side_of

PAGE_SIZE: Final = 24


@require_safe
def approaches(request: HttpRequest) -> HttpResponse:
    """List the joint approaches one may see."""
    side = side_of(request, visible_approaches(request.user))
    rows = of_world(visible_approaches(request.user), is_simulated=side.is_simulated)
    rows = rows.select_related("project")
    rows = rows.prefetch_related("adoptions__steps").order_by("-project", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, said(one, "title"), rate_of(list(one.adoptions.all()))) for one in page],
        "crumbs": [
            Crumb(_("Recommendations"), reverse("public:recommendations")),
            Crumb(_("Joint approaches")),
        ],
        "side": side,
        "simulated": side.is_simulated,
        "section": "plans",
    }
    return render(request, "public/approaches/list.html", context)


@require_safe
def approach(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who adopts what until when, and how far each region is."""
    rows = visible_approaches(request.user).select_related("project")
    found = get_object_or_404(rows, pk=pk)
    record = read_approach(found, today=timezone.localdate())
    seen = visible_recommendations(request.user).filter(approaches=found)
    context = {
        "approach": found,
        "title": said(found, "title"),
        "objective": said(found, "objective"),
        "figures": rate_figures(record),
        "map": state_map(record.lines, caption=_("State by region")),
        "rows": region_rows(record),
        "recommendations": list(seen.order_by("pk")),
        "crumbs": [
            Crumb(_("Recommendations"), reverse("public:recommendations")),
            Crumb(_("Joint approaches"), reverse("public:approaches")),
            Crumb(found.code),
        ],
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "public/approaches/page.html", context)
