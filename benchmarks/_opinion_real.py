"""Read a Polis export, find groups and what they share: python _opinion_real.py FOLDER."""

import json
import sys
import time
from pathlib import Path


def main() -> None:
    """Print CPU seconds of each step, imports apart, as one JSON object."""
    clock = [time.process_time()]
    from alpclusters.analysis.opinion import (  # noqa: PLC0415 - its time is a figure
        Votes,
        consensus_statements,
        group_informed_consensus,
        opinion_groups,
        representative_statements,
    )
    from alpclusters.sources.polis import read_polis  # noqa: PLC0415 - its time is a figure

    clock.append(time.process_time())
    export = read_polis(Path(sys.argv[1]))
    moderated = [-1 if item.moderation == "rejected" else 1 for item in export.statements]
    votes = Votes.from_ratings(export.ratings())
    clock.append(time.process_time())
    groups = opinion_groups(votes, moderated=moderated, resamples=0)
    clock.append(time.process_time())
    shared = group_informed_consensus(votes, groups.members, moderated=moderated)
    representative_statements(votes, groups.members, moderated=moderated)
    consensus_statements(votes, moderated=moderated)
    clock.append(time.process_time())
    stability = opinion_groups(votes, moderated=moderated).stability
    clock.append(time.process_time())
    names = ("import", "reading", "groups", "consensus", "groups_with_50_resamples")
    seconds = {
        f"{name}_cpu_s": round(after - before, 3)
        for name, before, after in zip(names, clock, clock[1:], strict=False)
    }
    figures = {
        "reading_groups_consensus_cpu_s": round(clock[4] - clock[1], 3),
        "people": votes.shape[0],
        "placed": groups.n_placed,
        "sizes": list(groups.sizes),
        "listed": len(shared.shared_agreement),
        "stability": stability and stability.as_record(),
    }
    print(json.dumps({**seconds, **figures}))


if __name__ == "__main__":
    main()
