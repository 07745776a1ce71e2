"""Read a Polis export, find groups and what they share: python _opinion_real.py FOLDER."""

import json
import sys
import time
from pathlib import Path


def main() -> None:
    """Print CPU seconds of each step, imports apart, as one JSON object."""
    clock = [time.process_time()]
    from alpclusters.analysis.consensus import describe  # noqa: PLC0415 - its time is a figure
    from alpclusters.analysis.opinion import (  # noqa: PLC0415 - its time is a figure
        Votes,
        consensus_statements,
        group_informed_consensus,
        opinion_groups,
        representative_statements,
    )
    from alpclusters.cli.evaluation_methods import apply_methods  # noqa: PLC0415 - the same
    from alpclusters.sources.polis import read_polis  # noqa: PLC0415 - its time is a figure

    clock.append(time.process_time())
    export = read_polis(Path(sys.argv[1]))
    ratings = export.ratings()
    rejected = [item.id for item in export.statements if item.moderation == "rejected"]
    clock.append(time.process_time())
    results = apply_methods(
        {"": ratings}, {"": describe(ratings)}, hidden=dict.fromkeys(rejected, "rejected")
    )
    clock.append(time.process_time())
    moderated = [-1 if item.moderation == "rejected" else 1 for item in export.statements]
    votes = Votes.from_ratings(ratings)
    clock.append(time.process_time())
    groups = opinion_groups(votes, moderated=moderated, resamples=0)
    group_informed_consensus(votes, groups.members, moderated=moderated)
    representative_statements(votes, groups.members, moderated=moderated)
    consensus_statements(votes, moderated=moderated)
    clock.append(time.process_time())
    names = ("import", "reading", "methods", "votes", "cut_and_consensus")
    seconds = {
        f"{name}_cpu_s": round(after - before, 3)
        for name, before, after in zip(names, clock, clock[1:], strict=False)
    }
    opinion = results.by_criterion[""].opinion
    figures = {
        "evaluation_cpu_s": round(clock[3] - clock[1], 3),
        "verdict": opinion.groups.structure.verdict
        if opinion and opinion.groups.structure
        else None,
        "people": votes.shape[0],
        "placed": groups.n_placed,
    }
    print(json.dumps({**seconds, **figures}))


if __name__ == "__main__":
    main()
