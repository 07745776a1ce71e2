"""Initiatives: the list, one initiative with its activities, citation, exports, feed."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.citing import cite_initiative
from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.evidence.rules import visible_initiatives
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.public.evidence_data import KINDS, About, sent_citation, sent_table
from alpclusters.www.public.initiatives.initiative_list import (
    ACTIVITIES,
    INITIATIVES,
    Table,
    feed_of,
    read_list,
)
from alpclusters.www.public.initiatives.initiative_page import read_page
from alpclusters.www.public.initiatives.search import (
    address,
    find_initiatives,
    initiative_url,
    read_query,
)
from alpclusters.www.worlds import side_of


@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    """Show the initiatives that a search finds, with filters and their counts."""
    page = read_list(request.user, read_query(request.GET))
    side = side_of(request, visible_initiatives(request.user))
    context = {"page": page, "side": side, "simulated": page.simulated, "section": "evidence"}
    return render(request, "public/initiatives/list.html", context)


@require_safe
def initiative(request: HttpRequest, key: str) -> HttpResponse:
    """Show an initiative with its activities."""
    found = _visible(request, key)
    page = read_page(request.user, found, base=base_of(request))
    context = {
        "page": page,
        "initiative": found,
        "simulated": page.simulated,
        "section": "evidence",
    }
    return render(request, "public/initiatives/page.html", context)


@require_safe
def citation(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Send how an initiative is cited."""
    found = _visible(request, key)
    where = base_of(request) + initiative_url(key)
    language = nearest_language(get_language())
    return sent_citation(cite_initiative(found, address=where, language=language), kind)


@require_safe
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Send all initiatives that a search finds."""
    return _sent(request, kind, INITIATIVES, "public:initiatives")


@require_safe
def export_activities(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Send the coded activities of all initiatives that a search finds."""
    return _sent(request, kind, ACTIVITIES, "public:initiatives")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Send the initiatives of a search that changed last."""
    content = feed_of(read_query(request.GET), base=base_of(request))
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def _sent(request: HttpRequest, kind: str, table: Table, page: str) -> StreamingHttpResponse:
    if kind not in KINDS:
        raise Http404
    query = read_query(request.GET)
    ids = find_initiatives(query, seen_by=request.user).ids
    base = base_of(request)
    about = About(table.title, base + address(page, query), timezone.localdate())
    rows = table.read(ids, base)
    return sent_table(request, kind, table.name, table.columns, rows, about)


def base_of(request: HttpRequest) -> str:
    """Return the address of the site without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


def _visible(request: HttpRequest, key: str) -> Initiative:
    found = get_object_or_404(Initiative.objects.select_related("programme"), key=key)
    if not request.user.has_perm("evidence.view_initiative", found):
        raise Http404
    return found


urlpatterns = [
    path("initiatives/", initiatives, name="initiatives"),
    path("initiatives/export.<slug:kind>", export, name="initiatives-export"),
    path("initiatives/activities.<slug:kind>", export_activities, name="activities-export"),
    path("initiatives/feed.xml", feed, name="initiatives-feed"),
    path("initiatives/<slug:key>/", initiative, name="initiative"),
    path("initiatives/<slug:key>/citation.<slug:kind>", citation, name="initiative-citation"),
]
