"""Write a synthetic conversation in the format of a Polis export; every value is simulated."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

START: Final = 1_650_000_000_000  # milliseconds since 1970, as in the exports
FILLED: Final = 0.12  # share of cells with a vote; real conversations have 0.1 to 0.3
CHANGED: Final = 0.01  # share of votes cast a second time


@dataclass(frozen=True, slots=True)
class Size:
    """How big a conversation is."""

    participants: int
    statements: int


def write_export(folder: Path, size: Size, *, seed: int = 7) -> int:
    """Write votes.csv, comments.csv and summary.csv; return the number of votes cast."""
    folder.mkdir(parents=True, exist_ok=True)
    votes = _votes(size, np.random.default_rng(seed))
    _write(folder / "votes.csv", "timestamp,datetime,comment-id,voter-id,vote", votes)
    head = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"
    _write(folder / "comments.csv", head, _comments(size, votes))
    _write(folder / "summary.csv", "topic,Simulated conversation", [("views", size.participants)])
    return len(votes)


def _votes(size: Size, rng: np.random.Generator) -> list[tuple[object, ...]]:
    """Two camps that disagree on a third of the statements; later votes replace earlier ones."""
    filled = rng.random((size.participants, size.statements)) < FILLED
    filled[np.arange(size.participants), np.arange(size.participants) % size.statements] = True
    voters, items = np.nonzero(filled)
    values = np.where(rng.random(voters.size) < _agreement(size, rng)[voters, items], 1, -1)
    values[rng.random(voters.size) < 0.2] = 0  # noqa: PLR2004 - share of "pass" in real exports
    again = rng.random(voters.size) < CHANGED
    voters, items = np.append(voters, voters[again]), np.append(items, items[again])
    values = np.append(values, -values[again])
    times = START + 1000 * np.arange(voters.size)
    order = np.argsort(items, kind="stable")
    rows = zip(times[order], items[order], voters[order], values[order], strict=True)
    return [(int(t), "", int(i), int(v), int(x)) for t, i, v, x in rows]


def _agreement(size: Size, rng: np.random.Generator) -> np.ndarray:
    camp = rng.integers(0, 2, size.participants)
    common = rng.uniform(0.2, 0.9, size.statements)
    split = rng.random(size.statements) < 1 / 3
    turned = np.where(split & (camp[:, None] == 1), 1 - common, common)
    return np.asarray(turned)


def _comments(size: Size, votes: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    table = np.array([(row[2], row[4]) for row in votes])
    agrees = np.bincount(table[table[:, 1] == 1, 0], minlength=size.statements)
    disagrees = np.bincount(table[table[:, 1] == -1, 0], minlength=size.statements)
    return [
        (START, "", i, 0, int(agrees[i]), int(disagrees[i]), 1, f"Simulated statement {i}")
        for i in range(size.statements)
    ]


def _write(path: Path, head: str, rows: list[tuple[object, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head.split(","))
        writer.writerows(rows)
