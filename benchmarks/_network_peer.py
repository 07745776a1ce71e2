"""Time a peer: python _network_peer.py networkx|rustworkx GRAPH.npz PIVOTS OUT.npz MEASURE...

Imports nothing of ours but the reading of peak memory. The clock starts when the peer's own graph
is built. rustworkx spreads betweenness over all cores; processor time counts them all.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from typing import Any

import numpy as np
from _memory import peak_mb  # beside this script, which runs outside the package

Calls = dict[str, Callable[[], Any]]


def main() -> None:
    """Read, build, run, print one JSON object."""
    peer, path, pivots, out, *wanted = sys.argv[1:]
    table = np.load(path)
    n, edges = int(table["n"]), zip(table["first"].tolist(), table["second"].tolist(), strict=True)
    started = time.process_time()
    calls = {"networkx": _networkx, "rustworkx": _rustworkx}[peer](n, edges, int(pivots))
    built, before = time.process_time() - started, peak_mb()
    rows, kept = {}, {}
    for name in wanted:
        started = time.process_time()
        found = calls[name]()
        rows[name] = {"cpu_s": round(time.process_time() - started, 4), "peak_mb": round(peak_mb())}
        kept |= {} if found is None else {name: found}
    np.savez(out, **kept)
    figures = {"version": version(peer), "build_cpu_s": round(built, 2), "input_mb": round(before)}
    print(json.dumps({**figures, "measures": rows}))


def _networkx(n: int, edges: Iterable[tuple[int, int]], pivots: int) -> Calls:
    import networkx as nx  # noqa: PLC0415 - one peer of two is there

    graph = nx.empty_graph(n)
    graph.add_edges_from(edges)
    return {
        "components": lambda: _nothing(list(nx.connected_components(graph))),
        "k-core": lambda: _in_order(nx.core_number(graph), n),
        "transitivity and clustering": lambda: nx.transitivity(graph),
        "constraint": lambda: _connected(nx.constraint(graph), graph),
        "effective size": lambda: _connected(nx.effective_size(graph), graph),
        "betweenness": lambda: _nothing(nx.betweenness_centrality(graph, k=pivots, seed=0)),
    }


def _rustworkx(n: int, edges: Iterable[tuple[int, int]], _: int) -> Calls:
    import rustworkx as rx  # noqa: PLC0415 - one peer of two is there

    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(n))
    graph.add_edges_from_no_data(list(edges))
    return {
        "components": lambda: _nothing(rx.connected_components(graph)),
        "k-core": lambda: _in_order(rx.core_number(graph), n),
        "transitivity and clustering": lambda: rx.transitivity(graph),
        "betweenness, exact": lambda: _in_order(
            rx.betweenness_centrality(graph, normalized=False), n
        ),
    }


def _in_order(found: Any, n: int) -> Any:
    return np.array([found[node] for node in range(n)])


def _connected(found: Any, graph: Any) -> Any:
    return np.array([found[node] for node in range(len(graph)) if graph.degree[node]])


def _nothing(_: object) -> None:
    """Only the time of it counts."""


if __name__ == "__main__":
    main()
