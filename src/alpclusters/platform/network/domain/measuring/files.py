"""The matrices and vectors of a network, in one compressed file under the caches."""

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

KEPT_IN_MEMORY: Final = 64

type Array = NDArray[Any]


def folder() -> Path:
    """Return where the files lie in the data directory."""
    home: Path = settings.CONFIGURATION.home
    return home / "caches" / "network"


def write_arrays(name: str, arrays: Mapping[str, Array]) -> None:
    """Write a file; readers find the old one until the new one is complete."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder() / name
    new = path.with_suffix(f".{os.getpid()}.new")
    with new.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    new.replace(path)


def has_file(name: str) -> bool:
    """Say whether a file is there."""
    return bool(name) and (folder() / name).is_file()


def read_array(name: str, key: str) -> Array | None:
    """Return an array of a file, kept in memory; None where the file is gone or has no such one."""
    path = folder() / name
    try:
        state = path.stat()
    except OSError:
        return None
    return _array(path, key, state.st_mtime_ns)


def remove_files(kept: set[str]) -> None:
    """Delete the files that no snapshot needs any more."""
    for path in folder().glob("*.npz"):
        if path.name not in kept:
            path.unlink(missing_ok=True)


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _array(path: Path, key: str, changed: int) -> Array | None:  # noqa: ARG001 - part of the key
    try:
        with np.load(path, allow_pickle=False) as file:
            if key not in file:
                return None
            found: Array = file[key]
    except (OSError, ValueError):
        return None
    found.setflags(write=False)
    return found
