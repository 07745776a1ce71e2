"""What a person decided about duplicates, and how to undo it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models.organisations import Organisation


class DuplicateProposal(models.Model):
    """Two organisations that may be one; a rejected proposal does not return."""

    class State(models.TextChoices):
        """What a person decided."""

        PROPOSED = "proposed", _("proposed")
        MERGED = "merged", _("merged")
        DIFFERENT = "different", _("different bodies")
        UNIT = "unit", _("one is a unit of the other")

    first = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="duplicate_once")]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}?"


class Merge(models.Model):
    """A merge with everything needed to take it apart again."""

    kept = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    # What was moved: model, primary key, field, value before.
    moved = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kept} + {self.absorbed}"
