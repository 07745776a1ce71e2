"""Steps 9 to 11, 15 and 16: what a call asks of a mix, how offers hang together, hard wishes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from alpclusters.analysis.funding.case import Cell, Link, Offer, Wish, share_ct
from alpclusters.analysis.funding.check.cells import is_barred
from alpclusters.analysis.funding.check.cumulation import Key
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Amounts,
    Findings,
    Law,
    Limit,
    by_partner,
    fault,
    together,
    weigh,
)
from alpclusters.analysis.funding.check.ground import Ground, is_member_state

# --- Steps 9 to 11: what a call asks of a mix: cap and floor, partners, countries, shares ---------


type Grouped = Mapping[str, Sequence[Cell]]
_COUNT: Final = "count"


def offer_keys(_ground: Ground, amounts: Amounts) -> Iterator[Key]:
    """Yield each offer that is used."""
    yield from ((offer,) for offer in sorted(amounts.by_offer))


def offer_touched(_ground: Ground, cell: Cell) -> Iterator[Key]:
    """Yield the offer of a cell."""
    yield (cell.offer,)


def judge_offer(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Check an offer that is used against all its terms; an unused one asks nothing."""
    cells = amounts.by_offer.get(key[0], ())
    if not cells:
        return NOTHING
    offer = ground.offers[key[0]]
    grouped = by_partner(cells, ground)
    return together(
        [
            _cap_and_floor(ground, offer, cells),
            *(_partner(ground, offer, name, mine) for name, mine in sorted(grouped.items())),
            _partners(ground, offer, grouped),
            _shares(ground, offer, cells, grouped),
            _outside(ground, offer, cells),
        ]
    )


def granted(cells: Sequence[Cell]) -> int:
    """Return the sum of grants."""
    return sum(cell.grant_ct for cell in cells)


def _cap_and_floor(ground: Ground, offer: Offer, cells: Sequence[Cell]) -> Findings:
    pointer, subject = ground.at("offers", offer.id), f"offer:{offer.id}"
    used, found = granted(cells), []
    if offer.cap_ct is not None:
        law = Law("case.cap")
        found.append(weigh(Limit(law, subject, f"{pointer}/cap_ct", offer.cap_ct, used)))
    if offer.floor_ct:
        law, at = Law("case.floor"), f"{pointer}/floor_ct"
        found.append(weigh(Limit(law, subject, at, offer.floor_ct, used, "floor")))
    return together(found)


def _partner(ground: Ground, offer: Offer, partner: str, cells: Sequence[Cell]) -> Findings:
    """The cap of a partner bounds its grant, the floor its declared cost."""
    pointer, subject = ground.at("offers", offer.id), f"offer:{offer.id}/{partner}"
    found = []
    if offer.partner_cap_ct is not None:
        law, at = Law("case.partner_cap"), f"{pointer}/partner_cap_ct"
        found.append(weigh(Limit(law, subject, at, offer.partner_cap_ct, granted(cells))))
    if floor := offer.partner_floor(partner):
        law, at = Law("case.partner_floor"), f"{pointer}/partner_floor_ct"
        declared = sum(cell.declared_ct for cell in cells)
        found.append(weigh(Limit(law, subject, at, floor, declared, "floor")))
    return together(found)


def _partners(ground: Ground, offer: Offer, grouped: Grouped) -> Findings:
    """Partners without support count for the least number of partners and countries."""
    beside = partners_without_support(ground, offer, grouped)
    everyone = [*grouped, *beside]
    countries = {ground.partners[name].country for name in everyone}
    members = [name for name in grouped if is_member_state(ground, offer, name)]
    found = [
        _at_least(ground, offer, "min_partners", offer.min_partners, len(everyone)),
        _at_least(ground, offer, "min_countries", offer.min_countries, len(countries)),
        _at_least(ground, offer, "min_member_states", offer.min_member_states, len(members)),
    ]
    if offer.max_partners is not None:
        pointer = f"{ground.at('offers', offer.id)}/max_partners"
        law, subject = Law("case.max_partners"), f"offer:{offer.id}"
        limit = Limit(law, subject, pointer, offer.max_partners, len(grouped), unit=_COUNT)
        found.append(weigh(limit))
    return together(found)


def partners_without_support(ground: Ground, offer: Offer, grouped: Grouped) -> list[str]:
    """Return partners of CH and LI with costs in the window that may get nothing of an offer."""
    rules = ground.rules_for(ground.day(offer), "no_union_money")
    first, last = offer.window
    return [
        partner.id
        for partner in ground.case.partners
        if partner.id not in grouped
        and any(is_barred(rule, offer, partner.country) for rule in rules)
        and any(first <= line.period <= last for line in ground.lines_of[partner.id])
    ]


def _at_least(ground: Ground, offer: Offer, name: str, wanted: int, used: int) -> Findings:
    """Return a floor in a count; a single one is no condition."""
    if wanted <= (0 if name == "min_member_states" else 1):
        return NOTHING
    pointer = f"{ground.at('offers', offer.id)}/{name}"
    law, subject = Law(f"case.{name}"), f"offer:{offer.id}"
    return weigh(Limit(law, subject, pointer, wanted, used, "floor", _COUNT))


def _shares(ground: Ground, offer: Offer, cells: Sequence[Cell], grouped: Grouped) -> Findings:
    """No partner takes more than its share: ``g_p * 10000 <= share * g``."""
    if offer.max_share_bp is None:
        return NOTHING
    pointer = f"{ground.at('offers', offer.id)}/max_share_bp"
    limit = share_ct(granted(cells), offer.max_share_bp)
    return together(
        [
            weigh(
                Limit(
                    Law("case.max_share"), f"offer:{offer.id}/{name}", pointer, limit, granted(mine)
                )
            )
            for name, mine in sorted(grouped.items())
        ]
    )


def _outside(ground: Ground, offer: Offer, cells: Sequence[Cell]) -> Findings:
    """What is granted for costs outside the area: ``used * 10000 <= outside_bp * total``."""
    if offer.outside_bp is None:
        return NOTHING
    outside = [cell for cell in cells if ground.lines[cell.line].outside]
    limit = share_ct(granted(cells), offer.outside_bp)
    pointer = f"{ground.at('offers', offer.id)}/outside_bp"
    subject = f"offer:{offer.id}"
    return weigh(Limit(Law("case.outside"), subject, pointer, limit, granted(outside)))


# --- Step 15: how offers hang together: exclusive, required, paired, Seal of Excellence -----------


def link_keys(ground: Ground, _amounts: Amounts) -> Iterator[Key]:
    """Yield the position of each link."""
    yield from ((str(at),) for at in range(len(ground.case.links)))


def links_touched(ground: Ground, cell: Cell) -> Iterator[Key]:
    """Yield the links that an offer is in."""
    for at, link in enumerate(ground.case.links):
        if cell.offer in link.offers:
            yield (str(at),)


def judge_link(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Check one link of the case."""
    link, pointer = ground.case.links[int(key[0])], f"/links/{key[0]}"
    used = [name for name in link.offers if amounts.is_used(name)]
    if link.type in ("exclusive", "alternative"):
        return _exclusive(used, pointer)
    if link.type == "exclusive_per_partner":
        return _exclusive_partner(ground, amounts, used, pointer)
    if link.type == "requires":
        return _requires(link, used, pointer)
    return _paired(amounts, link, pointer) if used else NOTHING


def _exclusive(used: list[str], pointer: str) -> Findings:
    if len(used) < 2:  # noqa: PLR2004 - one alone excludes nothing
        return NOTHING
    return fault("link_exclusive", pointer, "case.link", offers=", ".join(used))


def _exclusive_partner(ground: Ground, amounts: Amounts, used: list[str], pointer: str) -> Findings:
    takers = {name: set(by_partner(amounts.by_offer[name], ground)) for name in used}
    found = []
    for one, other in combinations(used, 2):
        for partner in sorted(takers[one] & takers[other]):
            offers = f"{one}, {other}"
            found.append(
                fault(
                    "link_exclusive_partner", pointer, "case.link", partner=partner, offers=offers
                )
            )
    return together(found)


def _requires(link: Link, used: list[str], pointer: str) -> Findings:
    first, rest = link.offers[0], link.offers[1:]
    missing = [name for name in rest if name not in used]
    if first not in used or not missing:
        return NOTHING
    return fault("link_requires", pointer, "case.link", offer=first, missing=", ".join(missing))


def _paired(amounts: Amounts, link: Link, pointer: str) -> Findings:
    """Two grants in a fixed ratio on each cost, to one cent each; neither is there alone."""
    missing = [name for name in link.offers if not amounts.is_used(name)]
    if missing:
        there = next(name for name in link.offers if amounts.is_used(name))
        return fault("link_paired_alone", pointer, "case.link", offer=there, missing=missing[0])
    one, other = (_by_line(amounts, name) for name in link.offers[:2])
    first, second = link.ratio or (1, 1)
    found = []
    for line in sorted({*one, *other}):
        apart = abs(one.get(line, 0) * second - other.get(line, 0) * first)
        if apart > first + second:
            figures = {"line": line, "ratio": f"{first}:{second}", "offers": ", ".join(link.offers)}
            found.append(fault("link_paired_ratio", pointer, "case.link", **figures))
    return together(found)


def _by_line(amounts: Amounts, offer: str) -> Mapping[str, int]:
    return {cell.line: cell.grant_ct for cell in amounts.by_offer[offer]}


def seal_keys(ground: Ground, _amounts: Amounts) -> Iterator[Key]:
    """Yield offers that take up a proposal which another rejected."""
    yield from ((offer.id,) for offer in ground.case.offers if offer.seal_of)


def seals_touched(ground: Ground, cell: Cell) -> Iterator[Key]:
    """Yield the Seal offers that a cell's offer is or belongs to."""
    for offer in ground.case.offers:
        if offer.seal_of and cell.offer in (offer.id, offer.seal_of):
            yield (offer.id,)


def judge_seal(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """A Seal offer and the call of the Seal exclude each other (method's paper, C19)."""
    offer = ground.offers[key[0]]
    call = offer.seal_of or ""
    if not (amounts.is_used(offer.id) and amounts.is_used(call)):
        return NOTHING
    pointer = f"{ground.at('offers', offer.id)}/seal_of"
    return fault("seal_with_call", pointer, "SE-1", offer=offer.id, call=call)


# --- Step 16: hard wishes of the partnership; a wish with a weight is a price and no condition


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
