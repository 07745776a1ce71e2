"""Cohesion policy, Interreg, and money of Switzerland (method's paper, 2.4)."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.funding.rulebooks import days
from alpclusters.analysis.funding.rulebooks.records import Rule
from alpclusters.analysis.funding.rulebooks.writing import Days, Standing, version

_2007: Final[Days] = (days.PERIOD_2007, days.END_2013)
_2014: Final[Days] = (days.PERIOD_2014, days.END_2020)
_2021: Final[Days] = (days.PERIOD_2021, days.END_2027)
_SWISS: Final[Days] = (days.NRP, None)

INTERREG_LEVELS: Final = "european|macro_regional|cross_border"
_SHARED: Final = "union_shared"
_INTERREG: Final = {"origins": _SHARED, "levels": INTERREG_LEVELS}


def _rule(  # noqa: PLR0913 - a row of the table has this many columns
    rule_id: str,
    act: str,
    article: str,
    when: Days,
    formula: str,
    status: Standing,
    params: Mapping[str, int | str],
    *,
    unverified: tuple[str, ...] = (),
) -> Rule:
    return version(
        rule_id, act, article, when, formula, status, {**_INTERREG, **params}, unverified=unverified
    )


RATES: Final = (
    _rule(
        "IR-85",
        "1303/2013",
        "120(3)",
        _2014,
        "ERDF <= pct(c, 8500) at programme level",
        "unverified",
        {"check": "programme_rate", "rate_bp": 8_500},
        unverified=("rate_bp", "article"),
    ),
    _rule(
        "IR-80",
        "2021/1059",
        "13",
        _2021,
        "pct(c, 8000) at programme level",
        "verified",
        {"check": "programme_rate", "rate_bp": 8_000, "strand_d_bp": 8_500},
    ),
)

PARTNERSHIP: Final = (
    _rule(
        "IR-P2",
        "2021/1059",
        "23(1)",
        _2021,
        "countries of active partners >= 2; beneficiaries from Member States >= 1",
        "verified",
        {
            "check": "partnership",
            "min_countries": 2,
            "min_member_states": 1,
            "wider_programmes": "interreg-europe-2127",
            "wider_min_countries": 3,
            "wider_min_member_states": 2,
        },
    ),
    _rule(
        "IR-L",
        "2021/1059",
        "23(5),(7)",
        _2021,
        "lead flag exactly 1; a sole partner sits in a Member State",
        "verified",
        {"check": "lead"},
    ),
)

_PERIODS: Final[tuple[tuple[str, str, Days, dt.date, Standing], ...]] = (
    ("1083/2006", "56(1)", _2007, days.COSTS_2007, "unverified"),
    ("1303/2013", "65(2)", _2014, days.COSTS_2014, "unverified"),
    ("2021/1060", "63(2)", _2021, days.COSTS_2021, "verified"),
)
# The day until which costs are eligible; of a grant outside all periods no rule is known.
ELIGIBILITY: Final = tuple(
    version(
        "CO-EL",
        act,
        article,
        when,
        "costs paid by the last day of the period's programmes",
        status,
        {"check": "eligible_costs", "origins": _SHARED, "until": until.isoformat()},
        unverified=() if status == "verified" else ("article", "until"),
    )
    for act, article, when, until, status in _PERIODS
)

OUTSIDE: Final = (
    _rule(
        "IR-O14",
        "1299/2013",
        "20(2)",
        _2014,
        "ERDF outside the Union part <= 20 % of the programme (30 % outermost)",
        "verified",
        {"check": "outside", "programme_bp": 2_000, "outermost_bp": 3_000},
    ),
    _rule(
        "IR-O21",
        "2021/1059",
        "22(1)",
        _2021,
        "flag: approval needed",
        "verified",
        {"check": "outside"},
    ),
    version(
        "CO-15",
        "1303/2013",
        "70(2)(b)",
        _2014,
        "outside the programme area <= 15 % of the support of the priority",
        "unverified",
        {
            "check": "outside",
            "origins": _SHARED,
            "levels": "national|regional",
            "priority_bp": 1_500,
        },
        unverified=("priority_bp", "article"),
    ),
    version(
        "CO-63",
        "2021/1060",
        "63(4)",
        _2021,
        "flag: spending abroad serves the programme",
        "unverified",
        {"check": "outside", "origins": _SHARED, "levels": "national|regional"},
        unverified=("text",),
    ),
)

_OUTSIDE_UNION: Final = "rate = 0 for partners of CH and LI"
_NO_UNION_MONEY: Final = {
    "check": "no_union_money",
    "origins": _SHARED,
    "countries": "CH|LI",
}
SWITZERLAND: Final = (
    *(
        version(
            "CH-1",
            act,
            "",
            when,
            _OUTSIDE_UNION,
            "verified",
            _NO_UNION_MONEY,
            unverified=("article",),
            source="Programme pages of the period",
        )
        for act, when in (
            ("1080/2006", _2007),
            ("1299/2013", _2014),
        )
    ),
    version(
        "CH-1",
        "2021/1059",
        "23(1)",
        (days.PERIOD_2021, None),
        _OUTSIDE_UNION,
        "verified",
        _NO_UNION_MONEY,
        source="Programme pages; Regulation 2021/1059 Art. 23(1), third sub-paragraph",
    ),
    version(
        "CH-2",
        "NRP",
        "",
        _SWISS,
        "separate offer, outside State aid rules of the Union",
        "verified",
        {"check": "information", "origins": "ch"},
        source="ARE, regiosuisse, interreg.org",
    ),
    version(
        "CH-3",
        "NRP",
        "",
        _SWISS,
        "federal : cantonal money = 1 : 1 as default",
        "verified",
        {"check": "swiss_pair", "origins": "ch", "federal": 1, "cantonal": 1},
        unverified=("federal", "cantonal"),
        source="regiosuisse",
    ),
)

FLAT_RATES: Final = (
    version(
        "FR-20",
        "1299/2013",
        "19",
        _2014,
        "staff <= pct(other direct costs, 2000)",
        "verified",
        {"check": "information", "rate_bp": 2_000},
    ),
)

COHESION: Final[tuple[Rule, ...]] = (
    *RATES,
    *PARTNERSHIP,
    *ELIGIBILITY,
    *OUTSIDE,
    *SWITZERLAND,
    *FLAT_RATES,
)
