"""Which blocks of results can be shown in the hall, and how many people stand behind each.

Nothing here is a figure about what people said: those are computed, released and taken back by
the evaluation, which knows this app.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.platform.cafe.domain.standing import standing_ratings
from alpclusters.platform.cafe.domain.top_threes import count_choosers
from alpclusters.platform.cafe.models import AlpCafe, Block, Phase

# From the first results on; without a hall people rate until the close.
RELEASE_PHASES: Final = frozenset(
    {Phase.RESULTS, Phase.RATING_2, Phase.RESULTS_2, Phase.FEEDBACK, Phase.CLOSED}
)
SECOND_PHASES: Final = frozenset({Phase.RESULTS_2, Phase.FEEDBACK, Phase.CLOSED})


@dataclass(frozen=True, slots=True)
class Headline:
    """How many people stand behind the blocks: totals of the room, which may be known."""

    rated: int
    rated_again: int
    top_three: int
    commented: int

    def of(self, block: str) -> int:
        """Return the people behind a block."""
        own = {
            Block.TOP_THREE: self.top_three,
            Block.COMMENTS: self.commented,
            Block.CHANGE: self.rated_again,
        }
        return own.get(Block(block), self.rated)


def headline_of(cafe: AlpCafe) -> Headline:
    """Count the people behind the blocks in four queries."""
    first, second = (_people(cafe, number) for number in (1, 2))
    return Headline(
        rated=len(first | second),
        rated_again=len(first & second),
        top_three=count_choosers(cafe),
        commented=cafe.comments.values("participant_id").distinct().count(),
    )


def _people(cafe: AlpCafe, number: int) -> set[int]:
    ratings = standing_ratings(cafe, number).order_by()
    return set(ratings.values_list("participant_id", flat=True))


@dataclass(frozen=True, slots=True)
class Offer:
    """A block as the facilitator finds it in the list.

    Attributes
    ----------
    block : Block
    is_visible : bool
    n : int
        People behind it; no figure about what they said.
    reason : str
        Why it cannot be released now: ``""``, ``too_few`` or ``not_yet``.
    """

    block: Block
    is_visible: bool
    n: int
    reason: str


def offers(cafe: AlpCafe, now: datetime) -> list[Offer]:
    """List the blocks this AlpCafé has, with the people behind each."""
    visible = set(visible_blocks(cafe, now))
    people = headline_of(cafe)
    return [
        Offer(block, block in visible, n, refusal_of(cafe, block, n))
        for block in blocks_of(cafe)
        for n in [people.of(block)]
    ]


def blocks_of(cafe: AlpCafe) -> list[Block]:
    """Return the blocks that the sheet of this AlpCafé can fill."""
    if cafe.in_hall and cafe.round != AlpCafe.Round.MEASURES:
        return []
    absent = {
        Block.TOP_THREE: not (cafe.has_top_three and cafe.in_hall),
        Block.CLOUD: not (cafe.cloud_x_id and cafe.cloud_y_id),
        Block.CHANGE: not (cafe.has_second_rating and cafe.in_hall),
    }
    return [block for block in Block if not absent.get(block, False)]


def visible_blocks(cafe: AlpCafe, now: datetime) -> list[str]:
    """Return the blocks everybody in the hall may see at this moment, in their order."""
    shown = cafe.releases.filter(visible_from__lte=now, visible_to__isnull=True)
    found = set(shown.values_list("block", flat=True))
    return [block for block in Block.values if block in found]


def refusal_of(cafe: AlpCafe, block: str, n: int) -> str:
    """Return why a block with so many people behind it cannot be released now, or ``""``."""
    phases = SECOND_PHASES if block == Block.CHANGE else RELEASE_PHASES
    if cafe.phase not in phases:
        return "not_yet"
    return "too_few" if n < K_ANONYMITY else ""
