"""Why somebody rated a measure so; one text per person and measure, the latest stands."""

from collections.abc import Mapping
from typing import Final

from alpclusters.platform.cafe.models import Comment, Participant

MAX_LENGTH: Final = 1000


def comments_of_participant(participant: Participant) -> Mapping[int, str]:
    """Return a person's comments by measure."""
    rows = Comment.objects.filter(participant=participant).order_by("pk")
    return dict(rows.values_list("measure_id", "text"))
