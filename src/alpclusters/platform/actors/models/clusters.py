"""Cluster organisations: the profile their managers keep up to date."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models.organisations import Organisation
from alpclusters.platform.fields import Privacy, YearField, about, fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.text import TranslatedText


class ClusterOrganisationQuerySet(models.QuerySet["ClusterOrganisation"]):
    """Profiles in the words of the field."""

    def listed(self) -> Self:
        """Profiles the public finds: not merged into another."""
        return self.filter(organisation__merged_into=None)


class ClusterOrganisation(models.Model):
    """The profile of a cluster organisation; domain.md lists the fields and their sources."""

    class Maturity(models.TextChoices):
        """How it sees itself."""

        FOUNDING = "founding", _("founding")
        BUILDING = "building", _("building up")
        WORKING = "working", _("working")
        MATURE = "mature", _("mature")
        TRANSFORMING = "transforming", _("transforming")
        DORMANT = "dormant", _("dormant")

    class YesNo(models.TextChoices):
        """An answer that may still be in preparation."""

        YES = "yes", _("yes")
        NO = "no", _("no")
        PREPARING = "preparing", _("in preparation")

    class Budget(models.TextChoices):
        """Band of the annual budget in thousand euros."""

        BELOW_50 = "below_50", _("below 50,000 euros")
        TO_150 = "to_150", _("50,000 to 150,000 euros")
        TO_500 = "to_500", _("150,000 to 500,000 euros")
        TO_1500 = "to_1500", _("500,000 to 1.5 million euros")
        ABOVE_1500 = "above_1500", _("above 1.5 million euros")

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="cluster"
    )
    slug = models.SlugField(max_length=80, unique=True)
    summary = fact(
        TranslatedText(_("In short"), max_length=800, blank=True),
        "summary",
        in_lists=True,
        counts="identity",
        words="summary",
        schema="description",
    )
    # The name of a file among the logos: the SHA-256 of what it holds.
    logo = fact(models.CharField(_("Logo"), max_length=64, blank=True), "logo", counts="identity")
    # Empty where the name of the organisation says it.
    logo_alt = fact(
        TranslatedText(_("What the logo shows"), max_length=200, blank=True), "logo", exported=False
    )
    # Null is unknown, which is not the same as having none (validation rule 2).
    has_english_page = fact(
        models.BooleanField(
            _("Has an English page"),
            null=True,
            blank=True,
            help_text=_("A page translated by machine counts as well."),
        ),
        "name",
        exported=False,
    )
    english_page = fact(
        models.URLField(_("English page"), blank=True), "name", counts="identity", exported=False
    )
    catchment = fact(models.JSONField(_("Catchment area"), default=list), "place", exported=False)
    languages = fact(
        models.JSONField(_("Working languages"), default=list),
        "place",
        counts="place",
        exported=False,
    )
    # Codes of NACE Rev. 2, up to five; the first is the main one.
    sectors = fact(
        models.JSONField(_("Sectors"), default=list),
        "sectors",
        in_lists=_("Sectors (NACE)"),
        counts="what",
    )
    sector_text = fact(
        models.CharField(_("Sectors in words"), max_length=300, blank=True),
        "sectors",
        words="subjects",
        exported=False,
    )
    ecosystem = fact(
        models.CharField(_("Industrial ecosystem"), max_length=40, blank=True),
        "technologies",
        in_lists=True,
        counts="what",
    )
    technologies = fact(
        models.JSONField(_("Technologies"), default=list), "technologies", counts="what"
    )
    s3_priorities = fact(
        models.JSONField(_("Priorities of smart specialisation"), default=list),
        "technologies",
        exported=False,
    )
    # ---- members, null is unknown ----
    n_sme = fact(
        models.PositiveIntegerField(_("Small and medium-sized firms"), null=True, blank=True),
        "members",
        in_lists=_("Members: small and medium-sized firms"),
        counts="members",
        exported=False,
    )
    n_large = fact(
        models.PositiveIntegerField(_("Large firms"), null=True, blank=True),
        "members",
        in_lists=_("Members: large firms"),
        counts="members",
        exported=False,
    )
    n_start_up = fact(
        models.PositiveIntegerField(_("Start-ups among them"), null=True, blank=True),
        "members",
        in_lists=_("Members: start-ups"),
        exported=False,
    )
    n_research = fact(
        models.PositiveIntegerField(_("Research"), null=True, blank=True),
        "members",
        in_lists=_("Members: research"),
        counts="members",
        exported=False,
    )
    n_public = fact(
        models.PositiveIntegerField(_("Public bodies"), null=True, blank=True),
        "members",
        in_lists=_("Members: public bodies"),
        counts="members",
        exported=False,
    )
    n_civil = fact(
        models.PositiveIntegerField(_("Civil society"), null=True, blank=True),
        "members",
        in_lists=_("Members: civil society"),
        exported=False,
    )
    n_other = fact(
        models.PositiveIntegerField(_("Others"), null=True, blank=True),
        "members",
        in_lists=_("Members: others"),
        exported=False,
    )
    n_abroad = fact(
        models.PositiveIntegerField(
            _("Members abroad"),
            null=True,
            blank=True,
            help_text=_("Of all members, those with their seat abroad"),
        ),
        "members",
        in_lists=True,
        exported=False,
    )
    counted_on = fact(
        models.DateField(_("Counted on"), null=True, blank=True),
        "members",
        in_lists=_("Members counted on"),
        counts="members",
        exported=False,
    )
    public_cooperation = fact(
        models.BooleanField(
            _("Works visibly with public bodies"),
            null=True,
            blank=True,
            help_text=_("Counts for the validation where no public body is a member."),
        ),
        "members",
        exported=False,
    )
    # ---- management and money ----
    staff_fte = fact(
        models.DecimalField(
            _("Staff (full-time equivalents)"),
            max_digits=6,
            decimal_places=2,
            null=True,
            blank=True,
            help_text=_("Of the management: half a post is 0.5."),
        ),
        "management",
        in_lists=True,
        counts="management",
        exported=False,
    )
    staff_heads = fact(
        models.PositiveIntegerField(_("Staff (people)"), null=True, blank=True),
        "management",
        in_lists=True,
        exported=False,
    )
    manager = about(
        models.ForeignKey(
            "actors.Person",
            on_delete=models.SET_NULL,
            null=True,
            blank=True,
            related_name="+",
            verbose_name=_("Manager"),
        ),
        merge=".",
        privacy=Privacy.PERSONAL,
    )
    has_board = fact(
        models.BooleanField(_("Has a board"), null=True, blank=True),
        "management",
        counts="management",
        exported=False,
    )
    has_assembly = fact(
        models.BooleanField(_("Yearly general assembly"), null=True, blank=True),
        "management",
        counts="management",
        exported=False,
    )
    strategy_url = fact(
        models.URLField(_("Address of the strategy"), blank=True), "management", exported=False
    )
    strategy_until = fact(
        models.DateField(_("Strategy valid until"), null=True, blank=True),
        "management",
        exported=False,
    )
    money_year = fact(
        YearField(_("Year of the figures"), null=True, blank=True), "money", exported=False
    )
    budget = fact(
        models.CharField(_("Annual budget"), max_length=12, choices=Budget.choices, blank=True),
        "money",
        exported=False,
    )
    # Per cent: public_basic, public_project, fees, services, sponsoring, other; sum 100 +/- 1.
    financing = fact(models.JSONField(_("Financing"), default=dict), "money", exported=False)
    services = fact(models.JSONField(_("Services"), default=list), "services", exported=False)
    # ---- international ----
    international_strategy = fact(
        models.CharField(
            _("Internationalisation strategy"), max_length=10, choices=YesNo.choices, blank=True
        ),
        "international",
        counts="international",
        exported=False,
    )
    international_url = fact(
        models.URLField(_("Address of the internationalisation strategy"), blank=True),
        "international",
        exported=False,
    )
    international_until = fact(
        models.DateField(_("Internationalisation strategy valid until"), null=True, blank=True),
        "international",
        exported=False,
    )
    # A list of countries, each with what is sought there: sell, buy, research, invest.
    target_markets = fact(
        models.JSONField(_("Target markets"), default=list), "markets", counts="international"
    )
    partners_abroad = fact(
        models.JSONField(_("Partners abroad"), default=list), "international", exported=False
    )
    offers = fact(
        models.JSONField(_("Offers to others"), default=list), "international", exported=False
    )
    # A recognised programme waives the validation rule; its name is what says so.
    programme = fact(
        models.CharField(
            _("Cluster programme"),
            max_length=160,
            blank=True,
            help_text=_("Name of the regional or national one"),
        ),
        "programme",
        exported=False,
    )
    is_recognised = fact(
        models.BooleanField(
            _("Officially recognised by a cluster programme"),
            null=True,
            blank=True,
            help_text=_("With the name of the programme this stands in for the four rules."),
        ),
        "programme",
        exported=False,
    )
    maturity = fact(
        models.CharField(_("Maturity"), max_length=12, choices=Maturity.choices, blank=True),
        "life",
        exported=False,
    )
    # ---- evidence of life ----
    last_activity_on = fact(
        models.DateField(
            _("Last visible activity"),
            null=True,
            blank=True,
            help_text=_("The day of an event, a newsletter or news on the website"),
        ),
        "life",
        counts="life",
        exported=False,
    )
    confirmed_on = about(
        models.DateField(_("Last confirmed"), null=True, blank=True), public=True, counts="life"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    latest_event = fact(
        models.CharField(_("Latest event"), max_length=200, blank=True), "life", exported=False
    )
    reminded_on = models.DateField(null=True, blank=True)
    # ---- what the domain computes and the list filters on ----
    completeness = models.PositiveSmallIntegerField(default=0)
    validity = models.CharField(max_length=8, default="open")
    has_valid_label = models.BooleanField(default=False)
    computed_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["ClusterOrganisation"]] = (
        ClusterOrganisationQuerySet.as_manager()
    )

    class Meta:
        ordering = ["organisation__name", "pk"]

    def __str__(self) -> str:
        return str(self.organisation)


class ClusterMember(models.Model):
    """A member named by the cluster organisation; counting them is not required."""

    cluster = models.ForeignKey(
        ClusterOrganisation, on_delete=models.CASCADE, related_name="members"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    since = about(YearField(_("Member since"), null=True, blank=True), part="named")

    class Meta:
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "organisation"], name="member_once")
        ]

    def __str__(self) -> str:
        return f"{self.cluster}: {self.organisation}"


class ClusterLabel(models.Model):
    """A label of a cluster organisation with its validity."""

    cluster = models.ForeignKey(
        ClusterOrganisation, on_delete=models.CASCADE, related_name="labels"
    )
    scheme = fact(models.CharField(_("Scheme"), max_length=40, default="ecei"), "labels")
    level = fact(models.CharField(_("Level of the label"), max_length=10), "labels")
    first_awarded = fact(models.DateField(_("First awarded"), null=True, blank=True), "labels")
    valid_from = fact(models.DateField(_("Valid from"), null=True, blank=True), "labels")
    valid_to = fact(
        models.DateField(
            _("Valid until"),
            null=True,
            blank=True,
            help_text=_("Left empty, the period is two years from the month of the award."),
        ),
        "labels",
    )
    score = fact(
        models.DecimalField(
            _("Score in per cent"),
            max_digits=5,
            decimal_places=2,
            null=True,
            blank=True,
            validators=[MaxValueValidator(100)],
            help_text=_("Only for gold"),
        ),
        "labels",
    )
    certificate_url = fact(models.URLField(_("Address of the certificate"), blank=True), "labels")
    source = fact(models.CharField(_("Source"), max_length=300, blank=True))

    class Meta:
        ordering = ["-valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.level}"


keep_history(ClusterOrganisation)
keep_history(ClusterLabel)
