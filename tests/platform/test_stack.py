"""Nested calls have room on Python's stack: no piece is taken and given back at every call."""

import resource

import pytest

from alpclusters.platform.stack import with_room

pytestmark = pytest.mark.unit


def deep(depth: int) -> int:
    """Go down, and at each depth many times one step further."""
    for _ in range(50):
        leaf()
    return depth and 1 + deep(depth - 1)


def leaf(*values: int) -> int:
    return len(values)


def test_answers_and_errors_come_through():
    assert with_room(deep)(3) == 3
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 // 0)()


def test_name_and_words_stay():
    assert with_room(deep).__name__ == "deep"
    assert with_room(deep).__doc__ == deep.__doc__


def test_endless_recursion_still_ends():
    with pytest.raises(RecursionError):
        with_room(deep)(100_000)


def faults_of(call) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    call()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_no_piece_is_taken_and_given_back():
    """Three hundred frames cross two pieces; each crossing would fault fifty times."""
    deep(300)

    assert faults_of(lambda: with_room(deep)(300)) < 40
