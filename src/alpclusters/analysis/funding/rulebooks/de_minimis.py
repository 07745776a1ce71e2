"""De minimis: small amounts that count for a state and an undertaking (method's paper, 2.3)."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.funding.rulebooks import days
from alpclusters.analysis.funding.rulebooks.days import before
from alpclusters.analysis.funding.rulebooks.records import Rule
from alpclusters.analysis.funding.rulebooks.writing import Days, version

OLD: Final = "1407/2013"
NEW: Final = "2023/2831"
_OLDEST: Final[Days] = (days.PERIOD_2007, days.END_2013)
_OLD_DAYS: Final[Days] = (days.PERIOD_2014, before(days.DE_MINIMIS_2024))
_NEW_DAYS: Final[Days] = (days.DE_MINIMIS_2024, days.DE_MINIMIS_END)
_FISCAL: Final = "at each grant date t: sum over the fiscal year of t and the two before <= limit"
_ROLLING: Final = "at each grant date t: sum over (t - 3 years, t] <= limit"
_KNOWN: Final[Mapping[str, int | str]] = {"check": "information"}
_FISCAL_PARAMS: Final[Mapping[str, int | str]] = {
    "check": "de_minimis",
    "limit_ct": 20_000_000,
    "window": "fiscal_years",
    "years": 3,
}

LIMITS: Final = (
    version(
        "DM-0",
        "1998/2006",
        "2",
        _OLDEST,
        _FISCAL,
        "unverified",
        _FISCAL_PARAMS,
        unverified=("article", "limit_ct"),
    ),
    version(
        "DM-1",
        OLD,
        "3",
        _OLD_DAYS,
        _FISCAL,
        "verified",
        {**_FISCAL_PARAMS, "road_freight_ct": 10_000_000},
        source="Regulation 1407/2013 Art. 3 (amounts from secondary sources)",
    ),
    version(
        "DM-2",
        NEW,
        "3(2)",
        _NEW_DAYS,
        _ROLLING,
        "verified",
        {
            "check": "de_minimis",
            "limit_ct": 30_000_000,
            "window": "rolling",
            "years": 3,
        },
    ),
)


def _both(rule_id: str, article: str, formula: str, *, old: str = "") -> tuple[Rule, Rule]:
    """Return a term that stands alike in both regulations, under another number if ``old`` is."""
    params = _KNOWN
    return (
        version(rule_id, OLD, old or article, _OLD_DAYS, formula, "verified", params),
        version(rule_id, NEW, article, _NEW_DAYS, formula, "verified", params),
    )


TERMS: Final = (
    *_both("DM-3", "3(3)", "day of the grant, not of the payment", old="3(4)"),
    *_both("DM-4", "3(7)", "above the limit the whole new grant falls"),
    *_both("DM-5", "2(2)", "undertakings joined by control are one"),
    *_both("DM-6", "3(8),(9)", "history moves with mergers and splits"),
    version(
        "DM-7",
        NEW,
        "7(1),(2)",
        _NEW_DAYS,
        "older grants count in the rolling sum",
        "verified",
        _KNOWN,
    ),
    version(
        "DM-8",
        NEW,
        "6, 7(4)",
        (days.DE_MINIMIS_REGISTER, days.DE_MINIMIS_END),
        "warning where the history is self-declared",
        "verified",
        {"check": "self_declared"},
    ),
)

_ANY_THREE_YEARS: Final[Mapping[str, int | str]] = {
    "check": "information",
    "window": "rolling",
    "years": 3,
}
# Accounts of their own: reckoned in the account of an organisation (`funding.headroom`), not in a
# case, and no article of a case names them.
OTHERS: Final = (
    version(
        "DM-9",
        "1408/2013",
        "3(2)",
        (days.AGRICULTURE_2024, days.AGRICULTURE_END),
        "primary agriculture: sum over (t - 3 years, t] <= limit",
        "verified",
        {**_ANY_THREE_YEARS, "limit_ct": 5_000_000},
        unverified=("valid_to",),
        source="EUR-Lex, summary of Regulation 1408/2013 as amended by 2024/3118",
    ),
    version(
        "DM-10",
        "2023/2832",
        "3(2)",
        _NEW_DAYS,
        "services of general economic interest: sum over (t - 3 years, t] <= limit",
        "verified",
        {**_ANY_THREE_YEARS, "limit_ct": 75_000_000},
        unverified=("valid_to",),
        source="Regulation 2023/2832 Art. 3(2) (amount from secondary sources)",
    ),
    version(
        "DM-11",
        "717/2014",
        "3(2)",
        (days.DE_MINIMIS_2024, days.FISHERIES_END),
        "fishery and aquaculture: sum over the fiscal year of t and the two before <= limit",
        "unverified",
        {
            "check": "information",
            "window": "fiscal_years",
            "years": 3,
            "limit_ct": 3_000_000,
            "register_ct": 4_000_000,
        },
        unverified=("limit_ct", "register_ct", "valid_to"),
        source="Regulation 717/2014, amounts from a report of the French Senate",
    ),
)

DE_MINIMIS: Final[tuple[Rule, ...]] = (*LIMITS, *TERMS, *OTHERS)
