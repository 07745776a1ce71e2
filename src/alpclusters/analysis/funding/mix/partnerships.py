"""Who has to take part in an offer: by the offer itself, and by the law of Interreg."""

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.funding.case import Case, Offer
from alpclusters.analysis.funding.mix.law import Law

_STATES = "AT BE BG CY CZ DE DK EE EL ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
MEMBER_STATES = frozenset(_STATES.split())


def least_partnership(law: Law, offer: Offer) -> tuple[int, int]:
    """Return the least numbers of countries and of beneficiaries from Member States."""
    countries, beneficiaries = offer.min_countries, offer.min_member_states
    for rule in law.checks("partnership", law.day_of(offer)):
        params = rule.params
        if offer.origin not in str(params["origins"]).split("|"):
            continue
        if offer.level not in str(params["levels"]).split("|"):
            continue
        is_wider = offer.programme in str(params.get("wider_programmes", "")).split("|")
        prefix = "wider_" if is_wider else ""
        countries = max(countries, int(params[f"{prefix}min_countries"]))
        beneficiaries = max(beneficiaries, int(params[f"{prefix}min_member_states"]))
    return countries, beneficiaries


def silent_partners(case: Case, law: Law) -> NDArray[np.bool_]:
    """Return who takes part without support: costs in the window, no money for its country.

    Returns
    -------
    array of bool of shape (n_offers, n_partners)
    """
    periods: dict[str, set[int]] = {}
    for line in case.lines:
        periods.setdefault(line.partner, set()).add(line.period)
    return np.array(
        [
            [
                law.is_left_out(offer, partner)
                and any(
                    offer.window[0] <= t <= offer.window[1] for t in periods.get(partner.id, ())
                )
                for partner in case.partners
            ]
            for offer in case.offers
        ],
        dtype=np.bool_,
    ).reshape(len(case.offers), len(case.partners))
