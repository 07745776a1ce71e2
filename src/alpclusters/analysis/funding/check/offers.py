"""Steps 9 to 11: what a call asks of a mix: cap and floor, partners, countries, shares."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.case.money import share_ct
from alpclusters.analysis.funding.case.records import Offer
from alpclusters.analysis.funding.check.amounts import Amounts, by_partner
from alpclusters.analysis.funding.check.cells import is_barred
from alpclusters.analysis.funding.check.doubles import Key
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Findings,
    Law,
    Limit,
    together,
    weigh,
)
from alpclusters.analysis.funding.check.ground import Ground
from alpclusters.analysis.funding.check.members import is_member_state

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
