"""Texts in languages: as a form sends them, and changed past everything that keeps a history."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from alpclusters.platform.languages.inputs import by_language, input_name


def typed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return values of fields as a form sends them: of a text each language in its input."""
    sent: dict[str, Any] = {}
    for name, value in fields.items():
        texts = by_language(value)
        if isinstance(texts, Mapping):
            sent |= {input_name(name, code): text for code, text in texts.items()}
        else:
            sent[name] = value
    return sent


def change_texts(rows: QuerySet, **texts: Mapping[str, str]) -> None:
    """Set languages of texts in rows, such as ``title={"sl": "Novo"}``; the others stay."""
    for row in rows:
        new = {name: {**getattr(row, name).by_language, **given} for name, given in texts.items()}
        type(row)._base_manager.filter(pk=row.pk).update(**new)
