"""Solutions out of pilot actions, as RCO84, RCO116 and RCR104 of Interreg count them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import about
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.policy.models.actions import Action


class Solution(models.Model):
    """What came out of a pilot action, who designed it and what others need to take it up."""

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="solutions"
    )
    uuid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    title = about(TranslatedText(_("Solution"), max_length=200), part="texts", public=True)
    pilot = about(
        models.ForeignKey(
            Action, on_delete=models.SET_NULL, null=True, blank=True, related_name="solutions"
        ),
        public=True,
    )
    pilot_ended_on = about(
        models.DateField(_("Pilot action ended on"), null=True, blank=True),
        part="facts",
        public=True,
    )
    take_up = about(
        TranslatedText(_("What others need to take it up"), max_length=2000, blank=True),
        part="texts",
        public=True,
    )
    is_legal = about(
        models.BooleanField(_("A legal or administrative solution"), default=False),
        part="facts",
        public=True,
    )
    taken_up_on = about(
        models.DateField(_("Taken up on"), null=True, blank=True), part="facts", public=True
    )
    taken_up_by = about(
        models.CharField(_("Body that took it up"), max_length=200, blank=True),
        part="facts",
        public=True,
    )
    taken_up_in = about(
        models.CharField(_("Document of that body"), max_length=500, blank=True),
        part="facts",
        public=True,
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class SolutionBody(models.Model):
    """A body that carried the pilot action or designed the solution."""

    class Part(models.TextChoices):
        """What it did."""

        PILOT = "pilot", _("carried the pilot action")
        DESIGN = "design", _("designed the solution")

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="bodies")
    name = about(models.CharField(_("Body"), max_length=200), part="row", public=True)
    country = about(models.CharField(_("Country"), max_length=2), part="row", public=True)
    part = models.CharField(_("Part"), max_length=6, choices=Part.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["solution", "name", "part"], name="solution_body_once"),
        ]

    def __str__(self) -> str:
        return self.name
