"""Cluster organisations: the profile their managers keep up to date."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models.organisations import Organisation
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
    summary = TranslatedText(_("In short"), max_length=800, blank=True)
    # The name of a file among the logos: the SHA-256 of what it holds.
    logo = models.CharField(_("Logo"), max_length=64, blank=True)
    # Empty where the name of the organisation says it.
    logo_alt = TranslatedText(_("What the logo shows"), max_length=200, blank=True)
    sector_text = models.CharField(_("Sectors in words"), max_length=300, blank=True)
    # Null is unknown, which is not the same as having none (validation rule 2).
    has_english_page = models.BooleanField(_("Has an English page"), null=True, blank=True)
    english_page = models.URLField(_("English page"), blank=True)
    catchment = models.JSONField(_("Catchment area"), default=list)
    languages = models.JSONField(_("Working languages"), default=list)
    # Codes of NACE Rev. 2, up to five; the first is the main one.
    sectors = models.JSONField(_("Sectors"), default=list)
    ecosystem = models.CharField(_("Industrial ecosystem"), max_length=40, blank=True)
    technologies = models.JSONField(_("Technologies"), default=list)
    s3_priorities = models.JSONField(_("Priorities of smart specialisation"), default=list)
    # ---- members, null is unknown ----
    n_sme = models.PositiveIntegerField(_("Small and medium-sized firms"), null=True, blank=True)
    n_large = models.PositiveIntegerField(_("Large firms"), null=True, blank=True)
    n_start_up = models.PositiveIntegerField(_("Start-ups among them"), null=True, blank=True)
    n_research = models.PositiveIntegerField(_("Research"), null=True, blank=True)
    n_public = models.PositiveIntegerField(_("Public bodies"), null=True, blank=True)
    n_civil = models.PositiveIntegerField(_("Civil society"), null=True, blank=True)
    n_other = models.PositiveIntegerField(_("Others"), null=True, blank=True)
    n_abroad = models.PositiveIntegerField(_("Members abroad"), null=True, blank=True)
    counted_on = models.DateField(_("Counted on"), null=True, blank=True)
    public_cooperation = models.BooleanField(
        _("Works visibly with public bodies"), null=True, blank=True
    )
    # ---- management and money ----
    staff_fte = models.DecimalField(
        _("Staff (full-time equivalents)"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    staff_heads = models.PositiveIntegerField(_("Staff (people)"), null=True, blank=True)
    manager = models.ForeignKey(
        "actors.Person",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Manager"),
    )
    has_board = models.BooleanField(_("Has a board"), null=True, blank=True)
    has_assembly = models.BooleanField(_("Yearly general assembly"), null=True, blank=True)
    strategy_url = models.URLField(_("Strategy"), blank=True)
    strategy_until = models.DateField(_("Strategy valid until"), null=True, blank=True)
    money_year = models.PositiveSmallIntegerField(_("Year of the figures"), null=True, blank=True)
    budget = models.CharField(_("Annual budget"), max_length=12, choices=Budget.choices, blank=True)
    # Per cent: public_basic, public_project, fees, services, sponsoring, other; sum 100 +/- 1.
    financing = models.JSONField(_("Financing"), default=dict)
    services = models.JSONField(_("Services"), default=list)
    # ---- international ----
    international_strategy = models.CharField(
        _("Internationalisation strategy"), max_length=10, choices=YesNo.choices, blank=True
    )
    international_url = models.URLField(_("Its address"), blank=True)
    international_until = models.DateField(_("Valid until"), null=True, blank=True)
    # A list of countries, each with what is sought there: sell, buy, research, invest.
    target_markets = models.JSONField(_("Target markets"), default=list)
    partners_abroad = models.JSONField(_("Partners abroad"), default=list)
    offers = models.JSONField(_("Offers to others"), default=list)
    # A recognised programme waives the validation rule; its name is what says so.
    programme = models.CharField(_("Cluster programme"), max_length=160, blank=True)
    is_recognised = models.BooleanField(
        _("Officially recognised by a cluster programme"), null=True, blank=True
    )
    maturity = models.CharField(_("Maturity"), max_length=12, choices=Maturity.choices, blank=True)
    # ---- evidence of life ----
    last_activity_on = models.DateField(_("Last visible activity"), null=True, blank=True)
    confirmed_on = models.DateField(_("Last confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    latest_event = models.CharField(_("Latest event"), max_length=200, blank=True)
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
    since = models.PositiveSmallIntegerField(_("Since"), null=True, blank=True)

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
    scheme = models.CharField(_("Scheme"), max_length=40, default="ecei")
    level = models.CharField(_("Level"), max_length=10)
    first_awarded = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    certificate_url = models.URLField(blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.level}"


keep_history(ClusterOrganisation)
keep_history(ClusterLabel)
