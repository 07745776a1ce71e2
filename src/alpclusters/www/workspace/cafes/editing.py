"""Prepare an AlpCafé and change what was prepared."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.cafe.domain.events import change_cafe, create_cafe
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.cafes.forms import CafeForm
from alpclusters.www.workspace.cafes.pages import crumbs
from alpclusters.www.workspace.cafes.prepare.common import tabs_of
from alpclusters.www.workspace.cafes.running import own_cafe


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_create(request: SignedInRequest) -> HttpResponse:
    """Prepare a new AlpCafé."""
    if not request.user.has_perm("cafe.add_alpcafe"):
        raise PermissionDenied
    form = CafeForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        cafe = create_cafe(form.preparation(), by=request.user)
        if cafe.in_hall:
            messages.success(request, _("AlpCafé prepared. Go through the steps one by one."))
            return redirect("workspace:cafe_prepare", pk=cafe.pk)
        messages.success(request, _("AlpCafé prepared. Open it when the rating begins."))
        return redirect("workspace:cafe", pk=cafe.pk)
    return _show(request, form, None, [Crumb(_("New AlpCafé"))])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change an AlpCafé; measures and criteria only before it is opened."""
    cafe = own_cafe(request, pk)
    form = CafeForm(request.POST or None, by=request.user, cafe=cafe)
    if request.method == "POST" and form.is_valid():
        changed = change_cafe(cafe, form.preparation(), by=request.user)
        messages.success(request, _("Saved"))
        return redirect("workspace:cafe_prepare" if changed.in_hall else "workspace:cafe", pk=pk)
    here = Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))
    return _show(request, form, cafe, [here, Crumb(_("Edit"))])


def _show(
    request: HttpRequest, form: CafeForm, cafe: AlpCafe | None, last: list[Crumb]
) -> HttpResponse:
    context = {
        "form": form,
        "cafe": cafe,
        "tabs": tabs_of(cafe, "cafe_edit") if cafe else (),
        "crumbs": crumbs(*last),
        "simulated": cafe is not None and cafe.is_simulated,
        "section": "cafes",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/cafes/form.html", context, status=status)
