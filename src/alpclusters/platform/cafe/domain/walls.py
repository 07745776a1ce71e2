"""The cards of an AlpCafé as each screen may see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Card,
    Insight,
    Participant,
    Phase,
    Seat,
    Support,
)

# --- Who stands behind a card: counts, hidden while people still write ----------------------------


_HIDDEN = frozenset({Phase.DRAFT, Phase.LOBBY, Phase.PRESENTATION, Phase.SEATING, Phase.TALK})


def shows_supports(cafe: AlpCafe) -> bool:
    """Say whether numbers may be shown: from the harvest on, so that nobody follows the crowd."""
    return cafe.phase not in _HIDDEN


def told_supports(cards: Iterable[Card]) -> dict[int, int]:
    """Return how many people support each card for everybody's eyes: from five on."""
    return {pk: n for pk, n in count_supports(cards).items() if n >= K_ANONYMITY}


def count_supports(cards: Iterable[Card]) -> dict[int, int]:
    """Return how many people support each card, in one query; a card without any is left out.

    For hosts and facilitators.
    """
    groups = Support.objects.filter(card__in=[card.pk for card in cards]).order_by()
    counted = groups.values("card_id").annotate(n=Count("pk"))
    return dict(counted.values_list("card_id", "n"))


# --- The cards of an AlpCafé as each screen may see them ------------------------------------------


class View(StrEnum):
    """For whom the cards are: each sees another part of them."""

    PHONE = "phone"
    HOST = "host"
    BEAMER = "beamer"
    MODERATION = "moderation"


@dataclass(frozen=True, slots=True)
class Wall:
    """Cards and insights for one screen.

    Attributes
    ----------
    cards : sequence of Card
        Newest first.
    insights : sequence of Insight
        With their cards, as far as this screen sees them.
    supports : mapping of int to int, or None
        Number of people behind each card; None while it is not shown. Phones and big screen are
        told none below five.
    """

    cards: Sequence[Card]
    insights: Sequence[Insight]
    supports: Mapping[int, int] | None


def wall_of_table(cafe: AlpCafe, table: int) -> Wall:
    """Return what the host of a table sees: all cards of the table, hidden ones too."""
    cards = _rows(cafe).filter(table__number=table)
    wall = _wall(cafe, cards, cafe.insights.filter(table__number=table))
    return Wall(wall.cards, wall.insights, _exact(wall) if shows_supports(cafe) else None)


def wall_of_hall(cafe: AlpCafe) -> Wall:
    """Return what the big screen shows: everything that is not hidden."""
    shown = _rows(cafe).exclude(state=Card.State.HIDDEN)
    return _wall(cafe, shown, cafe.insights.all())


def wall_of_moderation(cafe: AlpCafe) -> Wall:
    """Return what a facilitator sees: every card, with its support."""
    wall = _wall(cafe, _rows(cafe), cafe.insights.all())
    return Wall(wall.cards, wall.insights, _exact(wall))


def _exact(wall: Wall) -> dict[int, int]:
    return {card.pk: 0 for card in wall.cards} | count_supports(wall.cards)


def wall_of_person(person: Participant) -> Wall:
    """Return what a phone shows: one's own cards, and those of the tables one sat at."""
    cafe = person.cafe
    own = Q(participant=person)
    if cafe.shows_table_cards:
        tables = Seat.objects.filter(guest__participant=person, round_index__lte=cafe.round_index)
        own |= Q(table__in=tables.values("table")) & ~Q(state=Card.State.HIDDEN)
    return _wall(cafe, _rows(cafe).filter(own), cafe.insights.none())


def sees_photo(wall: Wall, name: str) -> bool:
    """Say whether a photo is on one of the cards."""
    return any(card.photo == name for card in wall.cards)


def _rows(cafe: AlpCafe) -> QuerySet[Card]:
    rows: QuerySet[Card] = cafe.cards.select_related("table__measure").order_by("-pk")
    return rows


def _wall(cafe: AlpCafe, cards: QuerySet[Card], insights: QuerySet[Insight]) -> Wall:
    rows = list(cards.prefetch_related("insights"))
    inside = Prefetch("cards", cafe.cards.select_related("table").order_by("pk"))
    gathered = insights.select_related("table", "measure").prefetch_related(inside).order_by("pk")
    supports = told_supports(rows) if shows_supports(cafe) else None
    return Wall(rows, list(gathered), supports)


# --- as JSON ------------------------------------------------------------------------------------


def wall_record(wall: Wall, view: View, *, person: Participant | None = None) -> dict[str, Any]:
    """Return a wall as a screen reads it (docs/developer/live.md)."""
    shown = {card.pk for card in wall.cards}
    cards = [_card(card, wall, view, person) for card in wall.cards]
    insights = [_insight(insight, shown) for insight in wall.insights]
    return {"cards": cards, "insights": [i for i in insights if i["cards"]]}


def _card(card: Card, wall: Wall, view: View, person: Participant | None) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": card.public_id,
        "text": card.text,
        "language": card.language,
        "author": card.author,
        "photo": card.photo,
        "table": card.table.number if card.table else None,
        "round": card.round_index,
        "state": card.state,
        "edited": card.edited_at is not None,
        "supports": None if wall.supports is None else wall.supports.get(card.pk),
    }
    if view is View.PHONE:
        record["own"] = person is not None and card.participant_id == person.pk
        record["reason"] = card.hidden_reason if record["own"] else ""
        return record
    if view in {View.HOST, View.MODERATION}:
        record |= {"number": card.pk, "reason": card.hidden_reason, "source": card.source}
    record["insights"] = _numbers(card.insights.all())
    return record


def _insight(insight: Insight, shown: set[int]) -> dict[str, Any]:
    return {
        "number": insight.pk,
        "title": insight.title,
        "language": insight.language,
        "table": insight.table.number if insight.table else None,
        "measure": insight.measure.name if insight.measure else "",
        "cards": [card.public_id for card in insight.cards.all() if card.pk in shown],
    }


def _numbers(things: Iterable[Insight]) -> list[int]:
    return [thing.pk for thing in things]
