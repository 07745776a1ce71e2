"""What the ratings said at one moment, and who asks for the answers person by person."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, NullIf
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import Privacy, about


def stored_number(name: str) -> Cast:
    """Return a number of a stored result as a column; None where the result withholds it.

    SQLite reads a withheld number as the word "null", PostgreSQL as nothing.
    """
    return Cast(NullIf(KT(f"data__{name}"), models.Value("null")), models.IntegerField())


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots in the words of the field."""

    def released(self) -> Self:
        """Snapshots the public sees."""
        return self.filter(released_at__isnull=False, cafe__project__is_public=True)

    def with_cafe(self) -> Self:
        """Fetch AlpCafé, project and region along."""
        return self.select_related("cafe__project", "cafe__region")


class Snapshot(models.Model):
    """A stored evaluation of one AlpCafé; small groups are withheld before it is stored."""

    cafe = models.ForeignKey("cafe.AlpCafe", on_delete=models.CASCADE, related_name="snapshots")
    number = models.PositiveSmallIntegerField(_("Number"))
    made_at = models.DateTimeField(_("Made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The whole result with its conventions, as evaluation/domain/records.py reads and writes it.
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    released_at = models.DateTimeField(null=True, blank=True)
    # Stays when the snapshot is taken back: somebody may have kept what was public.
    first_released_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Snapshot"]] = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cafe", "number"], name="snapshot_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.cafe} #{self.number}"

    @property
    def is_simulated(self) -> bool:
        """Say whether the ratings behind it are invented."""
        return self.cafe.is_simulated

    @property
    def is_released(self) -> bool:
        """Say whether the public sees it."""
        return self.released_at is not None


class DataRequest(models.Model):
    """A researcher asks for the answers of an AlpCafé person by person; the coordinator decides."""

    class State(models.TextChoices):
        """What became of it; deleted: the recipient confirmed that nothing is left."""

        ASKED = "asked", _("asked for")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        DELETED = "deleted", _("deleted by the recipient")

    cafe = models.ForeignKey("cafe.AlpCafe", on_delete=models.CASCADE, related_name="data_requests")
    organisation = about(
        models.CharField(
            _("Organisation"),
            max_length=200,
            help_text=_("Is shown to the public if the request is granted."),
        ),
        part="request",
        public=True,
    )
    people = about(
        models.TextField(
            _("Who will work with the data"),
            max_length=1000,
            help_text=_("Name everybody; nobody else may see the data. Names are not published."),
        ),
        part="request",
        privacy=Privacy.PERSONAL,
    )
    email = about(
        models.EmailField(
            _("E-mail"),
            help_text=_("The answer and the personal link go there. It is not published."),
        ),
        part="request",
        privacy=Privacy.PERSONAL,
    )
    language = models.CharField(max_length=2)
    purpose = about(
        models.TextField(
            _("Purpose"),
            max_length=1000,
            help_text=_(
                "What you want to find out. It is shown to the public if the request is "
                "granted; please no names of people."
            ),
        ),
        part="request",
        public=True,
    )
    safeguards = about(
        models.TextField(
            _("How the data are kept safe"),
            max_length=1000,
            help_text=_(
                "For example: encrypted disk, no cloud, who has access. It is not published."
            ),
        ),
        part="request",
        privacy=Privacy.PERSONAL,
    )
    until = about(
        models.DateField(
            _("Deleted by"),
            help_text=_("On that day at the latest the data are deleted; at most in five years."),
        ),
        part="request",
        public=True,
    )
    terms_version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = about(
        models.TextField(
            _("Reason"),
            max_length=1000,
            blank=True,
            help_text=_("The person who asked gets it by mail. It is not published."),
        ),
        part="decision",
        privacy=Privacy.PERSONAL,
    )
    deleted_at = models.DateTimeField(null=True, blank=True)
    # What was given: the order and numbers of the rows follow from the seed.
    seed = models.CharField(max_length=64, blank=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    snapshot_number = models.PositiveSmallIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    fields = models.JSONField(default=list)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.cafe}"
