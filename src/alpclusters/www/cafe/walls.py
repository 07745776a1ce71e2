"""Cards and photos as phones and screens fetch them."""

import hashlib
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alpclusters.platform.cafe.domain.cards import cafe_of_photo, photo_path
from alpclusters.platform.cafe.domain.insights import handed_over_to
from alpclusters.platform.cafe.domain.walls import View, sees_photo, wall_record
from alpclusters.platform.cafe.models import AlpCafe, Participant, Seat
from alpclusters.www.cafe.viewers import Viewer, find_viewer


@require_safe
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the cards one view may see; 304 while nothing has changed."""
    cafe = get_object_or_404(AlpCafe.everything.select_related("project"), pk=pk)
    wanted = request.GET.get("view", View.PHONE)
    viewer = find_viewer(request, cafe, View(wanted)) if wanted in set(View) else None
    if viewer is None:
        return JsonResponse({"code": "not_yours"}, status=403)
    return _with_tag(request, _record(viewer))


def _record(viewer: Viewer) -> dict[str, Any]:
    record = wall_record(viewer.wall(), viewer.view, person=viewer.person)
    for card in record["cards"]:
        card["photo_url"] = (
            reverse("cafe:photo_file", args=[card["photo"]]) if card["photo"] else ""
        )
        del card["photo"]
    if viewer.person is not None:
        record["summary"] = _summary(viewer.cafe, viewer.person)
    return record


def _summary(cafe: AlpCafe, person: Participant) -> dict[str, Any] | None:
    """Return what the guests before handed over to the table a person sits at."""
    seats = Seat.objects.filter(guest__participant=person, round_index=cafe.round_index)
    seat = seats.select_related("table").first()
    found = handed_over_to(seat.table, cafe.round_index) if seat else None
    if found is None:
        return None
    return {"text": found.text, "language": found.language, "round": found.round_index}


def _with_tag(request: HttpRequest, record: dict[str, Any]) -> HttpResponse:
    told = json.dumps(record, sort_keys=True) + (get_language() or "")
    tag = f'"{hashlib.sha256(told.encode()).hexdigest()[:24]}"'
    fresh = JsonResponse(record)
    response = get_conditional_response(request, etag=tag, response=fresh) or fresh
    response.headers["ETag"] = tag
    # "no-store" would forbid the browser to ask with the tag.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def photo_file(request: HttpRequest, name: str) -> HttpResponse:
    """Return a photo to those who may see its card; for everybody else there is none."""
    path, number = photo_path(name), cafe_of_photo(name)
    if path is None or number is None:
        raise Http404
    cafe = AlpCafe.everything.filter(pk=number).select_related("project").first()
    if cafe is None or not _may_see(request, cafe, name):
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="image/jpeg")
    response.headers["Content-Disposition"] = 'inline; filename="card.jpg"'
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response


def _may_see(request: HttpRequest, cafe: AlpCafe, name: str) -> bool:
    viewers = (find_viewer(request, cafe, view) for view in View)
    return any(viewer is not None and sees_photo(viewer.wall(), name) for viewer in viewers)
