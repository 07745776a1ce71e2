"""Values of a column as the two kinds of database keep them, and as plain Python between them."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.utils.dateparse import parse_duration
from psycopg.types.json import Jsonb

_ESCAPED: Final = re.compile(r"\\(.)")
_LETTERS: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_BYTES: Final = re.compile(r"^\\x")


def _same(value: Any) -> Any:
    return value


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _duration(text: str) -> timedelta:
    found = parse_duration(text)
    if found is None:
        raise ValueError(text)
    return found


class Kind:
    """A kind of column.

    Parameters
    ----------
    from_sqlite, from_dump, to_sqlite, to_postgresql : callable
        Each takes what is not null.
    """

    def __init__(
        self,
        from_sqlite: Callable[[Any], Any] = _same,
        from_dump: Callable[[str], Any] = _same,
        to_sqlite: Callable[[Any], Any] = _same,
        to_postgresql: Callable[[Any], Any] = _same,
    ) -> None:
        self.from_sqlite, self.from_dump = from_sqlite, from_dump
        self.to_sqlite, self.to_postgresql = to_sqlite, to_postgresql


TEXT: Final = Kind()
_INTEGER: Final = Kind(from_dump=int)
_FLOAT: Final = Kind(from_sqlite=float, from_dump=float)
_BOOLEAN: Final = Kind(from_sqlite=bool, from_dump=lambda text: text == "t", to_sqlite=int)
_MOMENT: Final = Kind(
    _moment, _moment, lambda value: str(value.astimezone(UTC).replace(tzinfo=None))
)
_DATE: Final = Kind(date.fromisoformat, date.fromisoformat, date.isoformat)
_TIME: Final = Kind(time.fromisoformat, time.fromisoformat, time.isoformat)
_JSON: Final = Kind(json.loads, json.loads, json.dumps, Jsonb)
_UUID: Final = Kind(UUID, UUID, lambda value: value.hex)
_BINARY: Final = Kind(bytes, lambda text: bytes.fromhex(_BYTES.sub("", text)))
_DURATION: Final = Kind(
    lambda n: timedelta(microseconds=n),
    _duration,
    lambda value: value // timedelta(microseconds=1),
)

# By Django's name of a column's type, and by the word SQLite has for it.
_BY_TYPE: Final = {
    "AutoField": _INTEGER,
    "BigAutoField": _INTEGER,
    "BigIntegerField": _INTEGER,
    "IntegerField": _INTEGER,
    "PositiveBigIntegerField": _INTEGER,
    "PositiveIntegerField": _INTEGER,
    "PositiveSmallIntegerField": _INTEGER,
    "SmallAutoField": _INTEGER,
    "SmallIntegerField": _INTEGER,
    "FloatField": _FLOAT,
    "BooleanField": _BOOLEAN,
    "DateTimeField": _MOMENT,
    "DateField": _DATE,
    "TimeField": _TIME,
    "JSONField": _JSON,
    "UUIDField": _UUID,
    "BinaryField": _BINARY,
    "DurationField": _DURATION,
}
_BY_WORD: Final = {
    "integer": _INTEGER,
    "bigint": _INTEGER,
    "smallint": _INTEGER,
    "bool": _BOOLEAN,
    "datetime": _MOMENT,
    "date": _DATE,
    "real": _FLOAT,
}


def kind_of_field(field: Any) -> Kind:
    """Return the kind of a model's column; a foreign key has that of what it points to."""
    while field.is_relation:
        field = field.target_field
    name = field.get_internal_type()
    return _decimal(field.decimal_places) if name == "DecimalField" else _BY_TYPE.get(name, TEXT)


def kind_of_word(word: str) -> Kind:
    """Return the kind of a column that no model has, by what SQLite calls its type."""
    return _BY_WORD.get(word.lower().split("(")[0].replace(" unsigned", ""), TEXT)


def _decimal(places: int) -> Kind:
    unit = Decimal(1).scaleb(-places)

    def read(value: Any) -> Decimal:
        return Decimal(str(value)).quantize(unit)

    return Kind(read, read, str)


def parse_line(line: str, kinds: list[Kind]) -> list[Any]:
    """Read the line of a row in a dump of PostgreSQL."""
    cells = line.split("\t")
    pairs = zip(cells, kinds, strict=True)
    return [None if cell == r"\N" else kind.from_dump(_plain(cell)) for cell, kind in pairs]


def _plain(cell: str) -> str:
    return _ESCAPED.sub(lambda found: _LETTERS.get(found[1], found[1]), cell)


def comparable(value: Any) -> str:
    """Return a text that is the same for the same value, whichever database it comes from."""
    if isinstance(value, dict | list):
        return json.dumps(_even(value), sort_keys=True)
    return repr(_even(value))


def _even(value: Any) -> Any:
    """Make numbers equal that are equal: PostgreSQL keeps 1e2 in JSON as 100."""
    if isinstance(value, dict):
        return {key: _even(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_even(part) for part in value]
    if isinstance(value, memoryview):
        return bytes(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.astimezone(UTC) if isinstance(value, datetime) else value
