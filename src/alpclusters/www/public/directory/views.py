"""The directory: the list, its exports and feed, a list to embed, searches that somebody keeps."""

from collections.abc import AsyncIterator, Collection, Iterator
from functools import partial
from typing import Final

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.directory.searching import matching_ids, search
from alpclusters.platform.actors.models import Organisation, SavedSearch
from alpclusters.platform.fields import length_of
from alpclusters.www.public.directory.exports import CONTENT_TYPES, about, chunks, feed_of, records
from alpclusters.www.public.directory.filters import list_address, read_query, write_query
from alpclusters.www.public.directory.hits import hit_views
from alpclusters.www.public.directory.list_page import read_page
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.worlds import side_of

# --- Searches that somebody keeps -----------------------------------------------------------------


MOST: Final = 50
_MOST_NAME: Final = length_of(SavedSearch, "name")
_MOST_QUERY: Final = length_of(SavedSearch, "query")


def keep_search(user: User, name: str, written: str) -> SavedSearch | None:
    """Keep a search under a name, over one of the same name; nothing without a name."""
    cleaned = " ".join(name.replace("\x00", "").split())[:_MOST_NAME]
    query = write_query(read_query(QueryDict(written)))
    own = SavedSearch.objects.filter(user=user)
    is_full = own.exclude(name=cleaned).count() >= MOST
    if not cleaned or len(query) > _MOST_QUERY or is_full:
        return None
    own.filter(name=cleaned).delete()
    return SavedSearch.objects.create(user=user, name=cleaned, query=query, made_at=timezone.now())


# --- The directory: the list, its exports and feed, a list to embed, searches that are kept -------


# The page that other sites may frame: no script, no form, nothing but style, font and mark.
EMBEDDED: Final[dict[str, Collection[str] | str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": ["*"],
}


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Show the organisations that a search finds, with filters and their counts."""
    page = read_page(request.user, read_query(request.GET))
    base = request.build_absolute_uri("/").rstrip("/")
    context = {
        "page": page,
        "side": side_of(request, Organisation.objects.listed()),
        "simulated": page.simulated,
        "section": "network",
        "frame_code": _frame_code(base + page.embed_url),
        "is_signed_in": request.user.is_authenticated,
    }
    return render(request, "public/directory/list.html", context)


def _frame_code(address: str) -> str:
    """Return the line that others copy into their page."""
    line = '<iframe src="{}" title="{}" width="100%" height="600" loading="lazy"></iframe>'
    return format_html(line, address, _("Cluster organisations"))


@require_safe
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Send all hits of a search as a file, piece by piece."""
    if kind not in CONTENT_TYPES:
        raise Http404
    query = read_query(request.GET)
    base = request.build_absolute_uri("/").rstrip("/")
    ids = matching_ids(query)
    what = about(n=len(ids), address=base + list_address(query), today=query.today)
    found = records(ids, base=base, today=query.today)
    parts = chunks(kind, found, what)
    response = StreamingHttpResponse(
        _one_by_one(parts) if isinstance(request, ASGIRequest) else parts,
        content_type=CONTENT_TYPES[kind],
    )
    name = f"alpclusters-directory-{query.today.isoformat()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Send the last changes among the hits of a search."""
    base = request.build_absolute_uri("/").rstrip("/")
    content = feed_of(read_query(request.GET), base=base)
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@require_safe
@xframe_options_exempt
@csp_override(EMBEDDED)
def embed(request: HttpRequest) -> HttpResponse:
    """Show the hits of a search as a plain list that other sites may frame."""
    query = read_query(request.GET)
    result = search(query)
    hits = hit_views(result)
    context = {
        "hits": hits,
        "total": result.total,
        "url": list_address(query),
        "query": query,
        "simulated": any(hit.is_simulated for hit in hits),
    }
    response = render(request, "public/directory/embed.html", context)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_POST
@login_required
def save_search(request: SignedInRequest) -> HttpResponse:
    """Keep a search for the person who is signed in."""
    written = request.POST.get("query", "")
    kept = keep_search(request.user, request.POST.get("name", ""), written)
    if kept:
        messages.success(request, _("Kept: “%(name)s”") % {"name": kept.name})
    else:
        messages.error(request, _("Give the search a name. Up to 50 searches can be kept."))
    return redirect(_list_url(kept.query if kept else written))


@require_POST
@login_required
def remove_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a search of one's own."""
    get_object_or_404(SavedSearch, pk=pk, user=request.user).delete()
    messages.success(request, _("The search is no longer kept."))
    return redirect(reverse("public:directory"))


async def _one_by_one(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Hand out pieces while the server does other things; each is made in the request's thread."""
    take = sync_to_async(partial(next, parts, None))
    while (part := await take()) is not None:
        yield part


def _list_url(written: str) -> str:
    query = write_query(read_query(QueryDict(written)))
    return f"{reverse('public:directory')}?{query}" if query else reverse("public:directory")


urlpatterns = [
    path("directory/", directory, name="directory"),
    path("directory/export.<slug:kind>", export, name="directory-export"),
    path("directory/feed.xml", feed, name="directory-feed"),
    path("directory/embed/", embed, name="directory-embed"),
    path("directory/searches/", save_search, name="directory-search-save"),
    path("directory/searches/<int:pk>/remove/", remove_search, name="directory-search-remove"),
]
