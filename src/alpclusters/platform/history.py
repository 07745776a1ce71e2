"""One way to keep the history of a model: registered below it, in its own file."""

from collections.abc import Mapping
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


def set_values(thing: models.Model, values: Mapping[str, Any], allowed: tuple[str, ...]) -> bool:
    """Set what differs of the allowed values; False if nothing does and no version is due."""
    changed = False
    for name in allowed:
        if name in values and _plain(getattr(thing, name)) != _plain(values[name]):
            setattr(thing, name, values[name])
            changed = True
    return changed


def history_of(thing: Any) -> Any:
    """Return the kept versions of a row, or of all rows of a model."""
    return thing.history


def _plain(value: Any) -> Any:
    return "" if value is None else value
