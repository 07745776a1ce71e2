"""From the JSON of a condition to its nodes."""

from collections.abc import Mapping, Sequence
from typing import cast

from alpclusters.analysis.funding.eligibility.checking import check_expression
from alpclusters.analysis.funding.eligibility.faults import ExpressionError
from alpclusters.analysis.funding.eligibility.fields import Field, field_of
from alpclusters.analysis.funding.eligibility.nodes import Branch, Const, Count, Leaf, Node
from alpclusters.analysis.funding.eligibility.places import Ground, zone_of


def read_node(expression: object, ground: Ground) -> Node:
    """Read a condition.

    Raises
    ------
    ExpressionError
        It has faults.
    """
    if faults := check_expression(expression):
        raise ExpressionError(faults)
    return _read(cast("Mapping[str, object]", expression), "", ground)


def _read(expression: Mapping[str, object], pointer: str, ground: Ground) -> Node:
    ((op, operand),) = expression.items()
    if op == "const":
        return Const(op, pointer, bool(operand))
    if op in {"all", "any", "not", "atleast"}:
        return _branch(op, operand, pointer, ground)
    if op == "count":
        return _count(_mapping(operand), pointer, ground)
    if op == "known":
        return Leaf(op, pointer, _field(operand), None)
    return _leaf(op, cast("Sequence[object]", operand), pointer, ground)


def _branch(op: str, operand: object, pointer: str, ground: Ground) -> Branch:
    at = f"{pointer}/{op}"
    if op == "not":
        return Branch(op, pointer, 0, (_read(_mapping(operand), at, ground),))
    if op == "atleast":
        terms = _mapping(operand)
        return Branch(op, pointer, _int(terms["n"]), _several(terms["of"], f"{at}/of", ground))
    return Branch(op, pointer, 0, _several(operand, at, ground))


def _count(terms: Mapping[str, object], pointer: str, ground: Ground) -> Count:
    where = _read(_mapping(terms["where"]), f"{pointer}/count/where", ground)
    key = _field(terms["distinct"]) if "distinct" in terms else None
    return Count("count", pointer, _field(terms["of"]), where, _int(terms["ge"]), terms, key)


def _leaf(op: str, pair: Sequence[object], pointer: str, ground: Ground) -> Leaf:
    field, operand = _field(pair[0]), pair[1]
    if op == "within":
        return Leaf(op, pointer, field, operand, zone=zone_of(_mapping(operand), ground.territory))
    if isinstance(operand, Mapping):
        return Leaf(op, pointer, field, operand, other=_field(operand["field"]))
    if isinstance(operand, list | tuple):
        return Leaf(op, pointer, field, operand, wanted=frozenset(operand))
    return Leaf(op, pointer, field, operand)


def _several(value: object, at: str, ground: Ground) -> tuple[Node, ...]:
    parts = cast("Sequence[Mapping[str, object]]", value)
    return tuple(_read(part, f"{at}/{index}", ground) for index, part in enumerate(parts))


def _field(path: object) -> Field:
    return cast("Field", field_of(str(path)))


def _mapping(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value)


def _int(value: object) -> int:
    return cast("int", value)
