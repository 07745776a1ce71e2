"""The home page and the search over everything public."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.www.public.home.overview import read_overview, side_of_home
from alpclusters.www.public.home.search import search_everything
from alpclusters.www.worlds import side_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, let people enter an AlpCafé, show what there is."""
    side = side_of_home(request)
    page = read_overview(today=timezone.localdate(), is_simulated=side.is_simulated)
    context = {"page": page, "side": side, "simulated": page.simulated}
    return render(request, "public/home/home.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find measures, projects, organisations, regions and AlpCafés by words of any language."""
    query = request.GET.get("q", "").strip()[:200]
    side = side_of(request, visible_projects(request.user))
    found = search_everything(request.user, query, is_simulated=side.is_simulated)
    context = {"query": query, "found": found, "side": side, "simulated": side.is_simulated}
    return render(request, "public/home/search.html", context)
