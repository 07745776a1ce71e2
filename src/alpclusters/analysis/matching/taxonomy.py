"""How far two organisations work on the same: shared codes, and shared codes above them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.matching.score_parts import (
    FloatArray,
    Part,
    frozen,
    make_part,
    out_of_range,
)

STEP_UP: Final = 0.5


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Codes with those above them, and how rare each is.

    Attributes
    ----------
    codes : tuple of str
        All codes that somebody holds, and all above them.
    above : mapping of str to str
        The code directly above each.
    rarity : ndarray of shape (n_codes,), float64
        ln((1 + N) / (1 + n_c)) + 1; n_c of N organisations hold the code or one below it.
    n : int
        N, organisations with codes.
    """

    codes: tuple[str, ...]
    above: Mapping[str, str]
    rarity: FloatArray
    n: int

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return ``no_codes`` if nobody holds one."""
        return () if self.codes else ("no_codes",)

    def weights_of(self, held: Collection[str]) -> dict[int, float]:
        """Return the weight of each code and of those above, by place; unknown are left out."""
        place = {code: i for i, code in enumerate(self.codes)}
        reach = _reach(held, self.above)
        return {place[c]: w * self.rarity[place[c]] for c, w in reach.items() if c in place}


def read_taxonomy(held: Sequence[Collection[str]], *, above: Mapping[str, str]) -> Taxonomy:
    """Count how rare codes are among organisations.

    Parameters
    ----------
    held : sequence of collections of str
        The codes of each organisation; empty if it states none.
    above : mapping of str to str
        The code directly above each code; one without entry is at the top.

    Returns
    -------
    Taxonomy

    Raises
    ------
    AnalysisError
        Codes that lie above themselves.

    Examples
    --------
    >>> found = read_taxonomy([["C16.2"], ["C16.1"]], above={"C16.1": "C16", "C16.2": "C16"})
    >>> found.codes, found.rarity.round(3)
    (('C16', 'C16.1', 'C16.2'), array([1.   , 1.405, 1.405]))
    """
    reached = [set(_reach(codes, above)) for codes in held]
    codes = sorted(set().union(*reached))
    n = sum(bool(one) for one in reached)
    times = np.array([sum(code in one for one in reached) for code in codes], dtype=np.float64)
    rarity = np.log((1 + n) / (1 + times)) + 1
    return Taxonomy(tuple(codes), dict(above), frozen(rarity), n)


def taxonomy_overlap(
    query: Collection[str], candidates: Sequence[Collection[str]], taxonomy: Taxonomy
) -> Part:
    """Compare codes by weighted Jaccard: sum of the smaller weights / sum of the greater ones.

    Parameters
    ----------
    query : collection of str
        Codes of the one that asks.
    candidates : sequence of collections of str
        Codes of each candidate.
    taxonomy : Taxonomy

    Returns
    -------
    Part
        Absent where a side states no code of the taxonomy.

    Notes
    -----
    A code weighs its rarity, the one above it half of its own, the next a quarter; of several
    ways the greatest weight counts. Symmetric.

    Examples
    --------
    >>> above = {"C16.1": "C16", "C16.2": "C16"}
    >>> taxonomy = read_taxonomy([["C16.2"], ["C16.1"], ["C16.1", "C16.2"]], above=above)
    >>> taxonomy_overlap(["C16.1"], [["C16.1"], ["C16.2"], []], taxonomy).values.round(4)
    array([1.    , 0.1626, 0.    ])
    """
    rows = [taxonomy.weights_of(one) for one in (query, *candidates)]
    table = _table(rows, len(taxonomy.codes))
    own, others = table[[0]], table[1:]
    sums = np.asarray(others.sum(axis=1)).ravel()
    total = float(own.data.sum())
    smaller = _sum_of_smaller(others, own.toarray().ravel())
    greater = sums + total - smaller
    values = np.divide(smaller, greater, out=np.zeros_like(sums), where=greater > 0)
    return make_part("taxonomy", values, (sums > 0) & (total > 0))


def shared_codes(
    first: Collection[str], second: Collection[str], taxonomy: Taxonomy
) -> tuple[str, ...]:
    """Return the codes two sides share, those that weigh most first: the fact behind the value.

    Parameters
    ----------
    first, second : collection of str
        Codes of the two.
    taxonomy : Taxonomy

    Returns
    -------
    tuple of str
        Codes of the taxonomy that both hold or have above what they hold.

    Examples
    --------
    >>> taxonomy = read_taxonomy([["C16.2"], ["C16.1"]], above={"C16.1": "C16", "C16.2": "C16"})
    >>> shared_codes(["C16.1"], ["C16.2"], taxonomy)
    ('C16',)
    """
    one, two = taxonomy.weights_of(first), taxonomy.weights_of(second)
    common = sorted(set(one) & set(two), key=lambda i: (-min(one[i], two[i]), taxonomy.codes[i]))
    return tuple(taxonomy.codes[i] for i in common)


def _reach(held: Collection[str], above: Mapping[str, str]) -> dict[str, float]:
    """Return all codes a set of codes stands for, with their weight before rarity."""
    found: dict[str, float] = {}
    for code in held:
        if not isinstance(code, str):
            raise out_of_range("held", "codes as texts")
        weight, one, seen = 1.0, code, {code}
        found[one] = max(found.get(one, 0.0), weight)
        while one in above:
            one, weight = above[one], weight * STEP_UP
            if one in seen:
                where = Where(argument="above")
                raise AnalysisError("argument.out_of_range", where=where, expected="a tree")
            seen.add(one)
            found[one] = max(found.get(one, 0.0), weight)
    return found


def _table(rows: Sequence[Mapping[int, float]], n_codes: int) -> "csr_array":
    columns = [i for row in rows for i in row]
    data = [w for row in rows for w in row.values()]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    return csr_array((np.array(data, float), columns, starts), shape=(len(rows), max(n_codes, 1)))


def _sum_of_smaller(others: "csr_array", own: FloatArray) -> FloatArray:
    smaller = np.minimum(others.data, own[others.indices])
    kept = csr_array((smaller, others.indices, others.indptr), shape=others.shape)
    return np.asarray(kept.sum(axis=1)).ravel()
