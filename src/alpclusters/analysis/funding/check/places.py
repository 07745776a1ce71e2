"""Whether a place lies in a territory, for the checker."""

from collections.abc import Mapping, Sequence
from typing import Final

from alpclusters.analysis.funding.case.territory import Territory
from alpclusters.analysis.funding.check.values import NO, OPEN, YES

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
    values = {_holds(target, zone) for target in targets}
    return values.pop() if len(values) == 1 else OPEN


def _holds(code: str, zone: Zone) -> int:
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
