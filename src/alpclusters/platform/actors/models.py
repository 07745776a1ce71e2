"""Organisations of the regions; deepened by the directory of cluster organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.territory.models import Standing


class Organisation(models.Model):
    """A body with a name and a seat."""

    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Short name"), max_length=60, blank=True)
    town = models.CharField(_("Town"), max_length=80, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    website = models.URLField(_("Website"), blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=Standing.choices, default=Standing.UNVERIFIED)
    is_simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
