"""Introductions of those who met: both were there, so both are asked what came of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.history import sign
from alpclusters.platform.network.domain.introductions.answering import MONTHS
from alpclusters.platform.network.models import FollowUp, Introduction


@dataclass(frozen=True, slots=True)
class Met:
    """Where two met, in words, and when."""

    text: str
    language: str
    at: datetime


@transaction.atomic
def introduce_met(
    pair: tuple[Organisation, Organisation], met: Met, *, now: datetime
) -> Introduction:
    """Keep a meeting that took place as an accepted introduction, with its questions.

    Nobody asked and nobody accepted, so no name and no address passes: those who speak for the two
    sides are asked after 3 and 12 months from the day on which they met.
    """
    made = Introduction(
        asking=pair[0],
        asked=pair[1],
        message=met.text,
        language=met.language,
        state=Introduction.State.ACCEPTED,
        asked_at=now,
        decided_at=met.at,
        is_simulated=pair[0].is_simulated,
    )
    sign(made, None, reason="met")
    made.save()
    FollowUp.objects.bulk_create(
        FollowUp(introduction=made, organisation=side, months=months)
        for side in pair
        for months in MONTHS
    )
    return made
