"""Random graphs for the measures of position, and slow counts that cannot be wrong."""

from itertools import combinations, permutations

import networkx as nx
import numpy as np
from scipy.sparse import block_diag, csr_array

from alpclusters.analysis.network import ROLES, Stamp, make_ties

N_GROUPS = 3


def random_ties(seed, *, n=None, share=None, unknown=False):
    """A small graph with weights 1 to 4, three groups, and isolates as they come."""
    rng = np.random.default_rng(seed)
    n = rng.integers(2, 14) if n is None else n
    share = rng.choice([0.1, 0.3, 0.6, 0.9]) if share is None else share
    upper = np.triu(rng.random((n, n)) < share, 1) * rng.integers(1, 5, (n, n))
    group = rng.integers(-1 if unknown else 0, N_GROUPS, n)
    return weighted(upper + upper.T, group)


def weighted(dense, group):
    """Ties from a dense table of weights."""
    stamp = Stamp(group="country", weights="full")
    names = [f"g{k}" for k in range(N_GROUPS)]
    return make_ties(csr_array(dense).astype(float), range(len(group)), group, names, stamp=stamp)


def permuted(ties, order):
    """The same ties with the organisations in another order."""
    return weighted(ties.matrix[order][:, order].toarray(), ties.group[order])


def doubled(ties):
    """The same ties with twice the weights."""
    return weighted(2 * ties.matrix.toarray(), ties.group)


def beside(one, two):
    """Both in one network, without a tie between them."""
    dense = block_diag([one.matrix, two.matrix]).toarray()
    return weighted(dense, np.concatenate([one.group, two.group]))


def as_networkx(ties):
    return nx.from_scipy_sparse_array(ties.matrix)


def role_of(a, b, c):
    if a == b == c:
        return "coordinator"
    if a == c:
        return "itinerant"
    if b == c:
        return "gatekeeper"
    return "representative" if a == b else "liaison"


def slow_roles(ties):
    """Every ordered triple by hand; shape (n, 5)."""
    tied, group = ties.matrix.toarray() > 0, ties.group
    counts = np.zeros((ties.n, 5), int)
    for a, b, c in permutations(range(ties.n), 3):
        if min(group[[a, b, c]]) >= 0 and tied[a, b] and tied[b, c] and not tied[a, c]:
            counts[b, ROLES.index(role_of(group[a], group[b], group[c]))] += 1
    return counts


def slow_open_pairs(ties, a, b):
    """Unordered pairs of a member of a and one of b that each organisation stands between."""
    tied, group = ties.matrix.toarray() > 0, ties.group
    counts = np.zeros(ties.n, int)
    for x, y in combinations(range(ties.n), 2):
        if {group[x], group[y]} == {a, b} and not tied[x, y]:
            counts += (tied[x] & tied[y] & (group >= 0)).astype(int)
    return counts
