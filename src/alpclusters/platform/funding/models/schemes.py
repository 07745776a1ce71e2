"""Existing schemes of regions, and joint calls designed over them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import about, fact
from alpclusters.platform.funding.models.catalogue import Programme, Provenance
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.text import TranslatedText


class RegionalScheme(Provenance):
    """How one region funds joint projects today: its attributes as a joint call needs them."""

    key = models.SlugField(max_length=80, unique=True)
    programme = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="schemes"
    )
    name = fact(TranslatedText(_("Name"), max_length=200), "facts")
    # Code of the region or country.
    region = fact(models.CharField(_("Region"), max_length=5), "facts")
    # Attributes of `analysis.funding.schemes`: sets and intervals, with labels of their own.
    attributes = models.JSONField(default=dict)
    # Changes of its rules that are thinkable, with who decides them.
    changes = models.JSONField(default=list, blank=True)
    budget_ct = fact(models.BigIntegerField(_("Budget in euro"), null=True, blank=True), "facts")

    class Meta:
        ordering = ["region", "name__shown", "pk"]

    def __str__(self) -> str:
        return self.name


class SynchronisedScheme(models.Model):
    """A joint call that a project designs over schemes that exist."""

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="synchronised_schemes"
    )
    title = about(models.CharField(_("Title"), max_length=160), part="frame")
    schemes = models.ManyToManyField(RegionalScheme, related_name="joint")
    # What the joint call asks, beyond what its members leave open.
    wishes = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return self.title


keep_history(SynchronisedScheme)
