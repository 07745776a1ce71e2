"""The home page and the search over everything public."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.www.public.home.overview import read_overview
from alpclusters.www.public.home.search import search_everything


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, let people enter an AlpCafé, show what there is."""
    page = read_overview(today=timezone.localdate())
    return render(request, "public/home/home.html", {"page": page, "simulated": page.simulated})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find measures, projects, organisations, regions and AlpCafés by words of any language."""
    query = request.GET.get("q", "").strip()[:200]
    found = search_everything(request.user, query)
    context = {"query": query, "found": found, "simulated": found.simulated}
    return render(request, "public/home/search.html", context)
