"""A second, smaller evaluator of eligibility; it shares nothing with the first.

What it cannot read it calls open, so that nothing passes that was not understood.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

from alpclusters.analysis.funding.case.territory import Territory
from alpclusters.analysis.funding.check.places import inside, zone_of
from alpclusters.analysis.funding.check.values import NO, OPEN, YES, reached, told

type Record = Mapping[str, object]
type Records = Mapping[str, object]
type Judge = Callable[["Asked", object], int]

_COMPARED: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "eq": eq,
    "ne": ne,
    "lt": lt,
    "le": le,
    "gt": gt,
    "ge": ge,
}
_SITES: Final = "sites[*]."


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose facts are asked: records by name (partner, project, offer, it), and the territory."""

    records: Records
    territory: Territory

    def record(self, name: str) -> Record:
        """Return a record by its name, empty where there is none."""
        found = self.records.get(name)
        return found if isinstance(found, Mapping) else {}

    def with_item(self, item: Record) -> "Asked":
        """Return the same with the item of a count."""
        return Asked({**self.records, "it": item}, self.territory)


def holds(expression: object, records: Records, territory: Territory) -> int:
    """Judge a condition: NO, OPEN or YES (Kleene's strong logic, method's paper 3).

    Parameters
    ----------
    expression : JSON value
        A condition of the eligibility language.
    records : mapping
        ``partner``, ``project``, ``offer``: mappings of facts; ``partners``: a list of such.
    territory : Territory
        Codes, recoding, areas.

    Returns
    -------
    int
        0 no, 1 open, 2 yes.
    """
    return _holds(Asked(records, territory), expression)


def _holds(asked: Asked, expression: object) -> int:
    if not isinstance(expression, Mapping) or len(expression) != 1:
        return OPEN
    ((op, operand),) = expression.items()
    if op in _COMPARED:
        return _compared(asked, str(op), operand)
    judge = _JUDGES.get(str(op))
    return judge(asked, operand) if judge else OPEN


def _all(asked: Asked, operand: object) -> int:
    return min((_holds(asked, one) for one in _listed(operand)), default=YES)


def _any(asked: Asked, operand: object) -> int:
    return max((_holds(asked, one) for one in _listed(operand)), default=NO)


def _not(asked: Asked, operand: object) -> int:
    return YES - _holds(asked, operand)


def _const(_asked: Asked, operand: object) -> int:
    return told(operand is True)


def _known(asked: Asked, operand: object) -> int:
    return told(_value(asked, operand) is not None)


def _atleast(asked: Asked, operand: object) -> int:
    terms = _mapped(operand)
    values = [_holds(asked, one) for one in _listed(terms.get("of"))]
    return reached(values.count(YES), len(values) - values.count(NO), _whole(terms.get("n")))


def _compared(asked: Asked, op: str, operand: object) -> int:
    path, wanted = _pair(operand)
    value = _value(asked, path)
    other = _value(asked, wanted.get("field")) if isinstance(wanted, Mapping) else wanted
    if not _alike(value, other):
        return OPEN
    return told(_COMPARED[op](value, other))


def _in(asked: Asked, operand: object) -> int:
    path, wanted = _pair(operand)
    value, among = _value(asked, path), _listed(wanted)
    if not _alike(value, among[0] if among else value):
        return OPEN
    return told(value in among)


def _hasany(asked: Asked, operand: object) -> int:
    has, wanted = _words(asked, operand)
    return OPEN if has is None else told(bool(has & wanted))


def _hasall(asked: Asked, operand: object) -> int:
    has, wanted = _words(asked, operand)
    return OPEN if has is None else told(wanted <= has)


def _within(asked: Asked, operand: object) -> int:
    path, wanted = _pair(operand)
    zone = zone_of(_mapped(wanted), asked.territory)
    places = _places(asked, str(path))
    return max((inside(*place, zone, asked.territory) for place in places), default=NO)


def _count(asked: Asked, operand: object) -> int:
    terms = _mapped(operand)
    items = _items(asked, str(terms.get("of")))
    if items is None:
        return OPEN
    inner = [asked.with_item(item) for item in items]
    values = [_holds(one, terms.get("where")) for one in inner]
    wanted = _whole(terms.get("ge"))
    if "distinct" not in terms:
        return reached(values.count(YES), len(values) - values.count(NO), wanted)
    keys = [_key(_value(one, terms["distinct"])) for one in inner]
    sure = {key for key, value in zip(keys, values, strict=True) if value == YES}
    may = [key for key, value in zip(keys, values, strict=True) if value != NO]
    return reached(len(sure - {None}), len(set(may) - {None}) + may.count(None), wanted)


_JUDGES: Final[Mapping[str, Judge]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "const": _const,
    "known": _known,
    "atleast": _atleast,
    "in": _in,
    "hasany": _hasany,
    "hasall": _hasall,
    "within": _within,
    "count": _count,
}


def _alike(value: object, other: object) -> bool:
    """Say whether two values can be compared: texts, whole numbers, or a yes and a no."""
    return isinstance(value, str | int) and type(value) is type(other)


def _key(value: object) -> str | int | None:
    return value if isinstance(value, str | int) else None


def _value(asked: Asked, path: object) -> object:
    """Return what a path finds; None where nothing is said."""
    root, _, name = str(path).partition(".")
    record = asked.record(root)
    if not name.startswith(_SITES):
        return record.get(name)
    sites = record.get("sites")
    return None if sites is None else tuple(_mapped(s).get("nuts") for s in _listed(sites))


def _places(asked: Asked, path: str) -> list[tuple[object, object]]:
    """Return the places of a path: sites, the seat, or both where the offer takes any site."""
    root, _, name = path.partition(".")
    record = asked.record(root)
    sites = [(_mapped(s).get("nuts"), _mapped(s).get("vintage")) for s in _sites(record)]
    if name.startswith(_SITES):
        return [*sites]
    seat = (record.get("nuts"), record.get("vintage"))
    return [seat, *sites] if asked.record("offer").get("place") == "site" else [seat]


def _sites(record: Record) -> Sequence[object]:
    sites = record.get("sites")
    return ({},) if sites is None else _listed(sites)


def _items(asked: Asked, path: str) -> list[Record] | None:
    """Return what a count goes through, None where the list is missing."""
    root, _, name = path.partition(".")
    found = asked.record(root).get(name) if name else asked.records.get(root)
    if not isinstance(found, list | tuple):
        return None
    return [item for item in found if isinstance(item, Mapping)]


def _words(asked: Asked, operand: object) -> tuple[frozenset[str] | None, frozenset[str]]:
    path, wanted = _pair(operand)
    value = _value(asked, path)
    has = _strings(value) if isinstance(value, list | tuple) else None
    return has, _strings(_listed(wanted))


def _strings(values: Sequence[object]) -> frozenset[str]:
    return frozenset(value for value in values if isinstance(value, str))


def _pair(operand: object) -> tuple[object, object]:
    several = _listed(operand)
    return (several[0], several[1]) if len(several) == 2 else ("", None)  # noqa: PLR2004 - a pair


def _listed(operand: object) -> Sequence[object]:
    return operand if isinstance(operand, list | tuple) else ()


def _mapped(operand: object) -> Record:
    return operand if isinstance(operand, Mapping) else {}


def _whole(operand: object) -> int:
    return operand if isinstance(operand, int) else 0
