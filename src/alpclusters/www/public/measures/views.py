"""The catalogue of measures and the page of one measure."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.measures.domain.pictures import picture_path
from alpclusters.platform.measures.rules import visible_to
from alpclusters.www.public.measures.lists import read_list
from alpclusters.www.public.measures.pages import read_page, side_of_measure
from alpclusters.www.worlds import side_of


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Show the measures that fit the chosen phase, mode and motive."""
    side = side_of(request, Snapshot.objects.released())
    page = read_list(request.user, request.GET, is_simulated=side.is_simulated)
    context = {"page": page, "side": side, "simulated": side.is_simulated}
    return render(request, "public/measures/list.html", context)


@require_safe
def measure_picture(request: HttpRequest, key: str) -> HttpResponse:
    """Return the picture of a measure to those who may see the measure."""
    found = get_object_or_404(visible_to(request.user), key=key)
    path = picture_path(found)
    if path is None:
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="image/jpeg")
    response.headers["Content-Disposition"] = 'inline; filename="measure.jpg"'
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@require_safe
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """Show one measure with its facts, its ratings and what became of it."""
    found = get_object_or_404(visible_to(request.user).select_related("project"), key=key)
    side = side_of_measure(request, found)
    page = read_page(request.user, found, is_simulated=side.is_simulated)
    context = {
        "page": page,
        "measure": found,
        "side": side,
        "simulated": page.simulated,
        "section": "measures",
    }
    return render(request, "public/measures/page.html", context)
