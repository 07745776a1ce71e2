"""Budgets by instrument, theme and region, and priorities with their weights."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import about
from alpclusters.platform.funding.models.catalogue import Programme, Status

# A region's invented figures stand beside its real ones: each world has keys of its own.
INVENTED: Final = models.Q(status=Status.DEMONSTRATION)
# Nobody edits a budget; the heads of its tables are in `sources.budget_tables`.
FROM_TABLES: Final = {"in_lists": True, "public": True}


class Figure(models.Model):
    """A figure with what says so."""

    source = about(
        models.CharField(_("Source"), max_length=300, blank=True), part="row", public=True
    )
    status = models.CharField(max_length=13, choices=Status.choices, default=Status.UNVERIFIED)
    checked_on = about(
        models.DateField(_("Checked on"), null=True, blank=True), part="row", public=True
    )

    class Meta:
        abstract = True


class Budget(Figure):
    """What one instrument has for one theme in one region over one period; unknown is not 0."""

    # Key of `domain.instruments`: kind of instrument and the phase it serves.
    instrument = about(models.CharField(_("Instrument"), max_length=40), **FROM_TABLES)
    theme = about(models.CharField(_("Theme"), max_length=40), **FROM_TABLES)
    region = about(models.CharField(_("Region"), max_length=5), **FROM_TABLES)
    period = about(models.CharField(_("Period"), max_length=9), **FROM_TABLES)
    amount_ct = about(
        models.BigIntegerField(_("Amount in cents of euro"), null=True, blank=True), **FROM_TABLES
    )
    programme = about(
        models.ForeignKey(
            Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="budgets"
        ),
        **FROM_TABLES,
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

    programme = about(
        models.ForeignKey(
            Programme,
            verbose_name=_("Programme"),
            on_delete=models.CASCADE,
            null=True,
            blank=True,
            related_name="priorities",
        ),
        part="subject",
        public=True,
    )
    # Code of the region whose strategy it is; empty for a programme.
    region = about(
        models.CharField(
            _("Region"),
            max_length=5,
            blank=True,
            help_text=_("Code of the country or region, such as AT33 or SI"),
        ),
        part="subject",
        public=True,
    )
    period = about(
        models.CharField(_("Period"), max_length=9, blank=True), part="subject", public=True
    )
    side = about(
        models.CharField(_("Stated as"), max_length=8, choices=Side.choices, default=Side.PRIORITY),
        part="row",
        public=True,
    )
    theme = about(models.CharField(_("Theme"), max_length=40), part="row", public=True)
    # Of all themes of the strategy; None is unknown: weighed equally and marked.
    weight = about(
        models.FloatField(
            _("Weight"),
            null=True,
            blank=True,
            help_text=_("Empty: not stated; then all count the same"),
        ),
        part="row",
        public=True,
    )
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
