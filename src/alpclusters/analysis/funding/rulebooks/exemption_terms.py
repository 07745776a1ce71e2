"""Terms that hold for all aid under the block exemption, and cumulation (2.2)."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.funding.rulebooks import days
from alpclusters.analysis.funding.rulebooks.exemption import (
    ACT,
    SEEN,
    SEEN_M6,
    SINCE_2014,
    SINCE_M6,
)
from alpclusters.analysis.funding.rulebooks.records import Rule
from alpclusters.analysis.funding.rulebooks.writing import Days, version

_ALWAYS: Final[Days] = (days.GBER, days.GBER_END)


def _term(rule_id: str, article: str, formula: str, params: Mapping[str, int | str]) -> Rule:
    return version(rule_id, ACT, article, _ALWAYS, formula, "verified", params, source=SEEN)


def _changed(
    rule_id: str,
    article: str,
    formula: str,
    old: Mapping[str, int | str],
    new: Mapping[str, int | str],
) -> tuple[Rule, Rule]:
    """Return a term as it stood and as M6 changed it."""
    return (
        version(rule_id, ACT, article, SINCE_2014, formula, "verified", old, source=SEEN),
        version(rule_id, ACT, article, SINCE_M6, formula, "verified", new, source=SEEN_M6),
    )


_VAT: Final = "c_l net of recoverable VAT"
_RECEIVER: Final = "the receiver runs the cluster"

TERMS: Final = (
    _term("GB-4.2", "4(2)", "flag, no formula", {"check": "information"}),
    _term("GB-6", "6(2)", "applied_on < start_of_work, else aid = 0", {"check": "incentive"}),
    *_changed(
        "GB-7",
        "7(1)",
        _VAT,
        {"check": "information", "recoverable_vat_excluded": 0},
        {"check": "information", "recoverable_vat_excluded": 1},
    ),
    *_changed(
        "GB-9",
        "9(1)(c)",
        "single award > threshold: published",
        {"check": "publication", "threshold_ct": 50_000_000},
        {"check": "publication", "threshold_ct": 10_000_000},
    ),
    *_changed(
        "GB-27w",
        "27(2)",
        _RECEIVER,
        {"check": "information", "consortium": 0},
        {"check": "information", "consortium": 1},
    ),
)

CUMULATION: Final = (
    _term("CU-1", "8(1)", "sums run over S, all offers together", {"check": "information"}),
    _term("CU-2", "8(3)(a)", "per line, so automatic", {"check": "information"}),
    _term(
        "CU-3",
        "8(3)(b)",
        "sum_S g_ol <= max_{a in articles applied on l} alpha_a * c_l",
        {"check": "line_limit", "applied_bp": 100},
    ),
    _term("CU-4", "8(4)", "outside the line limits", {"check": "information"}),
    _term(
        "CU-5",
        "8(5)",
        "sum_{S+D} g_ol <= the same limit; only de minimis on l: c_l",
        {"check": "line_limit_de_minimis"},
    ),
)

EXEMPTION_TERMS: Final[tuple[Rule, ...]] = (*TERMS, *CUMULATION)
