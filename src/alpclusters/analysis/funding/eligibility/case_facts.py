"""The facts of a case as conditions ask them: its partners, its project, its offers."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.funding.case.records import Case, Offer, Partner, Undertaking

type Facts = Mapping[str, object]

_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Facts of all partners and of the project; an offer's are added to them."""

    partners: Mapping[str, Facts]
    project: Facts

    def of(self, partner_id: str, offer: Facts) -> dict[str, object]:
        """Return what one partner's judgement of one offer may ask."""
        return {
            "partner": self.partners[partner_id],
            "project": self.project,
            "offer": offer,
            "partners": tuple(self.partners.values()),
        }


def case_facts(case: Case) -> CaseFacts:
    """Return the facts of a case; own facts of a partner come first, then what the format has."""
    undertakings = {one.id: one for one in case.undertakings}
    partners = {one.id: _partner(one, undertakings.get(one.undertaking)) for one in case.partners}
    return CaseFacts(partners, _project(case))


def offer_facts(offer: Offer) -> Facts:
    """Return what a condition may ask of its offer."""
    return {
        "programme": offer.programme,
        "level": offer.level,
        "origin": offer.origin,
        "grants_from": offer.grants_from,
        "place": offer.place,
        "cap_ct": offer.cap_ct,
        **{
            name: _iso(getattr(offer, name))
            for name in ("opens", "closes", "applied_on", "decided_on", "grant_date")
        },
    }


def _partner(partner: Partner, undertaking: Undertaking | None) -> Facts:
    return {
        **{name: value for name, value in partner.facts.items() if value is not None},
        "id": partner.id,
        "kind": partner.kind,
        "size": undertaking.size if undertaking else None,
        "nuts": partner.nuts,
        "vintage": partner.vintage,
        "sites": tuple({"nuts": code, "vintage": vintage} for code, vintage in partner.sites),
        "country": partner.country,
        "lead": partner.lead,
        "own_ct": partner.own_ct,
        "credit_ct": partner.credit_ct,
        "vat_recoverable": partner.vat_recoverable,
    }


def _project(case: Case) -> Facts:
    start, last = case.periods.start, case.periods.last_day(case.periods.count - 1)
    told = {
        "start": _iso(start),
        "end": _iso(last),
        "months": (last.year - start.year) * _MONTHS + last.month - start.month + 1,
        "total_cost_ct": sum(line.cost_ct for line in case.lines),
        "themes": tuple(sorted({theme for one in case.work_packages for theme in one.themes})),
        "categories": tuple(sorted({line.category for line in case.lines})),
    }
    return {**told, **{name: value for name, value in case.project.items() if value is not None}}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
