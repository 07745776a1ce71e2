"""Samples of the format of a case of funding, and such cases."""

import datetime as dt
from typing import Any

from alpclusters.analysis.funding.case import Case, Offer, Partner, Periods, Territory
from tests.analysis.samples.kinds import NAN, Sample, absent, answered, refused

SMALL = {"eq": ["partner.size", "small"]}
LAND = Territory({2016: frozenset({"DE", "DE1", "DE11"})})


def funding_case(*conditions: Any, partners: int = 1) -> Case:
    """Partners without facts, and an offer for each condition."""
    offers = [
        Offer(f"O{number}", "p", "regional", "regional", "DE", (0, 3), (), condition)
        for number, condition in enumerate(conditions)
    ]
    bodies = [
        Partner(f"P{number}", "One", "U1", "sme", "DE11", 2016, "DE") for number in range(partners)
    ]
    quarters = Periods(dt.date(2025, 1, 1), 4)
    return Case("A case", quarters, (), tuple(bodies), (), (), tuple(offers))


CASE_FILE: dict[str, Any] = {
    "schema": "alpclusters-case/1",
    "currency": "EUR",
    "periods": {"start": "2025-01-01", "length": "quarter", "count": 4},
    "undertakings": [{"id": "U1", "size": "small"}],
    "partners": [
        {
            "id": "P1",
            "name": "One",
            "undertaking": "U1",
            "kind": "sme",
            "nuts": "DE11",
            "vintage": 2016,
            "country": "DE",
        }
    ],
    "work_packages": [{"id": "W1", "title": "All"}],
    "lines": [
        {"id": "L1", "partner": "P1", "wp": "W1", "category": "staff", "period": 0, "cost_ct": 5}
    ],
    "offers": [],
}

NO_NUMBER = "amounts of a case are whole numbers"
NO_CASE = "a case without partners, costs and offers"

CASE_FORMAT = {
    "read_case": Sample(
        lambda: (CASE_FILE,),
        nan=refused({**CASE_FILE, "solver": {"gap": NAN}}),
        empty=refused({}),
        one_rater=answered("one partner with one cost", CASE_FILE),
        constant=refused({**CASE_FILE, "lines": CASE_FILE["lines"] * 2}),
    ),
    "case_schema": Sample(
        tuple,
        nan=absent("takes nothing"),
        empty=absent("takes nothing"),
        one_rater=absent("takes nothing"),
        constant=absent("takes nothing"),
    ),
    **{
        name: Sample(
            lambda: (funding_case(SMALL),),
            nan=absent(NO_NUMBER),
            empty=answered(NO_CASE, funding_case(partners=0)),
            one_rater=answered("one partner", funding_case(SMALL)),
            constant=answered("all alike", funding_case(SMALL, SMALL, partners=2)),
        )
        for name in ("case_data", "case_digest", "case_warnings", "refuse_large")
    },
}
