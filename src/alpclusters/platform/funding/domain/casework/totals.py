"""Sums of a case's costs, and its lines as people wrote them: one entry over several quarters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from alpclusters.platform.funding.domain.casework.documents import Item

# What the parts of one entry share.
SHARED: Final = (
    "partner",
    "wp",
    "category",
    "economic",
    "article",
    "place",
    "outside",
    "bonuses",
)


@dataclass(frozen=True, slots=True)
class Totals:
    """Cents by partner, category, work package and quarter; those without costs are left out."""

    total_ct: int
    by_partner: Mapping[str, int]
    by_category: Mapping[str, int]
    by_package: Mapping[str, int]
    by_period: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A cost as it was entered: its parts lie in quarters that follow each other."""

    key: str
    lines: tuple[Item, ...]

    @property
    def first(self) -> Item:
        """The part that stands for what all share."""
        return self.lines[0]

    @property
    def cost_ct(self) -> int:
        """All parts together."""
        return sum(line["cost_ct"] for line in self.lines)

    @property
    def start(self) -> int:
        """The first quarter."""
        return int(self.lines[0]["period"])

    @property
    def end(self) -> int:
        """The last quarter."""
        return int(self.lines[-1]["period"])

    @property
    def is_even(self) -> bool:
        """Say whether the parts are what splitting the sum gives."""
        return [line["cost_ct"] for line in self.lines] == split(self.cost_ct, len(self.lines))


def split(amount_ct: int, n: int) -> list[int]:
    """Split an amount evenly; the remainder of cents goes into the last part.

    Examples
    --------
    >>> split(100_00, 3)
    [3333, 3333, 3334]
    """
    part = amount_ct // n
    return [part] * (n - 1) + [amount_ct - part * (n - 1)]


def totals_of(document: Mapping[str, Any]) -> Totals:
    """Add up the costs of a case."""
    lines = document.get("lines", [])
    return Totals(
        total_ct=sum(line["cost_ct"] for line in lines),
        by_partner=_summed(lines, "partner"),
        by_category=_summed(lines, "category"),
        by_package=_summed(lines, "wp"),
        by_period=_summed(lines, "period"),
    )


def entries_of(document: Mapping[str, Any]) -> list[Entry]:
    """Return the lines of a case as entries, in the order of the document."""
    groups = groupby(document.get("lines", []), key=_entry_key)
    return [entry for _key, lines in groups for entry in _entries(list(lines))]


def entry_of(document: Mapping[str, Any], key: str) -> Entry | None:
    """Return the entry with a key, or None."""
    return next((entry for entry in entries_of(document) if entry.key == key), None)


def _entry_key(line: Mapping[str, Any]) -> tuple[Any, ...]:
    shared = tuple(repr(line.get(name)) for name in SHARED)
    return (stem_of(line["id"]), *shared)


def stem_of(key: str) -> str:
    """Return what the parts of one entry are called: ``L3-2`` is a part of ``L3``."""
    stem, dash, number = key.rpartition("-")
    return stem if dash and number.isdecimal() else key


def _entries(lines: Sequence[Item]) -> Iterable[Entry]:
    """Take lines with one stem as one entry if their quarters follow each other, else singly."""
    is_chain = all(line["period"] == lines[0]["period"] + place for place, line in enumerate(lines))
    if len(lines) > 1 and is_chain:
        return [Entry(stem_of(lines[0]["id"]), tuple(lines))]
    return [Entry(line["id"], (line,)) for line in lines]


def _summed(lines: Iterable[Mapping[str, Any]], name: str) -> dict[Any, int]:
    sums: dict[Any, int] = defaultdict(int)
    for line in lines:
        sums[line[name]] += line["cost_ct"]
    return dict(sums)
