"""What measures are rated for: criteria with a written anchor for each step."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.languages.text import TranslatedText


class Criterion(models.Model):
    """What a measure is rated for: a question and a written anchor for each of five steps."""

    key = models.SlugField(unique=True)
    name = TranslatedText(_("Name"), max_length=60)
    question = TranslatedText(_("Question"), max_length=200)
    anchor_1 = TranslatedText(max_length=80)
    anchor_2 = TranslatedText(max_length=80)
    anchor_3 = TranslatedText(max_length=80)
    anchor_4 = TranslatedText(max_length=80)
    anchor_5 = TranslatedText(max_length=80)
    is_default = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    SCALE: ClassVar[tuple[int, int]] = (1, 5)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """The steps of the scale with their words, lowest first."""
        low, high = self.SCALE
        return [(step, getattr(self, f"anchor_{step}")) for step in range(low, high + 1)]
