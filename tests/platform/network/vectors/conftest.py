"""Texts for the tests of vectors, and an encoder that needs no model."""

import csv
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pytest

from alpclusters.platform.network.domain.vectors.model import Kind, Text

HERE = Path(__file__).parent


def read_texts(path: Path, kind: Kind) -> list[Text]:
    """The field of a simulated text stands for the organisation."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Text(row["field"], kind, row["language"], row["text"]) for row in rows]


class Dice:
    """Dense rows of length 1 that depend on the text alone, and mean nothing."""

    name = "dice"
    version = "1"
    dim = 16
    convention = "none"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def phrase(self, text: Text) -> str:
        return text.cleaned

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return np.array([self._row(text) for text in texts], np.float32).reshape(-1, self.dim)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self.encode_passages([f"? {text}" for text in texts])

    def _row(self, text: str) -> np.ndarray:
        seed = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
        row = np.random.default_rng(seed).normal(size=self.dim)
        return row / np.linalg.norm(row)


@pytest.fixture
def dice() -> Dice:
    return Dice()


@pytest.fixture(scope="session")
def own() -> list[Text]:
    """Our own simulated texts: 15 fields in five languages, a profile and a need each."""
    profiles = read_texts(HERE / "own_profiles.csv", Kind.PROFILE)
    return [*profiles, *read_texts(HERE / "own_needs.csv", Kind.NEED)]
