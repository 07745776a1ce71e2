"""Run our own opinion groups on the same file: python _opinion_own.py VOTES.npy cut|whole.

``cut`` is what red-dwarf does too: places, k-means, consensus, what speaks for a group. ``whole``
asks first whether there are camps and groups 50 resamples as well.
"""

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
    is_whole = sys.argv[2] == "whole"
    before_mb, started = peak_mb(), time.process_time()
    votes = Votes.of(table)
    groups = opinion_groups(votes, judge=True) if is_whole else opinion_groups(votes, resamples=0)
    group_informed_consensus(votes, groups.members)
    representative_statements(votes, groups.members)
    consensus_statements(votes)
    result = {
        "cpu_s": time.process_time() - started,
        "peak_mb": peak_mb(),
        "before_mb": before_mb,
        "labels": groups.members.tolist(),
    }
    if groups.structure:
        result["verdict"] = groups.structure.verdict
        result["stability"] = groups.stability and groups.stability.as_record()
    print(json.dumps(result))


if __name__ == "__main__":
    main()
