"""The phone's page in the hall: rendered once for all, for the live process to keep in memory."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.cafe.devices import token_for
from alpclusters.www.cafe.shell import page_context

WORKER: Final = Path(__file__).resolve().parents[1] / "static" / "js" / "cafe" / "worker.js"


@require_safe
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page that goes through the phases by script.

    It is rendered without the request: no cookie, no name, no form token can get into it. Who
    the person is the script asks the live process. Where the project is not public, only phones
    that have joined see it, and the live process keeps nothing of it.
    """
    cafe = get_object_or_404(AlpCafe.everything.select_related("project", "region"), pk=pk)
    if cafe.state == AlpCafe.State.DRAFT:
        raise Http404
    if not (cafe.project.is_public or _is_inside(request, cafe)):
        return redirect("cafe:join")
    language = nearest_language(get_language())
    if not cafe.project.is_public:
        version = (cafe.code, cafe.content_revision, cafe.state, language)
        return HttpResponse(_kept_page(cafe.pk, version))
    response = HttpResponse(_page(cafe))
    key = f"event={cafe.pk}; rev={cafe.content_revision}; lang={language}"
    response.headers["Live-Cache"] = key
    return response


def _is_inside(request: HttpRequest, cafe: AlpCafe) -> bool:
    return token_for(request, cafe) is not None or request.user.has_perm("cafe.run_alpcafe", cafe)


def _page(cafe: AlpCafe) -> str:
    return render_to_string("cafe/here.html", page_context(cafe))


@lru_cache(maxsize=64)
def _kept_page(pk: int, version: tuple[object, ...]) -> str:  # noqa: ARG001 - part of the key
    """Return the page from memory: a hall of two thousand loads it within seconds."""
    return _page(AlpCafe.everything.select_related("project", "region").get(pk=pk))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view gets one
    """Hand out the service worker from an address below which it may work."""
    return HttpResponse(
        WORKER.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8"
    )
