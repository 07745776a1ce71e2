"""Words of the live process: somebody came late, something may be due for its seal.

The site has plan and rules, so it does what follows. Only who can read the key of an AlpCafé may
say such a word: for all others there is nothing here.
"""

import functools
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.keys import is_link, read_key
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.domain.sealing import seal_due
from alpclusters.platform.cafe.domain.seats import SEATED_PHASES
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.www.cafe.origins import same_origin

HEADER: Final = "X-AlpClusters-Word"

type View = Callable[[HttpRequest, int], HttpResponse]


def for_live_process(view: View) -> View:
    """Let a view run for whoever proves to have the key of the AlpCafé."""

    @require_POST
    @same_origin
    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int) -> HttpResponse:
        key = read_key(settings.HOME, pk)
        if key is None or not is_link(key, request.headers.get(HEADER, ""), role=view.__name__):
            return HttpResponseNotFound(content_type="text/plain; charset=utf-8")
        return view(request, pk)

    return wrapped


@for_live_process
def late(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 - Django's form
    """Seat everybody who has no place, as the button of the cockpit does; it can be undone."""
    cafe = get_object_or_404(AlpCafe.everything, pk=pk)
    if cafe.is_open and cafe.phase in SEATED_PHASES:
        _seat(cafe)
    return HttpResponse(status=204)


@for_live_process
def due(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 - whose key it is
    """Seal every AlpCafé whose time for opening it again is over, not only this one."""
    seal_due(timezone.now())
    return HttpResponse(status=204)


def _seat(cafe: AlpCafe) -> None:
    try:
        act(cafe, "seat_late", seen=None, by=None, now=timezone.now())
    except StateError as error:
        if error.code not in {"cafe.nobody_waits", "cafe.sealed"}:
            raise
