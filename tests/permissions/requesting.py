"""Requests for the answers of an AlpCafé for the table of rights and the town."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.research_requests import grant, token_of
from alpclusters.platform.evaluation.models import DataRequest
from tests.factories.evaluation import NOW

DISTANT = date(2099, 12, 31)


def request_things(cafe: AlpCafe, n: int = 1) -> dict[str, Any]:
    """Let n bodies ask; where an evaluation is public, grant as many others their request."""
    found = {"data_request": [_asked(cafe, number) for number in range(n)][-1]}
    if cafe.snapshots.filter(released_at__isnull=False).exists():
        # Granted after the seal; the pages of the world are those of an AlpCafé before it.
        rows = AlpCafe.objects.filter(pk=cafe.pk)
        rows.update(sealed_at=NOW)
        given = [
            grant(_asked(cafe, number), reason="Good purpose.", by=None, now=NOW)
            for number in range(n)
        ]
        rows.update(sealed_at=cafe.sealed_at)
        found["research_link"] = SimpleNamespace(token=token_of(given[-1]))
    return found


def _asked(cafe: AlpCafe, number: int) -> DataRequest:
    return DataRequest.objects.create(
        cafe=cafe,
        organisation=f"University {number}",
        people="Ana Novak",
        email=f"ana{number}@uni.example",
        language="sl",
        purpose="How opinions differ",
        safeguards="Encrypted disk",
        until=DISTANT,
        terms_version=1,
        asked_at=NOW,
    )
