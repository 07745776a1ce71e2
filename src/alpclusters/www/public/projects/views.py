"""The partnerships and one project with its facts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from alpclusters.platform.partnership.rules import visible_to
from alpclusters.www.public.projects.lists import read_list
from alpclusters.www.public.projects.pages import read_page


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Show the projects a person may see."""
    cards = read_list(request.user)
    context = {"cards": cards, "simulated": any(c.project.is_simulated for c in cards)}
    return render(request, "public/projects/list.html", context)


@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one project: facts with their sources, partners with seat and region."""
    found = get_object_or_404(visible_to(request.user), slug=slug)
    page = read_page(request.user, found)
    context = {
        "page": page,
        "project": found,
        "simulated": found.is_simulated,
        "section": "projects",
    }
    return render(request, "public/projects/page.html", context)
