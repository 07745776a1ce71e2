"""What makes a network another one: links and who takes part in what."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.evidence.models import Participation
from alpclusters.platform.evidence.signals import participations_changed
from alpclusters.platform.network.domain.links.deriving import derive_later
from alpclusters.platform.network.domain.matching.asking import read_texts_soon
from alpclusters.platform.network.domain.measuring.asking import measure_soon
from alpclusters.platform.network.models import Link, Posting

WATCHED_TIES = (Link, Participation)


def watch() -> None:
    """Derive links and measure the networks again when what they rest on changes."""
    for model in WATCHED_TIES:
        for signal in (post_save, post_delete):
            signal.connect(_ties_changed, sender=model, dispatch_uid=f"network-{model.__name__}")
    participations_changed.connect(_taking_part, dispatch_uid="network-participations")


def _ties_changed(**_told: Any) -> None:
    measure_soon()


def _taking_part(*, initiative_id: int | None, **_told: Any) -> None:
    derive_later(initiative_id)


# --- What makes a text another one: profiles and postings -----------------------------------------


WATCHED_TEXTS = (ClusterOrganisation, Posting)


def watch_texts() -> None:
    """Ask for the texts to be encoded again whenever one of the rows changes."""
    for model in WATCHED_TEXTS:
        for signal in (post_save, post_delete):
            signal.connect(_texts_changed, sender=model, dispatch_uid=f"texts-{model.__name__}")


def _texts_changed(**_told: Any) -> None:
    read_texts_soon()
