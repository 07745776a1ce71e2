"""Cards and photos as phones and screens fetch and send them, and who looks at them."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError, FileFormatError
from alpclusters.platform.cafe.domain.cards import cafe_of_photo, keep_photo, photo_path
from alpclusters.platform.cafe.domain.host_links import BEAMER, HOST, opened_cafe
from alpclusters.platform.cafe.domain.insights import handed_over_to
from alpclusters.platform.cafe.domain.proxies import participants_of
from alpclusters.platform.cafe.domain.walls import (
    View,
    Wall,
    sees_photo,
    wall_of_hall,
    wall_of_moderation,
    wall_of_person,
    wall_of_table,
    wall_record,
)
from alpclusters.platform.cafe.models import AlpCafe, Participant, Seat
from alpclusters.sources.photos import MAX_BYTES
from alpclusters.www.cafe.devices import (
    current_participant,
    passes_of,
    same_origin,
    token_for,
    tokens_of,
)
from alpclusters.www.cafe.refusals import sentence

# --- Who looks at the cards of an AlpCafé: a phone, a host, the big screen, or a facilitator ------


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person or screen, and the view it may have.

    Attributes
    ----------
    cafe : AlpCafe
    view : View
    person : Participant or None
        Of a phone.
    table : int
        Number of the table of a host, else 0.
    """

    cafe: AlpCafe
    view: View
    person: Participant | None = None
    table: int = 0

    def wall(self) -> Wall:
        """Return the cards this viewer may see."""
        if self.person is not None:
            return wall_of_person(self.person)
        if self.view is View.HOST:
            return wall_of_table(self.cafe, self.table)
        return (
            wall_of_hall(self.cafe) if self.view is View.BEAMER else wall_of_moderation(self.cafe)
        )


def find_viewer(request: HttpRequest, cafe: AlpCafe, view: View) -> Viewer | None:
    """Return the viewer if the request may have this view."""
    if view is View.PHONE:
        person = _person(request, cafe)
        return Viewer(cafe, view, person) if person else None
    if request.user.has_perm("cafe.run_alpcafe", cafe):
        # A facilitator may look at what the big screen shows; the tables are the hosts'.
        return Viewer(cafe, view) if view is not View.HOST else None
    role = {View.HOST: HOST, View.BEAMER: BEAMER}.get(view)
    for found in passes_of(request):
        is_right = found.cafe_id == cafe.pk and found.screen == role
        if is_right and opened_cafe(found) is not None:
            return Viewer(cafe, view, table=found.table)
    return None


def _person(request: HttpRequest, cafe: AlpCafe) -> Participant | None:
    token = token_for(request, cafe)
    return participants_of([token]).get(token) if token else None


# --- Cards and photos as phones and screens fetch them --------------------------------------------


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


# --- Photos of cards, sent by phones and hosts ----------------------------------------------------


# What surrounds the file in a form.
_AROUND = 20_000


@require_POST
@same_origin
def photo(request: HttpRequest) -> HttpResponse:
    """Keep a JPEG of at most 2 MB without metadata; answer with its name.

    The phone's page has no form token (it is the same for everybody), so the origin is asked.
    """
    cafe, device = _sender(request)
    if cafe is None:
        return JsonResponse({"code": "not_joined"}, status=401)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + _AROUND:
        return _refused(FileFormatError("photo.too_many_bytes", expected=str(MAX_BYTES)), 413)
    sent = request.FILES.get("photo")
    if sent is None:
        return _refused(FileFormatError("photo.not_a_jpeg"), 422)
    try:
        name = keep_photo(cafe, sent.read(MAX_BYTES + 1), device=device)
    except AlpClustersError as error:
        return _refused(error, 422)
    return JsonResponse({"name": name})


def _sender(request: HttpRequest) -> tuple[AlpCafe | None, str]:
    person = current_participant(request)
    if person is not None and person.cafe.is_open:
        return person.cafe, tokens_of(request)[0]
    hosts = (found for found in passes_of(request) if found.screen == HOST)
    for found in hosts:
        cafe = opened_cafe(found)
        if cafe is not None and cafe.is_open:
            return cafe, found.text
    return None, ""


def _refused(error: AlpClustersError, status: int) -> HttpResponse:
    return JsonResponse({"code": error.code, "text": sentence(error)}, status=status)
