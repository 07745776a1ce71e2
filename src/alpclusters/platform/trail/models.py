"""Typed ties between any two things: where a statement comes from, what became of it."""

from django.conf import settings
from django.db import models


class Edge(models.Model):
    """One tie from the thing that is nearer to the source to the thing that rests on it.

    Ends are named by kind and number (``measure``, 12), so that no app has to know another.
    """

    class Kind(models.TextChoices):
        """The ties there are; a new kind needs a row in trail/domain/kinds.py."""

        SHOWN_AS = "shown_as"  # measure -> alpcafe
        GATHERED_IN = "gathered_in"  # card -> insight
        INFORMS = "informs"  # insight -> finding
        RATES = "rates"  # alpcafe -> snapshot
        STATES = "states"  # snapshot -> finding
        GROUNDS = "grounds"  # finding -> recommendation
        CARRIED_BY = "carried_by"  # recommendation -> action

    kind = models.CharField(max_length=12, choices=Kind.choices)
    from_kind = models.CharField(max_length=16)
    from_id = models.PositiveBigIntegerField()
    to_kind = models.CharField(max_length=16)
    to_id = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "from_kind", "from_id", "to_kind", "to_id"], name="edge_once"
            )
        ]
        indexes = [
            models.Index(fields=["from_kind", "from_id"]),
            models.Index(fields=["to_kind", "to_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.from_kind}:{self.from_id} {self.kind} {self.to_kind}:{self.to_id}"
