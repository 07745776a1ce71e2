"""What is published of one question and of its second round, as statements and marks."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from alpclusters.analysis.disclosure.answers import CHANGE, PAIR, STANDING, Block, is_judgement
from alpclusters.analysis.disclosure.statements import (
    FEWEST,
    WITHHELD,
    Form,
    Mark,
    People,
    Public,
    Statement,
    at_least_statement,
    band_statements,
    count_statements,
    weighted,
    weights_in,
    weights_of,
)
from alpclusters.analysis.scales import bands_of

# --- The second round: how many lowered, kept and raised their answer, and by how much on average


PAIRED_FROM: Final = 10
MEAN_STEP: Final = 0.1


def publish_change(
    block: Block, people: People, *, release: str
) -> tuple[Form, tuple[Public, ...]]:
    """Say how answers changed between two rounds, if enough people answered twice.

    Ten must have judged in both rounds, nobody or at least five in one of them only, and not all
    or all but one may have changed alike. Said are the numbers of those who lowered, kept and
    raised their answer, and the mean change to one decimal.

    Parameters
    ----------
    block : Block
        Of pairs (before, after).
    people : frozenset of int
    release : str

    Returns
    -------
    form : {"bands", "withheld"}
    public : tuple of Statement or Mark

    Examples
    --------
    >>> pairs = [(a, b) for a in (3, 4) for b in (3, 4)]
    >>> block = Block.of("clarity", pairs * 4, values=pairs)
    >>> publish_change(block, frozenset(range(16)), release="r")[0]
    'bands'
    """

    def said(change: Callable[[int], int], low: float | None = None, high: float = 0) -> Statement:
        weights = tuple(change(_step(v)) if _is_paired(v) else 0 for v in block.values)  # type: ignore[arg-type]
        n = weighted(block, people, weights)
        least, most = (n, n) if low is None else (low, high)
        return Statement(block.key, people, weights, least, most, release)

    paired = said(lambda _: 1)
    directions = [
        said(lambda step: int(step < 0)),
        said(lambda step: int(step == 0)),
        said(lambda step: int(step > 0)),
    ]
    once = [_once(block, people, part, release) for part in (0, 1)]
    n = int(paired.low)
    is_alike = any(one.low >= n - 1 for one in directions)
    if n >= PAIRED_FROM and not is_alike and all(one.low == 0 or one.low >= FEWEST for one in once):
        total = said(lambda step: step).low
        mean = round(total / n / MEAN_STEP) * MEAN_STEP
        low, high = (n * (mean + side * MEAN_STEP / 2) for side in (-1, 1))
        return "bands", (paired, *directions, said(lambda step: step, low, high))
    alternatives = [
        _between(paired, 0, PAIRED_FROM - 1),
        *(_between(one, 1, FEWEST - 1) for one in once),
        *(said(lambda step, s=sign: int(_sign(step) != s), 0, 1) for sign in (-1, 0, 1)),  # type: ignore[misc]
    ]
    return "withheld", (Mark(block.key, tuple(alternatives), release),)


def _is_paired(value: object) -> bool:
    return isinstance(value, tuple) and all(is_judgement(part) for part in value)


def _step(value: tuple[int, int]) -> int:
    before, after = value
    return int(after) - int(before)


def _sign(step: int) -> int:
    return (step > 0) - (step < 0)


def _once(block: Block, people: People, part: int, release: str) -> Statement:
    """Return how many judged in this round and not in the other."""
    own, other = block.part(part), block.part(1 - part)
    weights = tuple(
        int(is_judgement(one) and not is_judgement(two))
        for one, two in zip(own, other, strict=True)
    )
    n = weighted(block, people, weights)
    return Statement(block.key, people, weights, n, n, release)


def _between(one: Statement, low: int, high: int) -> Statement:
    return Statement(one.block, one.people, one.weights, low, high, one.release)


# --- What is published of one question, and which statements and marks that makes -----------------


COUNTS_FROM: Final = 10
"""Below this many judgements of everybody, three bands (below, in, above the middle), no counts."""
GROUPS_FROM: Final = 20
"""People from whom on groups are shown."""
HIGH: Final = 0.9
HIGH_FROM: Final = 20
"""Below this many judgements, "90 % or more" would say "all, or all but one"."""


@dataclass(frozen=True, slots=True)
class BlockForm:
    """How one question is shown.

    Attributes
    ----------
    block : hashable
    part : int
        Of pairs, the answer that stands (``STANDING``) or the change (``CHANGE``); else 0.
    everyone : {"counts", "bands", "high", "withheld"}
    splits : tuple of {"counts", "bands", "high", "withheld"}
        One per split, in their order; the same form in all groups of a split.
    is_alike : bool
        Whether rule U made a form coarser; for the inside, no part of what is public.
    """

    block: Hashable
    part: int
    everyone: Form
    splits: tuple[Form, ...]
    is_alike: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Published:
    """A question as it is public: forms, statements and marks; two worlds compare by it."""

    forms: tuple[BlockForm, ...]
    public: tuple[Public, ...]


def publish_block(
    block: Block, everyone: Iterable[int], splits: Sequence[Sequence[People]], *, release: str
) -> Published:
    """Decide the form of a question for everybody and for the groups, and say what it tells.

    Rule U: no value may have all judgements or all but one, in no group that is shown. Of pairs
    the answers that stand are counted, and how many changed theirs (`publish_change`).

    Parameters
    ----------
    block : Block
    everyone : iterable of int
        The people in the public figures.
    splits : sequence of sequences of frozenset of int
        The groups of each split; a split of one group is not shown.
    release : str

    Returns
    -------
    Published

    Examples
    --------
    >>> block = Block.of("clarity", [4] * 9 + [2] * 3, values=(1, 2, 3, 4, 5))
    >>> publish_block(block, range(12), [], release="r").forms[0].everyone
    'counts'
    """
    people = frozenset(everyone)
    shown = [split for split in splits if len(split) > 1] if len(people) >= GROUPS_FROM else []
    forms: list[BlockForm] = []
    public: list[Public] = []
    for part in (STANDING,) if block.n_parts == PAIR else (0,):
        writer = _Writer(block, part, release)
        form = writer.everyone(people)
        by_split = writer.groups(form, shown)
        places = iter(by_split)
        kept = tuple(next(places) if split in shown else WITHHELD for split in splits)
        forms.append(BlockForm(block.key, part, form, kept, is_alike=writer.is_alike))
        public += writer.public
    if block.n_parts == PAIR:
        form, said = publish_change(block, people, release=release)
        forms.append(BlockForm(block.key, CHANGE, form, (WITHHELD,) * len(splits)))
        public += said
    return Published(tuple(forms), tuple(public))


class _Writer:
    """Collects what is said about one part of a question."""

    def __init__(self, block: Block, part: int, release: str) -> None:
        self.block, self.part, self.release = block, part, release
        self.public: list[Public] = []
        self.is_alike = False
        self.judged = [v for v in dict.fromkeys(block.part(part)) if is_judgement(v)]
        steps = sorted(v for v in self.judged if isinstance(v, int | float))
        self.bands: list[list[Hashable]] = [list(band) for band in bands_of(steps)]

    def everyone(self, people: People) -> Form:
        """Say what is said of everybody."""
        if len(people) < FEWEST:
            return "withheld"
        n = self._n(people)
        cells = self._cells(people)
        if not self._is_alike(people, cells) and n >= FEWEST:
            return self._say(people, cells)
        alternatives = [self._few(people), *self._alike(people, cells)]
        if n >= HIGH_FROM and self._high(people):
            return self._say_high([people], alternatives[1:])
        self._mark(alternatives)
        return "withheld"

    def groups(self, everyone: Form, splits: Sequence[Sequence[People]]) -> list[Form]:
        """Say what is said of the groups of every split."""
        if not splits or everyone in ("withheld", "bands"):
            return ["withheld"] * len(splits)
        cells = [[v] for v in self.judged]
        full = [all(self._n(group) >= FEWEST for group in split) for split in splits]
        shown = [group for split, is_full in zip(splits, full, strict=True) if is_full
                 for group in split]  # fmt: skip
        if everyone == "counts" and not any(self._is_alike(group, cells) for group in shown):
            forms: list[Form] = []
            for split, is_full in zip(splits, full, strict=True):
                forms.append("counts" if is_full else self._withhold(split, splits, cells))
                for group in split if is_full else ():
                    self._say(group, cells)
            return forms
        if all(full) and all(self._n(g) >= HIGH_FROM and self._high(g) for g in shown):
            alike = [one for g in shown for one in self._alike(g, cells)]
            return [self._say_high(shown, alike)] * len(splits)
        return [self._withhold(split, splits, cells) for split in splits]

    def _withhold(
        self,
        split: Sequence[People],
        splits: Sequence[Sequence[People]],
        cells: list[list[Hashable]],
    ) -> Form:
        few = [self._few(group) for group in split]
        alike = [one for each in splits for group in each for one in self._alike(group, cells)]
        self._mark([*few, *alike])
        return "withheld"

    def _cells(self, people: People) -> list[list[Hashable]]:
        if min(len(people), self._n(people)) < COUNTS_FROM:
            return [list(band) for band in self.bands]
        return [[value] for value in self.judged]

    def _n(self, people: People) -> int:
        return weighted(self.block, people, weights_of(self.block, is_judgement, part=self.part))

    def _n_in(self, people: People, band: Sequence[Hashable]) -> int:
        weights = weights_in(self.block, band, part=self.part)
        return weighted(self.block, people, weights)

    def _is_alike(self, people: People, cells: Sequence[Sequence[Hashable]]) -> bool:
        n = self._n(people)
        found = n >= FEWEST and any(self._n_in(people, cell) >= n - 1 for cell in cells)
        self.is_alike |= found
        return found

    def _say(self, people: People, cells: Sequence[Sequence[Hashable]]) -> Form:
        if all(len(cell) == 1 for cell in cells):
            self.public += count_statements(
                self.block, people, release=self.release, part=self.part
            )
            return "counts"
        self.public += band_statements(
            self.block, people, cells, release=self.release, part=self.part
        )
        return "bands"

    def _high(self, people: People) -> list[Hashable] | None:
        """Return the band in which at least 90 % of the judgements lie."""
        n = self._n(people)
        bands = (band for band in self.bands if self._n_in(people, band) >= HIGH * n)
        return next(bands, None)

    def _say_high(self, groups: Sequence[People], alike: list[Statement]) -> Form:
        for people in groups:
            n = self._n(people)
            judged = [list(self.judged)]
            told = {"release": self.release, "part": self.part}
            self.public += band_statements(self.block, people, judged, **told)  # type: ignore[arg-type]
            band = self._high(people) or []
            self.public.append(
                at_least_statement(self.block, people, band, n=ceil(HIGH * n), **told)  # type: ignore[arg-type]
            )
        self._mark(alike)
        return "high"

    def _mark(self, alternatives: list[Statement]) -> None:
        self.public.append(Mark(self.block.key, tuple(alternatives), self.release))

    def _few(self, people: People) -> Statement:
        weights = weights_of(self.block, is_judgement, part=self.part)
        return Statement(self.block.key, people, weights, 0, FEWEST - 1, self.release)

    def _alike(self, people: People, cells: Sequence[Sequence[Hashable]]) -> list[Statement]:
        """Return for each cell: at most one judgement lies elsewhere."""
        found = []
        for cell in cells:
            outside = [value for value in self.judged if value not in cell]
            others = weights_in(self.block, outside, part=self.part)
            found.append(Statement(self.block.key, people, others, 0, 1, self.release))
        return found
