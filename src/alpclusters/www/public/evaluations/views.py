"""The page of an evaluation and its files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.evaluation.rules import visible_to
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.www.public.documents import sent
from alpclusters.www.public.evaluations.across import FORMATS as ACROSS_FORMATS
from alpclusters.www.public.evaluations.across import across_file, read_across
from alpclusters.www.public.evaluations.evaluation_files import file_of
from alpclusters.www.public.evaluations.evaluation_page import FORMATS, read_page


def visible_snapshot(request: HttpRequest, pk: int) -> Snapshot:
    """Return a snapshot the person may see, else 404."""
    return get_object_or_404(visible_to(request.user).with_cafe(), pk=pk)


@require_safe
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the ratings of an AlpCafé say."""
    snapshot = visible_snapshot(request, pk)
    page = read_page(
        snapshot,
        person=request.user,
        criterion=request.GET.get("criterion", ""),
        address=reverse("public:evaluation", args=[pk]),
    )
    context = {"page": page, "simulated": snapshot.is_simulated, "section": "cafes"}
    return render(request, "public/evaluations/page.html", context)


@require_safe
def evaluation_file(request: HttpRequest, pk: int, format: str) -> HttpResponse:  # noqa: A002
    """Send an evaluation as a file in the language of the page."""
    if format not in FORMATS:
        raise Http404
    return sent(file_of(visible_snapshot(request, pk), format, nearest_language(get_language())))


@require_safe
def common(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what holds across borders in a project, from its released evaluations."""
    project = get_object_or_404(visible_projects(request.user), slug=slug)
    context = {
        "page": read_across(project),
        "project": project,
        "simulated": project.is_simulated,
        "section": "projects",
    }
    return render(request, "public/evaluations/common.html", context)


@require_safe
def common_file(request: HttpRequest, slug: str, format: str) -> HttpResponse:  # noqa: A002
    """Send the common denominators of a project as a file in the language of the page."""
    project = get_object_or_404(visible_projects(request.user), slug=slug)
    taken = (
        across_file(project, format, nearest_language(get_language()))
        if format in ACROSS_FORMATS
        else None
    )
    if taken is None:
        raise Http404
    return sent(taken)


urlpatterns: list[URLPattern] = [
    path("evaluations/<int:pk>/", evaluation, name="evaluation"),
    path("evaluations/<int:pk>/<slug:format>", evaluation_file, name="evaluation_file"),
    path("projects/<slug:slug>/common-denominators/", common, name="common"),
    path(
        "projects/<slug:slug>/common-denominators/<slug:format>",
        common_file,
        name="common_file",
    ),
]
