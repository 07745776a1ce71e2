"""Proposals for the region field: by what is typed, or by postcode and town; so many a minute."""

import threading
import time
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.postcodes import propose
from alpclusters.platform.territory.domain.finding import find_regions
from alpclusters.platform.territory.models import Region
from alpclusters.sources.postcodes import LICENCE
from alpclusters.www.components.region_chooser import LONGEST, region_label, source_words
from alpclusters.www.signed_in import SignedInRequest

# --- How often somebody may ask for proposals: so many in a minute and process --------------------


ALLOWED: Final = 120
PERIOD_S: Final = 60
_MOST_PEOPLE: Final = 10_000

_lock = threading.Lock()
_asked: dict[tuple[int, int], int] = {}


def may_ask(person_id: int, *, now_s: float) -> bool:
    """Count a question and say whether it may be answered."""
    period = int(now_s // PERIOD_S)
    with _lock:
        if len(_asked) > _MOST_PEOPLE:
            _asked.clear()
        for key in [key for key in _asked if key[1] < period]:
            del _asked[key]
        _asked[person_id, period] = _asked.get((person_id, period), 0) + 1
        return _asked[person_id, period] <= ALLOWED


def forget() -> None:
    """Count from zero again."""
    with _lock:
        _asked.clear()


# --- Proposals for the region field: by what is typed, or by postcode and town --------------------


TOO_MANY = 429


@login_required
@require_safe
def region_proposals(request: SignedInRequest) -> HttpResponse:
    """Answer regions for a text (``q``), or for country, postcode and town."""
    if not may_ask(request.user.pk, now_s=time.time()):
        return JsonResponse(
            {"regions": [], "source": ""}, status=TOO_MANY, headers={"Retry-After": str(PERIOD_S)}
        )
    asked = {name: str(value)[:LONGEST] for name, value in request.GET.items()}
    if "q" in asked:
        return JsonResponse({"regions": _rows(find_regions(asked["q"])), "source": ""})
    found = propose(asked.get("country", ""), asked.get("postcode", ""), asked.get("town", ""))
    return JsonResponse(
        {
            "regions": _rows(found.regions),
            "source": source_words(found),
            "attribution": LICENCE.attribution,
        }
    )


def _rows(regions: Any) -> list[dict[str, str]]:
    return [_row(region) for region in regions]


def _row(region: Region) -> dict[str, str]:
    return {"code": region.code, "label": region_label(region)}


urlpatterns = [path("regions/proposals/", region_proposals, name="region-proposals")]
