"""The catalogue of measures for cluster internationalisation."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.text import TranslatedText


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Measures in the words of the field."""

    def published(self) -> Self:
        """Measures a visitor sees."""
        return self.filter(is_published=True)

    def of_catalogue(self) -> Self:
        """The types every project can use, not the proposals of one project."""
        return self.filter(project__isnull=True)

    def open_to(self, project_id: int) -> Self:
        """What an AlpCafé of a project may present: the catalogue and its own proposals."""
        return self.published().filter(
            models.Q(project__isnull=True) | models.Q(project_id=project_id)
        )


class Measure(models.Model):
    """A measure that cluster organisations can take to work across borders.

    The 26 types of the catalogue belong to no project; a project's own proposals name the type
    they are of.
    """

    key = models.SlugField(_("Key"), max_length=60, unique=True)
    type_key = models.SlugField(_("Type"), max_length=60)
    project = models.ForeignKey(
        "partnership.Project",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="measures",
    )
    name = fact(TranslatedText(_("Name"), max_length=80), "texts")
    description = fact(TranslatedText(_("Description"), max_length=1200), "texts")
    phase = fact(models.CharField(_("Phase"), max_length=20), "place")
    mode = fact(models.CharField(_("Mode of support"), max_length=20), "place")
    motive = fact(models.CharField(_("Main motive"), max_length=20), "place")
    reported_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    reported_note = TranslatedText(blank=True)
    reported_source = models.CharField(max_length=300, blank=True)
    # A file below the uploads of the installation, without metadata (domain/pictures.py).
    picture = models.CharField(max_length=120, blank=True)
    picture_alt = fact(
        TranslatedText(_("What the picture shows"), max_length=200, blank=True), "picture"
    )
    picture_credit = fact(
        models.CharField(_("Source and licence"), max_length=200, blank=True), "picture"
    )
    is_published = fact(
        models.BooleanField(_("Published"), default=True), "place", public=False, exported=False
    )
    order = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["Measure"]] = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


keep_history(Measure)
