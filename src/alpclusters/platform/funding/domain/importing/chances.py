"""How an offer is awarded and its chance as cells of a table, out of its terms and back."""

from collections.abc import Mapping
from typing import Any, Final

AWARD: Final = "award"
_PREFIX: Final = "success_"
_SUCCESS: Final = ("granted", "applied", "share_bp", "source", "checked_on")
CHANCE_CELLS: Final = (AWARD, *(f"{_PREFIX}{name}" for name in _SUCCESS))


def chance_cells(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells of an offer; None where its terms say nothing.

    Examples
    --------
    >>> chance_cells({"success": {"share_bp": 1200, "source": "Report"}})["success_share_bp"]
    1200
    """
    success = terms.get("success") or {}
    found = {f"{_PREFIX}{name}": success.get(name) for name in _SUCCESS}
    return {AWARD: terms.get(AWARD), **found}


def chance_terms(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the terms that the cells of a row say; without any of them nothing.

    Examples
    --------
    >>> chance_terms({"award": "competitive", "success_share_bp": 1200})
    {'award': 'competitive', 'success': {'share_bp': 1200}}
    """
    said = {name: fields[name] for name in CHANCE_CELLS if fields.get(name) not in (None, "")}
    success = {name.removeprefix(_PREFIX): value for name, value in said.items() if name != AWARD}
    award = {AWARD: said[AWARD]} if AWARD in said else {}
    return {**award, "success": success} if success else award
