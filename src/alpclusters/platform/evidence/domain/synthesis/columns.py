"""Columns of numbers that stand for texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Ints = NDArray[np.int64]
type Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Codes:
    """Values of rows: row ``rows[k]`` has the value ``labels[codes[k]]``; rows may have several."""

    rows: Ints
    codes: Ints
    labels: tuple[str, ...]

    @classmethod
    def of_each(cls, values: Sequence[str]) -> "Codes":
        """Make a column of one value for each row."""
        numbers, labels = numbered(values)
        return cls(np.arange(len(values)), numbers, labels)

    @classmethod
    def of_several(cls, values: Sequence[Iterable[str]], *, none: str | None = None) -> "Codes":
        """Make a column of several values for each row; ``none`` stands where there are none."""
        rows: list[int] = []
        flat: list[str] = []
        for row, some in enumerate(values):
            found = list(some) or ([] if none is None else [none])
            rows += [row] * len(found)
            flat += found
        one = cls.of_each(flat)
        return cls(np.array(rows, dtype=np.int64), one.codes, one.labels)

    def taken(self, places: Ints) -> "Codes":
        """Return the values of other rows: new row ``k`` has those of row ``places[k]``."""
        n_rows = int(max(self.rows.max(initial=-1), places.max(initial=-1))) + 1
        lengths = np.bincount(self.rows, minlength=n_rows)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
        wanted = lengths[places]
        new_rows = np.repeat(np.arange(places.size), wanted)
        within = np.arange(new_rows.size) - np.repeat(np.cumsum(wanted) - wanted, wanted)
        ordered = self.codes[np.argsort(self.rows, kind="stable")]
        return Codes(new_rows, ordered[np.repeat(starts[places], wanted) + within], self.labels)

    def has(self, value: str, n_rows: int) -> Flags:
        """Tell which rows have a value."""
        found = np.zeros(n_rows, dtype=bool)
        if value in self.labels:
            found[self.rows[self.codes == self.labels.index(value)]] = True
        return found

    def among(self, rows: Flags) -> "Codes":
        """Keep the values of some rows."""
        kept = rows[self.rows]
        return Codes(self.rows[kept], self.codes[kept], self.labels)

    def where_first_else(self, second: "Codes", has_own: Flags) -> "Codes":
        """Take the own values of some rows, those of another column for the rest."""
        own, other = self.among(has_own), second.among(~has_own)
        places: dict[str, int] = {label: k for k, label in enumerate(self.labels)}
        moved = np.array(
            [places.setdefault(label, len(places)) for label in second.labels], dtype=np.int64
        )
        codes = moved[other.codes] if moved.size else other.codes
        return Codes(
            np.concatenate([own.rows, other.rows]),
            np.concatenate([own.codes, codes]),
            tuple(places),
        )


def numbered[K](values: Sequence[K]) -> tuple[Ints, tuple[K, ...]]:
    """Number values from 0 in the order they come; return the numbers, and what they stand for."""
    labels = tuple(dict.fromkeys(values))
    return positions(values, {label: place for place, label in enumerate(labels)}), labels


def positions[K](keys: Sequence[K], of: Mapping[K, int]) -> Ints:
    """Look up where each key stands."""
    # Loops of the interpreter's own: tens of thousands of rows are read while somebody waits.
    return np.fromiter(map(of.__getitem__, keys), np.int64, len(keys))
