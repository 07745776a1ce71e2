"""How far a rating is: numbers only, kept up to date with every durable command."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

type Question = tuple[int, int]
"""Measure and criterion."""


@dataclass(slots=True)
class Standing:
    """Which answers stand, by round and person; what was answered is not kept."""

    answers: dict[int, dict[int, set[Question]]] = field(default_factory=dict)
    top_three: dict[int, set[int]] = field(default_factory=dict)

    def count(self, kind: str, person: int, body: Mapping[str, Any]) -> None:
        """Count a command in the order of the writer."""
        if kind == "rate":
            self._rate(person, body)
        elif kind == "top3":
            chosen = self.top_three.setdefault(body["r"], set())
            (chosen.add if body["measures"] else chosen.discard)(person)

    def _rate(self, person: int, body: Mapping[str, Any]) -> None:
        mine = self.answers.setdefault(body["r"], {}).setdefault(person, set())
        question = (body["m"], body["c"])
        (mine.add if "v" in body else mine.discard)(question)

    def forget(self, person: int) -> None:
        """Count a person no longer who has left."""
        for people in self.answers.values():
            people.pop(person, None)
        for chosen in self.top_three.values():
            chosen.discard(person)

    def n_answers(self, round_: int) -> int:
        """Return how many answers of a round stand."""
        return sum(len(mine) for mine in self.answers.get(round_, {}).values())

    def n_people(self, round_: int) -> int:
        """Return how many people gave an answer of a round that stands."""
        return sum(1 for mine in self.answers.get(round_, {}).values() if mine)

    def n_top_three(self, round_: int) -> int:
        """Return how many people made a choice of a round."""
        return len(self.top_three.get(round_, ()))
