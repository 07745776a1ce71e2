"""What was measured of a network: computed once, stored, shown everywhere."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class NetworkSnapshotQuerySet(models.QuerySet["NetworkSnapshot"]):
    """Snapshots in the words of the field."""

    def current(self) -> Self:
        """The newest of each kind."""
        return self.filter(is_current=True)


NetworkSnapshotManager = models.Manager.from_queryset(NetworkSnapshotQuerySet)


class NetworkSnapshot(models.Model):
    """The measures of one network in all its windows, and where its matrices lie."""

    class Basis(models.TextChoices):
        """What counts as a tie."""

        LINKS = "links", _("links between organisations")
        PROJECTS = "projects", _("joint projects")

    basis = models.CharField(_("What is counted"), max_length=8, choices=Basis.choices)
    # Name of the grouping: "country" or "nuts2".
    grouping = models.CharField(_("By"), max_length=8)
    # Simulated and real data are never counted together.
    is_simulated = models.BooleanField(default=False)
    is_current = models.BooleanField(default=False)
    # Windows with measures, matrix, pairs, roles, each with its stamp.
    data = models.JSONField(default=dict)
    # File with the matrix and the vectors of the indicators, under the caches.
    file = models.CharField(max_length=100, blank=True)
    # Of what it was counted from: equal, nothing has to be counted again.
    digest = models.CharField(max_length=64)
    sources = models.JSONField(default=list)
    made_at = models.DateTimeField()

    objects: ClassVar[NetworkSnapshotManager["NetworkSnapshot"]] = NetworkSnapshotManager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["is_current", "basis", "grouping"])]
        constraints = [
            models.UniqueConstraint(
                fields=["basis", "grouping", "is_simulated"],
                condition=models.Q(is_current=True),
                name="network_snapshot_current_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.basis}, {self.grouping}"
