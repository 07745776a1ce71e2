"""Group and rank simulated votes: python _opinion_large.py PEOPLE STATEMENTS FILLED."""

import json
import sys
import time

import numpy as np
from _memory import peak_mb  # beside this script, which runs outside the package

from alpclusters.analysis.opinion import Votes, opinion_groups
from alpclusters.analysis.ranking import rank_measures


def main() -> None:
    """Simulate two camps, judge, group and rank them, print one JSON object."""
    n_people, n_statements, filled = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    person, statement, vote = _simulated(n_people, n_statements, filled)
    clock = [time.process_time()]
    table = np.full((n_people, n_statements), np.nan, np.float32)
    table[person, statement] = vote
    groups = opinion_groups(Votes.of(table), judge=True)
    del table
    clock.append(time.process_time())
    ranking = rank_measures(vote, person, statement, scale=(-1, 1))
    clock.append(time.process_time())
    result = {
        "people": n_people,
        "statements": n_statements,
        "votes": vote.size,
        "verdict": groups.structure.verdict if groups.structure else None,
        "tiers": len(ranking.tiers),
        "grouping_cpu_s": round(clock[1] - clock[0], 2),
        "ranking_cpu_s": round(clock[2] - clock[1], 2),
        "cpu_s": round(clock[2] - clock[0], 2),
        "peak_mb": round(peak_mb()),
    }
    print(json.dumps(result))


def _simulated(n_people: int, n_statements: int, filled: float) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(7)
    seen = rng.random((n_people, n_statements), np.float32) < filled
    person, statement = (place.astype(np.int32) for place in np.nonzero(seen))
    camp = rng.choice([-1.0, 1.0], n_people)
    liked, loading = rng.normal(0, 0.5, n_statements), rng.normal(0, 0.7, n_statements)
    leaning = liked[statement] + camp[person] * loading[statement]
    leaning += rng.normal(0, 1, person.size)
    return person, statement, np.where(np.abs(leaning) <= 0.3, 0.0, np.sign(leaning))  # noqa: PLR2004 - pass


if __name__ == "__main__":
    main()
