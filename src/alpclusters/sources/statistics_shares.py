"""Shares of groups, such as sectors, from a table of official statistics."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.errors import RecordError, Where
from alpclusters.sources.statistics_tables import WHOLE, StatisticsTable

UNIT: Final = "unit"
# Units of figures per head or per hundred: shares of their sum would say nothing.
_RATIO: Final = re.compile(r"PC(_.*)?|RT(_.*)?|(.*_)?HAB(_.*)?|P_.*|PPS_HAB.*|AVG.*")
_NACE: Final = "nace"
_SECTIONS: Final = re.compile(r"([A-U])(?:([-_])([A-U]))?")
_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class GroupShares:
    """How large groups are in some places together.

    Attributes
    ----------
    shares : mapping of str to float
        Per value of the dimension; they add up to 1.
    missing : tuple of str
        Values without a figure in one of the places; they are in no share.
    flags : mapping of str to str
        What the office says of the figures of a value: ``u`` unreliable, ``b`` break.
    """

    shares: Mapping[str, float]
    missing: tuple[str, ...]
    flags: Mapping[str, str]


def require_count(unit: str) -> None:
    """Refuse a unit of which shares cannot be made.

    Raises
    ------
    RecordError
        ``statistics.no_count``.
    """
    if _RATIO.fullmatch(unit):
        raise RecordError("statistics.no_count", found=unit)


def group_shares(
    table: StatisticsTable,
    by: str,
    *,
    places: Sequence[str],
    year: str,
    chosen: Mapping[str, str],
    groups: Sequence[str] = (),
) -> GroupShares:
    """Sum the places and divide each group by the sum of all groups.

    Parameters
    ----------
    table : StatisticsTable
    by : str
        The dimension whose values are the groups, such as ``nace_r2``.
    places : sequence of str
        As the table calls them; parts of a place are not summed.
    year : str
    chosen : mapping of str to str
        One value of every other dimension.
    groups : sequence of str
        Empty: the sections of an industry classification, joined ones where no single ones are;
        in others all values that are not the whole.

    Raises
    ------
    RecordError
        ``statistics.no_count`` for figures per head; ``statistics.too_few_groups`` where fewer
        than two groups have figures.
    """
    require_count(chosen.get(UNIT, ""))
    figures = {
        value: table.figures(year, {**chosen, by: value}) for value in groups or _parts(table, by)
    }
    sums: dict[str, float] = {}
    flags: dict[str, str] = {}
    for value, of in figures.items():
        found = [of[place] for place in places if place in of]
        known = [one.value for one in found if one.value is not None]
        if len(known) == len(places):
            sums[value] = sum(known)
            flags[value] = " ".join(sorted({one.flag for one in found} - {""}))
    total = sum(sums.values())
    if len(sums) < _LEAST or not total:
        where = Where(field=by)
        raise RecordError("statistics.too_few_groups", where=where, found=str(len(sums)))
    return GroupShares(
        {value: one / total for value, one in sums.items()},
        tuple(value for value in figures if value not in sums),
        {value: flag for value, flag in flags.items() if flag},
    )


def _parts(table: StatisticsTable, by: str) -> list[str]:
    values = table.choices[by]
    if by.startswith(_NACE):
        return _sections(values)
    return [value for value in values if value not in WHOLE]


def _sections(values: Sequence[str]) -> list[str]:
    """Return sections of the industry classification, joined ones where no single ones are.

    Examples
    --------
    >>> _sections(["A", "B-E", "C", "C10", "G-I", "M_N", "TOTAL"])
    ['A', 'C', 'G-I', 'M_N']
    """
    letters = {value: _letters(value) for value in values}
    chosen: list[str] = []
    covered: set[str] = set()
    for value in sorted(values, key=lambda one: (len(letters[one]), one)):
        if letters[value] and not covered & letters[value]:
            chosen.append(value)
            covered |= letters[value]
    return sorted(chosen)


def _letters(value: str) -> set[str]:
    match = _SECTIONS.fullmatch(value)
    if not match:
        return set()
    first, joined, last = match.groups()
    if joined == "-":
        return {chr(code) for code in range(ord(first), ord(last) + 1)}
    return {first, last or first}
