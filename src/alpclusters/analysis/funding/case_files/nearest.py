"""What somebody may have meant who wrote an unknown name."""

from collections.abc import Iterable
from itertools import takewhile
from typing import Final

N_NEAREST: Final = 3


def nearest(name: str, names: Iterable[str]) -> str:
    """Return up to three names that begin and end most alike, joined by commas.

    Cheap on purpose: a file may hold 200 unknown codes, and there are thousands of codes.

    Examples
    --------
    >>> nearest("DE99", ["AT11", "DE9", "DE94", "DEG"])
    'DE94, DE9, DEG'
    """
    likest = sorted((-_alike(name, other), abs(len(name) - len(other)), other) for other in names)
    return ", ".join(other for alike, _, other in likest[:N_NEAREST] if alike)


def _alike(one: str, other: str) -> int:
    begin = _common(one, other)
    return 2 * begin + _common(one[begin:][::-1], other[begin:][::-1])


def _common(one: str, other: str) -> int:
    """Return how many characters two texts share from their start."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)
