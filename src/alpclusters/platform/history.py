"""One way to keep the history of a model: registered below it, in its own file."""

from typing import Any

from django.db import models
from simple_history import register


def keep_history(model: type[models.Model], **options: object) -> None:
    """Keep every earlier version of a model's rows."""
    register(model, app=model.__module__.split(".models")[0], **options)


def sign(thing: Any, by: models.Model | None, *, reason: str = "") -> None:
    """Say who makes the next change of a row, and why; the version that `save` keeps names it."""
    thing._history_user = by  # noqa: SLF001 - the interface of simple_history
    thing._change_reason = reason or None  # noqa: SLF001 - likewise


def history_of(thing: Any) -> Any:
    """Return the kept versions of a row, or of all rows of a model."""
    return thing.history
