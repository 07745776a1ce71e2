"""How facts from ``seeds/*.csv`` come into the database: in bulk, and never over people.

A row is stored when its key is new, changed when the file says something else, and left alone
as soon as its history shows that a person changed or deleted it.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from django.db import models, transaction
from django.utils import translation
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES
from alpclusters.platform.languages.text import Text, field_of

BATCH: Final = 500
REASON: Final = "seed"
TEXTS: Final = "_texts"

type Row = dict[str, str]
type Key = tuple[Any, ...]


def read_rows(path: Path) -> list[Row]:
    """Read a table of facts; a file that is not there has no rows.

    Texts in languages stand beside it in long form, ``name_texts.csv``: the columns that name the
    row, then ``column``, ``language``, ``text``. The row has them as ``column_de`` and so on, or as
    ``de`` where no column is named. A text that is not there is empty.
    """
    rows = _table(path)
    beside = path.with_name(f"{path.stem}{TEXTS}{path.suffix}")
    return _with_texts(rows, _table(beside)) if beside.exists() else rows


def _table(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _with_texts(rows: list[Row], lines: list[Row]) -> list[Row]:
    key = [name for name in lines[0] if name not in {"column", "language", "text"}]
    columns = dict.fromkeys(line["column"] for line in lines)
    empty = {_in(column, code): "" for column in columns for code in LANGUAGE_CODES}
    said: dict[Key, Row] = defaultdict(dict)
    for line in lines:
        row_key = tuple(line[name] for name in key)
        said[row_key][_in(line["column"], line["language"])] = line["text"]
    return [row | empty | said.get(tuple(row[name] for name in key), {}) for row in rows]


def _in(column: str, language: str) -> str:
    return f"{column}_{language}" if column else language


def texts(row: Row, *fields: str) -> dict[str, Row]:
    """Return the texts of some fields by language; fields without any are left out."""
    found = {field: texts_of(row, field) for field in fields}
    return {field: own for field, own in found.items() if own}


def typed_texts(row: Row, *fields: str) -> Row:
    """Return the texts of some fields under the names of their inputs, as if they were typed."""
    return {
        _in(field, code): text
        for field, own in texts(row, *fields).items()
        for code, text in own.items()
    }


def texts_of(row: Row, field: str) -> Row:
    """Return the languages in which a row has a text, with what it says.

    Examples
    --------
    >>> texts_of({"name_en": "Fair", "name_de": ""}, "name")
    {'en': 'Fair'}
    """
    own = {code: row.get(_in(field, code), "") for code in LANGUAGE_CODES}
    return {code: text for code, text in own.items() if text}


def filled(row: Row, field: str) -> Row:
    """Return a text by language; where it is missing stands that of the next fallback.

    Examples
    --------
    >>> filled({"name_en": "Fair", "name_de": "Messe"}, "name")["sl"]
    'Fair'
    """
    return Text(texts_of(row, field), DEFAULT_LANGUAGE).filled()


def yes(text: str | None) -> bool:
    """Read a yes or no of a table."""
    return (text or "").strip().lower() == "yes"


@transaction.atomic
def store_rows[M: models.Model](
    model: type[M], rows: Iterable[dict[str, Any]], *, key: Sequence[str]
) -> None:
    """Bring rows into a table.

    Parameters
    ----------
    model : type of Model
        The table.
    rows : iterable of dict
        Field names (``project_id`` for a relation) and values.
    key : sequence of str
        The fields that name a row for ever.
    """
    with translation.override(DEFAULT_LANGUAGE):
        there = {_key(row, key): row for row in model._default_manager.all()}
        kept = _edited(model, key)
        wanted = {tuple(row[k] for k in key): row for row in rows}
        new = [model(**row) for k, row in wanted.items() if k not in there and k not in kept]
        _create(model, new)
        _change(
            model, [(there[k], row) for k, row in wanted.items() if k in there and k not in kept]
        )


def _key(row: models.Model, key: Sequence[str]) -> Key:
    return tuple(getattr(row, name) for name in key)


def _edited(model: type[models.Model], key: Sequence[str]) -> set[Key]:
    """Return the keys of rows that a person changed or deleted."""
    history = getattr(model, "history", None)
    if history is None:
        return set()
    by_people = history.filter(history_user__isnull=False).exclude(history_type="+")
    return set(by_people.values_list(*key).order_by())


def _create(model: type[models.Model], new: list[Any]) -> None:
    if hasattr(model, "history"):
        bulk_create_with_history(new, model, batch_size=BATCH, default_change_reason=REASON)
        return
    model._default_manager.bulk_create(new, batch_size=BATCH)


def _change(model: type[models.Model], pairs: list[tuple[Any, dict[str, Any]]]) -> None:
    changed = [row for row, values in pairs if _differs(row, values)]
    if not changed:
        return
    fields = sorted({field_of(model, name).name for _, values in pairs for name in values})
    if hasattr(model, "history"):
        bulk_update_with_history(
            changed, model, fields, batch_size=BATCH, default_change_reason=REASON
        )
        return
    model._default_manager.bulk_update(changed, fields, batch_size=BATCH)


def _differs(row: Any, values: dict[str, Any]) -> bool:
    different = {name: v for name, v in values.items() if getattr(row, name) != v}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)
