"""The live cockpit: one page that the stream keeps fresh and that works with plain forms too."""

import hashlib

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.cafe.domain.offers import offers
from alpclusters.platform.cafe.domain.overview import numbers_of
from alpclusters.platform.cafe.models import Block
from alpclusters.platform.languages.codes import language_row
from alpclusters.reports.numbers import format_number
from alpclusters.www.cafe.screen_passes import let_stream
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.cafes.live_pages import LivePage, host_ways
from alpclusters.www.workspace.cafes.pages import crumbs
from alpclusters.www.workspace.cafes.running import own_cafe
from alpclusters.www.workspace.cafes.views import visible_cafe


@login_required
@require_safe
def cafe_live(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the live cockpit."""
    cafe = own_cafe(request, pk)
    page = LivePage(cafe, timezone.now(), may_run=True)
    context = {
        "page": page,
        "cafe": cafe,
        "locale": language_row(get_language()).locale,
        "crumbs": crumbs(_crumb(cafe), Crumb(_("Run"))),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    response = render(request, "workspace/cafes/live.html", context)
    let_stream(request, response, cafe)
    return response


@login_required
@require_safe
def cafe_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """Return revision and counts of the room, for a browser without a stream; 304 if unchanged."""
    cafe = visible_cafe(request, pk)
    language = get_language() or "en"
    counts = {name: format_number(n, language) for name, n in numbers_of(cafe).items()}
    fresh = JsonResponse({"rev": cafe.revision, "state": cafe.state, "counts": counts})
    digest = hashlib.sha256(fresh.content + language.encode()).hexdigest()
    tag = f'"{digest[:24]}"'
    response = get_conditional_response(request, etag=tag, response=fresh) or fresh
    response.headers["ETag"] = tag
    # "no-store" would forbid the browser to ask with the tag.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@login_required
@require_safe
def cafe_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """List the comments for a person to read before the hall may."""
    cafe = own_cafe(request, pk)
    offer = next((o for o in offers(cafe, timezone.now()) if o.block == Block.COMMENTS), None)
    may_read = offer is not None and not offer.reason and not offer.is_visible
    rows = cafe.comments.select_related("measure").order_by("measure__pk", "text", "pk")
    context = {
        "cafe": cafe,
        "comments": rows if may_read else [],
        "crumbs": crumbs(_crumb(cafe), _live_crumb(cafe.pk), Crumb(_("Comments"))),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    return render(request, "workspace/cafes/comments.html", context)


@login_required
@require_safe
def cafe_links(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the links of hosts and big screen with their QR codes."""
    cafe = own_cafe(request, pk)
    context = {
        "cafe": cafe,
        "page": LivePage(cafe, timezone.now(), may_run=True),
        "hosts": host_ways(cafe) if cafe.is_open else [],
        "crumbs": crumbs(_crumb(cafe), _live_crumb(cafe.pk), Crumb(_("Links"))),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    return render(request, "workspace/cafes/links.html", context)


def _crumb(cafe: object) -> Crumb:
    return Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))  # type: ignore[attr-defined]


def _live_crumb(pk: int) -> Crumb:
    return Crumb(_("Run"), reverse("workspace:cafe_live", args=[pk]))
