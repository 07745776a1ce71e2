"""What an allocation means for each offer and each partner: sums, own money and cash by quarter."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alpclusters.analysis.funding.case import FULL_BP, Case, Cell, Line, Offer, share_ct


@dataclass(frozen=True, slots=True)
class OfferSheet:
    """What an offer brings and what applying for it costs.

    Attributes
    ----------
    offer : str
    is_used : bool
    grant_ct, declared_ct, effort_ct : int
        Cents; 0 where it is not used.
    partners : tuple of str
        Those who declare a cost, sorted.
    """

    offer: str
    is_used: bool
    grant_ct: int
    declared_ct: int
    effort_ct: int
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartnerSheet:
    """What a partner spends, is granted and pays itself.

    Attributes
    ----------
    partner : str
    cost_ct, grant_ct, own_ct : int
        Cents; ``own_ct`` is what no grant pays.
    cash_ct : tuple of int
        For each quarter the grants whose cost has fallen and whose money has not come yet, minus
        money paid ahead: what the partner has to finance in between (negative: money in hand).
    """

    partner: str
    cost_ct: int
    grant_ct: int
    own_ct: int
    cash_ct: tuple[int, ...]


def objective_ct(case: Case, allocation: Iterable[Cell]) -> int:
    """Return grants minus efforts of an allocation in cents.

    Parameters
    ----------
    case : Case
    allocation : iterable of Cell

    Returns
    -------
    int
        Sum of grants, minus the effort of each used offer and of each participation in it.
    """
    return sum(sheet.grant_ct - sheet.effort_ct for sheet in offer_sheets(case, allocation))


def offer_sheets(case: Case, allocation: Iterable[Cell]) -> tuple[OfferSheet, ...]:
    """Sum an allocation by offer, in the order of the case, unused offers included.

    Parameters
    ----------
    case : Case
    allocation : iterable of Cell

    Returns
    -------
    tuple of OfferSheet
    """
    owner = {line.id: line.partner for line in case.lines}
    cells = _by(allocation, "offer")
    return tuple(_offer_sheet(offer, cells.get(offer.id, ()), owner) for offer in case.offers)


def partner_sheets(case: Case, allocation: Iterable[Cell]) -> tuple[PartnerSheet, ...]:
    """Sum an allocation by partner, in the order of the case.

    Parameters
    ----------
    case : Case
    allocation : iterable of Cell

    Returns
    -------
    tuple of PartnerSheet

    Notes
    -----
    A claim of a cell rises with its cost and falls when the money comes: the share paid ahead in
    the first quarter of the offer's window, the rest ``lag_periods`` after the cost. The share paid
    ahead is floored to the cent.
    """
    lines = {line.id: line for line in case.lines}
    offers = {offer.id: offer for offer in case.offers}
    costs: dict[str, int] = defaultdict(int)
    grants: dict[str, int] = defaultdict(int)
    cash = {partner.id: [0] * case.periods.count for partner in case.partners}
    for line in case.lines:
        costs[line.partner] += line.cost_ct
    for cell in allocation:
        line = lines[cell.line]
        grants[line.partner] += cell.grant_ct
        _add_claims(cash[line.partner], cell.grant_ct, line, offers[cell.offer])
    return tuple(
        PartnerSheet(
            partner.id,
            costs[partner.id],
            grants[partner.id],
            costs[partner.id] - grants[partner.id],
            tuple(cash[partner.id]),
        )
        for partner in case.partners
    )


def _offer_sheet(offer: Offer, cells: Iterable[Cell], owner: Mapping[str, str]) -> OfferSheet:
    found = tuple(cells)
    partners = tuple(sorted({owner[cell.line] for cell in found}))
    effort = offer.effort_ct + offer.partner_effort_ct * len(partners) if found else 0
    grant = sum(cell.grant_ct for cell in found)
    declared = sum(cell.declared_ct for cell in found)
    return OfferSheet(offer.id, bool(found), grant, declared, effort, partners)


def _add_claims(cash: list[int], grant_ct: int, line: Line, offer: Offer) -> None:
    ahead = share_ct(grant_ct, min(offer.prepay_bp, FULL_BP))
    steps = (
        (line.period, grant_ct),
        (offer.window[0], -ahead),
        (line.period + offer.lag_periods, ahead - grant_ct),
    )
    for since, amount in steps:
        for period in range(max(since, 0), len(cash)):
            cash[period] += amount


def _by(allocation: Iterable[Cell], name: str) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = defaultdict(list)
    for cell in sorted(allocation):
        found[getattr(cell, name)].append(cell)
    return found
