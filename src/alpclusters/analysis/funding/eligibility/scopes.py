"""Whose fields a condition asks: the partner, the project, the offer, the item of a count."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.funding.eligibility.fields import Field
from alpclusters.analysis.funding.eligibility.places import Ground, Place

# Under this key a record names the fields that were put in to try them out.
FILLED: Final = "\0filled"

type Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose fields are asked: records by root, their names for the trace, and the ground."""

    records: Mapping[str, Record]
    items: tuple[Record, ...] | None
    ground: Ground
    by_site: bool = False
    it: str = "it"

    def bound(self, item: Record, name: str) -> "Scope":
        """Return the scope inside a count, for one item."""
        records = {**self.records, "it": item}
        return Scope(records, self.items, self.ground, self.by_site, name)

    def named(self, field: Field) -> str:
        """Return a field's path as it is asked here."""
        return f"{self.it}.{field.name}" if field.root == "it" else field.path


def value_of(scope: Scope, field: Field) -> object:
    """Return what the case says of a field, None where it says nothing."""
    record = scope.records.get(field.root)
    if record is None:
        return None
    if "[" not in field.name:
        return record.get(field.name)
    sites = record.get("sites")
    return tuple(code for code, _ in _sites(sites)) if sites is not None else None


def is_missing(scope: Scope, field: Field) -> bool:
    """Say whether the case says nothing of a field; a code without its vintage says nothing."""
    if field.path == "partners":
        return scope.items is None
    return value_of(scope, field) is None or (
        field.type == "code" and any(vintage is None for _, vintage in places(scope, field))
    )


def is_filled(scope: Scope, field: Field) -> bool:
    """Say whether a value was put in to try it out and is not known."""
    filled = scope.records.get(field.root, {}).get(FILLED, ())
    return isinstance(filled, frozenset) and field.name in filled


def places(scope: Scope, field: Field) -> list[Place]:
    """Return the places that count: sites, the seat, or both where the offer takes any site."""
    record = scope.records.get(field.root, {})
    sites = record.get("sites")
    if "[" in field.name:
        return _sites(sites) if sites is not None else [(None, None)]
    seat = _place(record)
    if not scope.by_site:
        return [seat]
    return [seat, *(_sites(sites) if sites is not None else [(None, None)])]


def items(scope: Scope, field: Field) -> list[Scope] | None:
    """Return the scopes of the items that a count goes through; None where the list is missing."""
    if field.path == "partners":
        if scope.items is None:
            return None
        return [scope.bound(one, name_of(scope, one, at)) for at, one in enumerate(scope.items)]
    sites = scope.records.get(field.root, {}).get("sites")
    if sites is None:
        return None
    owner = scope.it if field.root == "it" else field.root
    return [
        scope.bound({"nuts": code, "vintage": vintage}, f"{owner}.sites[{at}]")
        for at, (code, vintage) in enumerate(_sites(sites))
    ]


def name_of(scope: Scope, item: Record, at: int) -> str:
    """Name a partner: ``partner`` where it is the judged one, else by its id or position."""
    judged = scope.records.get("partner")
    own = item.get("id")
    if judged is not None and (item is judged or (own is not None and own == judged.get("id"))):
        return "partner"
    return f"partners[{at if own is None else own}]"


def _place(record: Record) -> Place:
    code, vintage = record.get("nuts"), record.get("vintage")
    return (
        code if isinstance(code, str) else None,
        vintage if isinstance(vintage, int) and not isinstance(vintage, bool) else None,
    )


def _sites(value: object) -> list[Place]:
    if not isinstance(value, list | tuple):
        return []
    return [_place(one) for one in value if isinstance(one, Mapping)]
