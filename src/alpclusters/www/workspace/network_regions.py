"""The network for coordinators: the public pages with nothing withheld."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_safe

from alpclusters.www.public.network.asking import NetworkQuery, read_query
from alpclusters.www.public.network.views import send_export, send_pair, show_network, show_pair

RIGHT = "network.view_small_cells"


@login_required
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Show how closely the regions are tied, small cells too."""
    return show_network(request, _asked(request))


@login_required
@require_safe
def pair(request: HttpRequest, pair: str) -> HttpResponse:
    """Show two regions, also small ones."""
    return show_pair(request, pair, _asked(request))


@login_required
@require_safe
def export(request: HttpRequest, what: str, kind: str) -> HttpResponseBase:
    """Send a file of the network, small cells too."""
    return send_export(request, what, kind, _asked(request))


@login_required
@require_safe
def pair_export(request: HttpRequest, pair: str, kind: str) -> HttpResponseBase:
    """Send a file of two regions, also small ones."""
    return send_pair(request, pair, kind, _asked(request))


def _asked(request: HttpRequest) -> NetworkQuery:
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    return read_query(request.GET, space="workspace")


_PAIR = "network/regions/pair/<slug:pair>/"
urlpatterns = [
    path("network/regions/", network, name="network"),
    path(_PAIR, pair, name="network-pair"),
    path(f"{_PAIR}export.<slug:kind>", pair_export, name="network-pair-export"),
    path("network/regions/export/<slug:what>.<slug:kind>", export, name="network-export"),
]
