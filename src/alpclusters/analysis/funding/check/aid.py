"""Which grants are State aid, and under which article."""

import datetime as dt
from typing import Final

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.case.records import Line, Offer
from alpclusters.analysis.funding.check.ground import Ground
from alpclusters.analysis.funding.check.intensities import figure, intensity_bp, is_exempt
from alpclusters.analysis.funding.rulebooks.records import Rule

FREE: Final = ""
DE_MINIMIS: Final = "DM"
_NONE: Final = "none"
# Art. 107(1) TFEU speaks of State resources; centrally managed Union money is none (Art. 8(2) of
# Reg. 651/2014), Swiss and private money is outside the Union's law.
_NO_STATE_RESOURCES: Final = frozenset({"ch", "private", "union_central"})


def basis_of(ground: Ground, offer: Offer, line: Line) -> str:
    """Return the article of a grant for a cost, ``DM`` for de minimis, empty where it is no aid.

    A grant is aid only for an economic activity (``line.economic``) of an undertaking that has one
    (its size is not ``none``), from State resources; shared management of the ERDF is such.
    """
    if not line.economic or ground.sizes[line.partner] == _NONE:
        return FREE
    if offer.origin in _NO_STATE_RESOURCES:
        return FREE
    named = offer.articles.get(line.category, offer.articles.get("*", _NONE))
    if named == _NONE:
        return FREE
    if named == DE_MINIMIS:
        return DE_MINIMIS
    article = line.article or named
    rule = ground.rules(ground.day(offer)).get(article)
    is_out = rule is not None and is_exempt(rule, ground.partners[line.partner])
    return FREE if is_out else article


def basis(ground: Ground, cell: Cell) -> str:
    """Return the article of a cell, kept once it was asked."""
    place = (cell.offer, cell.line)
    if place not in ground.bases:
        offer, line = ground.offers[cell.offer], ground.lines[cell.line]
        ground.bases[place] = basis_of(ground, offer, line)
    return ground.bases[place]


def alpha_bp(ground: Ground, rule: Rule, offer: Offer, line: Line) -> int | None:
    """Return the intensity of an article for a cost; with a Seal it is the rate of its call.

    Reg. 651/2014 Art. 25a lets aid to a project with a Seal of Excellence follow the terms of the
    Union call; all other articles have figures of their own.
    """
    partner = ground.partners[line.partner]
    if figure(rule, "rate_of_seal"):
        call = ground.offers.get(offer.seal_of or "")
        return None if call is None else ground.rate_bp(call, partner)
    return intensity_bp(rule, line, partner, ground.sizes[partner.id])


def rule_for(ground: Ground, article: str, day: dt.date, offer: Offer) -> Rule | None:
    """Return an article as it holds on a day, else as it held on the day of the grant itself."""
    return ground.rules(day).get(article) or ground.rules(ground.day(offer)).get(article)


def cell_rate_bp(ground: Ground, offer: Offer, line: Line) -> int | None:
    """Return the rate at which an offer pays for a cost: its own, cut to the article's intensity.

    Not cut where the intensity holds for the whole aid period (Art. 27(7)-(9)).
    """
    rate = ground.rate_bp(offer, ground.partners[line.partner])
    article = basis_of(ground, offer, line)
    rule = ground.rules(ground.day(offer)).get(article)
    if rate is None or rule is None or figure(rule, "average_over_period"):
        return rate
    alpha = alpha_bp(ground, rule, offer, line)
    return None if alpha is None else min(rate, alpha)
