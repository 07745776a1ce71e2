"""What is public, translated: sums over groups of people, and marks that depend on answers."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from math import ceil, floor, inf, isnan
from typing import Final, Self

from alpclusters.analysis.errors import NotFiniteError, ScaleError, Where

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
