"""A second, smaller evaluator of eligibility; it shares nothing with the first."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

from alpclusters.analysis.funding.case import Case, Offer, Partner, Territory

# --- The three values of a condition, as the checker counts them ----------------------------------


# Ordered: all is the least, any the greatest (Kleene).
NO: Final = 0
OPEN: Final = 1
YES: Final = 2


def told(is_so: bool) -> int:  # noqa: FBT001 - turns a yes or no into a value
    """Return a plain yes or no as a value."""
    return YES if is_so else NO


def reached(least: int, most: int, wanted: int) -> int:
    """Return whether a count between two bounds reaches what is wanted."""
    if least >= wanted:
        return YES
    return OPEN if most >= wanted else NO


# --- Whether a place lies in a territory, for the checker -----------------------------------------


type Zone = tuple[tuple[str, ...], tuple[str, ...], int]
_NOWHERE: Final[Zone] = ((), (), 0)


def zone_of(operand: Mapping[str, object], territory: Territory) -> Zone:
    """Read a territory: included codes, excepted codes, vintage; empty where it is unknown."""
    if "area" in operand:
        area = territory.areas.get(str(operand["area"]))
        return (tuple(area.codes), (), area.vintage) if area else _NOWHERE
    included, excepted = operand.get("nuts"), operand.get("except", ())
    vintage = operand.get("vintage")
    if not (isinstance(included, list | tuple) and isinstance(vintage, int)):
        return _NOWHERE
    left_out = excepted if isinstance(excepted, list | tuple) else ()
    return tuple(map(str, included)), tuple(map(str, left_out)), vintage


def inside(code: object, vintage: object, zone: Zone, territory: Territory) -> int:
    """Say whether a code of one vintage lies in a zone of another.

    A code that became several is inside only if all of them are, outside only if none is.
    """
    if not isinstance(code, str) or not isinstance(vintage, int) or zone == _NOWHERE:
        return OPEN
    targets = territory.recoded(code, vintage, zone[2])
    values = {_places_holds(target, zone) for target in targets}
    return values.pop() if len(values) == 1 else OPEN


def _places_holds(code: str, zone: Zone) -> int:
    included, excepted, _ = zone
    if _below(code, excepted):
        return NO
    if _below(code, included):
        return OPEN if _above(code, excepted) else YES
    return OPEN if _above(code, included) else NO


def _below(code: str, others: Sequence[str]) -> bool:
    return any(code[: len(other)] == other for other in others)


def _above(code: str, others: Sequence[str]) -> bool:
    return any(len(other) > len(code) and other[: len(code)] == code for other in others)


# --- What conditions may ask of a case: its partners, its project, an offer -----------------------


type Facts = Mapping[str, object]


def partner_facts(case: Case) -> Mapping[str, Facts]:
    """Return the facts of each partner by its id; what the format has stands above own facts."""
    sizes = {undertaking.id: undertaking.size for undertaking in case.undertakings}
    return {p.id: {**_own(p), **_fixed(p), "size": sizes.get(p.undertaking)} for p in case.partners}


def project_facts(case: Case) -> Facts:
    """Return the facts of the project; what the case states itself stands above the computed."""
    first, last = case.periods.start, case.periods.last_day(case.periods.count - 1)
    themes = {theme for package in case.work_packages for theme in package.themes}
    stated = {name: value for name, value in case.project.items() if value is not None}
    return {
        "start": first.isoformat(),
        "end": last.isoformat(),
        "months": 12 * (last.year - first.year) + last.month - first.month + 1,
        "total_cost_ct": sum(line.cost_ct for line in case.lines),
        "themes": tuple(sorted(themes)),
        "categories": tuple(sorted({line.category for line in case.lines})),
        **stated,
    }


def offer_facts(offer: Offer) -> Facts:
    """Return what a condition may ask of its offer."""
    return {
        "programme": offer.programme,
        "level": offer.level,
        "origin": offer.origin,
        "grants_from": offer.grants_from,
        "place": offer.place,
        "cap_ct": offer.cap_ct,
        "opens": _day(offer.opens),
        "closes": _day(offer.closes),
        "applied_on": _day(offer.applied_on),
        "decided_on": _day(offer.decided_on),
        "grant_date": _day(offer.grant_date),
    }


def _own(partner: Partner) -> Facts:
    return {name: value for name, value in partner.facts.items() if value is not None}


def _fixed(partner: Partner) -> Facts:
    return {
        "id": partner.id,
        "kind": partner.kind,
        "nuts": partner.nuts,
        "vintage": partner.vintage,
        "sites": tuple({"nuts": code, "vintage": vintage} for code, vintage in partner.sites),
        "country": partner.country,
        "lead": partner.lead,
        "own_ct": partner.own_ct,
        "credit_ct": partner.credit_ct,
        "vat_recoverable": partner.vat_recoverable,
    }


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


# --- A second, smaller evaluator of eligibility; it shares nothing with the first -----------------
#
# What it cannot read it calls open, so that nothing passes that was not understood.


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
    return _conditions_holds(Asked(records, territory), expression)


def _conditions_holds(asked: Asked, expression: object) -> int:
    if not isinstance(expression, Mapping) or len(expression) != 1:
        return OPEN
    ((op, operand),) = expression.items()
    if op in _COMPARED:
        return _compared(asked, str(op), operand)
    judge = _JUDGES.get(str(op))
    return judge(asked, operand) if judge else OPEN


def _all(asked: Asked, operand: object) -> int:
    return min((_conditions_holds(asked, one) for one in _listed(operand)), default=YES)


def _any(asked: Asked, operand: object) -> int:
    return max((_conditions_holds(asked, one) for one in _listed(operand)), default=NO)


def _not(asked: Asked, operand: object) -> int:
    return YES - _conditions_holds(asked, operand)


def _const(_asked: Asked, operand: object) -> int:
    return told(operand is True)


def _known(asked: Asked, operand: object) -> int:
    return told(_value(asked, operand) is not None)


def _atleast(asked: Asked, operand: object) -> int:
    terms = _mapped(operand)
    values = [_conditions_holds(asked, one) for one in _listed(terms.get("of"))]
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
    values = [_conditions_holds(one, terms.get("where")) for one in inner]
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
