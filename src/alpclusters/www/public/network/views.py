"""The pages of the network, and its files."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.merges import standing_of
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.network_files import CONTENT_TYPES
from alpclusters.www.public.network import exports
from alpclusters.www.public.network.asking import (
    Network,
    NetworkQuery,
    address,
    load_network,
    read_query,
)
from alpclusters.www.public.network.change import read_change
from alpclusters.www.public.network.first_page import read_page
from alpclusters.www.public.network.organisations import KINDS, read_ego
from alpclusters.www.public.network.overview import read_overview, read_roles
from alpclusters.www.public.network.pairs import KINDS as PAIR_KINDS
from alpclusters.www.public.network.pairs import codes_of, read_pair

# --- Files in pieces: the server does other things between two of them ----------------------------


async def one_by_one(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Hand out pieces one by one; each is made in the request's thread."""
    take = sync_to_async(partial(next, parts, None))
    while (part := await take()) is not None:
        yield part


# --- The pages of the network, and its files ------------------------------------------------------


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Show how closely the regions are tied, and what is missing."""
    return show_network(request, read_query(request.GET))


def show_network(request: HttpRequest, query: NetworkQuery) -> HttpResponse:
    """Show the first page, public or for coordinators."""
    return _shown(request, "page", read_page(query), query)


@require_safe
def pair(request: HttpRequest, pair: str) -> HttpResponse:
    """Show two regions."""
    return show_pair(request, pair, read_query(request.GET))


def show_pair(request: HttpRequest, codes: str, query: NetworkQuery) -> HttpResponse:
    """Show two regions, public or for coordinators."""
    page = read_pair(query, codes)
    if page is None:
        raise Http404
    return _shown(request, "pair", page, query)


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Show who bridges whom."""
    query = read_query(request.GET)
    return _shown(request, "roles", read_roles(query, request.GET.get("region", "")), query)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the network as a picture."""
    query = read_query(request.GET)
    return _shown(request, "overview", read_overview(query), query)


@require_safe
def change(request: HttpRequest) -> HttpResponse:
    """Show the periods side by side."""
    query = read_query(request.GET)
    return _shown(request, "change", read_change(query), query)


@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one organisation with its partners; one that was merged leads to where it is now."""
    found = _visible(request, pk)
    query = _of_kind(read_query(request.GET), found)
    if found.pk != pk:
        return redirect(address(query, "network-organisation", found.pk))
    page = read_ego(query, found, request.GET.get("page", "1"))
    context = {"organisation": found, "name": found.name}
    return _shown(request, "organisation", page, query, **context)


@require_safe
def export(request: HttpRequest, what: str, kind: str) -> HttpResponseBase:
    """Send a file of the network."""
    return send_export(request, what, kind, read_query(request.GET))


def send_export(
    request: HttpRequest, what: str, kind: str, query: NetworkQuery
) -> HttpResponseBase:
    """Send a file, public or for coordinators."""
    kinds, write = exports.WRITERS.get(what, ((), None))
    found = load_network(query) if kind in kinds else None
    if write is None or found is None:
        raise Http404
    wanted = _wanted(request, found, address(found.query))
    return _sent(request, write(wanted, kind), f"{what}-{found.window}", kind)


@require_safe
def pair_export(request: HttpRequest, pair: str, kind: str) -> HttpResponseBase:
    """Send a file of two regions."""
    return send_pair(request, pair, kind, read_query(request.GET))


def send_pair(request: HttpRequest, codes: str, kind: str, query: NetworkQuery) -> HttpResponseBase:
    """Send a file of two regions, public or for coordinators."""
    page = read_pair(query, codes) if kind in PAIR_KINDS else None
    both = codes_of(codes)
    if page is None or both is None:
        raise Http404
    found = page.frame.network
    wanted = _wanted(request, found, address(found.query, "network-pair", codes))
    return _sent(request, exports.pair(wanted, *both, kind), f"pair-{codes}", kind)


@require_safe
def organisation_export(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Send a file of one organisation with its partners."""
    body = _visible(request, pk)
    found = load_network(_of_kind(read_query(request.GET), body)) if kind in KINDS else None
    if found is None:
        raise Http404
    wanted = _wanted(request, found, address(found.query, "network-organisation", body.pk))
    content = exports.organisation(wanted, body, kind)
    if content is None:
        raise Http404
    return _sent(request, content, f"organisation-{body.pk}", kind)


def _visible(request: HttpRequest, pk: int) -> Organisation:
    found = standing_of(get_object_or_404(Organisation.objects.select_related("cluster"), pk=pk))
    if not request.user.has_perm("actors.view_organisation", found):
        raise Http404
    return found


def _of_kind(query: NetworkQuery, body: Organisation) -> NetworkQuery:
    """An invented organisation stands in the invented network only."""
    return replace(query, simulated=body.is_simulated)


def _shown(
    request: HttpRequest, template: str, page: Any, query: NetworkQuery, **more: Any
) -> HttpResponse:
    context = {
        "page": page,
        "query": query,
        "simulated": page.frame.is_simulated if page else False,
        "section": "network",
        **more,
    }
    return render(request, f"public/network/{template}.html", context)


def _wanted(request: HttpRequest, found: Network, path: str) -> exports.Wanted:
    base = request.build_absolute_uri("/").rstrip("/")
    language = nearest_language(get_language())
    return exports.Wanted(found, base, base + path, timezone.localdate(), language)


def _sent(
    request: HttpRequest, content: exports.Chunks, name: str, kind: str
) -> StreamingHttpResponse:
    parts = one_by_one(content) if isinstance(request, ASGIRequest) else content
    response = StreamingHttpResponse(parts, content_type=CONTENT_TYPES[kind])
    day = timezone.localdate().isoformat()
    file = f"alpclusters-network-{name}-{day}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


_PAIR = "network/pair/<slug:pair>/"
_ONE = "network/organisation/<int:pk>/"
urlpatterns = [
    path("network/", network, name="network"),
    path("network/overview/", overview, name="network-overview"),
    path("network/roles/", roles, name="network-roles"),
    path("network/change/", change, name="network-change"),
    path(_PAIR, pair, name="network-pair"),
    path(f"{_PAIR}export.<slug:kind>", pair_export, name="network-pair-export"),
    path(_ONE, organisation, name="network-organisation"),
    path(f"{_ONE}export.<slug:kind>", organisation_export, name="network-organisation-export"),
    path("network/export/<slug:what>.<slug:kind>", export, name="network-export"),
]
