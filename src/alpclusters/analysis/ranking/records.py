"""Results as plain mappings for JSON: no arrays, no NaN, no classes."""

from dataclasses import fields, is_dataclass

import numpy as np

from alpclusters.analysis.conventions import Conventions


def plain(value: object) -> object:
    """Turn a result into mappings, lists, numbers and texts; NaN becomes None.

    Examples
    --------
    >>> plain({"a": np.array([1.0, np.nan])})
    {'a': [1.0, None]}
    """
    if isinstance(value, Conventions):
        return value.as_record()
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return None if isinstance(value, float) and np.isnan(value) else value
