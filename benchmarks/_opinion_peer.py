"""Run red-dwarf on votes in a file: python _opinion_peer.py VOTES.npy REJECTED.json.

Runs in the environment of the peers and imports nothing of ours. The clock starts when the
peer's documented input, a list of dicts, is ready.
"""

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
from _memory import peak_mb  # beside this script, which runs outside the package
from reddwarf.implementations.base import run_pipeline


def main() -> None:
    """Read, run, print one JSON object."""
    table = np.load(sys.argv[1])
    rejected = json.loads(Path(sys.argv[2]).read_text(encoding="ascii"))
    people, statements = np.nonzero(~np.isnan(table))
    values = table[people, statements].astype(int)
    rows = zip(people.tolist(), statements.tolist(), values.tolist(), strict=True)
    votes = [
        {"participant_id": i, "statement_id": j, "vote": x, "modified": k}
        for k, (i, j, x) in enumerate(rows)
    ]
    before_mb, started = peak_mb(), time.process_time()
    found = run_pipeline(votes, mod_out_statement_ids=rejected, random_state=0)
    cpu = time.process_time() - started
    result = {
        "cpu_s": cpu,
        "peak_mb": peak_mb(),
        "before_mb": before_mb,
        "version": version("red-dwarf"),
    }
    print(json.dumps({**result, **_figures(found, table.shape)}))


def _figures(found, shape) -> dict:  # noqa: ANN001 - the peer's own types
    labels = found.participants_df["cluster_id"].reindex(range(shape[0])).fillna(-1)
    places = np.array([found.participant_projections.get(i, (0.0, 0.0)) for i in range(shape[0])])
    consensus = {side: _of(found.consensus, side) for side in ("agree", "disagree")}
    return {
        "labels": [int(label) for label in labels],
        "projection": places.tolist(),
        "gic": {str(k): float(v) for k, v in found.group_aware_consensus["agree"].items()},
        "representative": {
            str(group): [[int(_of(item, "tid")), _of(item, "repful-for")] for item in items]
            for group, items in found.repness.items()
        },
        "consensus": {
            side: [int(_of(item, "tid")) for item in items] for side, items in consensus.items()
        },
    }


def _of(item, name: str):  # noqa: ANN001, ANN202 - a dict or an object of the peer
    return item[name] if isinstance(item, dict) else getattr(item, name.replace("-", "_"))


if __name__ == "__main__":
    main()
