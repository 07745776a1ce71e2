"""Rows and spaces as .npy files: mapped into memory, not read; nothing pickled."""

import os
from pathlib import Path
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from alpclusters.platform.network.domain.vectors.centring import Centre, Centres
from alpclusters.platform.network.domain.vectors.model import Rows, Stamp
from alpclusters.platform.network.domain.vectors.spaces import CentredSpace, Space, WeighedSpace

_PARTS: Final = ("data", "indices", "indptr")


def save_rows(folder: Path, name: str, rows: Rows) -> None:
    """Write dense rows as one C-contiguous float32 matrix, sparse ones as three arrays."""
    if isinstance(rows, csr_array):
        for part in _PARTS:
            save_array(folder / f"{name}-{part}.npy", getattr(rows, part))
    else:
        save_array(folder / f"{name}.npy", np.ascontiguousarray(rows, np.float32))


def load_rows(folder: Path, name: str, stamp: Stamp) -> Rows:
    """Map rows into memory, read-only."""
    dense = folder / f"{name}.npy"
    if dense.exists():
        return map_array(dense)
    parts = [map_array(folder / f"{name}-{part}.npy") for part in _PARTS]
    return csr_array(tuple(parts), shape=(len(parts[2]) - 1, stamp.dim))


def save_space(folder: Path, space: Space) -> None:
    """Write the middles or the rarity."""
    if isinstance(space, WeighedSpace):
        save_array(folder / "rarity.npy", space.rarity)
    elif isinstance(space, CentredSpace):
        keys = list(space.centres)
        found = list(space.centres.values())
        vectors = [centre.vector for centre in found]
        save_array(folder / "centre-keys.npy", np.array(keys, str).reshape(-1, 2))
        save_array(folder / "centre-vectors.npy", np.array(vectors, np.float32))
        save_array(folder / "centre-sources.npy", np.array([c.source for c in found], str))
        save_array(folder / "centre-counts.npy", np.array([c.n for c in found], np.int64))


def load_space(folder: Path) -> Space:
    """Read what `save_space` wrote."""
    rarity = folder / "rarity.npy"
    if rarity.exists():
        return WeighedSpace(load_array(rarity))
    columns = [
        load_array(folder / f"centre-{name}.npy")
        for name in ("keys", "vectors", "sources", "counts")
    ]
    centres: Centres = {
        (str(key[0]), str(key[1])): Centre(vector, str(source), int(n))  # type: ignore[arg-type]  # one of four words, as written
        for key, vector, source, n in zip(*columns, strict=True)
    }
    return CentredSpace(centres)


def save_array(path: Path, array: np.ndarray) -> None:
    """Write an array and wait until it lies on the disk."""
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def load_array(path: Path) -> np.ndarray:
    """Read an array."""
    array: np.ndarray = np.load(path, allow_pickle=False)
    return array


def map_array(path: Path) -> np.ndarray:
    """Map an array into memory, read-only: what nobody looks at is not read."""
    array: np.ndarray = np.load(path, mmap_mode="r", allow_pickle=False)
    return array
