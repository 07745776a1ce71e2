"""The page for a moment in which too many passwords are being checked."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alpclusters.platform.accounts.hashing import HashingBusyError

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
