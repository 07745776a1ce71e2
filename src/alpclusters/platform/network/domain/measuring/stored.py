"""The stored matrix of one network in one window, and questions to it; no query, no computing."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from alpclusters.platform.network.domain.measuring.measures import ROLE_COLUMNS

# --- The matrices and vectors of a network, in one compressed file under the caches ---------------


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


# --- The stored matrix of one network in one window, and questions to it; no query, no computing


_BLOCK: Final = 4_096
FEW_PARTNERS: Final = 5


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner of an organisation.

    Attributes
    ----------
    number : int
        Of the organisation; negative where no organisation is known.
    group : str
        Code, empty where unknown.
    joint : int
        Links or joint projects.
    since : int
        First year; 0 where unknown.
    place : int
        Row of the matrix.
    """

    number: int
    group: str
    joint: int
    since: int
    place: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure of one organisation, and between which ranks it lies; None is undefined."""

    value: float | None
    best: int = 0
    worst: int = 0


@dataclass(frozen=True, slots=True)
class Ego:
    """One organisation with its partners and where it stands.

    Attributes
    ----------
    partners : list of Partner
        Those with most joint work first.
    group : str
    n : int
        Organisations of the network.
    standings : dict of str to Standing
        ``degree``, ``betweenness``, ``constraint``.
    core : int
    participation : float or None
        None where undefined, or with fewer than five partners.
    roles : dict of str to (int, int)
        Own count, and that of all.
    """

    partners: list[Partner]
    group: str
    n: int
    standings: dict[str, Standing]
    core: int
    participation: float | None
    roles: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class StoredNetwork:
    """Reads single rows out of a file.

    Parameters
    ----------
    file, window, grouping : str
    """

    file: str
    window: str
    grouping: str

    @property
    def is_there(self) -> bool:
        """Say whether the file can be read."""
        return self._read("nodes") is not None

    def _read(self, key: str) -> Array | None:
        return read_array(self.file, f"{self.window}/{key}")

    def _sure(self, key: str) -> Array:
        found = self._read(key)
        if found is None:
            raise KeyError(key)
        return found

    def codes(self) -> list[str]:
        """Return the codes of the groups."""
        found = read_array(self.file, f"codes/{self.grouping}")
        return [] if found is None else [str(code) for code in found]

    def place_of(self, number: int) -> int | None:
        """Return the row of an organisation; None where it has no tie in the window."""
        nodes = self._sure("nodes")
        at = int(np.searchsorted(nodes, number))
        return at if at < len(nodes) and nodes[at] == number else None

    def groups_of(self, numbers: list[int]) -> list[str]:
        """Return the group of each organisation, empty where unknown."""
        codes, groups = self.codes(), self._sure(f"group/{self.grouping}")
        places = [self.place_of(number) for number in numbers]
        return ["" if place is None else _code(codes, groups[place]) for place in places]

    def ego(self, number: int) -> Ego | None:
        """Return an organisation with its partners; None where it is not in the network."""
        at = self.place_of(number)
        if at is None:
            return None
        codes, groups = self.codes(), self._sure(f"group/{self.grouping}")
        partners = list(self._partners(at, codes, groups))
        return Ego(
            partners=sorted(partners, key=lambda one: (-one.joint, one.number)),
            group=_code(codes, groups[at]),
            n=len(groups),
            standings=dict(self._standings(at)),
            core=int(self._sure("core")[at]),
            participation=self._participation(at, len(partners)),
            roles=self._roles(at),
        )

    def between(self, places: list[int]) -> list[tuple[int, int, int]]:
        """Return the ties among some rows: position, position, joint."""
        indptr, indices, joint = (self._sure(key) for key in ("indptr", "indices", "joint"))
        order = np.argsort(places)
        sorted_places = np.array(places, dtype=np.int64)[order]
        found: list[tuple[int, int, int]] = []
        for position, place in enumerate(places):
            row = slice(int(indptr[place]), int(indptr[place + 1]))
            # Columns of a row are sorted: each of the few is looked up in it.
            at = np.minimum(np.searchsorted(indices[row], sorted_places), row.stop - row.start - 1)
            tied = np.flatnonzero(indices[row][at] == sorted_places)
            pairs = zip(order[tied].tolist(), joint[row][at[tied]].tolist(), strict=True)
            found += [(position, other, n) for other, n in pairs if position < other]
        return found

    def brokers(self, role: str, group: str, most: int) -> list[tuple[int, str, int]]:
        """Return number, group and count of those who have a role most often in a group."""
        counts = self._sure(f"roles/{self.grouping}")[:, list(ROLE_COLUMNS[role])].sum(axis=1)
        codes, groups = self.codes(), self._sure(f"group/{self.grouping}")
        inside = counts > 0
        if group:
            inside &= groups == (codes.index(group) if group in codes else -2)
        places = np.flatnonzero(inside)
        nodes = self._sure("nodes")
        order = places[np.lexsort((nodes[places], -counts[places]))][:most]
        return [(int(nodes[p]), _code(codes, groups[p]), int(counts[p])) for p in order]

    def across(self, first: str, second: str, most: int) -> list[tuple[int, str, int]]:
        """Return who of two groups has most partners in the other: number, group, partners."""
        codes, groups = self.codes(), self._sure(f"group/{self.grouping}")
        if first not in codes or second not in codes:
            return []
        one, two = codes.index(first), codes.index(second)
        indptr, indices = self._sure("indptr"), self._sure("indices")
        rows = np.repeat(np.arange(len(groups)), np.diff(indptr))
        here, there = groups[rows], groups[indices]
        is_across = ((here == one) & (there == two)) | ((here == two) & (there == one))
        counts = np.bincount(rows[is_across], minlength=len(groups))
        nodes = self._sure("nodes")
        order = np.lexsort((nodes, -counts))[:most]
        return [
            (int(nodes[p]), _code(codes, groups[p]), int(counts[p])) for p in order if counts[p]
        ]

    def nodes(self) -> Iterator[tuple[int, str, int]]:
        """Return number, group and partners of every organisation, row by row."""
        codes, groups = self.codes(), self._sure(f"group/{self.grouping}")
        numbers, degree = self._sure("nodes"), np.diff(self._sure("indptr"))
        for start in range(0, len(numbers), _BLOCK):
            part = slice(start, start + _BLOCK)
            rows = zip(
                numbers[part].tolist(), groups[part].tolist(), degree[part].tolist(), strict=True
            )
            for number, group, n in rows:
                yield number, _code(codes, group), n

    def ties(self) -> Iterator[tuple[int, int, int, int]]:
        """Return both rows, joint work and first year of every tie, each once."""
        indptr = self._sure("indptr")
        for start in range(0, len(indptr) - 1, _BLOCK):
            end = min(start + _BLOCK, len(indptr) - 1)
            yield from self._ties_of(start, end)

    def numbers(self) -> Array:
        """Return the numbers of all organisations, row by row."""
        return self._sure("nodes")

    def _ties_of(self, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        indptr = self._sure("indptr")
        part = slice(int(indptr[start]), int(indptr[end]))
        rows = np.repeat(np.arange(start, end), np.diff(indptr[start : end + 1]))
        columns = self._sure("indices")[part]
        upper = rows < columns
        values = (self._sure(key)[part][upper].tolist() for key in ("joint", "since"))
        yield from zip(rows[upper].tolist(), columns[upper].tolist(), *values, strict=True)

    def _partners(self, at: int, codes: list[str], groups: Array) -> Iterator[Partner]:
        indptr, nodes = self._sure("indptr"), self._sure("nodes")
        row = slice(int(indptr[at]), int(indptr[at + 1]))
        others = self._sure("indices")[row]
        joint, since = self._sure("joint")[row], self._sure("since")[row]
        columns = (nodes[others], groups[others], joint, since, others)
        for number, group, n, year, place in zip(*(c.tolist() for c in columns), strict=True):
            yield Partner(number, _code(codes, group), n, year, place)

    def _standings(self, at: int) -> Iterator[tuple[str, Standing]]:
        degree = float(np.diff(self._sure("indptr")[at : at + 2])[0])
        values = {
            "degree": degree,
            "betweenness": float(self._sure("betweenness")[at]),
            "constraint": float(self._sure("constraint")[at]),
        }
        for name, value in values.items():
            best, worst = self._sure(f"rank/{name}")[:, at].tolist()
            yield name, Standing(None if np.isnan(value) else value, best, worst)

    def _participation(self, at: int, n_partners: int) -> float | None:
        value = float(self._sure(f"participation/{self.grouping}")[at])
        return None if np.isnan(value) or n_partners < FEW_PARTNERS else value

    def _roles(self, at: int) -> dict[str, tuple[int, int]]:
        counts = self._sure(f"roles/{self.grouping}")
        own = counts[at].tolist()
        total = self._totals(counts)
        return {
            role: (sum(own[c] for c in columns), sum(total[c] for c in columns))
            for role, columns in ROLE_COLUMNS.items()
        }

    @staticmethod
    def _totals(counts: Array) -> list[int]:
        found: list[int] = counts.sum(axis=0).tolist()
        return found


def _code(codes: list[str], place: Any) -> str:
    return codes[place] if place >= 0 else ""
