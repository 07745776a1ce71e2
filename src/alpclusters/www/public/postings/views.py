"""Needs and offers: the list with its exports and feed, and one of them."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.platform.network.domain.postings.finding import (
    find_postings,
    open_postings,
    readable_postings,
)
from alpclusters.platform.network.models import Posting
from alpclusters.www.public.evidence_data import About, sent_table
from alpclusters.www.public.initiatives.views import base_of
from alpclusters.www.public.postings.lists import FORMATS, read_list
from alpclusters.www.public.postings.pages import read_page
from alpclusters.www.public.postings.queries import address, read_query
from alpclusters.www.public.postings.rows import COLUMNS, feed_of, records
from alpclusters.www.worlds import side_of


@require_safe
def postings(request: HttpRequest) -> HttpResponse:
    """Show the open needs and offers that a search finds."""
    today = timezone.localdate()
    page = read_list(read_query(request.GET), today=today)
    side = side_of(request, open_postings(today))
    context = {"page": page, "side": side, "simulated": page.simulated, "section": "network"}
    return render(request, "public/postings/list.html", context)


@require_safe
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a need or an offer; also one that is not open any more."""
    found = readable(pk)
    context = {
        "page": read_page(request.user, found, today=timezone.localdate()),
        "posting": found,
        "is_signed_in": request.user.is_authenticated,
        "simulated": found.is_simulated,
        "section": "network",
    }
    return render(request, "public/postings/page.html", context)


@require_safe
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Send all needs and offers that a search finds."""
    if kind not in FORMATS:
        raise Http404
    query, today = read_query(request.GET), timezone.localdate()
    found = find_postings(query, today=today).found
    base = base_of(request)
    where = base + address("public:postings", query)
    about = About("AlpClusters: open needs and offers of cluster organisations", where, today)
    return sent_table(request, kind, "postings", COLUMNS, records(found, base), about)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Send the newest needs and offers that a search finds."""
    query = read_query(request.GET)
    found = find_postings(query, today=timezone.localdate()).found
    content = feed_of(query, found, base=base_of(request))
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def readable(pk: int) -> Posting:
    """Return a posting whose page visitors may open."""
    return get_object_or_404(readable_postings(), pk=pk)
