"""Time our own figures on a network: python _network_own.py GRAPH.npz PIVOTS OUT.npz MEASURE..."""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from _memory import peak_mb  # beside this script, which runs outside the package
from scipy.sparse import csr_array

from alpclusters.analysis import network
from alpclusters.analysis.network import Ties, make_ties

Call = Callable[[Ties], Any]


def main() -> None:
    """Read, run, print one JSON object: CPU seconds of each measure, peak memory after it."""
    path, pivots, out, *wanted = sys.argv[1:]
    ties = _read(path)
    calls = _calls(int(pivots))
    for name in wanted:  # what a first call loads is not what is measured
        calls[name](_ring())
    before, rows, kept = peak_mb(), {}, {}
    for name in wanted:
        started = time.process_time()
        found = calls[name](ties)
        rows[name] = {"cpu_s": round(time.process_time() - started, 4), "peak_mb": round(peak_mb())}
        kept |= _values(name, found)
    np.savez(out, **kept)
    print(json.dumps({"input_mb": round(before), "measures": rows}))


def _read(path: str) -> Ties:
    table = np.load(path)
    n, ends = int(table["n"]), (table["first"], table["second"])
    rows, columns = np.concatenate(ends), np.concatenate(ends[::-1])
    matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=(n, n))
    return make_ties(matrix, range(n), table["group"], [f"g{k}" for k in range(50)])


def _ring() -> Ties:
    matrix = csr_array(np.roll(np.eye(60), 1, axis=1) + np.roll(np.eye(60), -1, axis=1))
    return make_ties(matrix, range(60), np.arange(60) % 50, [f"g{k}" for k in range(50)])


def _calls(pivots: int) -> dict[str, Call]:
    """All figures of one network; those that need projects or weights are not among them."""
    return {
        "region matrix": network.region_table,
        "cross-border share": network.cross_border_share,
        "E-I with 999 permutations": network.external_internal,
        "integration T": network.integration,
        "affinity, both nulls": _both_affinities,
        "participation": network.participation,
        "components": network.components,
        "k-core": network.cores,
        "transitivity and clustering": network.clustering,
        "roles": network.brokerage,
        "roles between two groups": partial(network.brokerage_between, a=0, b=1),
        "constraint": network.constraint,
        "constraint, weighted": partial(network.constraint, form="weighted"),
        "effective size": network.effective_size,
        "effective size, weighted": partial(network.effective_size, form="weighted"),
        "small world": network.small_world,
        "betweenness": partial(network.betweenness, pivots=pivots or None),
        "betweenness, exact": partial(network.betweenness, pivots=sys.maxsize),
    }


def _both_affinities(ties: Ties) -> object:
    return network.affinity(ties), network.affinity(ties, null="cross")


def _values(name: str, found: Any) -> dict[str, Any]:
    """What a peer can be compared with."""
    values = {
        "k-core": lambda: found.number,
        "constraint": lambda: found.values,
        "effective size": lambda: found.values,
        "betweenness, exact": lambda: found.values,
        "transitivity and clustering": lambda: found.transitivity,
    }
    return {name: values[name]()} if name in values else {}


if __name__ == "__main__":
    main()
