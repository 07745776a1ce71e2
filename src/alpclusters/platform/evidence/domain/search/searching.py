"""Find things of the evidence base by words, in five languages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.platform.actors.domain.directory.expressions import (
    Group,
    Needle,
    Way,
    read_groups,
)
from alpclusters.platform.actors.domain.directory.texts import Expression
from alpclusters.platform.evidence.domain.search.index import (
    n_waiting,
    refresh_some,
    words_of_evidence,
)
from alpclusters.platform.evidence.domain.search.rows import Kind, Rows, numbers_at, rows_of_kind
from alpclusters.platform.evidence.domain.search.texts import PUBLIC

MOST_LETTERS: Final = 200
_PUBLIC_ONLY: Final = (Way((Needle(PUBLIC, is_prefix=False),), PUBLIC),)


@dataclass(frozen=True)
class Hits:
    """What was found.

    Attributes
    ----------
    numbers : mapping of Kind to array of int
        Primary keys of each kind: those with all words in the name first, then the newest.
    groups : sequence of Group
        How the words were read; shows by which foreign words something was found too.
    n_waiting : int
        Things that changed and are not read again yet.
    """

    numbers: Mapping[Kind, Rows]
    groups: Sequence[Group]
    n_waiting: int

    def of(self, kind: Kind) -> list[int]:
        """List the hits of one kind."""
        found: list[int] = self.numbers[kind].tolist() if kind in self.numbers else []
        return found

    @property
    def n(self) -> int:
        """Count all hits."""
        return sum(len(found) for found in self.numbers.values())


def search_evidence(
    text: str, *, kinds: Collection[Kind] = tuple(Kind), public_only: bool = True
) -> Hits:
    """Find things that hold all words of a text, or a word of the field that means the same.

    Parameters
    ----------
    text : str
        What somebody typed; cut after `MOST_LETTERS`. Without words nothing is found.
    kinds : collection of Kind
    public_only : bool
        Leave out what visitors may not see.
    """
    refresh_some()
    groups = read_groups(text[:MOST_LETTERS], exact=False)
    if not groups:
        return Hits({}, (), 0)
    asked = [group.ways for group in groups]
    found = _found(asked, kinds, public_only=public_only)
    return Hits(found, groups, n_waiting())


def _found(asked: Expression, kinds: Collection[Kind], *, public_only: bool) -> dict[Kind, Rows]:
    table = words_of_evidence()
    seen = [*asked, _PUBLIC_ONLY] if public_only else asked
    rows = np.sort(table.matching(seen, in_names=False))
    named = np.sort(table.matching(asked, in_names=True))
    return {kind: _best_first(rows_of_kind(rows, kind), named) for kind in kinds}


def _best_first(rows: Rows, named: Rows) -> Rows:
    is_named = np.isin(rows, named, assume_unique=True)
    return numbers_at(np.concatenate([rows[is_named][::-1], rows[~is_named][::-1]]))
