"""What simulated people said they need, in the first round of AlpCafés: cards and insights."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from alpclusters.platform.cafe.models import AlpCafe, Card, Insight, Participant
from alpclusters.platform.seed_rows import read_rows

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds" / "demonstration_needs.csv"
# Place, region and how many days ago.
NEEDS: Final = (
    ("Hallein", "AT32", 640),
    ("Ulm", "DE1", 632),
    ("Grenoble", "FRK", 625),
    ("Brescia", "ITC4", 618),
    ("Locarno", "CH07", 611),
)


def say_needs(cafe: AlpCafe, people: Sequence[Participant], begin: datetime) -> list[Insight]:
    """Let people write cards; those that say the same are grouped to an insight."""
    rows = [row for row in read_rows(SEEDS) if row["place"] == cafe.place]
    insights: list[Insight] = []
    for row in rows:
        cards = [
            _card(cafe, people[(len(insights) * 5 + place) % len(people)], text, row["language"])
            for place, text in enumerate(row["cards"].split("|"))
        ]
        insights.append(_grouped(cafe, cards, row, begin))
    return insights


def _card(cafe: AlpCafe, person: Participant, text: str, language: str) -> Card:
    return Card(
        cafe=cafe,
        participant=person,
        text=text,
        language=language,
        round_index=1,
        state=Card.State.GROUPED,
        received_at=person.seen_at,
    )


def _grouped(cafe: AlpCafe, cards: Sequence[Card], row: dict[str, str], begin: datetime) -> Insight:
    known = cafe.cards.count()
    for number, card in enumerate(cards, start=known):
        card.public_id = f"simulated{cafe.pk:06d}{number:04d}"
        card.seq = number
        card.received_at = begin + timedelta(minutes=20 + number)
    made = Card.objects.bulk_create(cards)
    insight = Insight.objects.create(
        cafe=cafe,
        title=row["insight"],
        language=row["language"],
        created_at=begin + timedelta(hours=1, minutes=30),
    )
    insight.cards.set(made)
    return insight
