"""Addresses for machines, and the way from the bare address to a page in one's own language."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe


@require_safe
def to_own_language(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the home page in the language the browser asks for."""
    with translation.override(translation.get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("public:home"))
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 200 while the program and its database work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Let search engines read public pages, not codes and the workspace."""
    lines = [
        "User-agent: *",
        "Disallow: /cafe/",
        "Disallow: /*/workspace/",
        "Disallow: /*/account/",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
