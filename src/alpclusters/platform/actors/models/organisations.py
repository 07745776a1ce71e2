"""Organisations of the regions, with the numbers and names under which others know them."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import YearField, about, fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.territory.models import Standing


class OrganisationType(models.TextChoices):
    """What kind of body it is."""

    SME = "sme", _("small or medium-sized firm")
    LARGE = "large", _("large firm")
    START_UP = "start_up", _("start-up")
    UNIVERSITY = "university", _("university")
    APPLIED_RESEARCH = "applied_research", _("applied research")
    TECHNOLOGY_CENTRE = "technology_centre", _("technology centre")
    MINISTRY = "ministry", _("ministry")
    REGIONAL_GOVERNMENT = "regional_government", _("regional government")
    AGENCY = "agency", _("agency in public hands")
    MUNICIPALITY = "municipality", _("municipality")
    ASSOCIATION = "association", _("association of civil society")
    CLUSTER_ORGANISATION = "cluster_organisation", _("cluster organisation")
    CHAMBER = "chamber", _("chamber")
    BUSINESS_ASSOCIATION = "business_association", _("business association")
    DEVELOPMENT_AGENCY = "development_agency", _("development agency")
    INNOVATION_AGENCY = "innovation_agency", _("innovation agency")
    INCUBATOR = "incubator", _("incubator")
    BANK = "bank", _("bank")
    FUND = "fund", _("fund")
    INVESTOR = "investor", _("investor")
    UNKNOWN = "unknown", _("unknown")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations in the words of the field."""

    def current(self) -> Self:
        """Leave out those that were merged into others."""
        return self.filter(merged_into=None)

    def listed(self) -> Self:
        """Those the public finds in the directory."""
        return self.filter(merged_into=None, is_listed=True)


class Organisation(models.Model):
    """A body with a name and a seat."""

    name = fact(
        models.CharField(_("Name"), max_length=200),
        "name",
        in_lists=True,
        words="names",
        counts="identity",
        schema="name",
    )
    short_name = fact(
        models.CharField(_("Short name"), max_length=60, blank=True),
        "name",
        in_lists=True,
        words="names",
    )
    legal_form = fact(
        models.CharField(_("Legal form"), max_length=60, blank=True),
        "name",
        in_lists=True,
        exported=False,
    )
    type = fact(
        models.CharField(
            _("Type"),
            max_length=24,
            choices=OrganisationType.choices,
            default=OrganisationType.UNKNOWN,
        ),
        in_lists=True,
    )
    founded = fact(
        YearField(_("Founded"), null=True, blank=True),
        "name",
        in_lists=True,
        counts="identity",
        schema="foundingDate",
        exported=False,
    )
    # A key of the seed lists of helix and level (platform/actors/seeds).
    helix = fact(
        models.CharField(_("Sector of society"), max_length=20, default="unknown"),
        in_lists=True,
        exported=False,
    )
    level = fact(models.CharField(_("Level"), max_length=20, blank=True), exported=False)
    town = fact(
        models.CharField(_("Town"), max_length=80, blank=True),
        "place",
        in_lists=True,
        words="places",
        schema="address.addressLocality",
    )
    postcode = fact(
        models.CharField(_("Postcode"), max_length=12, blank=True),
        "place",
        in_lists=True,
        merge="town",
        counts="place",
        schema="address.postalCode",
    )
    country = fact(
        models.CharField(_("Country"), max_length=2, blank=True),
        "place",
        in_lists=True,
        merge="town",
        schema="address.addressCountry",
    )
    region = fact(
        models.ForeignKey(
            "territory.Region",
            on_delete=models.PROTECT,
            null=True,
            blank=True,
            related_name="organisations",
            verbose_name=_("Region"),
        ),
        "place",
        in_lists=True,
        counts="place",
    )
    region_is_proposed = about(models.BooleanField(default=False), merge="region")
    # The code as the source had it, when it is of another vintage or could not be resolved.
    given_code = about(models.CharField(max_length=5, blank=True), merge="region")
    recoding_note = about(models.CharField(max_length=200, blank=True), merge="region")
    latitude = fact(
        models.FloatField(_("Latitude"), null=True, blank=True),
        in_lists=True,
        schema="geo.latitude",
    )
    longitude = fact(
        models.FloatField(_("Longitude"), null=True, blank=True),
        in_lists=True,
        merge="latitude",
        schema="geo.longitude",
    )
    website = fact(
        models.URLField(_("Website"), blank=True),
        "name",
        in_lists=True,
        counts="identity",
        schema="url",
    )
    # Only bodies from published lists and confirmed profiles: what a registration form took in is
    # known to the project alone.
    is_listed = models.BooleanField(_("Shown in the public directory"), default=False)
    # Names of fields that a person set: no import writes over them.
    edited_fields = models.JSONField(default=list)
    source = fact(models.CharField(_("Source"), max_length=300, blank=True))
    licence = fact(models.CharField(_("Licence"), max_length=300, blank=True), merge="source")
    status = fact(
        models.CharField(
            _("Status"), max_length=10, choices=Standing.choices, default=Standing.UNVERIFIED
        )
    )
    is_simulated = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed"
    )

    objects: ClassVar[models.Manager["Organisation"]] = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["country", "name"]),
            models.Index(fields=["changed_at", "id"]),
        ]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """A number or key under which others know an organisation; with source and date."""

    class Scheme(models.TextChoices):
        """Who gave it."""

        PIC = "pic", _("participant code of the EU (PIC)")
        VAT = "vat", _("VAT number")
        NATIONAL = "national", _("national register")
        ROR = "ror", _("Research Organization Registry (ROR)")
        ISNI = "isni", _("International Standard Name Identifier (ISNI)")
        GLN = "gln", _("Global Location Number (GLN)")
        ECCP = "eccp", _("European Cluster Collaboration Platform")
        KEEP = "keep", _("keep.eu")
        KOHESIO = "kohesio", _("Kohesio")
        CORDIS = "cordis", _("CORDIS")
        IMPORT = "import", _("imported list")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="identifiers"
    )
    scheme = models.CharField(max_length=10, choices=Scheme.choices)
    # For national registers the country, for imported lists the name of the source.
    issuer = models.CharField(max_length=80, blank=True)
    value = models.CharField(max_length=120)
    source = models.CharField(max_length=300, blank=True)
    seen_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "issuer", "value"], name="identifier_once")
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"


class Alias(models.Model):
    """Another name of an organisation: where and when it was seen, and who accepted it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    # Empty where the name belongs to no language, such as an acronym.
    language = models.CharField(max_length=2, blank=True)
    source = models.CharField(max_length=300, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="alias_once")]

    def __str__(self) -> str:
        return self.name


keep_history(Organisation)
