"""The trail in public: what is at one station of a thing, and the page of a finding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.records import evidence_lines
from alpclusters.platform.policy.models import Action, Finding, Recommendation
from alpclusters.platform.tracing.domain.stations import Ref, Station, Stop, seen_thing, station_of
from alpclusters.platform.trail.domain.kinds import Thing
from alpclusters.platform.worlds import world_of
from alpclusters.reports.numbers import format_n
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.recommendations.evidence import findings_view, said_of
from alpclusters.www.public.trail import (
    NAMES,
    address_of,
    count_words,
    label_of,
    place_of,
    stops_of,
    strip_of,
    trail_key,
    trail_stations,
)
from alpclusters.www.worlds import asked_in

# --- The things at one station of a trail, each with its page and what it says --------------------


@dataclass(frozen=True)
class ThingView:
    """One thing: what it is called, what it says besides, its page."""

    name: str
    said: str
    url: str


def thing_views(refs: Sequence[Ref]) -> list[ThingView]:
    """Return things of one kind with their pages, in their order."""
    said = _said(refs)
    return [ThingView(_name(ref), said.get(ref.pk, ""), address_of(ref)) for ref in refs]


def _name(ref: Ref) -> str:
    if ref.thing is Thing.SNAPSHOT:
        return _("Evaluation %(number)s") % {"number": ref.label}
    return ref.label


def _said(refs: Sequence[Ref]) -> Mapping[int, str]:
    """Return what stands beside a code: the title of a line, the sentence of a finding."""
    language = nearest_language(get_language())
    pks = [ref.pk for ref in refs]
    match refs[0].thing if refs else None:
        case Thing.FINDING:
            return {line.pk: said_of(line, language) for line in evidence_lines(pks)}
        case Thing.RECOMMENDATION:
            return {one.pk: one.title for one in Recommendation.objects.filter(pk__in=pks)}
        case Thing.ACTION:
            return {one.pk: one.title for one in Action.objects.filter(pk__in=pks)}
        case Thing.SNAPSHOT:
            return {ref.pk: format_n(ref.n, language) for ref in refs if ref.n}
        case Thing.FUNDING_LINE | Thing.VALUE:
            return {ref.pk: ref.key.partition("#")[2] for ref in refs}
        case _:
            return {}


# --- The trail in public: what is at one station of a thing, and the page of a finding ------------


PAGE_SIZE: Final = 100


@require_safe
def trail_station(request: HttpRequest, kind: str, pk: int, station: str) -> HttpResponse:
    """List exactly the things that the strip counts at one station of a thing."""
    found = seen_thing(kind, pk, seen_by=request.user)
    if found is None or station not in set(Station):
        raise Http404
    number = _page_number(request)
    is_simulated = _is_simulated(request, found)
    stops = stops_of(found, seen_by=request.user, is_simulated=is_simulated)
    stop = next(one for one in stops if one.station == station)
    if len(stop.refs) < stop.n or number > 1:
        # More than a strip names.
        offset = (number - 1) * PAGE_SIZE
        stop = station_of(
            found,
            Station(station),
            seen_by=request.user,
            is_simulated=is_simulated,
            offset=offset,
            most=PAGE_SIZE,
        )
    if stop.is_here or (stop.n and not stop.refs):
        raise Http404
    context = {
        **_context(found, stop, number),
        "trail": trail_stations(stops, found, label=label_of(found), is_simulated=is_simulated),
        "simulated": is_simulated,
    }
    return render(request, "public/trails/station.html", context)


@require_safe
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one finding: what it says in figures, its source, its place in the trail."""
    found = seen_thing(Thing.FINDING, pk, seen_by=request.user)
    if not isinstance(found, Finding):
        raise Http404
    (line,) = evidence_lines([pk])
    context = {
        "finding": found,
        "said": said_of(line, nearest_language(get_language())),
        "findings": findings_view([line]),
        "trail": strip_of(found, seen_by=request.user, label=found.code),
        "crumbs": [Crumb(_("Finding")), Crumb(found.code)],
        "simulated": world_of(found),
        "section": "plans",
    }
    return render(request, "public/trails/finding.html", context)


def _context(found: Model, stop: Stop, number: int) -> dict[str, Any]:
    here = place_of(found)
    name = NAMES[stop.station]
    return {
        "name": name,
        "count": count_words(stop),
        "key": trail_key(stop.station),
        "stop": stop,
        "is_whole": len(stop.refs) == stop.n,
        "things": thing_views(stop.refs),
        "numbers": Paginator(range(stop.n), PAGE_SIZE).get_page(number),
        "here": here,
        "crumbs": [Crumb(here.label, here.url), Crumb(str(name))],
    }


def _is_simulated(request: HttpRequest, found: Model) -> bool:
    """Say of which world a thing is; for a measure of the catalogue, which one is asked for."""
    world = world_of(found)
    return bool(asked_in(request.GET)) if world is None else world


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return max(int(asked), 1) if asked.isascii() and asked.isdecimal() else 1


urlpatterns = [
    path("findings/<int:pk>/", finding, name="finding"),
    path("trail/<slug:kind>/<int:pk>/<slug:station>/", trail_station, name="trail-station"),
]
