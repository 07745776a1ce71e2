"""Incentive effect: aid must be applied for before work starts (Reg. 651/2014 Art. 6(2))."""

import datetime as dt

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.check.aid import DE_MINIMIS, FREE, basis
from alpclusters.analysis.funding.check.findings import NOTHING, Findings, fault, undecided
from alpclusters.analysis.funding.check.ground import Ground


def judge_incentive(ground: Ground, cell: Cell) -> Findings:
    """Check that an exempted grant was applied for before the project's first day.

    De minimis aid needs no incentive effect; without a day of application it is undecided.
    """
    if basis(ground, cell) in (FREE, DE_MINIMIS):
        return NOTHING
    offer = ground.offers[cell.offer]
    rules = ground.rules_for(ground.day(offer), "incentive")
    if not rules:
        return NOTHING
    if offer.applied_on is None:
        return undecided("application_day_unknown", f"offer:{offer.id}", rules[0].id)
    start = start_of_work(ground)
    if offer.applied_on < start:
        return NOTHING
    days = {"applied_on": offer.applied_on.isoformat(), "start": start.isoformat()}
    pointer = f"{ground.at('offers', offer.id)}/applied_on"
    return fault("incentive_effect", pointer, rules[0].id, offer=offer.id, **days)


def start_of_work(ground: Ground) -> dt.date:
    """Return the first day of work: as the project states it, else the first day of its periods."""
    stated = ground.case.project.get("start")
    if isinstance(stated, str):
        try:
            return dt.date.fromisoformat(stated)
        except ValueError:
            return ground.case.periods.start
    return ground.case.periods.start
