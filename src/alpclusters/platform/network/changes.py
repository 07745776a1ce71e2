"""What makes a network another one: links and who takes part in what."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from alpclusters.platform.evidence.models import Participation
from alpclusters.platform.evidence.signals import participations_changed
from alpclusters.platform.network.domain.links.later import derive_later
from alpclusters.platform.network.domain.measuring.asking import measure_soon
from alpclusters.platform.network.models import Link

WATCHED = (Link, Participation)


def watch() -> None:
    """Derive links and measure the networks again when what they rest on changes."""
    for model in WATCHED:
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"network-{model.__name__}")
    participations_changed.connect(_taking_part, dispatch_uid="network-participations")


def _changed(**_told: Any) -> None:
    measure_soon()


def _taking_part(*, initiative_id: int | None, **_told: Any) -> None:
    derive_later(initiative_id)
