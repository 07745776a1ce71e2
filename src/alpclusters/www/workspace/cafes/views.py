"""The list of AlpCafés, the cockpit of one, and what is printed for the hall."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.cafe.rules import visible_to
from alpclusters.platform.languages.codes import LANGUAGES, language_row
from alpclusters.www.cafe.screen_passes import let_stream
from alpclusters.www.components.parts import Crumb
from alpclusters.www.site.cafe_codes import join_address, qr_picture
from alpclusters.www.workspace.cafes.pages import crumbs, read_cockpit

PAGE_SIZE = 50


def visible_cafe(request: HttpRequest, pk: int) -> AlpCafe:
    """Return an AlpCafé the person may see, else 404."""
    seen = visible_to(request.user, with_rehearsals=True).select_related("project", "region")
    return get_object_or_404(seen, pk=pk)


@login_required
@require_safe
def cafes(request: HttpRequest) -> HttpResponse:
    """List the AlpCafés of one's projects."""
    found = visible_to(request.user).for_list().order_by("-held_on", "-pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "crumbs": crumbs(),
        "may_add": request.user.has_perm("cafe.add_alpcafe"),
        "simulated": any(cafe.is_simulated for cafe in page),
        "section": "cafes",
    }
    return render(request, "workspace/cafes/list.html", context)


@login_required
@require_safe
def cafe(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the cockpit: code, state, counts; never what was answered."""
    found = visible_cafe(request, pk)
    may_run = request.user.has_perm("cafe.run_alpcafe", found)
    context = {
        "cockpit": read_cockpit(found, may_run=may_run),
        "cafe": found,
        "locale": language_row(get_language()).locale,
        "crumbs": crumbs(Crumb(found.title)),
        "simulated": found.is_simulated,
        "section": "cafes",
    }
    response = render(request, "workspace/cafes/cockpit.html", context)
    if may_run:
        let_stream(request, response, found)
    return response


@login_required
@require_safe
def cafe_qr(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the QR code as a picture."""
    return HttpResponse(qr_picture(visible_cafe(request, pk)), content_type="image/svg+xml")


@login_required
@require_safe
def cafe_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet with code and address in five languages, for the tables and the door."""
    found = visible_cafe(request, pk)
    context = {
        "cafe": found,
        "join_address": join_address(),
        "picture": mark_safe(qr_picture(found)),  # noqa: S308 - drawn by us from a code
        "languages": LANGUAGES,
        "crumbs": crumbs(
            Crumb(found.title, reverse("workspace:cafe", args=[found.pk])),
            Crumb(_("Sheet with code")),
        ),
        "simulated": found.is_simulated,
        "section": "cafes",
    }
    return render(request, "workspace/cafes/sheet.html", context)
