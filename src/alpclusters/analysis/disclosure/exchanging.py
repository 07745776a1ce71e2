"""Answers in other places, so that figures which join a person's answers give nobody away.

A figure of one question at a time follows from counts, and these are audited. A model with an
effect of each person, a map of opinions or two criteria in one table joins several answers of a
person: whoever knows some of them could try which others fit. Such figures see the answers either
dealt out anew, question by question, and follow from the counts then; or after some answers
changed places with those of other people. Then every count stays what it is, and each other way
in which the counts could have been dealt out is another world with the same figures.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.disclosure.answers import IntArray, outside, whole_matrix
from alpclusters.analysis.errors import ShapeError, Where

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
