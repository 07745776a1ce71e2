"""The phone's page in the hall: rendered once for all, for the live process to keep in memory."""

from pathlib import Path
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.www.cafe.shell import page_context

WORKER: Final = Path(__file__).resolve().parents[1] / "static" / "js" / "cafe" / "worker.js"


@require_safe
def here(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 - nothing of it is read
    """Show the page that goes through the phases by script.

    It is rendered without the request: no cookie, no name, no form token can get into it. Who
    the person is the script asks the live process.
    """
    cafe = get_object_or_404(AlpCafe.everything.select_related("project", "region"), pk=pk)
    if cafe.state == AlpCafe.State.DRAFT:
        raise Http404
    context = page_context(cafe)
    response = HttpResponse(render_to_string("cafe/here.html", context))
    key = f"event={cafe.pk}; rev={cafe.content_revision}; lang={context['language']}"
    response.headers["Live-Cache"] = key
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view gets one
    """Hand out the service worker from an address below which it may work."""
    return HttpResponse(WORKER.read_text(encoding="utf-8"), content_type="text/javascript")
