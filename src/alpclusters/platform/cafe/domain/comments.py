"""Why somebody rated a measure so; one text per person and measure, the latest stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError
from alpclusters.platform.cafe.domain.participants import require_open
from alpclusters.platform.cafe.models import CafeMeasure, Comment, Participant

MAX_LENGTH: Final = 1000


@transaction.atomic
def save_comment(
    participant: Participant, *, measure_id: int, text: str, language: str, now: datetime
) -> None:
    """Store a person's comment on a measure; an empty text takes the earlier one back.

    Raises
    ------
    StateError
        ``cafe.not_open``.
    InputError
        ``cafe.not_on_sheet``: the measure is not rated here.
    """
    require_open(participant.cafe)
    if not CafeMeasure.objects.filter(cafe=participant.cafe_id, measure=measure_id).exists():
        raise InputError("cafe.not_on_sheet", found=str(measure_id))
    text = text.strip()[:MAX_LENGTH]
    if not text:
        Comment.objects.filter(participant=participant, measure_id=measure_id).delete()
        return
    values = {
        "cafe_id": participant.cafe_id,
        "text": text,
        "language": language,
        "received_at": now,
    }
    Comment.objects.update_or_create(
        participant=participant, measure_id=measure_id, defaults=values
    )


def comments_of_participant(participant: Participant) -> Mapping[int, str]:
    """Return a person's comments by measure."""
    rows = Comment.objects.filter(participant=participant).order_by("pk")
    return dict(rows.values_list("measure_id", "text"))
