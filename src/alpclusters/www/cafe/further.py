"""How a phone goes on where the best few measures are looked for."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from alpclusters.platform.cafe.domain.asking import further_order
from alpclusters.platform.cafe.domain.proxies import participants_of
from alpclusters.platform.cafe.models import Participant
from alpclusters.www.cafe.devices import tokens_of
from alpclusters.www.cafe.origins import same_origin
from alpclusters.www.cafe.writing import command, submit

OK = 200
_MOST_DIGITS = 4


@require_POST
@same_origin
def further(request: HttpRequest, pk: int) -> JsonResponse:
    """Give a phone the order in which it goes on; empty where it keeps the one it has."""
    people = participants_of(tokens_of(request)).values()
    person = next((one for one in people if one.cafe_id == pk), None)
    if person is None:
        return JsonResponse({"code": "not_joined"}, status=401)
    at = request.POST.get("at", "")
    is_place = at.isascii() and at.isdigit() and len(at) <= _MOST_DIGITS
    return JsonResponse({"order": go_on(person, int(at)) if is_place else []})


def go_on(person: Participant, at: int) -> list[int]:
    """Store which measures come next behind so many places; empty where nothing changes."""
    order = further_order(person, at)
    if order is None:
        return []
    [result] = submit(person, [command("order", {"measures": order})])
    return order if result.status == OK else []
