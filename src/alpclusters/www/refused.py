"""Requests that end early, with a page: unreadable, too many passwords, invented tied to real."""

from collections.abc import Callable
from typing import Final

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, RawPostDataException
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language

from alpclusters.analysis.errors import InputError
from alpclusters.live.bodies import SHORT
from alpclusters.platform.accounts.hashing import HashingBusyError
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.worlds import MIXED
from alpclusters.reports.errors import remedy, what

# --- Requests that cannot be read end here, before anything of ours asks for their form or host


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


# --- The page for a moment in which too many passwords are being checked --------------------------


RETRY_AFTER_S: Final = 5


class BusyMiddleware:
    """Answers 503 where a view could not check a password in time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say that it is a matter of seconds."""
        if not isinstance(error, HashingBusyError):
            return None
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
        return response


# --- The page for a form that would tie what is invented to what is real --------------------------


CONFLICT: Final = 409


class MixedWorldsMiddleware:
    """Answers 409 where no view told the refused tie itself; nothing of it was stored."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say which thing belongs to the other world and what to choose instead."""
        if not isinstance(error, InputError) or error.code != MIXED:
            return None
        language = get_language() or DEFAULT_LANGUAGE
        words = {"what": what(error, language), "remedy": remedy(error, language)}
        return render(request, "409.html", words, status=CONFLICT)
