"""Commands on insights: ``group_cards``, ``rename_insight``, ``ungroup_card``, ``link_insight``.

Arguments: ``cards`` (numbers), ``insight`` (number; absent makes a new one), ``title``,
``language``, ``card``, ``measure`` (number, or null to take the link away). An insight left by
its last card is dissolved.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.cards import (
    find_card,
    require_own_table,
    settle_states,
    table_of,
)
from alpclusters.platform.cafe.domain.commands import Change, Order, State, register
from alpclusters.platform.cafe.domain.stand import read_time, written_time
from alpclusters.platform.cafe.models import AlpCafe, Card, Insight
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.trail.domain.edges import retie, untie
from alpclusters.platform.trail.models import Edge

LONGEST_TITLE: Final = 200
MOST_INSIGHTS: Final = 3


def group_cards(order: Order) -> Change:
    """Put cards together into a new insight, or into one that is there."""
    cards = _cards(order)
    known = order.arguments.get("insight")
    insight = _new_insight(order, cards) if known is None else find_insight(order)
    before = None if known is None else _picture(insight)
    for card in cards:
        _require_room(card, insight)
    if known is None:
        insight.save()
    insight.cards.add(*cards)
    return _done(order, insight, before, cards)


def rename_insight(order: Order) -> Change:
    """Say an insight in other words."""
    insight = find_insight(order)
    before = _picture(insight)
    insight.title = _title(order)
    insight.language = _language(order)
    insight.save(update_fields=["title", "language"])
    return _done(order, insight, before, [])


def ungroup_card(order: Order) -> Change:
    """Take a card out of an insight; without a card the insight is dissolved."""
    insight = find_insight(order)
    before = _picture(insight)
    cards = list(insight.cards.all())
    gone = [find_card(order)] if order.arguments.get("card") is not None else cards
    insight.cards.remove(*gone)
    return _done(order, insight, before, cards)


def link_insight(order: Order) -> Change:
    """Tie an insight to a measure of the AlpCafé, or take the tie away."""
    insight = find_insight(order)
    before = _picture(insight)
    number = order.arguments.get("measure")
    measure = order.cafe.measures.filter(pk=number).first() if number is not None else None
    if number is not None and measure is None:
        raise StateError("cafe.unknown_insight", found=str(number))
    insight.measure = measure
    insight.save(update_fields=["measure"])
    return _done(order, insight, before, [])


def find_insight(order: Order) -> Insight:
    """Return an insight that the one who orders may touch.

    Raises
    ------
    StateError
        ``cafe.unknown_insight``.
    NotAllowedError
        ``cafe.other_table``.
    """
    number = order.arguments.get("insight")
    insights = order.cafe.insights.select_related("table")
    found: Insight | None = insights.filter(pk=number).first() if isinstance(number, int) else None
    if found is None:
        raise StateError("cafe.unknown_insight", found=str(number))
    require_own_table(order, found.table)
    return found


def _cards(order: Order) -> list[Card]:
    numbers = order.arguments.get("cards") or []
    cards = [find_card(order, number) for number in dict.fromkeys(numbers)]
    if not cards:
        raise InputError("cafe.no_cards")
    return cards


def _require_room(card: Card, insight: Insight) -> None:
    if card.insights.exclude(pk=insight.pk).count() >= MOST_INSIGHTS:
        raise StateError("cafe.three_insights", expected=str(MOST_INSIGHTS))


def _new_insight(order: Order, cards: list[Card]) -> Insight:
    """Begin an insight with the measure its table talks about; `link_insight` changes it."""
    table = table_of(order)
    tables = [table] if table else [card.table for card in cards]
    measures = {found.measure if found else None for found in tables}
    return Insight(
        cafe=order.cafe,
        table=table,
        measure=measures.pop() if len(measures) == 1 else None,
        title=_title(order),
        language=_language(order),
        created_at=order.now,
    )


def _title(order: Order) -> str:
    title = " ".join(str(order.arguments.get("title") or "").split())
    if not title or len(title) > LONGEST_TITLE:
        raise InputError("cafe.insight_title", expected=str(LONGEST_TITLE))
    return title


def _language(order: Order) -> str:
    return nearest_language(str(order.arguments.get("language") or ""))


# --- what is kept, and put back -----------------------------------------------------------------

type Picture = dict[str, Any]


def _picture(insight: Insight) -> Picture:
    return {
        "title": insight.title,
        "language": insight.language,
        "table_id": insight.table_id,
        "measure_id": insight.measure_id,
        "created_at": written_time(insight.created_at),
        "cards": sorted(insight.cards.values_list("pk", flat=True)),
    }


def _done(order: Order, insight: Insight, before: Picture | None, cards: Iterable[Card]) -> Change:
    number, after = insight.pk, _picture(insight)
    if not after["cards"]:
        _dissolve(insight)
    else:
        tie_cards(insight, by=order.by, now=order.now)
    settle_states(cards)
    moved = set(after["cards"]) ^ set(before["cards"] if before else ())
    touches = [f"insight:{number}", *(f"card:{pk}" for pk in sorted(moved))]
    was = {"insight": number, "row": before}
    return Change(was, {"insight": number, "row": after if after["cards"] else None}, touches)


def tie_cards(insight: Insight, *, by: User | None, now: datetime) -> None:
    """Keep the trail: each card leads to the insight it is part of."""
    if not insight.cafe.is_rehearsal:
        retie(Edge.Kind.GATHERED_IN, list(insight.cards.all()), insight, by=by, now=now)


def _dissolve(insight: Insight) -> None:
    untie(insight)
    insight.delete()


def _restore(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    number, row = int(before["insight"]), before["row"]
    involved = set(row["cards"] if row else ()) | set((after["row"] or {}).get("cards", ()))
    if row is None:
        for insight in cafe.insights.filter(pk=number):
            _dissolve(insight)
    else:
        _put_back(cafe, number, row, now)
    settle_states(cafe.cards.filter(pk__in=involved))


def _put_back(cafe: AlpCafe, number: int, row: Picture, now: datetime) -> None:
    values = {name: value for name, value in row.items() if name != "cards"}
    values["created_at"] = read_time(row["created_at"])
    insight, _ = Insight.objects.update_or_create(
        pk=number, cafe=cafe, defaults=values, create_defaults={"cafe": cafe, **values}
    )
    insight.cards.set(cafe.cards.filter(pk__in=row["cards"]))
    tie_cards(insight, by=None, now=now)


for _name, _apply in (
    ("group_cards", group_cards),
    ("rename_insight", rename_insight),
    ("ungroup_card", ungroup_card),
    ("link_insight", link_insight),
):
    register(_name, _apply, _restore, is_strict=False)
