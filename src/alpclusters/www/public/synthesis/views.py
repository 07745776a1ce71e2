"""What lasted, its files, and the gaps."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.www.public.documents import sent
from alpclusters.www.public.synthesis.addresses import address, read_query
from alpclusters.www.public.synthesis.exports import file_of
from alpclusters.www.public.synthesis.gaps import read_gaps
from alpclusters.www.public.synthesis.pages import FORMATS, read_page


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """Show what lasted after the funding, by type of measure."""
    query = read_query(request.GET)
    context = {
        "page": read_page(query),
        "simulated": query.is_simulated,
        "section": "evidence",
    }
    return render(request, "public/synthesis/page.html", context)


@require_safe
def export(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002 - the word of the address
    """Send the tables of a question as a file."""
    if format not in FORMATS:
        raise Http404
    query = read_query(request.GET)
    url = request.build_absolute_uri(address(query))
    return sent(file_of(query, format, url=url, today=timezone.localdate()))


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """Show what nobody evaluated."""
    context = {"page": read_gaps(), "section": "evidence"}
    return render(request, "public/synthesis/gaps.html", context)
