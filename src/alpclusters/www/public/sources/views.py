"""Sources: the list, one source with everything that rests on it, citation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.citing import cite_document
from alpclusters.platform.evidence.models import Document
from alpclusters.platform.evidence.rules import visible_documents
from alpclusters.www.public.evidence_data import sent_citation
from alpclusters.www.public.initiatives.views import base_of
from alpclusters.www.public.sources.lists import read_list, read_query
from alpclusters.www.public.sources.pages import read_page
from alpclusters.www.worlds import side_of


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Show the documents on which something published rests."""
    page = read_list(request.user, read_query(request.GET))
    side = side_of(request, visible_documents(request.user))
    context = {"page": page, "side": side, "simulated": page.simulated, "section": "evidence"}
    return render(request, "public/sources/list.html", context)


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """Show a source with everything that rests on it."""
    document = _visible(request, key)
    page = read_page(request.user, document, base=base_of(request))
    context = {
        "page": page,
        "document": document,
        "simulated": document.is_simulated,
        "section": "evidence",
    }
    return render(request, "public/sources/page.html", context)


@require_safe
def citation(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Send how a source is cited."""
    document = _visible(request, key)
    where = base_of(request) + reverse("public:source", args=[key])
    return sent_citation(cite_document(document, address=where), kind)


def _visible(request: HttpRequest, key: str) -> Document:
    return get_object_or_404(visible_documents(request.user), key=key)
