"""The map of the directory: the page, the boundaries, the points."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.territory.domain.boundaries import LEVELS, read_shapes
from alpclusters.www.public.map.links import View
from alpclusters.www.public.map.pages import read_page
from alpclusters.www.public.map.points import read_points
from alpclusters.www.worlds import side_of

GEOJSON = "application/geo+json"
SHAPES_KEPT_S = 3600


@require_safe
def directory_map(request: HttpRequest) -> HttpResponse:
    """Show where the hits of a search lie."""
    page = read_page(View.read(request.GET))
    side = side_of(request, Organisation.objects.listed())
    context = {"page": page, "side": side, "simulated": page.simulated, "section": "network"}
    return render(request, "public/map/page.html", context)


@require_safe
def shapes(request: HttpRequest) -> HttpResponse:
    """Answer the boundaries of a level, packed where the browser takes it."""
    level = request.GET.get("level", str(LEVELS[0]))
    found = read_shapes(int(level)) if level in {str(known) for known in LEVELS} else None
    if found is None:
        raise Http404
    response = HttpResponse(content_type=GEOJSON)
    response.headers["ETag"] = found.etag
    response.headers["Cache-Control"] = f"public, max-age={SHAPES_KEPT_S}"
    patch_vary_headers(response, ["Accept-Encoding"])
    if request.headers.get("If-None-Match") == found.etag:
        response.status_code = 304
        return response
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.headers["Content-Encoding"] = "gzip"
        response.content = found.packed
    else:
        response.content = found.text
    return response


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Answer the hits that have coordinates."""
    return JsonResponse(read_points(request.GET), content_type=GEOJSON)
