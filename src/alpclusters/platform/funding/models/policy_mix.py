"""Budgets by instrument, theme and region, and priorities with their weights."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.funding.models.catalogue import Programme, Status

# A region's invented figures stand beside its real ones: each world has keys of its own.
INVENTED: Final = models.Q(status=Status.DEMONSTRATION)


class Figure(models.Model):
    """A figure with what says so."""

    source = models.CharField(_("Source"), max_length=300, blank=True)
    status = models.CharField(max_length=13, choices=Status.choices, default=Status.UNVERIFIED)
    checked_on = models.DateField(_("Checked on"), null=True, blank=True)

    class Meta:
        abstract = True


class Budget(Figure):
    """What one instrument has for one theme in one region over one period; unknown is not 0."""

    # Key of `domain.instruments`: kind of instrument and the phase it serves.
    instrument = models.CharField(_("Instrument"), max_length=40)
    theme = models.CharField(_("Theme"), max_length=40)
    region = models.CharField(_("Region"), max_length=5)
    period = models.CharField(_("Period"), max_length=9)
    amount_ct = models.BigIntegerField(_("Amount in cents of euro"), null=True, blank=True)
    programme = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="budgets"
    )

    class Meta:
        ordering = ["period", "region", "theme", "instrument", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "theme", "region", "period", "programme"],
                condition=models.Q(programme__isnull=False),
                name="budget_of_programme_once",
            ),
            models.UniqueConstraint(
                fields=["instrument", "theme", "region", "period"],
                condition=models.Q(programme__isnull=True) & ~INVENTED,
                name="budget_once",
            ),
            models.UniqueConstraint(
                fields=["instrument", "theme", "region", "period"],
                condition=models.Q(programme__isnull=True) & INVENTED,
                name="invented_budget_once",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_ct__isnull=True) | models.Q(amount_ct__gte=0),
                name="budget_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.theme} {self.instrument} {self.period}"


class Priority(Figure):
    """A theme that a programme or a region's strategy names, as need or as strength."""

    class Side(models.TextChoices):
        """Priority as such, or what a region lacks and has to give."""

        PRIORITY = "priority", _("priority")
        NEED = "need", _("need")
        STRENGTH = "strength", _("strength")

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="priorities"
    )
    # Code of the region whose strategy it is; empty for a programme.
    region = models.CharField(_("Region"), max_length=5, blank=True)
    period = models.CharField(_("Period"), max_length=9, blank=True)
    side = models.CharField(max_length=8, choices=Side.choices, default=Side.PRIORITY)
    theme = models.CharField(_("Theme"), max_length=40)
    # Of all themes of the strategy; None is unknown: weighed equally and marked.
    weight = models.FloatField(_("Weight"), null=True, blank=True)
    # Written by a person: the tables of the program leave its subject and period alone.
    by_people = models.BooleanField(default=False)

    class Meta:
        ordering = ["region", "period", "side", "theme", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "period", "side", "theme"],
                condition=models.Q(programme__isnull=False),
                name="priority_of_programme_once",
            ),
            models.UniqueConstraint(
                fields=["region", "period", "side", "theme"],
                condition=models.Q(programme__isnull=True) & ~INVENTED,
                name="priority_of_region_once",
            ),
            models.UniqueConstraint(
                fields=["region", "period", "side", "theme"],
                condition=models.Q(programme__isnull=True) & INVENTED,
                name="invented_priority_of_region_once",
            ),
            models.CheckConstraint(
                condition=models.Q(programme__isnull=False, region="")
                | (models.Q(programme__isnull=True) & ~models.Q(region="")),
                name="priority_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme or self.region}: {self.theme}"
