"""What conditions may ask of a case: its partners, its project, an offer."""

import datetime as dt
from collections.abc import Mapping

from alpclusters.analysis.funding.case.records import Case, Offer, Partner

type Facts = Mapping[str, object]


def partner_facts(case: Case) -> Mapping[str, Facts]:
    """Return the facts of each partner by its id; what the format has stands above own facts."""
    sizes = {undertaking.id: undertaking.size for undertaking in case.undertakings}
    return {p.id: {**_own(p), **_fixed(p), "size": sizes.get(p.undertaking)} for p in case.partners}


def project_facts(case: Case) -> Facts:
    """Return the facts of the project; what the case states itself stands above the computed."""
    first, last = case.periods.start, case.periods.last_day(case.periods.count - 1)
    themes = {theme for package in case.work_packages for theme in package.themes}
    stated = {name: value for name, value in case.project.items() if value is not None}
    return {
        "start": first.isoformat(),
        "end": last.isoformat(),
        "months": 12 * (last.year - first.year) + last.month - first.month + 1,
        "total_cost_ct": sum(line.cost_ct for line in case.lines),
        "themes": tuple(sorted(themes)),
        "categories": tuple(sorted({line.category for line in case.lines})),
        **stated,
    }


def offer_facts(offer: Offer) -> Facts:
    """Return what a condition may ask of its offer."""
    return {
        "programme": offer.programme,
        "level": offer.level,
        "origin": offer.origin,
        "grants_from": offer.grants_from,
        "place": offer.place,
        "cap_ct": offer.cap_ct,
        "opens": _day(offer.opens),
        "closes": _day(offer.closes),
        "applied_on": _day(offer.applied_on),
        "decided_on": _day(offer.decided_on),
        "grant_date": _day(offer.grant_date),
    }


def _own(partner: Partner) -> Facts:
    return {name: value for name, value in partner.facts.items() if value is not None}


def _fixed(partner: Partner) -> Facts:
    return {
        "id": partner.id,
        "kind": partner.kind,
        "nuts": partner.nuts,
        "vintage": partner.vintage,
        "sites": tuple({"nuts": code, "vintage": vintage} for code, vintage in partner.sites),
        "country": partner.country,
        "lead": partner.lead,
        "own_ct": partner.own_ct,
        "credit_ct": partner.credit_ct,
        "vat_recoverable": partner.vat_recoverable,
    }


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
