"""The codebook: which codes there are, what they mean, and what became of older ones."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import about, fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.text import TranslatedText


class Codebook(models.Model):
    """One version; a published one does not change any more."""

    number = models.PositiveSmallIntegerField(unique=True)
    note = fact(TranslatedText(_("What is new"), max_length=2000, blank=True), "note")
    # [{"field": .., "from": .., "to": [..]}]: how codes of the version before are read in this one.
    recodes = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)


class Code(models.Model):
    """A value a coder may choose in one field of the coding form."""

    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="codes")
    # A name of `domain/codebook/reading.py`.
    field = models.CharField(max_length=20)
    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField(default=0)
    label = fact(TranslatedText(_("Name"), max_length=80), "texts")
    definition = fact(TranslatedText(_("Definition"), max_length=600), "texts")
    example = fact(TranslatedText(_("Example"), max_length=600, blank=True), "texts")
    counter_example = fact(
        TranslatedText(_("Counter-example"), max_length=600, blank=True), "texts"
    )
    # Set by a button, with what takes its place.
    is_retired = about(
        models.BooleanField(_("No longer in use"), default=False), public=True, exported=True
    )

    class Meta:
        ordering = ["field", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["codebook", "field", "key"], name="code_once")
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.key}"


keep_history(Code)
