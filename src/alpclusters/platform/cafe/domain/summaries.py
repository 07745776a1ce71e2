"""What a host hands over to the guests of the next round: ``hand_over``, ``withdraw_summary``.

Arguments: ``table`` (its number), ``round``, ``text``, ``language``.
"""

from datetime import datetime
from typing import Any, Final

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.domain.cards import table_of
from alpclusters.platform.cafe.domain.commands import Change, Order, State, register
from alpclusters.platform.cafe.domain.stand import read_time, written_time
from alpclusters.platform.cafe.models import AlpCafe, Summary, Table
from alpclusters.platform.languages.codes import nearest_language

LONGEST_TEXT: Final = 600


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
    before = {**place, "row": _picture(table, index)}
    _set(order.cafe, {**place, "row": row})
    return Change(before, {**place, "row": row}, [f"summary:{table.pk}:{index}"])


def _picture(table: Table, index: int) -> dict[str, Any] | None:
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


def _restore(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    del after, now
    if cafe.tables.filter(pk=before["table"]).exists():
        _set(cafe, before)


register("hand_over", hand_over, _restore, is_strict=False)
register("withdraw_summary", withdraw_summary, _restore, is_strict=False)
