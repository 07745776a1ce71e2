"""What a request for data holds of people: given out, erased, forgotten 30 days after its end."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from alpclusters.platform.accounts.models import User
from alpclusters.platform.evaluation.models import DataRequest
from alpclusters.platform.privacy import OwnData

State = DataRequest.State
KEPT: Final = timedelta(days=30)
# Of what was given a record stays: organisation, purpose, version, fields, from, until, deletion.
_GIVEN: Final = (State.GRANTED, State.DELETED)


def export_requests(user: User) -> list[dict[str, Any]]:
    """Return the requests sent with a person's address, or decided by the person."""
    texts = ("organisation", "people", "email", "purpose", "safeguards", "state", "reason")
    own = Q(decided_by=user) | (Q(email__iexact=user.email) if user.email else Q(pk=None))
    return [
        {
            "alpcafe": one.cafe.title,
            "asked_at": one.asked_at.isoformat(),
            "until": one.until.isoformat(),
            "decided_at": one.decided_at.isoformat() if one.decided_at else None,
            **{name: getattr(one, name) for name in texts},
        }
        for one in DataRequest.objects.filter(own).select_related("cafe").order_by("pk")
    ]


def erase_requests(email: str) -> None:
    """Delete what requests hold of an address; the public record of what was given stays."""
    if email:
        _forget(DataRequest.objects.filter(email__iexact=email))


def erase_request(request: DataRequest) -> None:
    """Delete what one request holds of people; the public record of what was given stays."""
    _forget(DataRequest.objects.filter(pk=request.pk))


def forget_who_asked(now: datetime) -> int:
    """Delete names and addresses 30 days after the end of a request; return of how many."""
    last = now - KEPT
    ended = Q(until__lt=timezone.localdate(last)) | Q(deleted_at__lt=last)
    refused = Q(state=State.REFUSED, decided_at__lt=last)
    return _forget(DataRequest.objects.filter(ended | refused).exclude(email=""))


@transaction.atomic
def _forget(found: QuerySet[DataRequest]) -> int:
    n = found.exclude(state__in=_GIVEN).delete()[0]
    return n + found.filter(state__in=_GIVEN).update(
        people="", email="", safeguards="", reason="", decided_by=None, seed="", token_hash=""
    )


OWN_DATA: Final = OwnData(
    export=lambda user: {"research": export_requests(user)},
    erase=lambda user: erase_requests(user.email),
)
