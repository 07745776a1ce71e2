"""What makes a text another one: profiles and postings."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.network.domain.matching.asking import read_texts_soon
from alpclusters.platform.network.models import Posting

WATCHED = (ClusterOrganisation, Posting)


def watch_texts() -> None:
    """Ask for the texts to be encoded again whenever one of the rows changes."""
    for model in WATCHED:
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"texts-{model.__name__}")


def _changed(**_told: Any) -> None:
    read_texts_soon()
