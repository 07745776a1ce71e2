"""Step 16: hard wishes of the partnership; a wish with a weight is a price and no condition."""

from collections.abc import Iterator

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.case.records import Wish
from alpclusters.analysis.funding.check.amounts import Amounts
from alpclusters.analysis.funding.check.doubles import Key
from alpclusters.analysis.funding.check.findings import NOTHING, Findings, Law, Limit, fault, weigh
from alpclusters.analysis.funding.check.ground import Ground


def wish_keys(ground: Ground, _amounts: Amounts) -> Iterator[Key]:
    """Yield the position of each hard wish."""
    for at, wish in enumerate(ground.case.wishes):
        if wish.weight is None:
            yield (str(at),)


def wishes_touched(ground: Ground, _cell: Cell) -> Iterator[Key]:
    """Yield every hard wish; they are few, and most ask for sums."""
    for at, wish in enumerate(ground.case.wishes):
        if wish.weight is None:
            yield (str(at),)


def judge_wish(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Check one hard wish."""
    wish, pointer = ground.case.wishes[int(key[0])], f"/wishes/{key[0]}"
    if wish.type in ("use", "avoid"):
        return _of_offer(amounts, wish, pointer)
    if wish.type == "max_offers":
        law, used = Law("wish.max_offers"), len(amounts.by_offer)
        return weigh(Limit(law, "project", pointer, wish.count or 0, used, unit="count"))
    return _of_amount(amounts, wish, pointer)


def _of_offer(amounts: Amounts, wish: Wish, pointer: str) -> Findings:
    is_used = amounts.is_used(wish.offer or "")
    if is_used == (wish.type == "use"):
        return NOTHING
    rule = f"wish.{wish.type}"
    return fault(f"wish_{wish.type}", pointer, rule, offer=wish.offer or "")


def _of_amount(amounts: Amounts, wish: Wish, pointer: str) -> Findings:
    """Grants in all, to a partner, or for one cost reach an amount."""
    if wish.type == "min_partner":
        subject, cells = f"partner:{wish.partner}", amounts.by_partner.get(wish.partner or "", ())
    elif wish.type == "fund_line":
        subject, cells = f"line:{wish.line}", amounts.by_line.get(wish.line or "", ())
    else:
        subject = "project"
        cells = [cell for cells in amounts.by_offer.values() for cell in cells]
    used = sum(cell.grant_ct for cell in cells)
    law = Law(f"wish.{wish.type}")
    return weigh(Limit(law, subject, pointer, wish.amount_ct or 0, used, "floor"))
