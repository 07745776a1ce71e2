"""The format of cases as JSON Schema 2020-12, made from the shapes that the reader uses."""

from collections.abc import Callable, Mapping
from typing import Final

from alpclusters.analysis.funding.case_files import shapes as s
from alpclusters.analysis.funding.case_files.format import CASE, SHAPES
from alpclusters.analysis.funding.case_files.shapes import day_pattern

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

type Schema = dict[str, object]


def case_schema() -> Schema:
    """Return the JSON Schema of a case.

    Parameters
    ----------
    None
        The format is one.

    Returns
    -------
    dict
        A schema of the dialect 2020-12; no object may have members that it does not name. What a
        schema cannot say (references, windows, links, known codes) the reader checks beyond it.

    Examples
    --------
    >>> schema = case_schema()
    >>> schema["title"], schema["additionalProperties"]
    ('alpclusters-case/1', False)
    """
    return {
        "$schema": DIALECT,
        "title": "alpclusters-case/1",
        **_schema(CASE),
        "$defs": {name: _schema(shape) for name, shape in SHAPES.items()},
    }


def _schema(shape: s.Shape) -> Schema:
    return _WRITERS[type(shape)](shape)


def _text(shape: s.Text) -> Schema:
    return {
        "type": "string",
        "minLength": shape.shortest,
        "maxLength": shape.longest,
        "pattern": shape.pattern,
    }


def _day(shape: s.Day) -> Schema:
    return {"type": "string", "format": "date", "pattern": day_pattern(shape)}


def _one_of(shape: s.OneOf) -> Schema:
    kind = "integer" if isinstance(shape.values[0], int) else "string"
    return {"type": kind, "enum": list(shape.values)}


def _list(shape: s.ListOf) -> Schema:
    return {
        "type": "array",
        "items": _schema(shape.item),
        "minItems": shape.shortest,
        "maxItems": shape.longest,
    }


def _tuple(shape: s.TupleOf) -> Schema:
    return {
        "type": "array",
        "prefixItems": [_schema(item) for item in shape.items],
        "items": False,
        "minItems": len(shape.items),
    }


def _map(shape: s.MapOf) -> Schema:
    return {
        "type": "object",
        "propertyNames": _text(shape.key),
        "additionalProperties": _schema(shape.value),
        "maxProperties": shape.longest,
    }


def _members(shape: s.Members) -> Schema:
    return {
        "type": "object",
        "properties": {name: _member(member) for name, member in shape.members.items()},
        "required": [name for name, member in shape.members.items() if member.is_required],
        "additionalProperties": False,
    }


def _member(member: s.Member) -> Schema:
    schema = _schema(member.shape)
    return {"anyOf": [schema, {"type": "null"}]} if member.is_nullable else schema


def _one_member(shape: s.OneMember) -> Schema:
    return {
        "type": "object",
        "properties": {name: _schema(member) for name, member in shape.members.items()},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }


_WRITERS: Final[Mapping[type, Callable[..., Schema]]] = {
    s.Text: _text,
    s.Day: _day,
    s.Whole: lambda shape: {"type": "integer", "minimum": shape.low, "maximum": shape.high},
    s.Fraction: lambda shape: {"type": "number", "minimum": shape.low, "maximum": shape.high},
    s.Flag: lambda _: {"type": "boolean"},
    s.Null: lambda _: {"type": "null"},
    s.OneOf: _one_of,
    s.ListOf: _list,
    s.TupleOf: _tuple,
    s.MapOf: _map,
    s.Members: _members,
    s.OneMember: _one_member,
    s.Choice: lambda shape: {"anyOf": [_schema(one) for one in shape.shapes]},
    s.Named: lambda shape: {"$ref": f"#/$defs/{shape.name}"},
}
