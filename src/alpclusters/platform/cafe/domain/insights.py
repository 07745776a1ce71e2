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
from alpclusters.platform.cafe.domain.commands import (
    Change,
    Order,
    State,
    read_time,
    register,
    written_time,
)
from alpclusters.platform.cafe.models import AlpCafe, Card, Insight, Summary, Table
from alpclusters.platform.fields import length_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.trail.domain.edges import retie, untie
from alpclusters.platform.trail.models import Edge

LONGEST_TITLE: Final = length_of(Insight, "title")
MOST_INSIGHTS: Final = 3


def group_cards(order: Order) -> Change:
    """Put cards together into a new insight, or into one that is there."""
    cards = _cards(order)
    known = order.arguments.get("insight")
    insight = _new_insight(order, cards) if known is None else find_insight(order)
    before = None if known is None else _insights_picture(insight)
    for card in cards:
        _require_room(card, insight)
    if known is None:
        insight.save()
    insight.cards.add(*cards)
    return _done(order, insight, before, cards)


def rename_insight(order: Order) -> Change:
    """Say an insight in other words."""
    insight = find_insight(order)
    before = _insights_picture(insight)
    insight.title = _title(order)
    insight.language = _language(order)
    insight.save(update_fields=["title", "language"])
    return _done(order, insight, before, [])


def ungroup_card(order: Order) -> Change:
    """Take a card out of an insight; without a card the insight is dissolved."""
    insight = find_insight(order)
    before = _insights_picture(insight)
    cards = list(insight.cards.all())
    gone = [find_card(order)] if order.arguments.get("card") is not None else cards
    insight.cards.remove(*gone)
    return _done(order, insight, before, cards)


def link_insight(order: Order) -> Change:
    """Tie an insight to a measure of the AlpCafé, or take the tie away."""
    insight = find_insight(order)
    before = _insights_picture(insight)
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


def _insights_picture(insight: Insight) -> Picture:
    return {
        "title": insight.title,
        "language": insight.language,
        "table_id": insight.table_id,
        "measure_id": insight.measure_id,
        "created_at": written_time(insight.created_at),
        "cards": sorted(insight.cards.values_list("pk", flat=True)),
    }


def _done(order: Order, insight: Insight, before: Picture | None, cards: Iterable[Card]) -> Change:
    number, after = insight.pk, _insights_picture(insight)
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


def _insights_restore(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
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
    register(_name, _apply, _insights_restore, is_strict=False)


# --- What a host hands over to the guests of the next round: ``hand_over``, ``withdraw_summary``
#
# Arguments: ``table`` (its number), ``round``, ``text``, ``language``.


LONGEST_TEXT: Final = length_of(Summary, "text")


def hand_over(order: Order) -> Change:
    """Show the summary of a round to the guests of the next one; again: an improved text."""
    table, index = _place(order)
    text = str(order.arguments.get("text") or "").strip().replace("\r\n", "\n")
    if not text or len(text) > LONGEST_TEXT:
        raise InputError("cafe.summary_text", expected=str(LONGEST_TEXT))
    language = nearest_language(str(order.arguments.get("language") or ""))
    row = {"text": text, "language": language, "handed_over_at": written_time(order.now)}
    return _changing(order, table, index, row)


def withdraw_summary(order: Order) -> Change:
    """Take a summary back from the next guests."""
    table, index = _place(order)
    return _changing(order, table, index, None)


def handed_over_to(table: Table, round_index: int) -> Summary | None:
    """Return what the guests of a round read: the last summary of an earlier round."""
    earlier = table.summaries.filter(round_index__lt=round_index, handed_over_at__isnull=False)
    found: Summary | None = earlier.order_by("round_index").last()
    return found


def _place(order: Order) -> tuple[Table, int]:
    table = table_of(order)
    index = order.arguments.get("round", order.cafe.round_index)
    if table is None or not isinstance(index, int) or not 1 <= index <= order.cafe.n_rounds:
        raise StateError("cafe.unknown_seat", found=str(index))
    return table, index


def _changing(order: Order, table: Table, index: int, row: dict[str, Any] | None) -> Change:
    place = {"table": table.pk, "round": index}
    before = {**place, "row": _summaries_picture(table, index)}
    _set(order.cafe, {**place, "row": row})
    return Change(before, {**place, "row": row}, [f"summary:{table.pk}:{index}"])


def _summaries_picture(table: Table, index: int) -> dict[str, Any] | None:
    found = table.summaries.filter(round_index=index).first()
    if found is None:
        return None
    at = written_time(found.handed_over_at)
    return {"text": found.text, "language": found.language, "handed_over_at": at}


def _set(cafe: AlpCafe, state: State) -> None:
    place = {"table_id": state["table"], "round_index": state["round"]}
    if state["row"] is None:
        cafe.summaries.filter(**place).delete()
        return
    row = {**state["row"], "handed_over_at": read_time(state["row"]["handed_over_at"])}
    Summary.objects.update_or_create(**place, defaults={"cafe": cafe, **row})


def _summaries_restore(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    del after, now
    if cafe.tables.filter(pk=before["table"]).exists():
        _set(cafe, before)


register("hand_over", hand_over, _summaries_restore, is_strict=False)
register("withdraw_summary", withdraw_summary, _summaries_restore, is_strict=False)
