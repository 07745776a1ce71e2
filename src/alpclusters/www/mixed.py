"""The page for a form that would tie what is invented to what is real."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from alpclusters.analysis.errors import InputError
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.worlds import MIXED
from alpclusters.reports.errors import remedy, what

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
