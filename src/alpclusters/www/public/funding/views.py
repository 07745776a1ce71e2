"""Funding: the search, its pages, the calendar, files to take away."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.platform.funding.models import Call, Offer, Programme
from alpclusters.www.public.evidence_data import KINDS, About, sent_table
from alpclusters.www.public.funding.asking import Shown, address, read_query
from alpclusters.www.public.funding.calendar import (
    CallDay,
    calendar_of_days,
    calendar_page,
    days_of,
    running_calls,
)
from alpclusters.www.public.funding.entry_list import read_list
from alpclusters.www.public.funding.entry_page import (
    EntryPage,
    call_page,
    offer_page,
    programme_page,
)
from alpclusters.www.public.funding.exports import TABLES, feed_of, records, terms_document
from alpclusters.www.public.funding.finding import MODELS, find_entries
from alpclusters.www.public.initiatives.views import base_of
from alpclusters.www.worlds import side_of

SECTION: Final = "funding"


@require_safe
def funding(request: HttpRequest) -> HttpResponse:
    """Show the offers, calls or programmes that a search finds, with filters and counts."""
    page = read_list(read_query(request.GET), today=timezone.localdate())
    side = side_of(request, MODELS[page.query.shown].objects.all())
    context = {"page": page, "side": side, "simulated": page.simulated, "section": SECTION}
    return render(request, "public/funding/list.html", context)


@require_safe
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """Show a programme with its figures, calls, offers and earlier projects."""
    rows = Programme.objects.published().select_related("area", "evidence")
    found = get_object_or_404(rows, key=key)
    page = programme_page(request.user, found, timezone.localdate())
    return _shown(request, "programme", found, page)


@require_safe
def call(request: HttpRequest, key: str) -> HttpResponse:
    """Show a call with its days, figures and offers."""
    found = _call(key)
    return _shown(request, "call", found, call_page(found, timezone.localdate()))


@require_safe
def offer(request: HttpRequest, key: str) -> HttpResponse:
    """Show an offer with its terms in plain words."""
    found = _offer(key)
    return _shown(request, "offer", found, offer_page(found, timezone.localdate()))


@require_safe
def terms(request: HttpRequest, key: str) -> JsonResponse:
    """Send the terms of an offer."""
    document = terms_document(_offer(key), base_of(request))
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show month by month when calls open and close."""
    side = side_of(request, Call.objects.filter(is_published=True))
    page = calendar_page(timezone.localdate(), is_simulated=side.is_simulated)
    context = {"page": page, "side": side, "simulated": page.simulated, "section": SECTION}
    return render(request, "public/funding/calendar.html", context)


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """Send the days of the calls that a search finds and that are open or to come."""
    query, today = read_query(request.GET), timezone.localdate()
    world = side_of(request, Call.objects.filter(is_published=True))
    calls = running_calls(today, is_simulated=world.is_simulated)
    if query.text or query.chosen:
        found = find_entries(query, today=today).ids
        relation = {Shown.OFFERS: "offers", Shown.CALLS: "pk", Shown.PROGRAMMES: "programme"}
        calls = calls.filter(**{f"{relation[query.shown]}__in": found}).distinct()
    return _calendar_file(request, days_of(calls), "alpclusters-funding.ics")


@require_safe
def call_file(request: HttpRequest, key: str) -> HttpResponse:
    """Send the days of one call, also of one that is over."""
    found = _call(key)
    return _calendar_file(request, days_of([found]), f"{found.key}.ics")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Send what changed last among the entries that a search finds."""
    content = feed_of(read_query(request.GET), base=base_of(request), today=timezone.localdate())
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@require_safe
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Send all entries that a search finds."""
    if kind not in KINDS:
        raise Http404
    query, today = read_query(request.GET), timezone.localdate()
    ids, base = find_entries(query, today=today).ids, base_of(request)
    table = TABLES[query.shown]
    about = About(table.title, base + address("public:funding", query), today)
    rows = records(query.shown, ids, base)
    return sent_table(request, kind, table.name, table.columns, rows, about)


def _shown(
    request: HttpRequest, name: str, entry: Programme | Call | Offer, page: EntryPage
) -> HttpResponse:
    context = {
        "page": page,
        "entry": entry,
        "simulated": page.simulated,
        "section": SECTION,
    }
    return render(request, f"public/funding/{name}.html", context)


def _calendar_file(request: HttpRequest, days: list[CallDay], name: str) -> HttpResponse:
    site = request.get_host().partition(":")[0]
    text = calendar_of_days(days, base=base_of(request), site=site)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _call(key: str) -> Call:
    rows = Call.objects.filter(is_published=True, programme__is_published=True)
    return get_object_or_404(rows.select_related("programme"), key=key)


def _offer(key: str) -> Offer:
    rows = Offer.objects.published().select_related("programme__area", "call__programme")
    return get_object_or_404(rows, key=key)


urlpatterns = [
    path("funding/", funding, name="funding"),
    path("funding/export.<slug:kind>", export, name="funding-export"),
    path("funding/feed.atom", feed, name="funding-feed"),
    path("funding/calendar/", calendar, name="funding_calendar"),
    path("funding/calendar.ics", calendar_file, name="funding-calendar-file"),
    path("funding/programmes/<slug:key>/", programme, name="programme"),
    path("funding/calls/<slug:key>/", call, name="call"),
    path("funding/calls/<slug:key>/calendar.ics", call_file, name="call-calendar"),
    path("funding/offers/<slug:key>/", offer, name="offer"),
    path("funding/offers/<slug:key>/terms.json", terms, name="offer-terms"),
]
