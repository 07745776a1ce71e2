"""Earlier initiatives: projects, networks and programme lines, with who took part."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.territory.models import Standing


class Programme(models.Model):
    """A funding programme in one period, as the sources name it."""

    class Family(models.TextChoices):
        """Whose money it is."""

        INTERREG = "interreg", _("Interreg")
        RESEARCH = "research", _("research and innovation framework programme")
        COMPETITIVENESS = "competitiveness", _("competitiveness and single market")
        COHESION = "cohesion", _("cohesion policy in the regions")
        OTHER_EU = "other_eu", _("other European money")
        NATIONAL = "national", _("national or regional money")
        NONE = "none", _("without a programme")

    key = models.SlugField(max_length=120, unique=True)
    name = fact(models.CharField(_("Name"), max_length=160), "funding")
    # "2007-2013"; empty where the source names none.
    period = fact(models.CharField(_("Period"), max_length=9, blank=True), "funding")
    family = fact(
        models.CharField(_("Kind of programme"), max_length=16, choices=Family.choices), "funding"
    )

    class Meta:
        ordering = ["name", "period", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.period}".strip()


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """Initiatives in the words of the field."""

    def published(self) -> Self:
        """Those a visitor finds."""
        return self.filter(is_published=True)


InitiativeManager = models.Manager.from_queryset(InitiativeQuerySet)


class Initiative(models.Model):
    """What somebody undertook for clusters or regions before us."""

    class Kind(models.TextChoices):
        """Lines and calls of a programme are never evidence that an activity worked."""

        PROJECT = "project", _("project")
        NETWORK = "network", _("network or partnership")
        BODY = "body", _("body or service")
        PROGRAMME_LINE = "programme_line", _("programme or call")

    class Status(models.TextChoices):
        """Of the funding."""

        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        CLOSED = "closed", _("closed")
        TERMINATED = "terminated", _("ended early")
        UNKNOWN = "unknown", _("unknown")

    class Precision(models.TextChoices):
        """How exactly a date is known."""

        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")

    # Part of the permanent address: it never changes.
    key = models.SlugField(max_length=120, unique=True)
    acronym = fact(models.CharField(_("Acronym"), max_length=80), "what")
    kind = fact(
        models.CharField(_("Kind"), max_length=16, choices=Kind.choices, default=Kind.PROJECT),
        "what",
    )
    title = fact(TranslatedText(_("Title"), max_length=400, blank=True), "texts")
    topic = fact(TranslatedText(_("Topic"), max_length=300, blank=True), "texts")
    aims = fact(TranslatedText(_("Aims"), max_length=20_000, blank=True), "texts")
    programme = fact(
        models.ForeignKey(
            Programme,
            on_delete=models.PROTECT,
            null=True,
            blank=True,
            related_name="initiatives",
            verbose_name=_("Programme"),
        ),
        "funding",
    )
    call = fact(models.CharField(_("Call"), max_length=120, blank=True), "funding")
    reference = fact(
        models.CharField(_("Number of the grant"), max_length=60, blank=True), "funding"
    )
    start = fact(models.DateField(_("Start"), null=True, blank=True), "funding")
    start_precision = fact(
        models.CharField(
            _("Start: how exactly"),
            max_length=5,
            choices=Precision.choices,
            default=Precision.DAY,
        ),
        "funding",
    )
    # Of the funding; what became of the work afterwards stands at its activities.
    end = fact(models.DateField(_("End of the funding"), null=True, blank=True), "funding")
    end_precision = fact(
        models.CharField(
            _("End of the funding: how exactly"),
            max_length=5,
            choices=Precision.choices,
            default=Precision.DAY,
        ),
        "funding",
    )
    status = fact(
        models.CharField(
            _("State of the funding"),
            max_length=10,
            choices=Status.choices,
            default=Status.UNKNOWN,
        ),
        "funding",
    )
    # Integer cents; empty is unknown, which is not zero.
    budget_cents = fact(models.BigIntegerField(_("Budget"), null=True, blank=True), "funding")
    eu_cents = fact(models.BigIntegerField(_("Share of the EU"), null=True, blank=True), "funding")
    currency = fact(models.CharField(_("Currency"), max_length=3, default="EUR"), "funding")
    # ISO codes in order, divided by spaces, as the source gives them.
    countries = fact(models.CharField(_("Countries"), max_length=200, blank=True), "what")
    # Sections and divisions of NACE Rev. 2.
    sectors = fact(models.JSONField(_("Sectors"), default=list, blank=True), "what")
    # Free words, as the source gives them.
    keywords = fact(models.JSONField(_("Keywords"), default=list, blank=True), "what")
    follows = fact(
        models.ForeignKey(
            "self",
            on_delete=models.SET_NULL,
            null=True,
            blank=True,
            related_name="followed_by",
            verbose_name=_("Continues"),
        ),
        "what",
    )
    # Number of the family of initiatives that count as one (docs/methods/certainty.md): the
    # smallest primary key among them; computed, empty until then.
    family = models.PositiveBigIntegerField(null=True, blank=True, db_index=True)
    website = fact(models.URLField(_("Website"), max_length=300, blank=True), "sources")
    source = fact(models.CharField(_("Source"), max_length=500, blank=True), "sources")
    licence = fact(models.CharField(_("Licence"), max_length=300, blank=True), "sources")
    note = fact(TranslatedText(_("Note"), max_length=2000, blank=True), "texts")
    standing = fact(
        models.CharField(
            _("Checked"), max_length=10, choices=Standing.choices, default=Standing.UNVERIFIED
        ),
        "sources",
    )
    is_published = fact(
        models.BooleanField(_("Published"), default=True), "sources", public=False, exported=False
    )
    is_simulated = models.BooleanField(default=False)
    # Names of fields that a person set: no import writes over them.
    edited_fields = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[InitiativeManager["Initiative"]] = InitiativeManager()

    class Meta:
        ordering = ["acronym", "pk"]
        indexes = [
            models.Index(fields=["is_published", "acronym", "id"]),
            models.Index(fields=["changed_at", "id"]),
        ]

    def __str__(self) -> str:
        return self.acronym


class Participation(models.Model):
    """A body in an initiative, as the source names it; tied to an actor where one is known."""

    class Role(models.TextChoices):
        """Its part."""

        LEAD = "lead", _("lead partner")
        PARTNER = "partner", _("partner")
        ASSOCIATED = "associated", _("associated partner")
        THIRD_PARTY = "third_party", _("third party")

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="participations"
    )
    organisation = models.ForeignKey(
        "actors.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="participations",
    )
    # The same text for the same body wherever it takes part: "pic:999905974", else "keep:123",
    # else the folded name and country. Overlap of partners is computed on it.
    body_key = models.CharField(max_length=120, db_index=True)
    name = fact(models.CharField(_("Name"), max_length=300), "body")
    role = fact(
        models.CharField(_("Role"), max_length=12, choices=Role.choices, default=Role.PARTNER),
        "body",
    )
    order = models.PositiveSmallIntegerField(default=0)
    country = fact(models.CharField(_("Country"), max_length=2, blank=True), "body")
    town = fact(models.CharField(_("Town"), max_length=80, blank=True), "body")
    region = models.ForeignKey(
        "territory.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_code = models.CharField(max_length=8, blank=True)
    budget_cents = models.BigIntegerField(null=True, blank=True)
    eu_cents = models.BigIntegerField(null=True, blank=True)
    has_left = models.BooleanField(default=False)

    class Meta:
        ordering = ["initiative", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "body_key", "role", "order"], name="participation_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


keep_history(Initiative)
