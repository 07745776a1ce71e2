"""One way to keep the history of a model: registered in ``translation.py``, after the languages."""

from django.db import models
from simple_history import register


def keep_history(model: type[models.Model], **options: object) -> None:
    """Keep every earlier version of a model's rows.

    Call it below the model's ``@register`` of modeltranslation: a history made before the
    translated columns exist lacks them, and the first save fails.
    """
    register(model, app=model.__module__.removesuffix(".models"), **options)
