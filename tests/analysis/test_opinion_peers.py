"""The same votes in red-dwarf, in its own environment: the same figures.

`python -m benchmarks._peers` builds that environment; without it these tests are skipped.
"""

import json

import numpy as np
import pytest

from alpclusters.analysis.opinion import (
    adjusted_rand_index,
    consensus_statements,
    group_informed_consensus,
    opinion_groups,
    representative_statements,
)
from benchmarks._peers import peers_python, run_script
from tests.analysis.opinion_data import KLIMARAT, planted, read_export

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def peer(tmp_path_factory):
    python = peers_python()
    if python is None:
        pytest.skip("the environment of the peers is not here (python -m benchmarks._peers)")
    folder = tmp_path_factory.mktemp("peer")

    def run(votes, rejected):
        np.save(folder / "votes.npy", votes)
        (folder / "rejected.json").write_text(json.dumps(rejected), encoding="ascii")
        paths = (str(folder / "votes.npy"), str(folder / "rejected.json"))
        return run_script(python, "_opinion_peer.py", *paths)

    return run


def listed(found):
    return {
        str(label): [[item.statement, item.side] for item in items]
        for label, items in zip(found.labels, found.lists, strict=True)
    }


def majorities(found):
    return {
        side: [item.statement for item in getattr(found, side)] for side in ("agree", "disagree")
    }


def test_planted_votes_give_the_same_figures(peer):
    votes, camp = planted(150, 30, camps=2)
    rejected = [4, 9]
    moderated = np.where(np.isin(np.arange(30), rejected), -1, 1)

    theirs = peer(votes, rejected)

    ours = opinion_groups(votes, moderated=moderated, compat="polis", resamples=0)
    places = np.array(theirs["projection"])
    sign = np.sign((ours.projection * places).sum(axis=0))
    assert ours.projection == pytest.approx(sign * places, abs=1e-9)
    assert adjusted_rand_index(ours.members, theirs["labels"]) == 1
    assert adjusted_rand_index(ours.members, camp) == 1
    members = theirs["labels"]
    shared = group_informed_consensus(votes, members).agree
    assert shared == pytest.approx([theirs["gic"][str(i)] for i in range(30)], abs=1e-12)
    speaking = representative_statements(votes, members, moderated=moderated)
    assert listed(speaking) == theirs["representative"]
    assert majorities(consensus_statements(votes, moderated=moderated)) == theirs["consensus"]


def test_klimarat_gives_the_same_groups_and_consensus(peer, shared):
    data = read_export(shared / KLIMARAT)
    table = np.where(data.votes.seen, data.votes.values, np.nan)
    rejected = np.flatnonzero(np.array(data.moderated) == -1).tolist()

    theirs = peer(table, rejected)

    ours = opinion_groups(data.votes, moderated=data.moderated, compat="polis", resamples=0)
    assert adjusted_rand_index(ours.members, theirs["labels"]) == 1
    shares = group_informed_consensus(data.votes, ours.members).agree
    assert shares == pytest.approx([theirs["gic"][str(i)] for i in range(shares.size)], abs=1e-12)
    assert (
        majorities(consensus_statements(data.votes, moderated=data.moderated))
        == theirs["consensus"]
    )
