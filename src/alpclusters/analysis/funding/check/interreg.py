"""Cohesion policy and Interreg: partnership, lead, money outside the area, Swiss pairs.

Where the law speaks at the level of a programme or priority there is a note and no violation: one
project cannot break it.
"""

from typing import Final

from alpclusters.analysis.funding.case import Offer
from alpclusters.analysis.funding.check.aid import figure, words
from alpclusters.analysis.funding.check.cumulation import Key
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Amounts,
    Findings,
    Limit,
    by_partner,
    fault,
    law_of,
    note,
    together,
    weigh,
)
from alpclusters.analysis.funding.check.ground import Ground, is_member_state
from alpclusters.analysis.funding.rulebooks.records import Rule

_COUNT: Final = "count"


def judge_cohesion(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Check an offer in use against the rules of cohesion policy that are about it."""
    if not amounts.is_used(key[0]):
        return NOTHING
    offer = ground.offers[key[0]]
    judges = {
        "partnership": _partnership,
        "lead": _lead,
        "outside": _outside,
        "programme_rate": _programme_rate,
        "swiss_pair": _swiss_pair,
    }
    return together(
        [
            judge(ground, amounts, offer, rule)
            for check, judge in judges.items()
            for rule in ground.rules_for(ground.day(offer), check)
            if _is_about(rule, offer)
        ]
    )


def _is_about(rule: Rule, offer: Offer) -> bool:
    levels = words(rule, "levels")
    return offer.origin in words(rule, "origins") and (not levels or offer.level in levels)


def _partnership(ground: Ground, amounts: Amounts, offer: Offer, rule: Rule) -> Findings:
    """Countries of partners with costs, and beneficiaries from Member States (2021/1059, 23(1)).

    A Swiss partner counts as a country and not as a Member State.
    """
    prefix = "wider_" if offer.programme in words(rule, "wider_programmes") else ""
    countries = {p.country for p in ground.case.partners if ground.lines_of[p.id]}
    takers = by_partner(amounts.by_offer[offer.id], ground)
    members = [name for name in takers if is_member_state(ground, offer, name)]
    counts = (
        (f"{prefix}min_countries", "countries", len(countries)),
        (f"{prefix}min_member_states", "member_states", len(members)),
    )
    pointer = "/partners"
    return together(
        [
            weigh(
                Limit(
                    law_of(ground, rule, ground.day(offer), name),
                    f"offer:{offer.id}/{what}",
                    pointer,
                    figure(rule, name),
                    used,
                    "floor",
                    _COUNT,
                    {"what": what},
                )
            )
            for name, what, used in counts
        ]
    )


def _lead(ground: Ground, _amounts: Amounts, offer: Offer, rule: Rule) -> Findings:
    """Exactly one partner leads (2021/1059 Art. 23(5)); that nobody is named yet is a note."""
    leads = [partner.id for partner in ground.case.partners if partner.lead]
    if len(leads) > 1:
        return fault("several_leads", "/partners", rule.id, partners=", ".join(leads))
    return NOTHING if leads else note("no_lead", f"offer:{offer.id}", rule.id)


def _outside(ground: Ground, amounts: Amounts, offer: Offer, rule: Rule) -> Findings:
    """Costs outside the area: approval or a limit of the programme, no share of the project."""
    if not any(ground.lines[cell.line].outside for cell in amounts.by_offer[offer.id]):
        return NOTHING
    code = "outside_programme" if _has_share(rule) else "outside_approval"
    return note(code, f"offer:{offer.id}", rule.id, share_bp=_share(rule))


def _has_share(rule: Rule) -> bool:
    return "programme_bp" in rule.params or "priority_bp" in rule.params


def _share(rule: Rule) -> int:
    return figure(rule, "programme_bp", figure(rule, "priority_bp"))


def _programme_rate(_ground: Ground, _amounts: Amounts, offer: Offer, rule: Rule) -> Findings:
    """Say where an offer's rate is above what the programme as a whole may give."""
    rates = [rate.bp for rate in offer.rates]
    highest = max(rates, default=0)
    if highest <= figure(rule, "rate_bp"):
        return NOTHING
    limits = {"rate_bp": highest, "programme_bp": figure(rule, "rate_bp")}
    return note("programme_rate", f"offer:{offer.id}", rule.id, **limits)


def _swiss_pair(ground: Ground, _amounts: Amounts, offer: Offer, rule: Rule) -> Findings:
    """Federal Swiss money is matched by the canton; say where the case pairs it with nothing."""
    if offer.level != "national" or offer.id in ground.paired:
        return NOTHING
    return note("swiss_pair", f"offer:{offer.id}", rule.id)
