"""An entry of the catalogue as plain data: what a version keeps and a proposal changes."""

import datetime as dt
from typing import Any, Final

from django.db import models

from alpclusters.platform.funding.models import Call, Offer, Programme
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.languages.text import TranslatedText

# Not said by anybody: keys of the database, counters, and what follows from the terms.
_LEFT_OUT: Final = frozenset(
    {"id", "version", "updated_at", "kinds", "categories", "themes", "best_rate_bp", "cap_ct"}
)
_OF_PROGRAMME: Final = _LEFT_OUT - {"themes"}


def entry_record(entry: Programme | Call | Offer) -> dict[str, Any]:
    """Return everything that an entry says, in five languages, with relations by their keys.

    The figures of a programme or call stand under ``parameters`` in their order.
    """
    left_out = _OF_PROGRAMME if isinstance(entry, Programme) else _LEFT_OUT
    record: dict[str, Any] = {}
    for field in entry._meta.concrete_fields:
        if isinstance(field, TranslatedText):
            text = getattr(entry, field.name)
            record |= {input_name(field.name, code): one for code, one in text.each().items()}
        elif field.name not in left_out:
            record[field.name] = _value(entry, field)
    if not isinstance(entry, Offer):
        record["parameters"] = _parameters(entry)
    return record


def _value(entry: models.Model, field: Any) -> Any:
    if field.is_relation:
        other = getattr(entry, field.name)
        return other.key if other is not None else None
    return plain(getattr(entry, field.attname))


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


def _parameters(entry: Programme | Call) -> list[dict[str, Any]]:
    if entry.pk is None:
        return []
    if isinstance(entry, Programme):
        rows = entry.parameters.filter(call__isnull=True)
    else:
        rows = entry.parameters.all()
    names = ("name", "value", "unit", "precision", "period", "status", "source", "checked_on")
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]
