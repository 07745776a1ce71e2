"""Simulated networks of a fixed seed: G(n, m), and one whose degrees have a heavy tail."""

from pathlib import Path
from typing import Any, Final

import numpy as np

SEED: Final = 7
GROUPS: Final = 50
# Chung and Lu's model: expected degrees fall as rank^-0.5, a power law of exponent 3.
TAIL: Final = 0.5


def save_graph(path: Path, n: int, m: int, *, is_heavy: bool = False) -> Path:
    """Draw m different pairs of n nodes and 50 groups; every value is simulated."""
    rng = np.random.default_rng(SEED)
    chance = np.arange(1, n + 1) ** -TAIL if is_heavy else np.ones(n)
    ladder = np.cumsum(chance) / chance.sum()
    keys: Any = np.zeros(0, np.int64)
    while keys.size < m:
        ends = np.searchsorted(ladder, rng.random((2, 2 * m)))
        low, high = ends.min(axis=0), ends.max(axis=0)
        keys = np.unique(np.concatenate([keys, (low * n + high)[low < high]]))
    first, second = np.divmod(rng.permutation(keys)[:m], n)
    np.savez(path, n=n, first=first, second=second, group=rng.integers(0, GROUPS, n))
    return path
