"""What happened to the safety of the installation: a chain that nobody can change unseen."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SecurityEvent(models.Model):
    """One entry. The chain covers what it says, and pseudonyms instead of people.

    ``actor``, ``about`` and ``network`` lie beside the chain: they can be emptied, and nothing
    else of a stored entry can be changed. Triggers of the database hold the same.
    """

    class Kind(models.TextChoices):
        """What may happen."""

        SIGNED_IN = "signed_in", _("Signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
        SIGNED_OUT = "signed_out", _("Signed out")
        SESSIONS_ENDED = "sessions_ended", _("Other devices signed out")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        ADDRESS_CHANGED = "address_changed", _("E-mail address changed")
        FACTOR_ADDED = "factor_added", _("Second step added")
        FACTOR_REMOVED = "factor_removed", _("Second step removed")
        RECOVERY_USED = "recovery_used", _("Recovery code used")
        FACTOR_FAILED = "factor_failed", _("Second step refused")
        LINK_MADE = "link_made", _("Link for an administrator made")
        LINK_USED = "link_used", _("Link for an administrator used")
        ROLE_GIVEN = "role_given", _("Role given")
        ROLE_WITHDRAWN = "role_withdrawn", _("Role withdrawn")
        DATA_EXPORTED = "data_exported", _("Data of a person given out")
        PERSON_ERASED = "person_erased", _("Person erased")
        PERSON_BLOCKED = "person_blocked", _("Person blocked")
        PERSON_UNBLOCKED = "person_unblocked", _("Block of a person lifted")
        EVALUATION_RELEASED = "evaluation_released", _("Evaluation released")
        PLAN_PUBLISHED = "plan_published", _("Action plan published")
        PLAN_WITHDRAWN = "plan_withdrawn", _("Action plan taken back")
        SETTINGS_CHANGED = "settings_changed", _("Settings changed")

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=24, choices=Kind)
    detail = models.JSONField(default=dict)
    actor_mark = models.CharField(max_length=32, blank=True)
    about_mark = models.CharField(max_length=32, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    network = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager["SecurityEvent"]]

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"
