"""What a reader should know: publication of awards, days nobody knows, VAT."""

from collections.abc import Iterator, Mapping, Sequence

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.check.aid import DE_MINIMIS, FREE, basis
from alpclusters.analysis.funding.check.amounts import Amounts
from alpclusters.analysis.funding.check.doubles import Key
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Findings,
    note,
    together,
    undecided,
)
from alpclusters.analysis.funding.check.ground import Ground
from alpclusters.analysis.funding.check.intensities import figure


def judge_notices(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Collect what is to be said of an offer in use."""
    if not amounts.is_used(key[0]):
        return NOTHING
    return together([_day_unknown(ground, key[0]), *_published(ground, amounts, key[0])])


def _day_unknown(ground: Ground, offer: str) -> Findings:
    """Without a day of the grant the law is undecided; the project's start stands in for it."""
    if ground.offers[offer].day is not None:
        return NOTHING
    start = ground.case.periods.start.isoformat()
    return undecided("grant_day_unknown", f"offer:{offer}", "by-date", on=start)


def _published(ground: Ground, amounts: Amounts, offer: str) -> Iterator[Findings]:
    """Single awards above a threshold are published (Reg. 651/2014 Art. 9(1)(c))."""
    rules = ground.rules_for(ground.day(ground.offers[offer]), "publication")
    for group, amount in _awards(ground, amounts.by_offer[offer]).items():
        for rule in rules:
            threshold = figure(rule, "threshold_ct")
            if amount > threshold:
                subject = f"offer:{offer}/{group}"
                yield note("publication", subject, rule.id, amount=amount, threshold=threshold)


def _awards(ground: Ground, cells: Sequence[Cell]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for cell in cells:
        if basis(ground, cell) not in (FREE, DE_MINIMIS):
            partner = ground.partners[ground.lines[cell.line].partner]
            group = ground.groups[partner.undertaking]
            found[group] = found.get(group, 0) + cell.grant_ct
    return found


def judge_vat(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Recoverable VAT is no eligible cost (Art. 7(1)); say where nobody knows whether it is."""
    partner = ground.partners[key[0]]
    cells = amounts.by_partner.get(partner.id, ())
    if partner.vat_recoverable is not None or all(basis(ground, c) == FREE for c in cells):
        return NOTHING
    return note("vat_open", f"partner:{partner.id}", "GB-7")
