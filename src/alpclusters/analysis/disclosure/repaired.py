"""What a repair is asked and what it answers, and which partitions may stand together."""

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Final, Literal

import numpy as np

from alpclusters.analysis.disclosure.answers import IntArray
from alpclusters.analysis.disclosure.partitions import Group, Partition, Tree, partitions
from alpclusters.analysis.disclosure.publishing import BlockForm
from alpclusters.analysis.disclosure.results import Audit
from alpclusters.analysis.disclosure.statements import People, Public, Register

# --- What a repair is asked and what it answers ---------------------------------------------------


type ReasonCode = Literal["merged", "crossed", "dropped", "alike", "late", "passed"]
type StepCode = Literal["cells", "audit", "held", "chosen", "totals", "nothing"]


@dataclass(frozen=True, slots=True)
class Split:
    """A property of people by which figures could be shown, such as role or region.

    Attributes
    ----------
    name : str
    codes : tuple of str or None
        One per person; None: not stated.
    tree : Tree
        What the codes belong to.
    """

    name: str
    codes: tuple[str | None, ...]
    tree: Tree


@dataclass(frozen=True, slots=True)
class ShownSplit:
    """A split as it is shown.

    Attributes
    ----------
    name : str
    partition : Partition
    people : tuple of frozenset of int
        Those of each group, in the order of ``partition.groups``.
    """

    name: str
    partition: Partition
    people: tuple[People, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups."""
        return self.partition.groups


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is shown in a coarser way; the sentence is made elsewhere.

    Attributes
    ----------
    code : {"merged", "crossed", "dropped", "alike", "late", "passed"}
    parameters : mapping of str to object
        ``merged``: split, n_codes, n_small, groups (codes and people of each);
        ``crossed``: split, n_groups; ``dropped``: split, largest (code), n_others;
        ``alike``: block, part, form; ``late``: n; ``passed``: n (answers).
    """

    code: ReasonCode
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Step:
    """What the search did: pairs it passed over, and each that it audited.

    Attributes
    ----------
    code : {"cells", "audit", "held", "chosen", "totals", "nothing"}
        Passed over because of cells that are too small; refused by the audit; single questions
        shown more coarsely; chosen; totals only; not even these.
    n_groups : tuple of int
        Groups of each split.
    n : int
        ``cells``: how many were passed over; ``audit``: how many disclosures it found;
        ``held``: how many questions.
    """

    code: StepCode
    n_groups: tuple[int, ...]
    n: int = 0


@dataclass(frozen=True, slots=True)
class Repair:
    """What may be released; files are written only from this.

    Attributes
    ----------
    everyone : frozenset of int
        The people in the figures: those who answered, without late ones who are too few.
    splits : tuple of ShownSplit
    forms : tuple of BlockForm
    released : tuple of Statement or Mark
        What the release says.
    register : Register
        The same with everything released earlier.
    steps : tuple of Step
    reasons : tuple of Reason
    loss : float
        Bits less than the best partitions tell apart.
    bits : float
        Bits that the chosen partitions tell apart.
    bits_stated : float
        Bits that the stated codes tell apart.
    audit : Audit
        Of the register.
    before : Audit or None
        Of what was public earlier; what it finds cannot be taken back.
    """

    everyone: People
    splits: tuple[ShownSplit, ...]
    forms: tuple[BlockForm, ...]
    released: tuple[Public, ...] = field(repr=False)
    register: Register = field(repr=False)
    steps: tuple[Step, ...]
    reasons: tuple[Reason, ...]
    loss: float
    bits: float
    bits_stated: float
    audit: Audit
    before: Audit | None

    @property
    def is_safe(self) -> bool:
        """Whether the release makes nothing certain that was not before."""
        known = self.before.told if self.before else frozenset()
        return all(one.told <= known for one in self.audit.found)


# --- Which partitions of several splits may stand together, from numbers of people only -----------


MOST_PAIRS: Final = 200_000


class Pairing:
    """Partitions of every split, together, in order of loss."""

    def __init__(
        self,
        splits: Sequence[Split],
        everyone: People,
        *,
        smallest: int,
        cell: int,
        has_groups: bool,
    ) -> None:
        self.splits, self.everyone, self.cell = splits, everyone, cell
        people = sorted(everyone)
        self.sizes = [Counter(split.codes[p] for p in people) for split in splits]
        self.candidates: list[tuple[Partition, ...]] = [
            partitions(n, split.tree, smallest=smallest) if has_groups else (whole_partition(n),)
            for n, split in zip(self.sizes, splits, strict=True)
        ]
        self._merged: dict[tuple[int, Partition], IntArray] = {}

    @property
    def best(self) -> float:
        """Bits of the most telling partitions, whatever their cells."""
        return sum(each[0].bits for each in self.candidates)

    def pairs(self) -> Iterator[tuple[tuple[Partition, ...], int]]:
        """Yield partitions without cells that are too small, and how many were passed over."""
        skipped = 0
        for parts in _in_order(self.candidates):
            if self._has_small_cells(parts):
                skipped += 1
                if skipped > MOST_PAIRS:
                    return
                continue
            yield parts, skipped
            skipped = 0

    def _has_small_cells(self, parts: tuple[Partition, ...]) -> bool:
        merged = [self._merging(at, part) for at, part in enumerate(parts)]
        for one, other in combinations(range(len(parts)), 2):
            cells = merged[one] @ self._crossed[one, other] @ merged[other].T
            if parts[one].is_split and parts[other].is_split and _is_small(cells, self.cell):
                return True
        return False

    @cached_property
    def _crossed(self) -> dict[tuple[int, int], IntArray]:
        """People by code of one split and of another."""
        found = {}
        places = [{code: i for i, code in enumerate(n)} for n in self.sizes]
        for one, other in combinations(range(len(places)), 2):
            cells = np.zeros((len(places[one]), len(places[other])), dtype=np.int64)
            for person in self.everyone:
                codes = (self.splits[at].codes[person] for at in (one, other))
                row, column = (places[at][c] for at, c in zip((one, other), codes, strict=True))
                cells[row, column] += 1
            found[one, other] = cells
        return found

    def _merging(self, at: int, part: Partition) -> IntArray:
        """Return which codes of a split each group of a partition joins."""
        if (at, part) not in self._merged:
            rows = [[int(code in one.codes) for code in self.sizes[at]] for one in part.groups]
            self._merged[at, part] = np.array(rows, dtype=np.int64)
        return self._merged[at, part]


def _is_small(cells: IntArray, least: int) -> bool:
    return bool(((cells > 0) & (cells < least)).any())


def whole_partition(sizes: Mapping[str | None, int]) -> Partition:
    """Return everybody in one group."""
    n = sum(sizes.values())
    return Partition((Group(None, tuple(sizes), n),), 0.0, max(len(sizes) - 1, 0))


def _in_order(candidates: Sequence[Sequence[Partition]]) -> Iterator[tuple[Partition, ...]]:
    """Yield one partition of each list, the most telling together first."""

    def key(places: tuple[int, ...]) -> tuple[float, int, tuple[int, ...]]:
        parts = [each[i] for each, i in zip(candidates, places, strict=True)]
        bits = sum(part.bits for part in parts)
        return -round(bits, 12), sum(part.merges for part in parts), places

    start = (0,) * len(candidates)
    heap, seen = [key(start)], {start}
    while heap:
        places = heapq.heappop(heap)[2]
        yield tuple(each[i] for each, i in zip(candidates, places, strict=True))
        for at in range(len(places)):
            after = (*places[:at], places[at] + 1, *places[at + 1 :])
            if after[at] < len(candidates[at]) and after not in seen:
                seen.add(after)
                heapq.heappush(heap, key(after))
