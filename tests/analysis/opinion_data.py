"""Votes for the tests: a small planted conversation, and readers of the shared goldens."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from alpclusters.analysis.opinion import Votes
from alpclusters.sources.polis import read_polis

KLIMARAT = "data/ratings/klimarat-produktion-konsum"
SERVER = ("below-100-ptpts", "25ptpt-3gp-no-strict-with-meta")


def planted(n_people=120, n_statements=24, *, seed=3, camps=3, filled=0.6):
    """Votes of camps of unequal size that differ on every statement; simulated."""
    rng = np.random.default_rng(seed)
    camp = np.sort(rng.integers(0, camps * (camps + 1) // 2, n_people))
    camp = np.searchsorted(np.cumsum(np.arange(camps, 0, -1)), camp, side="right")
    opinion = rng.normal(0, 1.5, (camps, n_statements))
    leaning = opinion[camp] + rng.normal(0, 0.6, (n_people, n_statements))
    votes = np.where(np.abs(leaning) <= 0.3, 0.0, np.sign(leaning))
    votes[rng.random(votes.shape) > filled] = np.nan
    return votes, camp


@dataclass
class Conversation:
    """An export: votes, moderation and the ids of the statements."""

    votes: Votes
    moderated: list[int]
    ids: list[int]

    def named(self, places):
        return [self.ids[place] for place in places]


def read_export(folder: Path) -> Conversation:
    export = read_polis(folder)
    return Conversation(
        votes=Votes.from_ratings(export.ratings()),
        moderated=[-1 if item.moderation == "rejected" else 1 for item in export.statements],
        ids=[item.id for item in export.statements],
    )


@dataclass
class ServerOutput:
    """What a Polis server computed, with the votes it was computed from."""

    votes: np.ndarray
    members: np.ndarray
    moderated: np.ndarray
    people: list[int]
    statements: list[int]
    output: dict

    def column(self, statement):
        return self.statements.index(int(statement))


def read_server(folder: Path) -> ServerOutput:
    rows = json.loads((folder / "votes.json").read_text(encoding="utf-8"))
    output = json.loads((folder / "math-pca2.json").read_text(encoding="utf-8"))
    person, statement = ("pid", "tid") if "pid" in rows[0] else ("participant_id", "statement_id")
    people, statements = sorted({row[person] for row in rows}), output["tids"]
    votes = np.full((len(people), len(statements)), np.nan)
    for row in rows:
        votes[people.index(row[person]), statements.index(row[statement])] = row["vote"]
    base = output["base-clusters"]
    persons_of = dict(zip(base["id"], base["members"], strict=True))
    members = np.full(len(people), -1)
    for group in output["group-clusters"]:
        for cluster in group["members"]:
            members[[people.index(person) for person in persons_of[cluster]]] = group["id"]
    rejected = np.isin(statements, output["mod-out"])
    return ServerOutput(votes, members, np.where(rejected, -1, 1), people, statements, output)
