"""A programme small enough to solve by hand, and duals of it."""

from dataclasses import dataclass, field
from math import inf


@dataclass(frozen=True)
class Duals:
    duals: list[float]


@dataclass(frozen=True)
class Tiny:
    """max 3x + 2y with x + y <= 4, x + 3y <= 6, both between 0 and 3: optimum 11 at (3, 1)."""

    row_start: list[int] = field(default_factory=lambda: [0, 2, 4])
    col_index: list[int] = field(default_factory=lambda: [0, 1, 0, 1])
    value: list[float] = field(default_factory=lambda: [1, 1, 1, 3])
    row_lower: list[float] = field(default_factory=lambda: [-inf, -inf])
    row_upper: list[float] = field(default_factory=lambda: [4, 6])
    lower: list[float] = field(default_factory=lambda: [0, 0])
    upper: list[float] = field(default_factory=lambda: [3, 3])
    cost: list[float] = field(default_factory=lambda: [3, 2])
