"""Two people edit one action: fields, rows, regions and recommendations are merged, or shown.

What stood in the form at first comes back with it, so that what somebody else stored since and
what was typed can be compared piece by piece (section 10 of the method).
"""

import json
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Model

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.plans.merging import FieldConflict, RowConflict, merge_fields, merge_rows
from alpclusters.platform.policy.domain.editing.things import (
    ACTION,
    Values,
    plain,
    plain_values,
    typed,
    values_of,
)
from alpclusters.platform.policy.domain.parts import Row
from alpclusters.platform.policy.models import Action

_DEPENDENCIES: Final = "dependencies"
_NEW: Final = "new-"
_SETS: Final = ("regions", "recommendations")

type PlainRows = Mapping[str, Mapping[str, str]]


class ActionConflictError(StateError):
    """Somebody saved in the meantime, and not everything fits together; nothing was stored.

    Attributes
    ----------
    theirs : Action
        What is stored now.
    fields : tuple of FieldConflict
    rows : tuple of (str, RowConflict)
        Kind of rows and the row or field in question.
    """

    def __init__(
        self,
        theirs: Action,
        fields: Sequence[FieldConflict] = (),
        rows: Sequence[tuple[str, RowConflict]] = (),
    ) -> None:
        super().__init__("action.changed_meanwhile", found=str(theirs.version))
        self.theirs = theirs
        self.fields = tuple(fields)
        self.rows = tuple(rows)


@dataclass(frozen=True, slots=True)
class Base:
    """What stood in the form when somebody began to edit."""

    values: Values
    parts: Mapping[str, PlainRows]
    sets: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody wants to store of an action."""

    changes: Mapping[str, Any]
    parts: Mapping[str, Sequence[Row]]
    recommendations: Sequence[Any]


def base_json(action: Action, parts: Mapping[str, Sequence[Row]]) -> str:
    """Write what is stored now as a text that travels with the form."""
    return json.dumps(
        {
            "values": values_of(action, ACTION),
            "parts": {name: _plain_rows(name, rows) for name, rows in parts.items()},
            "sets": {name: _pks(getattr(action, name).all()) for name in _SETS},
        },
        ensure_ascii=False,
    )


def read_base(text: str) -> Base | None:
    """Read it again; None for what is no such text."""
    try:
        read = json.loads(text)
        return Base(
            dict(read["values"]),
            {name: dict(rows) for name, rows in read["parts"].items()},
            {name: tuple(int(pk) for pk in pks) for name, pks in read["sets"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def rebased(base: Base, conflict: ActionConflictError) -> str:
    """Write a base in which what is in conflict is what is stored now.

    Saved once more with it, what was typed stands there, and everything else is merged as before.
    """
    values = {**base.values, **{one.field: plain(one.theirs) for one in conflict.fields}}
    parts = {
        name: {key: dict(row) for key, row in rows.items()} for name, rows in base.parts.items()
    }
    for name, one in conflict.rows:
        _rebase(parts.setdefault(name, {}), one)
    sets = {name: list(pks) for name, pks in base.sets.items()}
    return json.dumps({"values": values, "parts": parts, "sets": sets}, ensure_ascii=False)


def _rebase(rows: dict[str, dict[str, str]], one: RowConflict) -> None:
    key = str(one.uuid)
    if one.field is not None:
        rows.setdefault(key, {})[one.field] = plain(one.theirs)
    elif isinstance(one.theirs, Mapping):
        rows[key] = {str(name): plain(text) for name, text in one.theirs.items()}
    else:
        rows.pop(key, None)


def merged_edit(
    current: Action, stored: Mapping[str, Sequence[Row]], mine: Edit, base: Base | None
) -> Edit:
    """Merge what was typed with what is stored now.

    Raises
    ------
    ActionConflictError
        The same field or row was changed in two ways.
    """
    if base is None:
        raise ActionConflictError(current)
    fields = _merged_fields(current, mine.changes, base)
    parts, rows = _merged_parts(stored, mine.parts, base)
    if fields.conflicts or rows:
        raise ActionConflictError(current, fields.conflicts, rows)
    changes = {**mine.changes, **_typed(fields.values)}
    if "regions" in mine.changes:
        changes["regions"] = _merged_set(current, "regions", mine.changes["regions"], base)
    chosen = _merged_set(current, "recommendations", mine.recommendations, base)
    return Edit(changes, parts, chosen)


def _merged_fields(current: Action, changes: Mapping[str, Any], base: Base) -> Any:
    typed, theirs = plain_values(changes, ACTION), values_of(current, ACTION)
    return merge_fields(
        {name: base.values.get(name, "") for name in typed},
        {name: theirs[name] for name in typed},
        typed,
        long_fields=ACTION.long_columns,
    )


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn texts back into what the columns hold."""
    return {name: typed(Action, name, value) for name, value in values.items()}


def _merged_parts(
    stored: Mapping[str, Sequence[Row]], mine: Mapping[str, Sequence[Row]], base: Base
) -> tuple[dict[str, list[dict[str, Any]]], list[tuple[str, RowConflict]]]:
    parts, conflicts = {}, []
    for name, rows in mine.items():
        own, theirs = _keyed(name, rows), _keyed(name, stored[name])
        plain_own = _plain_rows(name, rows)
        plain_theirs = _plain_rows(name, stored[name])
        merge = merge_rows(
            _hashed(base.parts.get(name, {})), _hashed(plain_theirs), _hashed(plain_own)
        )
        conflicts += [(name, conflict) for conflict in merge.conflicts]
        parts[name] = [
            _restored(str(key), row, own, theirs, plain_own) for key, row in merge.rows.items()
        ]
    return parts, conflicts


def _restored(
    key: str,
    row: Mapping[str, object],
    own: Mapping[str, Row],
    theirs: Mapping[str, Row],
    plain_own: PlainRows,
) -> dict[str, Any]:
    """Return the values behind the texts that were merged."""
    found: dict[str, Any] = {"uuid": "" if key.startswith(_NEW) else key}
    for name, text in row.items():
        is_own = key in own and plain_own[key].get(name) == text
        found[name] = (own if is_own or key not in theirs else theirs)[key][name]
    return found


def _merged_set(current: Action, name: str, mine: Collection[Any], base: Base) -> list[Any]:
    """Take what either added, leave what either took away."""
    began = set(base.sets.get(name, ()))
    theirs = {thing.pk: thing for thing in getattr(current, name).all()}
    own = {thing.pk: thing for thing in mine}
    kept = (theirs.keys() | (own.keys() - began)) - (began - own.keys())
    return [thing for pk, thing in {**theirs, **own}.items() if pk in kept]


def _hashed(rows: PlainRows) -> dict[Hashable, Mapping[str, object]]:
    return dict(rows.items())


def _keyed(name: str, rows: Sequence[Row]) -> dict[str, Row]:
    return {_key(name, row, place): row for place, row in enumerate(rows)}


def _key(name: str, row: Row, place: int) -> str:
    if name == _DEPENDENCIES:
        return str(row["before"].pk)
    return str(row.get("uuid") or f"{_NEW}{place}")


def _plain_rows(name: str, rows: Sequence[Row]) -> dict[str, dict[str, str]]:
    return {
        key: {field: _text(value) for field, value in row.items() if field != "uuid"}
        for key, row in _keyed(name, rows).items()
    }


def _text(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, list | tuple):
        return ";".join(_text(item) for item in value)
    return value.isoformat() if isinstance(value, date) else plain(value)


def _pks(things: Any) -> list[int]:
    return [thing.pk for thing in things]
