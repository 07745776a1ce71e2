"""The live process says that somebody came late; the site, which has the plan, gives a place."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.keys import is_link, read_key
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.domain.seats import SEATED_PHASES
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.www.cafe.origins import same_origin

HEADER: Final = "X-AlpClusters-Late"


@require_POST
@same_origin
def late(request: HttpRequest, pk: int) -> HttpResponse:
    """Seat everybody who has no place, as the button of the cockpit does; it can be undone.

    Only who can read the key of the AlpCafé may ask: for all others there is nothing here.
    """
    key = read_key(settings.HOME, pk)
    if key is None or not is_link(key, request.headers.get(HEADER, ""), role="late"):
        return HttpResponseNotFound(content_type="text/plain")
    cafe = get_object_or_404(AlpCafe.everything, pk=pk)
    if cafe.is_open and cafe.phase in SEATED_PHASES:
        _seat(cafe)
    return HttpResponse(status=204)


def _seat(cafe: AlpCafe) -> None:
    try:
        act(cafe, "seat_late", seen=None, by=None, now=timezone.now())
    except StateError as error:
        if error.code not in {"cafe.nobody_waits", "cafe.sealed"}:
            raise
