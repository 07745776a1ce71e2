"""The five parts of a score, and what a tie would do for the two regions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.matching import (
    BridgeGains,
    Part,
    Taxonomy,
    bridge_gains,
    complementarity,
    popularity,
    proximity,
    proximity_part,
    read_taxonomy,
    taxonomy_overlap,
    text_similarity,
)
from alpclusters.analysis.network import UNKNOWN, Ties
from alpclusters.platform.network.domain.matching.profiles import Field, ancestors
from alpclusters.platform.network.domain.matching.rows import Asked, Spoken

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
NACE: Final = "nace:"


@dataclass(frozen=True, slots=True)
class Pool:
    """All profiles in one order, and who of them may be proposed.

    Attributes
    ----------
    field : Field
    ids : tuple of int
        Numbers of the organisations, ascending.
    own : int
        Place of the one who searches.
    mask : ndarray of bool
        Who may be proposed.
    ties : Ties
        Of all organisations, also such without a profile.
    nodes : ndarray of int64
        Place of each profile among the ties.
    held : tuple of frozenset of str
        Codes of each profile.
    taxonomy : Taxonomy
        How rare codes are among all profiles.
    """

    field: Field
    ids: tuple[int, ...]
    own: int
    mask: BoolArray
    ties: Ties

    nodes: NDArray[np.int64]
    held: tuple[frozenset[str], ...]
    taxonomy: Taxonomy


def make_pool(field: Field, own: int, mask: BoolArray, ties: Ties) -> Pool:
    """Put together what one search compares; ``own`` is the number of the one who searches."""
    ids = tuple(sorted(field.profiles))
    held = tuple(field.profiles[pk].codes for pk in ids)
    return Pool(
        field=field,
        ids=ids,
        own=ids.index(own),
        mask=mask,
        ties=ties,
        nodes=np.searchsorted(ties.nodes, np.array(ids, np.int64)).astype(np.int64),
        held=held,
        taxonomy=read_taxonomy(held, above=_above(held)),
    )


def text_part(pool: Pool, asked: Asked, spoken: Spoken) -> Part:
    """Rank the candidates by how near their profile is to what is asked."""
    return text_similarity(
        asked.texts,
        spoken.profiles.rows,
        owner=spoken.profiles.owner,
        n=len(pool.ids),
        allowed=pool.mask,
    )


def needs_part(pool: Pool, asked: Asked, spoken: Spoken) -> Part | None:
    """Compare needs with offers in both directions; None where nobody states a need."""
    if not asked.needs.owner.size and not spoken.needs.owner.size:
        return None
    return complementarity(
        asked.needs.rows,
        asked.offers.rows,
        their_needs=spoken.needs.stated,
        their_offers=spoken.offers.stated,
        n=len(pool.ids),
    )


def taxonomy_part(pool: Pool) -> Part:
    """Compare sectors, technologies and ecosystem."""
    return taxonomy_overlap(pool.held[pool.own], pool.held, pool.taxonomy)


def is_section(code: str) -> bool:
    """Say whether a code is one of the 21 sections of NACE, the widest."""
    return code.startswith(NACE) and len(code) == len(NACE) + 1


def _above(held: Sequence[frozenset[str]]) -> Mapping[str, str]:
    """Return the code directly above each code of NACE; the other lists are flat."""
    found: dict[str, str] = {}
    for code in set().union(*held):
        if not code.startswith(NACE):
            continue
        chain = [code.removeprefix(NACE), *ancestors(code.removeprefix(NACE))]
        for low, high in pairwise(chain):
            found[NACE + low] = NACE + high
    return found


def network_part(pool: Pool) -> Part:
    """Rank the candidates by how near they are over common partners."""
    nodes = pool.nodes
    scores = proximity(pool.ties, [int(nodes[pool.own])], method="blend", columns=nodes)[0]
    tied = pool.ties.degree[nodes] > 0
    is_tied = bool(tied[pool.own])
    # Where one cannot be proposed, one stands in nobody's way.
    return proximity_part(np.where(pool.mask, scores, 0.0), tied & is_tied)


def popularity_part(pool: Pool) -> Part:
    """Count the ties of the candidates."""
    every = popularity(pool.ties)
    nodes = pool.nodes
    return Part("popularity", every.values[nodes], every.present[nodes])


def bridge_shares(pool: Pool) -> FloatArray:
    """Return what a tie to each candidate would do, as a share of the most useful pair."""
    group = pool.ties.group[pool.nodes]
    own = int(group[pool.own])
    if own == UNKNOWN or not len(pool.ties.group_names):
        return np.zeros(len(pool.ids))
    shares = _gains(_Same(pool.ties)).share[own]
    found: FloatArray = np.where(group == UNKNOWN, 0.0, shares[np.maximum(group, 0)])
    return found


class _Same:
    """Ties as the key of a cache: the same object is the same state."""

    def __init__(self, ties: Ties) -> None:
        self.ties = ties

    def __hash__(self) -> int:
        return id(self.ties)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.ties is other.ties


@lru_cache(maxsize=2)
def _gains(of: _Same) -> BridgeGains:
    return bridge_gains(of.ties)
