"""Double funding and money of the Union (method's paper, 2.1)."""

from typing import Final

from alpclusters.analysis.funding.rulebooks import days
from alpclusters.analysis.funding.rulebooks.days import before
from alpclusters.analysis.funding.rulebooks.records import Rule
from alpclusters.analysis.funding.rulebooks.writing import Days, version

_FIRST: Final[Days] = (days.FINREG_2003, before(days.FINREG_2013))
_SECOND: Final[Days] = (days.FINREG_2013, before(days.FINREG_2018))
_THIRD: Final[Days] = (days.FINREG_2018, before(days.FINREG_2024))
_RECAST: Final[Days] = (days.FINREG_2024, None)

_ONE_GRANT: Final = {"check": "one_grant", "origins": "union_central"}
_ONE_GRANT_FORMULA: Final = "exclusivity group per (beneficiary, action)"
_ONCE: Final = {"check": "union_once", "origins": "union_central"}
_ONCE_FORMULA: Final = "for each l: sum over Union offers of d_ol <= c_l"
_PROFIT: Final = {"check": "no_profit"}
_PROFIT_FORMULA: Final = "for each l: sum of all g_ol <= c_l"
_FUNDS: Final = {"check": "union_once", "origins": "union_central|union_shared"}
_FUNDS_FORMULA: Final = "for each l: sum over Union and ERDF offers of d_ol <= c_l"

_DATED: Final = ("article", "valid_from")

ONE_ACTION: Final[tuple[Rule, ...]] = (
    version(
        "DF-1",
        "1605/2002",
        "111",
        _FIRST,
        _ONE_GRANT_FORMULA,
        "unverified",
        _ONE_GRANT,
        unverified=_DATED,
    ),
    version(
        "DF-1",
        "966/2012",
        "129",
        _SECOND,
        _ONE_GRANT_FORMULA,
        "unverified",
        _ONE_GRANT,
        unverified=_DATED,
    ),
    version(
        "DF-1",
        "2018/1046",
        "191(1)",
        _THIRD,
        _ONE_GRANT_FORMULA,
        "verified",
        _ONE_GRANT,
        unverified=("valid_from", "valid_to"),
    ),
    version(
        "DF-1",
        "2024/2509",
        "194(1)",
        _RECAST,
        _ONE_GRANT_FORMULA,
        "unverified",
        _ONE_GRANT,
        unverified=_DATED,
        source="Regulation 2024/2509 (recast; number of the article from memory)",
    ),
)


def _followed(
    rule_id: str, article: str, recast_article: str, formula: str, params: dict[str, str]
) -> tuple[Rule, ...]:
    """Return a rule whose page was not opened; the article of the recast is from memory."""
    numbers = (("1605/2002", "", _FIRST), ("966/2012", "", _SECOND))
    recast = (("2018/1046", article, _THIRD), ("2024/2509", recast_article, _RECAST))
    return tuple(
        version(
            rule_id,
            act,
            number,
            when,
            formula,
            "unverified",
            params,
            unverified=_DATED,
            source=f"Regulation {act} (text page not opened)",
        )
        for act, number, when in (*numbers, *recast)
    )


SAME_COST: Final = (
    *_followed("DF-2", "191(3)", "194(3)", _ONCE_FORMULA, _ONCE),
    *_followed("DF-3", "192", "195", _PROFIT_FORMULA, _PROFIT),
    version(
        "DF-4",
        "1303/2013",
        "65(11)",
        (days.PERIOD_2014, before(days.COHESION_2021)),
        _FUNDS_FORMULA,
        "unverified",
        _FUNDS,
        unverified=("text",),
    ),
    version(
        "DF-4",
        "2021/1060",
        "63(9)",
        (days.COHESION_2021, None),
        _FUNDS_FORMULA,
        "unverified",
        _FUNDS,
        unverified=("text",),
    ),
    version(
        "CF-1",
        "2021/1060",
        "63(9)",
        (days.COHESION_2021, None),
        "d_1l + d_2l <= c_l; shares fixed up front",
        "verified",
        {"check": "information"},
        unverified=("text",),
        source="Commission Notice 2022/C 421/03, part 3",
    ),
)

_SEAL: Final = {"check": "information"}
SEAL: Final = (
    version(
        "SE-0",
        "651/2014",
        "25(1)",
        (days.M1, before(days.M4)),
        "intensities of Art. 25",
        "verified",
        _SEAL,
        source="Regulation 651/2014 as amended by 2017/1084",
    ),
    version(
        "SE-1",
        "2021/1060",
        "73(4)",
        (days.COHESION_2021, None),
        "rate as in the call of the Seal; grant <= ceiling of the project",
        "verified",
        _SEAL,
        source="Commission Notice 2022/C 421/03, part 1",
    ),
    version(
        "GB-25a",
        "651/2014",
        "25a",
        (days.M4, days.GBER_END),
        "sum_S g_ol <= rate of the call of the Seal * c_l",
        "unverified",
        {
            "kind": "article",
            "rate_of_seal": 1,
            "ceiling_ct": 250_000_000,
            "other_ceiling_ct": 300_000_000,
            "ceiling_per": "undertaking_project",
        },
        unverified=("valid_from", "ceiling_ct", "other_ceiling_ct"),
        source="Regulation 651/2014 as amended by 2021/1237",
    ),
    version(
        "SE-2",
        "651/2014",
        "25b-25d",
        (days.M4, days.GBER_END),
        "rate and costs as in the Union call",
        "verified",
        _SEAL,
        unverified=("valid_from", "article", "limits"),
        source="Commission page on the Seal of Excellence",
    ),
)

MOST_FAVOURABLE: Final = (
    version(
        "MR-1",
        "651/2014",
        "8(2)",
        (days.GBER, None),
        "sum_S g <= alpha*c; where S and M meet, sum of public g <= max(alpha, r_M)*c",
        "verified",
        {"check": "union_rate"},
    ),
)

UNION_MONEY: Final[tuple[Rule, ...]] = (*ONE_ACTION, *SAME_COST, *SEAL, *MOST_FAVOURABLE)
