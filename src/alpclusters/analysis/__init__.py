"""The analysis library: pure functions on arrays, results that carry their conventions."""

from alpclusters.analysis import errors
from alpclusters.analysis.consensus import (
    CANNOT_JUDGE,
    Description,
    Ratings,
    describe,
    jeffreys_interval,
    tastle_wierman,
    wilson_interval,
)
from alpclusters.analysis.conventions import Conventions

__all__ = [
    "CANNOT_JUDGE",
    "Conventions",
    "Description",
    "Ratings",
    "describe",
    "errors",
    "jeffreys_interval",
    "tastle_wierman",
    "wilson_interval",
]
