"""Which texts lack a language that others have: counted in one query, and listed."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Model, Q, QuerySet

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import Text, TranslatedText


def texts_of(model: type[Model]) -> tuple[str, ...]:
    """Return the names of the texts of a model."""
    fields = model._meta.concrete_fields
    return tuple(field.name for field in fields if isinstance(field, TranslatedText))


def count_missing(rows: QuerySet[Any], names: Collection[str]) -> dict[str, int]:
    """Count how many texts each language lacks; texts in no language are not missing.

    One query, however many texts and languages there are.
    """
    asked = {
        f"{code}_{name}": Count("pk", filter=_lacks(name, code))
        for name in names
        for code in LANGUAGE_CODES
    }
    found = rows.order_by().aggregate(**asked)
    return {code: sum(found[f"{code}_{name}"] for name in names) for code in LANGUAGE_CODES}


def rows_lacking(rows: QuerySet[Any], names: Collection[str], code: str) -> QuerySet[Any]:
    """Return the rows with a text that stands in another language and not in this one."""
    return rows.filter(reduce(or_, [_lacks(name, code) for name in names]))


def _lacks(name: str, code: str) -> Q:
    in_another = [other for other in LANGUAGE_CODES if other != code]
    return Q(**{f"{name}__has_any_keys": in_another}) & ~Q(**{f"{name}__has_key": code})


def missing_of(row: Model, names: Collection[str]) -> list[str]:
    """Return the languages that a text of a row lacks and another language has."""
    written: list[Text] = [text for name in names if (text := getattr(row, name))]
    return [code for code in LANGUAGE_CODES if any(not text.inside(code) for text in written)]
