"""Change stored texts past everything that keeps a history, as somebody at the database would."""

from collections.abc import Mapping

from django.db.models import QuerySet


def change_texts(rows: QuerySet, **texts: Mapping[str, str]) -> None:
    """Set languages of texts in rows, such as ``title={"sl": "Novo"}``; the others stay."""
    for row in rows:
        new = {name: {**getattr(row, name).by_language, **given} for name, given in texts.items()}
        type(row)._base_manager.filter(pk=row.pk).update(**new)
