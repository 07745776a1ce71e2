"""Proposals for the region field: by what is typed, or by postcode and town."""

import time
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.postcodes import propose
from alpclusters.platform.territory.domain.finding import find_regions
from alpclusters.platform.territory.models import Region
from alpclusters.sources.postcodes import LICENCE
from alpclusters.www.components.region_chooser import LONGEST, region_label, source_words
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.regions.pace import PERIOD_S, may_ask

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
