"""What of links lasted after the funding: all, and of a project, programme or initiative."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.www.public.documents import sent
from alpclusters.www.public.lasting import scopes
from alpclusters.www.public.lasting.exports import file_of
from alpclusters.www.public.lasting.pages import FORMATS, read_page
from alpclusters.www.public.lasting.scopes import ScopeView


@require_safe
def lasting(request: HttpRequest) -> HttpResponse:
    """Show how long links last."""
    return _show(request, scopes.all_links(request))


@require_safe
def of_project(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how long the links of a partnership last."""
    return _show(request, scopes.of_project(request, slug))


@require_safe
def of_programme(request: HttpRequest, key: str) -> HttpResponse:
    """Show how long the links last that a programme paid for."""
    return _show(request, scopes.of_programme(request, key))


@require_safe
def of_initiative(request: HttpRequest, key: str) -> HttpResponse:
    """Show how long the links of one initiative last."""
    return _show(request, scopes.of_initiative(request, key))


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the curve as a file."""
    if kind not in FORMATS:
        raise Http404
    view = scopes.asked_for(request)
    url = request.build_absolute_uri(view.url)
    return sent(file_of(view, kind, url=url, today=timezone.localdate()))


def _show(request: HttpRequest, view: ScopeView) -> HttpResponse:
    page = read_page(view, seen_by=request.user, today=timezone.localdate())
    context = {"page": page, "simulated": view.scope.is_simulated, "section": "network"}
    return render(request, "public/lasting/page.html", context)
