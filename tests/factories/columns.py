"""Another value for a column that people fill, by its kind, so that a new column is asked too."""

from datetime import date, timedelta
from typing import Any

from django.db import models

from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import TranslatedText

# Kind of a column: a value that a row made by the factory does not have; the first that fits.
KINDS = {
    TranslatedText: lambda column, number: {
        code: f"{column.name} {number} {code}" for code in LANGUAGE_CODES
    },
    models.DateField: lambda _column, number: date(2020, 1, 1) + timedelta(days=number),
    models.IntegerField: lambda _column, number: 100_000 + number,
    models.JSONField: lambda _column, number: [f"{10 + number % 20}"],
    models.URLField: lambda _column, number: f"https://{number}.example.org",
    models.CharField: lambda column, number: f"{number}"[: column.max_length],
}


def another(row: Any, column: Any, number: int, before: Any, programme: Any) -> Any:
    """Return a value that the row does not have; initiatives and programmes are handed in."""
    if isinstance(column, models.ForeignKey):
        return before if column.related_model is Initiative else programme
    if isinstance(column, models.BooleanField):
        return not getattr(row, column.name)
    if column.choices:
        return next(value for value, _label in column.choices if value != getattr(row, column.name))
    make = next((make for kind, make in KINDS.items() if isinstance(column, kind)), None)
    assert make, f"{column.name}: say a value for this kind of column"
    return make(column, number)
