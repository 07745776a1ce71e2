"""Lists that were imported, and the row of a list behind an organisation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models.organisations import Organisation
from alpclusters.platform.fields import about


class ImportSource(models.Model):
    """A list that is imported again and again, with the columns somebody matched."""

    key = models.SlugField(unique=True)
    name = about(
        models.CharField(
            _("Source"),
            max_length=120,
            help_text=_("For example: Members of the chamber, Carinthia."),
        ),
        part="source",
    )
    licence = about(
        models.CharField(
            _("Licence"),
            max_length=200,
            blank=True,
            help_text=_("Under which the list may be used, for example CC BY 4.0."),
        ),
        part="source",
    )
    address = about(models.URLField(_("Address of the list"), blank=True), part="source")
    # Published lists are shown in the directory; a list of one's own is not.
    is_public = about(
        models.BooleanField(
            _("This is a published list: show its organisations in the directory"),
            default=False,
            help_text=_("Without the tick only people with a role in a project see them."),
        ),
        part="source",
    )
    # {hash of the header: {field: column}}: the next file with these columns needs no matching.
    columns = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One import of one file."""

    class State(models.TextChoices):
        """How far it is."""

        UPLOADED = "uploaded", _("uploaded")
        CHECKED = "checked", _("checked")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")

    class Subject(models.TextChoices):
        """What the file holds."""

        ORGANISATIONS = "organisations", _("organisations")
        INITIATIVES = "initiatives", _("initiatives")

    source = models.ForeignKey(ImportSource, on_delete=models.PROTECT, related_name="runs")
    subject = models.CharField(
        max_length=13, choices=Subject.choices, default=Subject.ORGANISATIONS
    )
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    # Rows before this line are stored: an import that was cut off goes on here.
    next_line = models.PositiveIntegerField(default=0)
    n_rows = models.PositiveIntegerField(null=True, blank=True)
    wants_cancel = models.BooleanField(default=False)
    # Choices of the person: columns, sheet, defaults.
    options = models.JSONField(default=dict)
    # Counts by kind of note, such as recoded or ambiguous codes.
    notes = models.JSONField(default=dict)
    error = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    n_read = models.PositiveIntegerField(default=0)
    n_created = models.PositiveIntegerField(default=0)
    n_updated = models.PositiveIntegerField(default=0)
    n_unchanged = models.PositiveIntegerField(default=0)
    n_rejected = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source}: {self.file_name}"


class Provenance(models.Model):
    """The record of a source behind an organisation: found again by its own id."""

    source = models.ForeignKey(ImportSource, on_delete=models.PROTECT, related_name="records")
    external_id = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="provenance"
    )
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="records")
    # Digest of the row as it was taken, so that an unchanged row is told from a changed one.
    digest = models.CharField(max_length=64)
    line = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="provenance_once")
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.external_id}"


class FieldProposal(models.Model):
    """What a source says now about a field that a person had set: a person decides."""

    class State(models.TextChoices):
        """What a person decided."""

        PROPOSED = "proposed", _("proposed")
        TAKEN = "taken", _("taken over")
        REFUSED = "refused", _("refused")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="proposals"
    )
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="proposals")
    field = models.CharField(max_length=40)
    value = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "field", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "field"], name="proposal_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.field}"
