"""An entry of the catalogue as plain data: what a version keeps and a proposal changes."""

import datetime as dt
from typing import Any

from django.db import models

from alpclusters.platform.fields import fields_of
from alpclusters.platform.funding.models import Call, Offer, Parameter, Programme
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.languages.text import TranslatedText


def entry_record(entry: Programme | Call | Offer) -> dict[str, Any]:
    """Return everything that an entry says, in five languages, with relations by their keys.

    The figures of a programme or call stand under ``parameters`` in their order.
    """
    record: dict[str, Any] = {}
    for field in fields_of(entry):
        if isinstance(field, TranslatedText):
            text = getattr(entry, field.name)
            record |= {input_name(field.name, code): one for code, one in text.each().items()}
        else:
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
    names = [field.name for field in fields_of(Parameter)]
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]
