"""Every step of an endorsement, kept one after the other: what a body decided is never lost."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.languages.codes import language_choices
from alpclusters.platform.policy.models.consultations import Endorsement


class EndorsementStep(models.Model):
    """One change of an endorsement: when, by whom in which role, before, after, and the words."""

    endorsement = models.ForeignKey(Endorsement, on_delete=models.CASCADE, related_name="steps")
    # Empty: it was the first step, or what stood before is not known.
    before = models.CharField(max_length=9, choices=Endorsement.State.choices, blank=True)
    after = models.CharField(max_length=9, choices=Endorsement.State.choices)
    applies = models.CharField(max_length=7, choices=Endorsement.Applies.choices, blank=True)
    # The function of the person who signed, never a name.
    mandate = models.CharField(_("Function and mandate"), max_length=200, blank=True)
    decided_on = models.DateField(_("Date"), null=True, blank=True)
    reservation = models.TextField(_("Reservation"), max_length=1000, blank=True)
    reason = models.TextField(_("Reason"), max_length=1000, blank=True)
    language = models.CharField(max_length=2, choices=language_choices, blank=True)
    document = models.URLField(_("Decision (address)"), max_length=500, blank=True)
    # The text it was about; empty: not recorded.
    version = models.PositiveIntegerField(null=True, blank=True)
    text_on = models.DateField(null=True, blank=True)
    text_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    # The body itself came by its link; who entered it otherwise has a role in the project.
    by_link = models.BooleanField(default=False)
    role = models.CharField(max_length=24, choices=Role.choices, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.endorsement_id}: {self.before or '–'} -> {self.after}"
