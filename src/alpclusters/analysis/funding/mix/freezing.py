"""Arrays of a result are read-only."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import numpy as np


def freeze[T](result: T) -> T:
    """Make all arrays of a record read-only, those of the records in it too."""
    if isinstance(result, np.ndarray):
        result.setflags(write=False)
    elif is_dataclass(result) and not isinstance(result, type):
        for field in fields(result):
            freeze(getattr(result, field.name))
    elif isinstance(result, tuple | list):
        for part in result:
            freeze(part)
    elif isinstance(result, Mapping):
        for part in result.values():
            freeze(part)
    return result
