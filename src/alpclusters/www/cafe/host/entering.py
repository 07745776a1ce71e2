"""Open the link of a table: what stands behind ``#`` becomes a cookie."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from alpclusters.platform.cafe.domain.keys import HOST, opened_cafe, read_pass
from alpclusters.www.cafe.passes import remember_pass


@require_safe
def enter_page(request: HttpRequest) -> HttpResponse:
    """Take the link out of the address by script; without scripts it is pasted."""
    return render(request, "cafe/host/enter.html", {"is_wrong": False})


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Exchange a link for the cookie; the same answer for wrong, old and destroyed links."""
    found = read_pass(request.POST.get("link", "").rpartition("#")[2])
    if found is None or found.screen != HOST or opened_cafe(found) is None:
        return render(request, "cafe/host/enter.html", {"is_wrong": True}, status=422)
    response = HttpResponseRedirect(reverse("cafe:host_page", args=[found.cafe_id]))
    remember_pass(request, response, found)
    return response
