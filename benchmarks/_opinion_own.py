"""Run our own opinion groups on the same file: python _opinion_own.py VOTES.npy RESAMPLES."""

import json
import sys
import time

import numpy as np
from _memory import peak_mb  # beside this script, which runs outside the package

from alpclusters.analysis.opinion import (
    Votes,
    consensus_statements,
    group_informed_consensus,
    opinion_groups,
    representative_statements,
)


def main() -> None:
    """Read, run, print one JSON object; the clock starts when the array is in memory."""
    table = np.load(sys.argv[1])
    before_mb, started = peak_mb(), time.process_time()
    votes = Votes.of(table)
    groups = opinion_groups(votes, resamples=0)
    group_informed_consensus(votes, groups.members)
    representative_statements(votes, groups.members)
    consensus_statements(votes)
    cpu, peak = time.process_time() - started, peak_mb()
    result = {"cpu_s": cpu, "peak_mb": peak, "before_mb": before_mb}
    print(json.dumps({**result, "labels": groups.members.tolist(), **_stability(votes)}))


def _stability(votes: Votes) -> dict[str, object]:
    resamples = int(sys.argv[2])
    if not resamples:
        return {}
    started = time.process_time()
    stability = opinion_groups(votes, resamples=resamples).stability
    cpu = time.process_time() - started
    return {"with_resamples_cpu_s": cpu, "stability": stability and stability.as_record()}


if __name__ == "__main__":
    main()
