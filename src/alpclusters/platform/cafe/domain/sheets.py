"""The rating sheet of one person: every measure once, in an order of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from alpclusters.platform.cafe.domain.comments import comments_of_participant
from alpclusters.platform.cafe.domain.orders import kept_order
from alpclusters.platform.cafe.domain.standing import Answer, standing_of_participant
from alpclusters.platform.cafe.models import Criterion, Participant
from alpclusters.platform.measures.models import Measure


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the sheet: a measure, the answers to its criteria and the comment.

    In the second rating also the answers of the first; the reason is asked in the first alone.
    """

    number: int
    measure: Measure
    answers: dict[int, Answer | None]
    comment: str
    first: Mapping[int, Answer | None] = field(default_factory=dict)

    @property
    def n_answered(self) -> int:
        """How many criteria have an answer."""
        return sum(1 for answer in self.answers.values() if answer is not None)

    @property
    def is_complete(self) -> bool:
        """Say whether every criterion has an answer."""
        return self.n_answered == len(self.answers)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A person's pages and the criteria they ask."""

    leaves: tuple[Leaf, ...]
    criteria: tuple[Criterion, ...]
    round: int

    def leaf(self, number: int) -> Leaf | None:
        """Return a page by its number, counted from 1."""
        return self.leaves[number - 1] if 1 <= number <= len(self.leaves) else None

    @property
    def first_open(self) -> Leaf | None:
        """The first page with a question left; None when all are answered."""
        return next((leaf for leaf in self.leaves if not leaf.is_complete), None)


def build_sheet(participant: Participant, round: int = 1) -> Sheet:  # noqa: A002 - as the model
    """Read a person's sheet of a round of rating in four queries."""
    cafe = participant.cafe
    rows = cafe.cafe_measures.select_related("measure")
    measures = {row.measure_id: row.measure for row in rows}
    order = kept_order(participant.measure_order, measures, participant.pk)
    criteria = [row.criterion for row in cafe.cafe_criteria.select_related("criterion")]
    answers = standing_of_participant(participant, round)
    first = standing_of_participant(participant) if round > 1 else {}
    comments = {} if round > 1 else comments_of_participant(participant)
    leaves = tuple(
        Leaf(
            number=number,
            measure=measures[pk],
            answers={c.pk: answers.get((pk, c.pk)) for c in criteria},
            comment=comments.get(pk, ""),
            first={c.pk: first.get((pk, c.pk)) for c in criteria} if round > 1 else {},
        )
        for number, pk in enumerate(order, start=1)
    )
    return Sheet(leaves, tuple(criteria), round)
