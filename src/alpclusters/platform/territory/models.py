"""Regions by NUTS code and vintage, what became of codes, and the areas of programmes."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.languages.text import TranslatedText

CURRENT_VINTAGE = 2021


class Standing(models.TextChoices):
    """How sure a fact is."""

    VERIFIED = "verified", _("verified")
    UNVERIFIED = "unverified", _("unverified")
    UNKNOWN = "unknown", _("unknown")


class RegionQuerySet(models.QuerySet["Region"]):
    """Regions in the words of the field."""

    def current(self) -> Self:
        """Regions of the vintage in which new things are recorded."""
        return self.filter(first_vintage__lte=CURRENT_VINTAGE, last_vintage__gte=CURRENT_VINTAGE)

    def in_vintage(self, vintage: int) -> Self:
        """Regions whose code was valid in a vintage."""
        return self.filter(first_vintage__lte=vintage, last_vintage__gte=vintage)


class Region(models.Model):
    """A NUTS or statistical region; one row for the vintages in which its code meant the same."""

    code = models.CharField(_("Code"), max_length=5)
    level = models.PositiveSmallIntegerField(_("Level"))
    country = models.CharField(_("Country"), max_length=2)
    parent_code = models.CharField(max_length=4, blank=True)
    name = TranslatedText(_("Name"), max_length=160)
    first_vintage = models.PositiveSmallIntegerField()
    last_vintage = models.PositiveSmallIntegerField()
    names_status = models.CharField(
        max_length=10, choices=Standing.choices, default=Standing.VERIFIED
    )

    objects: ClassVar[models.Manager["Region"]] = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code", "first_vintage", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "first_vintage"], name="region_code_once"),
            models.CheckConstraint(
                condition=models.Q(last_vintage__gte=models.F("first_vintage")),
                name="region_vintages_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class RegionChange(models.Model):
    """What became of a code from one vintage to the next (Eurostat's change tables)."""

    from_vintage = models.PositiveSmallIntegerField()
    to_vintage = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    from_code = models.CharField(max_length=5, blank=True)
    to_code = models.CharField(max_length=5, blank=True)
    relation = models.CharField(max_length=40)
    is_exact = models.BooleanField()
    candidates = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["from_vintage", "from_code", "to_code", "pk"]
        indexes = [models.Index(fields=["from_vintage", "from_code"])]

    def __str__(self) -> str:
        return f"{self.from_code} ({self.from_vintage}) → {self.to_code} ({self.to_vintage})"


class ProgrammeArea(models.Model):
    """The regions a programme or strategy covers, in the codes of its time."""

    key = models.SlugField(unique=True)
    name = TranslatedText(_("Name"), max_length=120)
    period = models.CharField(_("Period"), max_length=20)
    nuts_vintage = models.PositiveSmallIntegerField()
    note = TranslatedText(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class ProgrammeAreaRegion(models.Model):
    """One region of a programme area, with what says so."""

    area = models.ForeignKey(ProgrammeArea, on_delete=models.CASCADE, related_name="area_regions")
    code = models.CharField(max_length=5)
    status = models.CharField(max_length=10, choices=Standing.choices)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["code", "pk"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="area_region_once")]

    def __str__(self) -> str:
        return f"{self.area}: {self.code}"
