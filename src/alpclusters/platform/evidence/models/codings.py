"""What each coder chose, kept for good, and how differences were settled."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evidence.models.activities import Activity
from alpclusters.platform.evidence.models.codebook import Codebook
from alpclusters.platform.fields import about, fact
from alpclusters.platform.history import keep_history


class Coding(models.Model):
    """One coder's work on one activity; unseen by the other one until both have closed it."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="codings")
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # First or second.
    place = models.PositiveSmallIntegerField()
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="codings")
    # {field: code, list of codes or number}; a field that is not there was not answered.
    values = models.JSONField(default=dict)
    note = about(
        models.TextField(_("Note for the one who settles"), max_length=1000, blank=True),
        part="note",
    )
    began_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["activity", "place"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "place"], name="coding_place_once"),
            models.UniqueConstraint(fields=["activity", "coder"], name="coding_coder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.place}"


class Settlement(models.Model):
    """The value that stands for one field where two coders differed."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="settlements")
    field = models.CharField(max_length=20)
    value = models.JSONField(null=True)
    reason = about(models.CharField(_("Reason"), max_length=500, blank=True), part="reason")
    # By the two coders together instead of a third person.
    is_joint = fact(models.BooleanField(default=False))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["activity", "field"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "field"], name="settlement_once")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.field}"


keep_history(Coding)
