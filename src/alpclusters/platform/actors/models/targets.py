"""Who should be at the table: the aims of a project, editable by its team."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import about


class CoverageTarget(models.Model):
    """What a project wants its AlpCafés to reach; without a row the defaults count."""

    project = models.OneToOneField(
        "partnership.Project", on_delete=models.CASCADE, related_name="coverage_target"
    )
    least_helixes = about(
        models.PositiveSmallIntegerField(
            _("Groups of society at the table, at least"),
            default=3,
            validators=[MinValueValidator(1), MaxValueValidator(4)],
        ),
        part="aims",
    )
    least_share = about(
        models.PositiveSmallIntegerField(
            _("Share of each of these groups, at least (per cent)"),
            default=10,
            validators=[MaxValueValidator(25)],
        ),
        part="aims",
    )
    least_levels = about(
        models.PositiveSmallIntegerField(
            _("Levels at the table, at least"),
            default=2,
            validators=[MinValueValidator(1), MaxValueValidator(5)],
        ),
        part="aims",
    )
    # Below five people no figures of a region may be shown.
    least_of_region = about(
        models.PositiveSmallIntegerField(
            _("People of each region, at least"),
            default=5,
            validators=[MinValueValidator(5), MaxValueValidator(100)],
        ),
        part="aims",
    )
    least_of_cell = about(
        models.PositiveSmallIntegerField(
            _("People of each group in each region, at least"),
            default=1,
            validators=[MinValueValidator(1), MaxValueValidator(20)],
        ),
        part="aims",
    )

    class Meta:
        ordering = ["project"]

    def __str__(self) -> str:
        return f"{self.project}"
