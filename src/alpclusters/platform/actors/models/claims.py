"""Who asks to keep a profile, and searches that somebody keeps."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models.clusters import ClusterOrganisation
from alpclusters.platform.fields import Privacy, about


class Claim(models.Model):
    """A manager asks to keep a profile; a coordinator decides."""

    class State(models.TextChoices):
        """What became of it."""

        PENDING = "pending", _("waits for a decision")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    cluster = models.ForeignKey(
        ClusterOrganisation, on_delete=models.CASCADE, related_name="claims"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims"
    )
    message = about(
        models.CharField(
            _("Who you are"),
            max_length=400,
            help_text=_(
                "Your task there, and how one can see it, for example a page with your name"
            ),
        ),
        part="claim",
        privacy=Privacy.PERSONAL,
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = about(
        models.CharField(
            _("Answer"),
            max_length=400,
            blank=True,
            help_text=_("Goes to the asking person. A refusal needs a reason."),
        ),
        part="decision",
        privacy=Privacy.PERSONAL,
    )

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "user"],
                condition=Q(state__in=["pending", "approved"]),
                name="claim_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cluster}: {self.user}"


class SavedSearch(models.Model):
    """A search somebody keeps; its address says all of it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = about(
        models.CharField(_("Name"), max_length=80), part="search", privacy=Privacy.PERSONAL
    )
    query = about(models.CharField(max_length=1000), privacy=Privacy.PERSONAL)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
