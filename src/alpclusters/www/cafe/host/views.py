"""The page of a table host: one table, one round, everything as plain forms."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.www.cafe.host.access import Host, for_hosts
from alpclusters.www.cafe.host.orders import Typed, carry_out
from alpclusters.www.cafe.host.page import read_page
from alpclusters.www.cafe.refusals import sentence


@require_safe
@for_hosts
def page(request: HttpRequest, host: Host) -> HttpResponse:
    """Show the table; after a form was sent, what was done and how to undo it."""
    done, entry = request.GET.get("done", ""), request.GET.get("entry", "")
    return _show(request, host, {"done": done[:40], "entry": entry[:12]})


@require_POST
@for_hosts
def order(request: HttpRequest, host: Host) -> HttpResponse:
    """Carry out one form and come back to its part of the page."""
    try:
        entry = carry_out(host, request.POST, request.FILES)
    except AlpClustersError as error:
        status = 409 if isinstance(error, StateError) else 422
        refused = {"typed": Typed.of(request.POST), "problem": sentence(error)}
        return _show(request, host, refused, status=status)
    form = request.POST.get("form", "")[:40]
    query = urlencode({"done": form or "order", "entry": entry.pk})
    place = "".join(char for char in request.POST.get("place", "") if char.isalpha())
    address = reverse("cafe:host_page", args=[host.cafe.pk])
    return HttpResponseRedirect(f"{address}?{query}#{place or 'main'}")


def _show(
    request: HttpRequest, host: Host, told: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {
        "page": read_page(host, **told),
        "cafe": host.cafe,
        "table": host.table,
        "simulated": host.cafe.is_simulated,
    }
    return render(request, "cafe/host/page.html", context, status=status)
