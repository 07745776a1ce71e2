"""From the JSON of a condition to its nodes, and to the answer over the facts of one partner."""

from collections.abc import Mapping, Sequence
from typing import cast

from alpclusters.analysis.funding.case import Territory
from alpclusters.analysis.funding.eligibility.checking import ExpressionError, check_expression
from alpclusters.analysis.funding.eligibility.fields import Field, field_of
from alpclusters.analysis.funding.eligibility.nodes import Branch, Const, Count, Leaf, Node, Scope
from alpclusters.analysis.funding.eligibility.places import Ground, zone_of
from alpclusters.analysis.funding.eligibility.truth import Trace

# --- From the JSON of a condition to its nodes ----------------------------------------------------


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


# --- Evaluate one condition over the facts of one partner, project and offer ----------------------


_NO_SOURCES: Mapping[str, str] = {}


def evaluate(
    expression: object,
    facts: Mapping[str, object],
    territory: Territory,
    *,
    sources: Mapping[str, str] = _NO_SOURCES,
) -> Trace:
    """Judge a condition in three values and say why.

    Parameters
    ----------
    expression : JSON value
        A condition.
    facts : mapping
        ``partner``, ``project`` and ``offer``: mappings from field names to values, days as ISO
        texts; ``partners``: a list of such mappings. What is missing or None is unknown.
        ``offer.place`` of ``site`` lets every site of a partner count as its place.
    territory : Territory
        Codes, recoding and areas.
    sources : mapping of str to str, optional
        Where conditions are from, by JSON Pointer ("" is the whole).

    Returns
    -------
    Trace
        Its ``result`` and the tree of all conditions, each judged, none left out.

    Raises
    ------
    ExpressionError
        The condition has faults; ``faults`` lists them with pointers.

    Notes
    -----
    Kleene's strong logic: a comparison with something unknown is unknown, also ``ne``; ``all`` is
    the least and ``any`` the greatest in false < unknown < true. Only ``known`` is two-valued. One
    walk over the tree; ``count`` walks its condition once for each item.

    References
    ----------
    .. [1] S. C. Kleene, Introduction to Metamathematics (1952), section 64.

    Examples
    --------
    >>> land = Territory({2016: frozenset({"DE", "DE1", "DE11"})})
    >>> asked = {"all": [{"eq": ["partner.size", "small"]}, {"lt": ["partner.turnover_ct", 5]}]}
    >>> evaluate(asked, {"partner": {"size": "small"}}, land).result.letter
    'U'
    """
    ground = Ground(territory)
    return read_node(expression, ground).trace(scope_of(facts, ground), sources)


def scope_of(facts: Mapping[str, object], ground: Ground) -> Scope:
    """Return the scope of facts as mappings; what is no mapping is unknown."""
    records = {
        root: record
        for root in ("partner", "project", "offer")
        if isinstance(record := facts.get(root), Mapping)
    }
    partners = facts.get("partners")
    items = None
    if isinstance(partners, list | tuple):
        items = tuple(one for one in partners if isinstance(one, Mapping))
    by_site = records.get("offer", {}).get("place") == "site"
    return Scope(records, items, ground, by_site)
