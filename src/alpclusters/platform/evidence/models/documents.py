"""Documents: what is written about an initiative, page by page, and where it is quoted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.territory.models import Standing


class SourceType(models.TextChoices):
    """Who says it; only the first is the initiative itself."""

    OWN_REPORT = "own_report", _("report of the initiative itself")
    EXTERNAL_EVALUATION = "external_evaluation", _("external evaluation")
    AUDIT = "audit", _("audit")
    STATISTICS = "statistics", _("statistics")
    PEER_REVIEWED = "peer_reviewed", _("peer-reviewed publication")
    INTERVIEW = "interview", _("interview")
    WEB = "web", _("web page")


class Document(models.Model):
    """A report, page or data set: uploaded, or only its address."""

    class State(models.TextChoices):
        """Of the reading of an uploaded file."""

        NO_FILE = "no_file", _("address only")
        WAITING = "waiting", _("waiting to be read")
        READ = "read", _("read")
        FAILED = "failed", _("could not be read")

    key = models.SlugField(max_length=120, unique=True)
    initiatives = models.ManyToManyField(
        "evidence.Initiative", blank=True, related_name="documents"
    )
    # Types of measures that the document describes, beyond what lessons say.
    measures = models.ManyToManyField("measures.Measure", blank=True, related_name="described_in")
    title = fact(models.CharField(_("Title"), max_length=300), "facts")
    authors = fact(models.CharField(_("Authors or body"), max_length=300, blank=True), "facts")
    year = fact(models.PositiveSmallIntegerField(_("Year"), null=True, blank=True), "facts")
    source_type = fact(
        models.CharField(
            _("Kind of source"), max_length=20, choices=SourceType.choices, default=SourceType.WEB
        ),
        "facts",
    )
    # Two letters, "mul" for several languages, empty for unknown.
    language = fact(models.CharField(_("Language"), max_length=3, blank=True), "facts")
    licence = fact(models.CharField(_("Licence"), max_length=120, blank=True), "facts")
    # Whether the licence allows to show the file itself to the public.
    is_open = fact(models.BooleanField(_("May be shown to the public"), default=False), "facts")
    address = fact(models.URLField(_("Address"), max_length=500, blank=True), "place")
    # Where it is known without a full address: a site and a title.
    locator = fact(models.CharField(_("Where it was found"), max_length=300, blank=True), "place")
    read_on = fact(models.DateField(_("Read on"), null=True, blank=True), "place")
    # A file below the data folder, named by its content.
    file = models.CharField(max_length=160, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    n_bytes = models.PositiveBigIntegerField(default=0)
    n_pages = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NO_FILE)
    # Code and values of what went wrong, said in the reader's language.
    error = models.JSONField(default=dict, blank=True)
    standing = fact(
        models.CharField(max_length=10, choices=Standing.choices, default=Standing.UNVERIFIED)
    )
    is_simulated = models.BooleanField(default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class DocumentPage(models.Model):
    """The text of one page, to read, to search and to quote."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    # From 1, as one counts the leaves; `label` is what is printed on it.
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_page_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.number}"


class Quotation(models.Model):
    """The place in a document on which an activity or a lesson rests."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="quotations")
    activity = models.ForeignKey(
        "evidence.Activity",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="quotations",
    )
    lesson = models.ForeignKey(
        "evidence.Lesson",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="quotations",
    )
    # Empty where the source has no pages.
    page = fact(models.PositiveIntegerField(_("Page"), null=True, blank=True), "quotation")
    page_end = fact(models.PositiveIntegerField(_("To page"), null=True, blank=True), "quotation")
    # Which answer of a coding the place shows; empty for the activity, or the lesson, as a whole.
    field = models.CharField(max_length=20, blank=True)
    # A few words to find the place; never the text instead of the source.
    words = fact(
        models.CharField(
            _("Quoted words"),
            max_length=300,
            blank=True,
            help_text=_(
                "A few words to find the place again, as they stand there; at most 300 characters."
            ),
        ),
        "quotation",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["document", "page", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(activity__isnull=False) ^ models.Q(lesson__isnull=False),
                name="quotation_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.page or '-'}"


keep_history(Document)
