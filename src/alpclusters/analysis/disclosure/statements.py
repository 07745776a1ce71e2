"""What is public, translated from figures as they are printed into sums and marks."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, isnan
from typing import Final, Literal, Self

import numpy as np

from alpclusters.analysis.disclosure.answers import MISSING, Block, is_judgement
from alpclusters.analysis.errors import NotFiniteError, ScaleError, TooFewError, Where

# --- In which forms a question may be shown, the most telling first -------------------------------


type Form = Literal["counts", "bands", "high", "withheld"]
WITHHELD: Final[Form] = "withheld"
FEWEST: Final = 5
"""Judgements below which nothing is said, of everybody or of a group."""


# --- What is public, translated: sums over groups of people, and marks that depend on answers -----


People = frozenset[int]
WHOLE: Final = 1e-9
"""A bound this close to a whole number is that number."""


@dataclass(frozen=True, slots=True)
class Statement:
    """The sum of the weights of these people's answers lies between two bounds.

    Attributes
    ----------
    block : hashable
        Key of the question.
    people : frozenset of int
        The group.
    weights : tuple of float
        One whole number per value of the block.
    low, high : float
        Closed bounds; kept as whole numbers, rounded inwards, or infinite.
    release : str
        File, version and time in which it is or was public.
    """

    block: Hashable
    people: People
    weights: tuple[float, ...]
    low: float
    high: float
    release: str

    def __post_init__(self) -> None:
        if isnan(self.low) or isnan(self.high):
            raise NotFiniteError("ratings.not_finite", where=Where(argument="low"))
        if any(weight != round(weight) for weight in self.weights):
            raise ScaleError("disclosure.weights_whole", where=Where(argument="weights"))
        object.__setattr__(self, "people", frozenset(self.people))
        object.__setattr__(self, "weights", tuple(int(weight) for weight in self.weights))
        low = self.low if self.low == -inf else ceil(self.low - WHOLE)
        high = self.high if self.high == inf else floor(self.high + WHOLE)
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something public that is there because of the answers: at least one alternative is true.

    "90 % or more" and "withheld" stand where people answered almost alike; whoever knows the
    rule knows that.

    Attributes
    ----------
    block : hashable
    alternatives : tuple of Statement
    release : str
    """

    block: Hashable
    alternatives: tuple[Statement, ...]
    release: str


type Public = Statement | Mark


@dataclass(frozen=True, slots=True)
class Register:
    """Every release that was ever public, also those taken back.

    Attributes
    ----------
    statements : tuple of Statement
    marks : tuple of Mark

    Examples
    --------
    >>> one = Statement("clarity", frozenset({0, 1}), (1, 0), 2, 2, "table 1")
    >>> register = Register().add([one]).add([one])
    >>> len(register.statements), register.releases
    (1, ('table 1',))
    """

    statements: tuple[Statement, ...] = ()
    marks: tuple[Mark, ...] = ()

    def add(self, release: Iterable[Public]) -> Self:
        """Return the register with one release more; nothing is ever taken out."""
        new = list(release)
        statements = (*self.statements, *(one for one in new if isinstance(one, Statement)))
        marks = (*self.marks, *(one for one in new if isinstance(one, Mark)))
        return type(self)(tuple(dict.fromkeys(statements)), tuple(dict.fromkeys(marks)))

    @property
    def releases(self) -> tuple[str, ...]:
        """Names of the releases in the order in which they came."""
        said = [one.release for one in self.statements]
        return tuple(dict.fromkeys([*said, *(mark.release for mark in self.marks)]))

    def only(self, release: str) -> Self:
        """Return what one release says."""
        return type(self)(
            tuple(one for one in self.statements if one.release == release),
            tuple(one for one in self.marks if one.release == release),
        )

    def apart_from(self, release: str) -> Self:
        """Return what all other releases say."""
        return type(self)(
            tuple(one for one in self.statements if one.release != release),
            tuple(one for one in self.marks if one.release != release),
        )

    def by_block(self) -> dict[Hashable, Self]:
        """Return the part of the register about each block."""
        found: dict[Hashable, tuple[list[Statement], list[Mark]]] = {}
        for one in self.statements:
            found.setdefault(one.block, ([], []))[0].append(one)
        for mark in self.marks:
            found.setdefault(mark.block, ([], []))[1].append(mark)
        return {key: type(self)(tuple(s), tuple(m)) for key, (s, m) in found.items()}

    def groups(self) -> tuple[People, ...]:
        """Return every group of people that something is said about, in order."""
        return tuple(dict.fromkeys(one.people for one in self.parts()))

    def parts(self) -> tuple[Statement, ...]:
        """Return the statements and the alternatives of the marks."""
        inside = (one for mark in self.marks for one in mark.alternatives)
        return (*self.statements, *inside)


# --- Statements from figures as they are printed: counts, bands, shares, means, spreads -----------


type Band = Sequence[Hashable]


def count_statements(
    block: Block, people: Iterable[int], *, release: str, part: int = 0
) -> tuple[Statement, ...]:
    """Say how many of a group gave each answer.

    Parameters
    ----------
    block : Block
        The question with everybody's answers.
    people : iterable of int
        The group.
    release : str
        File, version and time.
    part : int, default 0
        Of pairs, the first or the second answer.

    Returns
    -------
    tuple of Statement
        One per value except ``MISSING``, which is what is left.

    Examples
    --------
    >>> block = Block.of("clarity", [4, 5, 4], values=(MISSING, 4, 5))
    >>> [(one.weights, one.low) for one in count_statements(block, range(3), release="r")]
    [((0, 1, 0), 2), ((0, 0, 1), 1)]
    """
    values = block.part(part)
    told = [value for value in dict.fromkeys(values) if value != MISSING]
    return band_statements(block, people, [[v] for v in told], release=release, part=part)


def band_statements(
    block: Block,
    people: Iterable[int],
    bands: Iterable[Band],
    *,
    release: str,
    part: int = 0,
) -> tuple[Statement, ...]:
    """Say how many of a group gave an answer of each band.

    Parameters
    ----------
    block : Block
    people : iterable of int
    bands : iterable of sequences of values
        Such as ``((1, 2), (3,), (4, 5))``.
    release : str
    part : int, default 0

    Returns
    -------
    tuple of Statement
        One per band.

    Examples
    --------
    >>> block = Block.of("clarity", [4, 5, 1], values=(MISSING, 1, 4, 5))
    >>> [one.low for one in band_statements(block, range(3), [(1, 2), (4, 5)], release="r")]
    [1, 2]
    """
    group = frozenset(people)
    found = []
    for band in bands:
        weights = weights_in(block, band, part=part)
        n = weighted(block, group, weights)
        found.append(Statement(block.key, group, weights, n, n, release))
    return tuple(found)


def at_least_statement(
    block: Block, people: Iterable[int], band: Band, *, n: int, release: str, part: int = 0
) -> Statement:
    """Say that at least n of a group gave an answer of a band.

    Parameters
    ----------
    block : Block
    people : iterable of int
    band : sequence of values
    n : int
    release : str
    part : int, default 0

    Returns
    -------
    Statement

    Examples
    --------
    >>> block = Block.of("clarity", [4] * 19 + [2], values=(2, 4))
    >>> at_least_statement(block, range(20), [4], n=18, release="r").low
    18
    """
    weights = weights_in(block, band, part=part)
    return Statement(block.key, frozenset(people), weights, n, inf, release)


def mean_statements(
    block: Block, people: Iterable[int], *, decimals: int, release: str, part: int = 0
) -> tuple[Statement, ...]:
    """Say the number of judgements of a group and their mean, rounded.

    Parameters
    ----------
    block : Block
    people : iterable of int
    decimals : int
    release : str
    part : int, default 0

    Returns
    -------
    tuple of Statement
        Number of judgements, and bounds of their sum.

    Examples
    --------
    >>> block = Block.of("clarity", [3, 4, 4, 4, 5, 5, 5], values=(1, 2, 3, 4, 5))
    >>> [(one.low, one.high) for one in mean_statements(block, range(7), decimals=1, release="r")]
    [(7, 7), (30, 30)]
    """
    group = frozenset(people)
    n = _judgements(block, group, part)
    counted = _sum_of(block, group, lambda _: 1, part, release)
    weights = weights_of(block, is_judgement, by=int, part=part)
    mean = round(weighted(block, group, weights) / n, decimals)
    half = 0.5 * 10.0**-decimals
    return (
        counted,
        Statement(block.key, group, weights, n * (mean - half), n * (mean + half), release),
    )


def weights_of(
    block: Block,
    which: Callable[[Hashable], bool],
    *,
    by: Callable[[int | float], int] = lambda _: 1,
    part: int = 0,
) -> tuple[float, ...]:
    """Return a weight for each value: 0 where it does not count, else 1 or what `by` says."""
    return tuple(by(v) if which(v) else 0 for v in block.part(part))  # type: ignore[arg-type]


def weights_in(block: Block, band: Band, *, part: int = 0) -> tuple[float, ...]:
    """Return 1 for each value of a band, else 0."""
    return tuple(int(value in band) for value in block.part(part))


def weighted(block: Block, people: Iterable[int], weights: Sequence[float]) -> int:
    """Return the sum of the weights of these people's answers."""
    answers = block.answers[sorted(people)]
    return int(np.asarray(weights, dtype=np.int64)[answers].sum())


def _sum_of(
    block: Block,
    group: People,
    by: Callable[[int | float], int],
    part: int,
    release: str,
) -> Statement:
    weights = weights_of(block, is_judgement, by=by, part=part)
    total = weighted(block, group, weights)
    return Statement(block.key, group, weights, total, total, release)


def _judgements(block: Block, group: People, part: int) -> int:
    n = weighted(block, group, weights_of(block, is_judgement, part=part))
    if n == 0:
        raise TooFewError("ratings.too_few", where=Where(argument="people"), expected="1")
    return n
