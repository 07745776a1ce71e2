"""Which organisation is a unit of which: they stay two, joined by this."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models.organisations import Organisation
from alpclusters.platform.history import keep_history


class PartOfQuerySet(models.QuerySet["PartOf"]):
    """Units and parents in the words of the field."""

    def current(self) -> "PartOfQuerySet":
        """Leave out what has ended."""
        return self.filter(until=None)


class PartOf(models.Model):
    """An organisation is a unit of another; at one time it has one parent at most."""

    unit = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="units")
    since = models.DateField(_("Since"), null=True, blank=True)
    # Empty while it holds.
    until = models.DateField(_("Until"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField()

    objects = PartOfQuerySet.as_manager()

    class Meta:
        ordering = ["-set_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(unit=F("parent")), name="part_of_another"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(until=None), name="part_of_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} < {self.parent}"


keep_history(PartOf)
