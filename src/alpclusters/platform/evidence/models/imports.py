"""The record of a source behind an initiative, and what it says against a person's words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models import ImportRun, ImportSource
from alpclusters.platform.evidence.models.initiatives import Initiative


class InitiativeRecord(models.Model):
    """Where an initiative stands in a source: found again by the source's own number."""

    source = models.ForeignKey(ImportSource, on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=160)
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="records")
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+")
    # Of the record as it was taken, so that an unchanged one is told from a changed one.
    digest = models.CharField(max_length=64)
    line = models.PositiveIntegerField(null=True, blank=True)
    # The source no longer lists it; nothing is deleted for that.
    gone_since = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="initiative_record_once")
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.external_id}"


class InitiativeProposal(models.Model):
    """What a source says now about a field that a person had set: a person decides."""

    class State(models.TextChoices):
        """What a person decided."""

        PROPOSED = "proposed", _("proposed")
        TAKEN = "taken", _("taken over")
        REFUSED = "refused", _("refused")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="proposals")
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=40)
    value = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["initiative", "field"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "field"], name="initiative_proposal_once")
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.field}"
