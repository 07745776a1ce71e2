"""Requests that cannot be read end here, before anything of ours asks for their form or host."""

from collections.abc import Callable
from typing import Final

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, RawPostDataException
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils import translation

from alpclusters.live.bodies import SHORT

UNREADABLE: Final = (SuspiciousOperation, MultiPartParserError, BadRequest, RawPostDataException)


class ReadableMiddleware:
    """Answers 400 to a foreign host and to a form that is none; without a line in the log.

    Django would write a traceback for each, and its page asks for host and form once more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read host and form once."""
        try:
            request.get_host()
            if not _is_upload(request):
                request.POST  # noqa: B018 - reading it parses the form
        except UNREADABLE as error:
            return _refused(request, error)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Refuse a form sent to an address that reads something else."""
        return _refused(request, error) if isinstance(error, UNREADABLE) else None


def _is_upload(request: HttpRequest) -> bool:
    """Say whether a body is so long that its page looks at its length before it reads it."""
    length = request.headers.get("Content-Length", "")
    return length.isascii() and length.isdigit() and int(length[:20]) > SHORT


def _refused(request: HttpRequest, error: Exception) -> HttpResponse:
    status = 413 if isinstance(error, RequestDataTooBig) else 400
    language = translation.get_language_from_request(request, check_path=True)
    with translation.override(language):
        return HttpResponse(render_to_string("400.html"), status=status)
