"""The levels at which policy acts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The level of policy that acts."""

    EUROPEAN = "european", _("European")
    MACRO_REGIONAL = "macro_regional", _("macro-regional")
    NATIONAL = "national", _("national")
    REGIONAL = "regional", _("regional")
