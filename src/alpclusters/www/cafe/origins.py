"""Forms that carry no token, since their page is the same for everybody in the hall.

Instead the browser says where a request comes from; scripts cannot forge these headers. The live
process does the same (quality: a form of another site must not act in somebody's name).
"""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt

type View = Callable[..., HttpResponse]


def same_origin(view: View) -> View:
    """Refuse what another site sends; replaces the form token."""

    @csrf_exempt
    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_own(request):
            return HttpResponseForbidden(content_type="text/plain; charset=utf-8")
        return view(request, *args, **kwargs)

    return wrapped


def is_own(request: HttpRequest) -> bool:
    """Say whether a page of this site, or no page at all, sent the request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    # A browser names the origin of every form it posts; who names none is no browser.
    return origin is None or urlsplit(origin).netloc == request.get_host()
