"""Results as plain mappings for JSON: undefined is null, arrays are lists."""

from dataclasses import fields
from typing import cast

import numpy as np

from alpclusters.analysis.conventions import Conventions


class Recorded:
    """What frozen results share: they can be written as JSON without losing what is undefined."""

    __slots__ = ()

    def as_record(self) -> dict[str, object]:
        """Return all fields as a plain mapping for JSON; NaN becomes None."""
        names = [field.name for field in fields(self)]  # type: ignore[arg-type]
        return {name: plain(getattr(self, name)) for name in names}


def plain(value: object) -> object:
    """Turn a field of a result into what JSON knows.

    Examples
    --------
    >>> plain((np.array([1.0, np.nan]), "x", None))
    [[1.0, None], 'x', None]
    """
    if hasattr(value, "as_record"):
        return cast("Recorded | Conventions", value).as_record()
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return None if isinstance(value, float) and np.isnan(value) else value
