"""What the moderation of the cards shows: all tables at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpclusters.platform.cafe.domain.helps import open_calls
from alpclusters.platform.cafe.domain.log import Line
from alpclusters.platform.cafe.domain.similar import propose_similar
from alpclusters.platform.cafe.domain.walls import Wall, wall_of_moderation
from alpclusters.platform.cafe.models import AlpCafe, Card, Insight, Table
from alpclusters.platform.measures.models import Measure
from alpclusters.www.cafe.host.page import CardRow, PairRow, pair_row

# More at once nobody looks at; the next ones follow as soon as these are decided.
MOST_PAIRS = 6


@dataclass(frozen=True)
class Choice:
    """What the facilitator wants to see: cards of a table, in a state."""

    table: str = ""
    state: str = ""

    def fits(self, card: Card) -> bool:
        """Say whether a card is one of these."""
        number = str(card.table.number) if card.table else "0"
        return self.table in {"", number} and self.state in {"", card.state}


@dataclass(frozen=True)
class Moderation:
    """Cards, insights and proposals of an AlpCafé."""

    cafe: AlpCafe
    cards: Sequence[CardRow]
    n_all: int
    insights: Sequence[Insight]
    pairs: Sequence[PairRow]
    measures: Sequence[Measure]
    tables: Sequence[Table]
    states: Sequence[tuple[str, str]]
    calls: Sequence[Line]
    choice: Choice
    may_run: bool

    @property
    def n_shown(self) -> int:
        """How many cards the choice shows."""
        return len(self.cards)


def read_moderation(cafe: AlpCafe, choice: Choice, *, may_run: bool) -> Moderation:
    """Read everything the page shows."""
    wall = wall_of_moderation(cafe)
    return Moderation(
        cafe=cafe,
        cards=_rows(wall, choice),
        n_all=len(wall.cards),
        insights=wall.insights,
        pairs=[pair_row(found) for found in propose_similar(cafe, most=MOST_PAIRS)],
        measures=list(cafe.measures.order_by("cafe_measures__order", "pk")),
        tables=list(cafe.tables.all()),
        states=[(value, str(label)) for value, label in Card.State.choices],
        calls=open_calls(cafe),
        choice=choice,
        may_run=may_run,
    )


def _rows(wall: Wall, choice: Choice) -> list[CardRow]:
    numbers = wall.supports or {}
    return [
        CardRow(card, numbers.get(card.pk, 0), is_own_language=False)
        for card in wall.cards
        if choice.fits(card)
    ]
