"""What an audit found: who is given away, and worlds that prove the rest safe."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from alpclusters.analysis.disclosure.answers import Block
from alpclusters.analysis.disclosure.statements import People

type Code = Literal["D1", "D2", "D3", "D4", "D5"]
type Attacker = Literal["insider", "participant"]
BOTH: Final[tuple[Attacker, ...]] = ("insider", "participant")
type World = Mapping[Hashable, tuple[Hashable, ...]]
"""The answers of everybody to every question, by key of the block."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Something that is certain for an attacker.

    Attributes
    ----------
    code : {"D1", "D2", "D3", "D4", "D5"}
        Identity, answer, figures of a small group, one of these by several releases only,
        membership ("did not answer", "changed the answer").
    block : hashable
        The question.
    people : frozenset of int
        Those who are given away.
    feature : str
        What is known of them: "answer"; of pairs "part 0", "part 1", "standing", "changed"; of
        small sets "counts".
    attacker : {"insider", "participant"}
        The weakest attacker for whom it is certain.
    participant : int or None
        One participant who knows it of the others by subtracting the own answer.
    is_decided : bool
        False where the search ended at its limit; that counts as disclosed.
    """

    code: Code
    block: Hashable
    people: People
    feature: str
    attacker: Attacker
    participant: int | None = None
    is_decided: bool = True

    @property
    def told(self) -> frozenset[tuple[Hashable, str, int, Attacker]]:
        """What of whom it tells to which attackers; participants know what the insider knows."""
        knows: tuple[Attacker, ...] = (self.attacker, "participant")
        return frozenset(
            (self.block, self.feature, person, attacker)
            for person in self.people
            for attacker in knows
        )


@dataclass(frozen=True, slots=True)
class Witness:
    """Another world: the same figures are public in it, and a secret has another value.

    Attributes
    ----------
    block : hashable
        The only question whose answers differ from the truth.
    answers : tuple of hashable
        The answer of everybody in that world.
    people : frozenset of int
        Those whose common answer it hides.
    feature : str
        What they have in common in truth and not in this world.
    participant : int or None
        A participant whose own answer is the true one in that world.
    """

    block: Hashable
    answers: tuple[Hashable, ...]
    people: People
    feature: str
    participant: int | None = None


class Verdict:
    """What every audit says of what it found."""

    __slots__ = ()
    found: tuple[Disclosure, ...]

    @property
    def is_safe(self) -> bool:
        """Whether nothing is certain for anybody."""
        return not self.found

    @property
    def people(self) -> People:
        """Everybody who is given away by anything."""
        return frozenset().union(*(one.people for one in self.found))

    @property
    def undecided(self) -> int:
        """How many findings were not decided within the limit; they count as disclosed."""
        return sum(not one.is_decided for one in self.found)


@dataclass(frozen=True, slots=True)
class Audit(Verdict):
    """The verdict on everything public; it holds answers, so it stays inside.

    Attributes
    ----------
    n_answers : int
        Answers in all, missing ones not counted.
    n_secrets : int
        Cases that had to be decided: a group of people, what they have in common, an attacker.
    found : tuple of Disclosure
    witnesses : tuple of Witness
        At most 20, from different questions first.
    truth : tuple of Block
    cpu_s : float
        Processor time in seconds; not part of a comparison.
    """

    n_answers: int
    n_secrets: int
    found: tuple[Disclosure, ...]
    witnesses: tuple[Witness, ...]
    truth: tuple[Block, ...] = field(repr=False)
    cpu_s: float = field(compare=False)

    @property
    def told(self) -> frozenset[tuple[Hashable, str, int, Attacker]]:
        """Everything that is certain."""
        return frozenset().union(*(one.told for one in self.found))

    def answers(self, attacker: Attacker) -> int:
        """Return how many answers (person and question) are certain for this attacker.

        For "participant" those that are not certain for the insider already.
        """
        wanted = {
            kind: {
                (person, one.block)
                for one in self.found
                if one.attacker == kind and one.feature != "counts"
                for person in one.people
            }
            for kind in ("insider", "participant")
        }
        if attacker == "insider":
            return len(wanted["insider"])
        return len(wanted["participant"] - wanted["insider"])

    def true_world(self) -> World:
        """Return the answers of everybody as they are."""
        return {block.key: answers_in(block) for block in self.truth}


def answers_in(block: Block) -> tuple[Hashable, ...]:
    """Return the answers themselves, one per person."""
    return tuple(block.values[place] for place in block.answers.tolist())
