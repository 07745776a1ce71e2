"""Groups people state themselves: region, country, role."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.errors import ShapeError, Where
from alpclusters.analysis.opinion.arrays import IntArray
from alpclusters.analysis.opinion.search import MIN_GROUP, numbered_by_size

OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Declared:
    """Group of each person, numbered by size, and the name of each group."""

    members: IntArray
    names: tuple[Id, ...]


def checked_labels(declared: Sequence[Id | None], n_people: int) -> list[Id | None]:
    """Return one label per person; an empty text is no label."""
    labels = [None if label == "" else label for label in declared]
    if len(labels) != n_people:
        code = "groups.length"
        raise ShapeError(
            code, where=Where(argument="declared"), found=str(len(labels)), expected=str(n_people)
        )
    return labels


def declared_groups(labels: Sequence[Id | None], placed: IntArray) -> Declared:
    """Group those who take part by their labels.

    Groups under 5 people are joined as "other" if together they have at least 5, else their
    people are not placed.
    """
    sizes = Counter(label for row in placed if (label := labels[row]) is not None)
    standing = [label for label, n in sizes.items() if n >= MIN_GROUP and label != OTHER]
    n_other = sum(n for label, n in sizes.items() if label not in standing)
    names: list[Id] = [*standing, OTHER] if n_other >= MIN_GROUP else list(standing)
    number = {label: names.index(label) for label in standing}
    raw = np.full(len(labels), -1, np.int64)
    other = len(standing) if n_other >= MIN_GROUP else -1
    for row in placed:
        label = labels[row]
        raw[row] = -1 if label is None else number.get(label, other)
    members = numbered_by_size(raw)
    order = [int(raw[np.flatnonzero(members == place)[0]]) for place in range(len(names))]
    return Declared(members, tuple(names[place] for place in order))
