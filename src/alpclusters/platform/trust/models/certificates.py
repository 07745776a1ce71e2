"""What became of a request for erasure, in numbers: nothing in it leads to the person."""

from django.conf import settings
from django.db import models


class ErasureCertificate(models.Model):
    """What was found per table, what was deleted, what stayed without a name, what a look found."""

    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    tables = models.JSONField()
    left = models.JSONField()

    def __str__(self) -> str:
        return f"{self.pk} {self.made_at:%Y-%m-%d}"

    @property
    def is_clean(self) -> bool:
        """Say whether a look everywhere found nothing any more."""
        left = self.left
        return not (left["tables"] or left["files"] or left["places"])
