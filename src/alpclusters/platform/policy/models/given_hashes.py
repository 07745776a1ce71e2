"""The hashes that leave the machine: of kept reports and of documents, in the order they came."""

from typing import ClassVar

from django.db import models

from alpclusters.platform.languages.codes import language_choices
from alpclusters.platform.policy.models.plans import ActionPlan
from alpclusters.platform.policy.models.staying import Staying, StayingQuerySet


class GivenHash(Staying):
    """A hash that others can hold, and what bore it; nothing of it is changed or removed later.

    Beside the chain itself: a report that is cut off, or a chain that is written anew, no longer
    agrees with what stands here and with what is printed outside.
    """

    class Kind(models.TextChoices):
        """What bears it."""

        REPORT = "report"
        DOCUMENT = "document"

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="given_hashes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    digest = models.CharField(max_length=64, db_index=True)
    # Of the report; of a document that of the last report kept when it was made, 0: none.
    number = models.PositiveIntegerField()
    # Of a document: its name as printed, its language, version and day of its text, its day.
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, choices=language_choices, blank=True)
    version = models.CharField(max_length=20, blank=True)
    text_on = models.DateField(null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField()

    objects: ClassVar[models.Manager["GivenHash"]] = StayingQuerySet["GivenHash"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "digest"], name="hash_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.kind} {self.digest[:12]}"
