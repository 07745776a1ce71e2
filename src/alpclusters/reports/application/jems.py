"""The application as JSON in the structure of Jems: sections A to E as its records name them.

Numbers that only a programme gives (of its funds, priorities, indicators, legal statuses) are null,
with the code or name beside them. Jems offers no import of an application from a file: the JSON is
for those who enter it by its interface, or compare what was entered. Section E of Jems holds lump
sums only, which a case does not know; ``budget`` and ``revenue`` stand beside the sections.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from alpclusters.analysis.funding.case import Line, Partner, WorkPackage
from alpclusters.reports.application import partner_answers as of_partner
from alpclusters.reports.application.budget import HEADING_OF
from alpclusters.reports.application.fields import Answer
from alpclusters.reports.application.project_answers import (
    OUTPUT,
    RESULT,
    cooperating_bodies,
    indicators_at,
)
from alpclusters.reports.application.subject import ApplicationSubject, Talk, period_of
from alpclusters.reports.funding.subject import CATEGORIES, said

type Json = dict[str, Any]
SCHEMA: Final = "alpclusters-application/1"
SUB_TYPES: Final = {
    "small": "SMALL_ENTERPRISE",
    "medium": "MEDIUM_SIZED_ENTERPRISE",
    "large": "LARGE_ENTERPRISE",
}
CONTRIBUTIONS: Final = {"public": "Public", "private": "Private"}
HUNDRED: Final = Decimal(100)
CENT: Final = Decimal("0.01")


class JemsForm:
    """Writes the records of Jems from the answers in all languages."""

    def __init__(
        self,
        subject: ApplicationSubject,
        answers: Mapping[str, Sequence[Answer]],
        language: str,
    ) -> None:
        self._subject = subject
        self._answers = answers
        self._language = language

    @cached_property
    def _found(self) -> dict[tuple[str, str], dict[str, str]]:
        found: dict[tuple[str, str], dict[str, str]] = {}
        for language, answers in self._answers.items():
            for one in answers:
                if one.is_filled:
                    found.setdefault((one.field.id, one.place), {})[language] = one.text
        return found

    def _texts(self, field: str, place: str = "") -> list[Json]:
        found = self._found.get((field, place), {})
        return [
            {"language": code.upper(), "translation": text} for code, text in sorted(found.items())
        ]

    def _plain(self, field: str, place: str = "") -> str | None:
        return self._found.get((field, place), {}).get(self._language)

    def data(self) -> Json:
        """Return the whole application."""
        case = self._subject.funding.case
        return {
            "schema": SCHEMA,
            "simulated": self._subject.is_simulated,
            "caseSha256": self._subject.funding.digest,
            "startDate": case.periods.start.isoformat(),
            "periodMonths": 6,
            "budget": list(self._lines()),
            "revenue": list(self._revenue()),
            "projectData": {
                "sectionA": self._section_a(),
                "sectionB": {"partners": list(self._partners()), "associatedOrganisations": []},
                "sectionC": self._section_c(),
                "sectionD": {"projectPartnerBudgetPerPeriodData": list(self._per_period())},
                "sectionE": {"projectLumpSums": []},
            },
        }

    def _section_a(self) -> Json:
        months = self._plain("A.1 duration")
        return {
            "acronym": self._plain("A.1 acronym"),
            "title": self._texts("A.1 title"),
            "intro": self._texts("A.2 intro"),
            "duration": int(months) if months else None,
            "specificObjective": None,
            "programmePriority": None,
        }

    def _partners(self) -> Iterator[Json]:
        for number, partner in enumerate(self._subject.partners, 1):
            yield self._partner(number, partner)

    def _partner(self, number: int, partner: Partner) -> Json:
        talk = Talk(self._subject, self._language)
        sizes = {one.id: one.size for one in self._subject.funding.case.undertakings}
        body = self._subject.body(partner)
        return {
            "sortNumber": number,
            "caseId": partner.id,
            "role": "LEAD_PARTNER" if partner.lead else "PARTNER",
            "abbreviation": self._plain("B.1.1 abbreviation", partner.id),
            "nameInOriginalLanguage": self._plain("B.1.1 nameInOriginalLanguage", partner.id),
            "nameInEnglish": self._plain("B.1.1 nameInEnglish", partner.id),
            "department": self._in_reader(body.department),
            "partnerType": of_partner.group_code(talk, partner) or None,
            "partnerSubType": SUB_TYPES.get(sizes.get(partner.undertaking, "none")),
            "nace": self._plain("B.1.1 nace", partner.id),
            "pic": body.pic or None,
            "vat": self._plain("B.1.1 vat", partner.id),
            "vatRecovery": {True: "Yes", False: "No", None: None}[partner.vat_recoverable],
            "legalStatusId": None,
            "legalStatus": of_partner.status_code(talk, partner) or None,
            "addresses": [self._address(partner)],
            "contacts": [],
            "motivation": {
                name: self._texts(f"B.1.5 {name}", partner.id)
                for name in (
                    "organizationRelevance",
                    "organizationRole",
                    "organizationExperience",
                )
            },
            "stateAid": {"justification1": self._texts("B.1.8 stateAid", partner.id)},
            "budget": self._budget(talk, partner),
        }

    def _address(self, partner: Partner) -> Json:
        return {
            "type": "Organization",
            "country": partner.country,
            "nutsRegion2": self._plain("B.1.2 nutsRegion2", partner.id),
            "nutsRegion3": self._plain("B.1.2 nutsRegion3", partner.id),
            "street": self._plain("B.1.2 street", partner.id),
            "houseNumber": None,
            "postalCode": self._plain("B.1.2 postalCode", partner.id),
            "city": self._plain("B.1.2 city", partner.id),
            "homepage": self._subject.body(partner).website or None,
        }

    def _budget(self, talk: Talk, partner: Partner) -> Json:
        return {
            "projectPartnerCoFinancing": self._financing(talk, partner),
            "projectPartnerBudgetCosts": {
                heading: self._entries(partner, categories)
                for heading, categories in of_partner.HEADINGS.items()
            },
            "projectPartnerBudgetTotalCost": _euro(
                self._subject.funding.sheets[partner.id]["cost_ct"]
            ),
        }

    def _entries(self, partner: Partner, categories: Sequence[str]) -> list[Json]:
        lines = self._subject.lines_of(partner=partner.id)
        by_category = {name: [one for one in lines if one.category == name] for name in categories}
        return [
            {
                "description": [self._category(name)],
                "numberOfUnits": "1.00",
                "pricePerUnit": _euro(_sum(found)),
                "rowSum": _euro(_sum(found)),
                "budgetPeriods": _periods(found),
            }
            for name, found in by_category.items()
            if found
        ]

    def _in_reader(self, text: str) -> list[Json]:
        """Return a text of which nobody says the language, in that of the reader."""
        return [{"language": self._language.upper(), "translation": text}] if text else []

    def _category(self, name: str) -> Json:
        return {
            "language": self._language.upper(),
            "translation": said(CATEGORIES, name, self._language),
        }

    def _financing(self, talk: Talk, partner: Partner) -> Json:
        funding = self._subject.funding
        sheet = funding.sheets[partner.id]
        european = of_partner.grants_of(talk, partner, is_european=True)
        others = of_partner.grants_of(talk, partner, is_european=False)
        rest = sheet["cost_ct"] - sum(european.values())
        status = CONTRIBUTIONS.get(of_partner.status_code(talk, partner))
        return {
            "partnerAbbreviation": self._plain("B.1.1 abbreviation", partner.id),
            "finances": [
                *(
                    {
                        "fundType": "MainFund",
                        "fund": {
                            "id": None,
                            "name": funding.offer_name(offer),
                            "programme": funding.offers[offer].programme,
                            "programmeName": funding.programme_name(offer),
                        },
                        "percentage": _percent(cents, sheet["cost_ct"]),
                        "amount": _euro(cents),
                    }
                    for offer, cents in european.items()
                ),
                {
                    "fundType": "PartnerContribution",
                    "fund": None,
                    "percentage": _percent(rest, sheet["cost_ct"]),
                    "amount": _euro(rest),
                },
            ],
            "partnerContributions": [
                {
                    "name": partner.name,
                    "status": status,
                    "amount": _euro(sheet["own_ct"]),
                    "isPartner": True,
                },
                *(
                    {
                        "name": funding.offer_name(offer),
                        "status": _status_of_grant(funding.offers[offer].origin),
                        "amount": _euro(cents),
                        "isPartner": False,
                    }
                    for offer, cents in others.items()
                ),
            ],
        }

    def _section_c(self) -> Json:
        return {
            "projectOverallObjective": {"overallObjective": self._texts("C.1 overallObjective")},
            "projectRelevance": {
                "territorialChallenge": self._texts("C.2.1 territorialChallenge"),
                "commonChallenge": self._texts("C.2.2 commonChallenge"),
                "transnationalCooperation": self._texts("C.2.3 transnationalCooperation"),
                "projectBenefits": self._specified("C.2.4 projectBenefits", "group"),
                "projectStrategies": self._specified("C.2.5 projectStrategies", "strategy"),
                "projectSynergies": self._specified("C.2.6 projectSynergies", "synergy"),
                "availableKnowledge": self._texts("C.2.7 availableKnowledge"),
            },
            "projectPartnership": {"partnership": self._texts("C.3 partnership")},
            "projectWorkPackages": [
                self._package(number, one) for number, one in enumerate(self._subject.packages, 1)
            ],
            "projectResults": list(self._indicators(RESULT, "result")),
            "projectManagement": self._management(),
            "projectLongTermPlans": {
                name: self._texts(f"C.8.{place} {name}")
                for place, name in enumerate(
                    ("projectOwnership", "projectDurability", "projectTransferability"), 1
                )
            },
        }

    def _specified(self, field: str, name: str) -> list[Json]:
        texts = self._texts(field)
        return [{name: None, "specification": texts}] if texts else []

    def _management(self) -> Json:
        joint = ("Development", "Implementation", "Staffing", "Financing")
        named = (
            "C.7.1 projectCoordination",
            "C.7.2 projectQualityAssurance",
            "C.7.3 projectCommunication",
            "C.7.4 projectFinancialManagement",
        )
        return {
            **{field.partition(" ")[2]: self._texts(field) for field in named},
            "projectCooperationCriteria": {
                f"projectJoint{name}": bool(self._texts(f"C.7.5 projectJoint{name}"))
                for name in joint
            },
            **{
                f"projectJoint{name}Description": self._texts(f"C.7.5 projectJoint{name}")
                for name in joint
            },
            "projectHorizontalPrinciples": {
                "sustainableDevelopmentCriteriaEffect": None,
                "equalOpportunitiesEffect": None,
                "sexualEqualityEffect": None,
            },
        }

    def _package(self, number: int, package: WorkPackage) -> Json:
        is_main = package.id == self._subject.main_package
        start, end = (
            self._plain(f"C.4 {name}", package.id) for name in ("startPeriod", "endPeriod")
        )
        numbers = {one.id: place for place, one in enumerate(self._subject.partners, 1)}
        found = {line.partner for line in self._subject.lines_of(package=package.id)}
        return {
            "workPackageNumber": number,
            "name": self._texts("C.4 name", package.id),
            "specificObjective": self._texts("C.4 specificObjective", package.id),
            "objectiveAndAudience": [],
            "activities": [
                {
                    "activityNumber": 1,
                    "title": self._texts("C.4 activityTitle", package.id),
                    "description": self._texts("C.4 activityDescription", package.id),
                    "startPeriod": int(start) if start else None,
                    "endPeriod": int(end) if end else None,
                    "deliverables": list(self._deliverables()) if is_main else [],
                    "partnerIds": sorted(numbers[one] for one in found),
                }
            ],
            "outputs": [*self._indicators(OUTPUT, "output"), *self._cooperation()]
            if is_main
            else [],
            "investments": [],
        }

    def _deliverables(self) -> Iterator[Json]:
        stones = [one for action in self._subject.actions for one in action.milestones]
        for number, stone in enumerate(stones, 1):
            quarter = self._subject.quarter_of(stone.due)
            yield {
                "deliverableNumber": number,
                "title": _translations(stone.title),
                "description": [],
                "period": None if quarter is None else period_of(quarter),
            }

    def _indicators(self, stage: str, kind: str) -> Iterator[Json]:
        lines = indicators_at(Talk(self._subject, self._language), stage)
        for number, line in enumerate(lines, 1):
            target = line.targets[-1] if line.targets else None
            quarter = self._subject.quarter_of(target.due) if target else None
            yield {
                f"{kind}Number": number,
                f"programme{kind.capitalize()}IndicatorId": None,
                f"programme{kind.capitalize()}IndicatorIdentifier": None,
                "targetValue": None if target is None else str(target.value),
                "baseline": None if line.baseline is None else str(line.baseline),
                "periodNumber": None if quarter is None else period_of(quarter),
                "title": _translations(line.name),
                "description": [],
            }

    def _cooperation(self) -> Iterator[Json]:
        n = cooperating_bodies(Talk(self._subject, self._language))
        if n:
            yield {
                "outputNumber": None,
                "programmeOutputIndicatorId": None,
                "programmeOutputIndicatorIdentifier": "RCO87",
                "targetValue": str(n),
                "periodNumber": None,
                "title": [],
                "description": [],
            }

    def _lines(self) -> Iterator[Json]:
        """Yield the cost of each partner, heading of Jems and period: what its tables add up."""
        sums: dict[tuple[int, str, int], int] = {}
        for number, partner in enumerate(self._subject.partners, 1):
            for line in self._subject.lines_of(partner=partner.id):
                key = number, HEADING_OF[line.category], period_of(line.period)
                sums[key] = sums.get(key, 0) + line.cost_ct
        for (number, heading, period), cents in sorted(sums.items()):
            yield {
                "partner": number,
                "heading": heading,
                "period": period,
                "amount": _euro(cents),
            }

    def _revenue(self) -> Iterator[Json]:
        """Yield what pays for each partner: its grants by offer, and its own money."""
        funding = self._subject.funding
        for number, partner in enumerate(self._subject.partners, 1):
            for (who, offer), (_declared, grant) in funding.cells.items():
                if who == partner.id and grant:
                    yield {
                        "partner": number,
                        "source": funding.offer_name(offer),
                        "origin": funding.offers[offer].origin,
                        "amount": _euro(grant),
                    }
            own = funding.sheets[partner.id]["own_ct"]
            if own:
                yield {
                    "partner": number,
                    "source": partner.name,
                    "origin": "own",
                    "amount": _euro(own),
                }

    def _per_period(self) -> Iterator[Json]:
        for number, partner in enumerate(self._subject.partners, 1):
            lines = self._subject.lines_of(partner=partner.id)
            yield {"partner": number, "periodBudgets": _periods(lines), "total": _euro(_sum(lines))}


def _periods(lines: Sequence[Line]) -> list[Json]:
    sums: dict[int, int] = {}
    for line in lines:
        period = period_of(line.period)
        sums[period] = sums.get(period, 0) + line.cost_ct
    return [{"number": number, "amount": _euro(cents)} for number, cents in sorted(sums.items())]


def _sum(lines: Sequence[Line]) -> int:
    return sum(line.cost_ct for line in lines)


def _status_of_grant(origin: str) -> str | None:
    return "Private" if origin == "private" else "Public"


def _translations(words: Mapping[str, str]) -> list[Json]:
    return [{"language": code.upper(), "translation": text} for code, text in words.items() if text]


def _euro(cents: int) -> str:
    """Return euros with two decimals as text, so that they stay exact.

    Examples
    --------
    >>> _euro(123456)
    '1234.56'
    """
    return str((Decimal(cents) / HUNDRED).quantize(CENT))


def _percent(cents: int, whole: int) -> str:
    return str((Decimal(cents) * HUNDRED / Decimal(whole) if whole else Decimal(0)).quantize(CENT))
