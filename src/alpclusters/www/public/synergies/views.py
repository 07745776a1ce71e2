"""The pages of synergies and of the policy mix, and their files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.www.public.documents import sent
from alpclusters.www.public.synergies.addresses import address, read_query
from alpclusters.www.public.synergies.exports import budgets_file, synergies_file
from alpclusters.www.public.synergies.maps import KINDS, read_map
from alpclusters.www.public.synergies.mixes import read_mix
from alpclusters.www.public.synergies.pairs import read_pair


@require_safe
def synergies(request: HttpRequest) -> HttpResponse:
    """Show programmes and regional strategies against each other."""
    query = read_query(request.GET)
    page = read_map(query)
    context = {"page": page, "simulated": query.simulated and page.has_simulated}
    return render(request, "public/synergies/map.html", context | {"section": "funding"})


@require_safe
def synergy(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """Show two strategies in words."""
    page = read_pair(read_query(request.GET), first, second)
    if page is None:
        raise Http404
    context = {"page": page, "simulated": page.is_simulated, "section": "funding"}
    return render(request, "public/synergies/pair.html", context)


@require_safe
def policy_mix(request: HttpRequest) -> HttpResponse:
    """Show instruments, themes and regions with their budgets."""
    page = read_mix(read_query(request.GET))
    context = {"page": page, "simulated": page.is_simulated, "section": "funding"}
    return render(request, "public/synergies/mix.html", context)


@require_safe
def synergies_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Send all pairs as a file."""
    if kind not in KINDS:
        raise Http404
    query = read_query(request.GET)
    url = request.build_absolute_uri(address(query, "synergies"))
    return sent(synergies_file(query, kind, url=url, today=timezone.localdate()))


@require_safe
def policy_mix_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the budgets as a file."""
    if kind not in KINDS:
        raise Http404
    query = read_query(request.GET)
    url = request.build_absolute_uri(address(query, "policy-mix"))
    return sent(budgets_file(query, kind, url=url, today=timezone.localdate()))
