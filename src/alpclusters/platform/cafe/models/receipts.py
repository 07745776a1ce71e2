"""What the writer of the live process keeps until the seal, so that nothing counts twice."""

from django.db import models

from alpclusters.platform.cafe.models.events import AlpCafe
from alpclusters.platform.cafe.models.people import Participant


class Device(models.Model):
    """A further phone of a participant, let in by the recovery code; gone after the seal."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="devices")
    token_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.participant_id}"


class Receipt(models.Model):
    """A command that is in the database and whose own row has no key; gone after the seal.

    Without an AlpCafé it says that a segment of the journal was applied as a whole.
    """

    cafe = models.ForeignKey(
        AlpCafe, on_delete=models.CASCADE, null=True, blank=True, related_name="receipts"
    )
    key = models.CharField(max_length=32)
    seq = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=10)
    digest = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cafe", "key"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"
