"""Which big screen a browser may show, and the pass of a facilitator's browser."""

from django.http import HttpRequest, HttpResponse

from alpclusters.platform.cafe.domain.keys import BEAMER, FACILITATOR, make_pass, opened_cafe
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.www.cafe.passes import passes_of, remember_pass


def opened_screen(request: HttpRequest, pk: int) -> AlpCafe | None:
    """Return the AlpCafé whose big screen this browser may show."""
    for found in passes_of(request):
        if found.cafe_id == pk and found.screen in {BEAMER, FACILITATOR}:
            cafe = opened_cafe(found)
            if cafe is not None:
                return cafe
    return None


def let_stream(request: HttpRequest, response: HttpResponse, cafe: AlpCafe) -> None:
    """Give a facilitator's browser the pass for the stream of the cockpit.

    Who prepares or looks back has no stream; a pass that is valid is kept.
    """
    if not cafe.is_open:
        return
    wanted = make_pass(cafe, role=FACILITATOR)
    if wanted not in passes_of(request):
        remember_pass(request, response, wanted)
