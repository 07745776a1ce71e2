"""Photos of cards, sent by phones and hosts."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from alpclusters.analysis.errors import AlpClustersError, FileFormatError
from alpclusters.platform.cafe.domain.cards import keep_photo
from alpclusters.platform.cafe.domain.keys import HOST, opened_cafe
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.sources.photos import MAX_BYTES
from alpclusters.www.cafe.devices import current_participant, tokens_of
from alpclusters.www.cafe.origins import same_origin
from alpclusters.www.cafe.passes import passes_of
from alpclusters.www.cafe.refusals import sentence

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
