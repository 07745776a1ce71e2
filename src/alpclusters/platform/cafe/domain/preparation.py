"""What all changes of texts and tables have in common: phones fetch their page anew."""

from django.db import models, transaction

from alpclusters.platform.cafe.domain.waking import wake
from alpclusters.platform.cafe.models import AlpCafe


def changed_content(cafe: AlpCafe) -> None:
    """Say that texts or tables of the phone's page have changed, and wake the live process."""
    step = models.F("content_revision") + 1
    AlpCafe.everything.filter(pk=cafe.pk).update(content_revision=step)
    cafe.refresh_from_db(fields=["content_revision"])
    transaction.on_commit(lambda: wake(cafe.pk))
