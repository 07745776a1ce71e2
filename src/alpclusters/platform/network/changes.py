"""What makes a network another one: links and who takes part in what."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from alpclusters.platform.evidence.models import Participation
from alpclusters.platform.network.domain.measuring.asking import measure_soon
from alpclusters.platform.network.models import Link

WATCHED = (Link, Participation)


def watch() -> None:
    """Ask for the networks to be measured again whenever one of the rows changes."""
    for model in WATCHED:
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"network-{model.__name__}")


def _changed(**_told: Any) -> None:
    measure_soon()
