"""Texts that are not yet saved, and texts that somebody read in another language."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.languages.codes import language_choices


class EditDraft(models.Model):
    """What somebody typed and did not save, or could not save because another had: never lost."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="policy_drafts"
    )
    # "recommendation", "action", "actionplan" and its number.
    thing = models.CharField(max_length=16)
    thing_id = models.PositiveBigIntegerField()
    base_version = models.PositiveIntegerField()
    base = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    is_conflict = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "thing", "thing_id"], name="edit_draft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.thing_id}"


class TextReview(models.Model):
    """A translation that somebody read and found right, tied to the source text it was made of.

    No row: the text is missing or a draft; another hash than the source has now: outdated.
    """

    thing = models.CharField(max_length=16)
    thing_id = models.PositiveBigIntegerField()
    field = models.CharField(max_length=20)
    language = models.CharField(_("Language"), max_length=2, choices=language_choices)
    # SHA-256 of the source text it was made from, and that text, for the diff when it changes.
    source_hash = models.CharField(max_length=64)
    source_text = models.TextField(max_length=4000, blank=True)
    # SHA-256 of the translation that was read: a change makes it a draft again.
    text_hash = models.CharField(max_length=64)
    is_reviewed = models.BooleanField(default=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "thing_id", "field", "language"], name="text_review_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.thing_id} {self.field} {self.language}"
