"""What makes vectors of one encoder comparable: middles for the model's, rarity for letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.sparse import csr_array

from alpclusters.analysis.similarity import letter_rarity, weigh_letters
from alpclusters.platform.network.domain.vectors.centring import (
    Centres,
    Strings,
    centre_rows,
    find_centres,
)
from alpclusters.platform.network.domain.vectors.model import Dense, Rows
from alpclusters.platform.network.domain.vectors.texts import Kind


class Space(Protocol):
    """Makes rows comparable: the product of two is their cosine."""

    def place(self, rows: Rows, kinds: Sequence[str], languages: Sequence[str]) -> Rows:
        """Return rows of length 1 for texts of these kinds and languages."""


@dataclass(frozen=True, slots=True)
class CentredSpace:
    """The model's: each kind and language on its own middle."""

    centres: Centres

    def place(self, rows: Rows, kinds: Sequence[str], languages: Sequence[str]) -> Rows:
        """Subtract the middles."""
        return centre_rows(np.asarray(rows, np.float32), kinds, languages, self.centres)


@dataclass(frozen=True, slots=True)
class WeighedSpace:
    """The letters': rare sequences weigh more; kind and language do not count."""

    rarity: Dense

    def place(self, rows: Rows, kinds: Sequence[str], languages: Sequence[str]) -> Rows:
        """Weigh the counts."""
        del kinds, languages
        return weigh_letters(csr_array(rows), self.rarity)


def build_space(rows: Rows, kinds: Strings, languages: Strings) -> Space:
    """Build the space of all stored rows, dense or sparse."""
    if isinstance(rows, csr_array):
        searched = np.flatnonzero((kinds != Kind.NEED) & (kinds != Kind.REFERENCE))
        return WeighedSpace(letter_rarity(rows[searched]))
    return CentredSpace(find_centres(rows, kinds, languages))
