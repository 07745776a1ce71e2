"""One question, answered once by each person, and answers exchanged between people."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import (
    DuplicateError,
    NotFiniteError,
    ScaleError,
    ShapeError,
    Where,
)

# --- One question, answered once by each person: what an attacker wants to know -------------------


BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

MISSING: Final = "missing"
"""The answer of a person who did not answer this question."""
PAIR: Final = 2
CHANGE: Final = 2
"""Part of a pair that compares its two answers."""
STANDING: Final = 3
"""Part of a value of several answers: the one that stands, of a pair the second if there is one."""

type Features = tuple[tuple[str, tuple[Hashable, ...]], ...]
"""What may be a secret: a name and the class of every value."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One question (round, measure, criterion) and the answer of every person.

    Attributes
    ----------
    key : hashable
        Name of the question.
    values : tuple of hashable
        Every answer there is, such as ``MISSING``, ``CANNOT_JUDGE``, 1, ..., 5. Numbers are
        judgements. Pairs (before, after) where two answers of a person are published together.
    answers : array of int64, shape (n_people,)
        Position in ``values`` of each person's answer. Read-only.
    standing : tuple of hashable, optional
        Of values that join what a person answered at several moments: what stands of each.
    features : tuple, optional
        What may be a secret of such values; by default what `features_of` says.
    """

    key: Hashable
    values: tuple[Hashable, ...]
    answers: IntArray
    standing: tuple[Hashable, ...] | None = None
    features: Features = ()

    def __post_init__(self) -> None:
        answers = whole_numbers(self.answers, argument="answers")
        answers.setflags(write=False)
        object.__setattr__(self, "answers", answers)
        object.__setattr__(self, "values", tuple(self.values))
        if answers.ndim != 1:
            code = "ratings.shape"
            raise ShapeError(code, where=Where(argument="answers"), expected="(n_people,)")
        if len(set(self.values)) != len(self.values):
            raise DuplicateError("ratings.duplicate", where=Where(argument="values"))
        if answers.size and not (answers.min() >= 0 and answers.max() < len(self.values)):
            raise outside("answers", f"0 ... {len(self.values) - 1}")

    @classmethod
    def of(cls, key: Hashable, answers: Iterable[Hashable], *, values: Sequence[Hashable]) -> Self:
        """Make a block from the answers themselves.

        Examples
        --------
        >>> Block.of("clarity", [4, 5, MISSING], values=(MISSING, 1, 2, 3, 4, 5)).answers
        array([4, 5, 0])
        """
        places = {value: place for place, value in enumerate(values)}
        try:
            found = [places[answer] for answer in answers]
        except KeyError as error:
            raise outside("answers", ", ".join(map(str, values))) from error
        return cls(key, tuple(values), np.array(found, dtype=np.int64))

    @property
    def n_people(self) -> int:
        """How many people there are, also those who did not answer."""
        return len(self.answers)

    @property
    def n_parts(self) -> int:
        """How many answers a value joins: 2 for pairs, else 1."""
        if self.standing is not None:
            return 1
        lengths = {len(v) if isinstance(v, tuple) else 1 for v in self.values}
        return lengths.pop() if len(lengths) == 1 else 1

    @property
    def is_answered(self) -> BoolArray:
        """Whether an answer of each person stands."""
        told = np.array([value != MISSING for value in self.part(STANDING)], dtype=bool)
        return np.asarray(told[self.answers], dtype=bool)

    def part(self, number: int) -> tuple[Hashable, ...]:
        """Return the values, of pairs the first (0) or second (1) of each, or `STANDING`."""
        if self.standing is not None:
            return self.standing
        if self.n_parts == 1:
            return self.values
        pairs = [value for value in self.values if isinstance(value, tuple)]
        if number == STANDING:
            return tuple(pair[-1] if pair[-1] != MISSING else pair[0] for pair in pairs)
        return tuple(pair[number] for pair in pairs)

    def with_answers(self, answers: ArrayLike) -> "Block":
        """Return the same question with other answers: another world."""
        return replace(self, answers=np.asarray(answers))

    def at(self, standing: Sequence[Hashable]) -> "Block":
        """Return the same question as it stood at another moment."""
        return replace(self, standing=tuple(standing))


def whole_numbers(values: ArrayLike, *, argument: str) -> IntArray:
    """Return a copy as whole numbers; refuse anything else."""
    given = np.array(values)
    if given.size == 0:
        return given.astype(np.int64)
    if given.dtype.kind not in "iuf" or not np.isfinite(given).all():
        raise NotFiniteError("ratings.not_finite", where=Where(argument=argument))
    whole: IntArray = given.astype(np.int64)
    if (whole != given).any():
        raise outside(argument, "0, 1, 2, ...")
    return whole


def whole_matrix(values: ArrayLike, *, argument: str, expected: str) -> IntArray:
    """Return a copy as a table of whole numbers that cannot be changed.

    Raises
    ------
    ShapeError
        It has not two dimensions; ``expected`` says which.
    """
    matrix = whole_numbers(values, argument=argument)
    if matrix.ndim != 2:  # noqa: PLR2004 - a table
        raise ShapeError("ratings.shape", where=Where(argument=argument), expected=expected)
    matrix.setflags(write=False)
    return matrix


def outside(argument: str, expected: str) -> ScaleError:
    """Return the error for an answer that is none of those there are."""
    return ScaleError("ratings.outside_scale", where=Where(argument=argument), expected=expected)


def is_judgement(value: Hashable) -> bool:
    """Say whether a value is a judgement: a number, not "cannot judge" and not missing."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def features_of(block: Block) -> Features:
    """Return what may be a secret: the answer; of pairs each, which stands, whether it changed.

    Each feature is a name and the class of every value; a person is given away when all
    answers possible for that person are of one class.
    """
    if block.features:
        return block.features
    if block.n_parts == 1:
        return (("answer", block.part(0)),)
    parts = [(f"part {i}", block.part(i)) for i in range(block.n_parts)]
    if block.n_parts == PAIR:
        parts.append(("standing", block.part(STANDING)))
        pairs = zip(block.part(0), block.part(1), strict=True)
        changed = tuple(MISSING if MISSING in pair else pair[0] != pair[1] for pair in pairs)
        parts.append(("changed", changed))
    return tuple(parts)


# --- Answers in other places, so that figures which join a person's answers give nobody away ------
#
# A figure of one question at a time follows from counts, and these are audited. A model with an
# effect of each person, a map of opinions or two criteria in one table joins several answers of a
# person: whoever knows some of them could try which others fit. Such figures see the answers either
# dealt out anew, question by question, and follow from the counts then; or after some answers
# changed places with those of other people. Then every count stays what it is, and each other way
# in which the counts could have been dealt out is another world with the same figures.


EXCHANGED: Final = 0.2
"""Chance of an answer to be among those that change places."""


def deal_answers(answers: ArrayLike, groups: ArrayLike, *, seed: int = 0) -> IntArray:
    """Deal the answers to each question out anew to the people of each group.

    What comes out depends on how many people of a group gave an answer, not on who did: whoever
    has these counts can deal them out in the same way.

    Parameters
    ----------
    answers, groups : array of int64, shape (n_people, n_questions)
        As in `exchange_answers`.
    seed : int, default 0
        No secret.

    Returns
    -------
    array of int64, shape (n_people, n_questions)
        Read-only. Of people in the same groups it is chance who has which row.

    Raises
    ------
    ShapeError
        Groups are not given for every answer (``ratings.shape``).

    Examples
    --------
    >>> one, other = np.array([[1, 1], [5, 5]] * 4), np.array([[1, 5], [5, 1]] * 4)
    >>> dealt = [deal_answers(each, np.zeros_like(each)) for each in (one, other)]
    >>> bool((dealt[0] == dealt[1]).all())
    True
    """
    given, own = _checked(answers, groups)
    draw = np.random.default_rng(seed)
    found = given.copy()
    for question, people in _parts(own, _order(own)):
        found[people, question] = draw.permutation(np.sort(given[people, question]))
    found.setflags(write=False)
    return found


def exchange_answers(
    answers: ArrayLike, groups: ArrayLike, *, seed: int, share: float = EXCHANGED
) -> IntArray:
    """Let some answers to each question change places with those of others in the same group.

    Parameters
    ----------
    answers : array of int64, shape (n_people, n_questions)
        One number per answer, such as "missing" and "cannot judge" too.
    groups : array of int64, shape (n_people, n_questions)
        Group in which a person's answer to a question may change places.
    seed : int
        A secret: who knows it can undo the exchange.
    share : float, default 0.2
        Chance of an answer to be among those that change places, 0 to 1.

    Returns
    -------
    array of int64, shape (n_people, n_questions)
        Read-only. The order of people changes nothing but the order of its rows.

    Raises
    ------
    ShapeError
        Groups are not given for every answer (``ratings.shape``).
    ScaleError
        The share is no share (``ratings.outside_scale``).

    Examples
    --------
    >>> before = np.array([[1], [2], [3], [4], [5], [1]])
    >>> after = exchange_answers(before, np.zeros_like(before), seed=7, share=1.0)
    >>> sorted(after[:, 0].tolist()), bool((after == before).all())
    ([1, 1, 2, 3, 4, 5], False)
    """
    given, own = _checked(answers, groups)
    if not 0 <= share <= 1:
        raise outside("share", "0 ... 1")
    draw = np.random.default_rng(seed)
    found = given.copy()
    # By what they said, not by their numbers: these are given anew when an AlpCafé is sealed.
    for question, people in _parts(own, _order(np.column_stack([given, own]))):
        drawn = people[draw.random(len(people)) < share]
        found[drawn, question] = given[draw.permutation(drawn), question]
    found.setflags(write=False)
    return found


def _checked(answers: ArrayLike, groups: ArrayLike) -> tuple[IntArray, IntArray]:
    expected = "(n_people, n_questions)"
    given = whole_matrix(answers, argument="answers", expected=expected)
    own = whole_matrix(groups, argument="groups", expected=expected)
    if given.shape != own.shape:
        raise ShapeError("ratings.shape", where=Where(argument="groups"), expected=str(given.shape))
    return given, own


def _order(keys: IntArray) -> IntArray:
    """Sort people by what stands in their rows, the first column first."""
    return np.lexsort(keys.T[::-1]) if keys.shape[1] else np.arange(len(keys))


def _parts(groups: IntArray, order: IntArray) -> Iterator[tuple[int, IntArray]]:
    """Yield the people of each group, question by question."""
    for question in range(groups.shape[1]):
        group_of = groups[order, question]
        for group in np.unique(group_of):
            yield question, order[group_of == group]
