"""The organisations that carry a project together."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models.organisations import Organisation
from alpclusters.platform.fields import about
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import Region, Standing


class Partner(models.Model):
    """An organisation of the partnership: its role, the region it answers for, its tasks."""

    class Role(models.TextChoices):
        """Position in the partnership."""

        LEAD = "lead", _("lead partner")
        PARTNER = "partner", _("partner")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name=_("Organisation")
    )
    role = about(
        models.CharField(_("Role"), max_length=8, choices=Role.choices, default=Role.PARTNER),
        part="partner",
        public=True,
    )
    # Two fields: a partner's seat may lie outside the region and outside the programme area.
    seat = about(
        models.ForeignKey(
            Region,
            on_delete=models.PROTECT,
            null=True,
            blank=True,
            related_name="+",
            verbose_name=_("Seat"),
            help_text=_(
                "Code or name, such as AT323 or Salzburg. The seat may lie outside the region."
            ),
        ),
        part="partner",
        public=True,
    )
    region = about(
        models.ForeignKey(
            Region,
            on_delete=models.PROTECT,
            null=True,
            blank=True,
            related_name="partners",
            verbose_name=_("Region it is responsible for"),
        ),
        part="partner",
        public=True,
    )
    tasks = about(
        TranslatedText(_("Tasks"), max_length=4000, blank=True), part="partner", public=True
    )
    note = about(
        TranslatedText(_("Note"), max_length=2000, blank=True), part="partner", public=True
    )
    source = about(
        models.CharField(_("Source"), max_length=300, blank=True), part="partner", public=True
    )
    status = about(
        models.CharField(
            _("Status"), max_length=10, choices=Standing.choices, default=Standing.UNVERIFIED
        ),
        part="partner",
        public=True,
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation"], name="partner_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.project})"


keep_history(Partner)
