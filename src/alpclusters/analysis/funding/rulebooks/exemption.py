"""Articles of the general block exemption with their intensities and the terms for all of them."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.funding.rulebooks import days
from alpclusters.analysis.funding.rulebooks.days import before
from alpclusters.analysis.funding.rulebooks.records import Rule
from alpclusters.analysis.funding.rulebooks.writing import Days, version

# --- Articles of the general block exemption with their intensities (method's paper, 2.2) ---------
#
# The texts before M6 were read in the version that includes M2. Their figures are verified; those
# of M4 and M6 only where the paper says so.


type Params = Mapping[str, int | str]

EUROS: Final = 100
ACT: Final = "651/2014"
FORMULA: Final = "sum_S g_ol <= alpha * c_l"
SINCE_2014: Final[Days] = (days.GBER, before(days.M6))
SINCE_M6: Final[Days] = (days.M6, days.GBER_END)
SEEN: Final = "Regulation 651/2014, text that includes 2020/972"
SEEN_M6: Final = "Regulation 651/2014 as amended by 2023/1315"

_SMALL_AND_MEDIUM: Final = {"small_bp": 5_000, "medium_bp": 5_000}
_ADVICE: Final = {"small_bp": 10_000, "medium_bp": 10_000}
_PROJECT: Final = "undertaking_project"


def _article(  # noqa: PLR0913 - a row of the table has this many columns
    rule_id: str,
    article: str,
    params: Params,
    euros: tuple[int, int],
    per: str,
    *,
    formula: str = FORMULA,
    added: Mapping[str, int] | None = None,
    unread: tuple[str, ...] = ("ceiling_ct",),
) -> tuple[Rule, Rule]:
    """Return an article before M6 (verified) and since.

    Unverified since are what M6 added and what it changed and nobody read.
    """
    more = added or {}
    shared = {"kind": "article", **params, "ceiling_per": per}
    old = {**shared, "ceiling_ct": euros[0] * EUROS}
    new = {**shared, **more, "ceiling_ct": euros[1] * EUROS}
    return (
        version(rule_id, ACT, article, SINCE_2014, formula, "verified", old, source=SEEN),
        version(
            rule_id,
            ACT,
            article,
            SINCE_M6,
            formula,
            "verified",
            new,
            unverified=(*unread, *more),
            source=SEEN_M6,
        ),
    )


INVESTMENT_AND_ADVICE: Final = (
    *_article(
        "GB-17",
        "17",
        {"small_bp": 2_000, "medium_bp": 1_000},
        (7_500_000, 8_250_000),
        _PROJECT,
        unread=(),
    ),
    *_article(
        "GB-18",
        "18",
        _SMALL_AND_MEDIUM,
        (2_000_000, 2_200_000),
        _PROJECT,
        unread=(),
    ),
    *_article(
        "GB-19",
        "19",
        _SMALL_AND_MEDIUM,
        (2_000_000, 2_200_000),
        "undertaking_year",
        unread=(),
    ),
)

_RESEARCH_BONUS: Final = {"bonus_small_bp": 2_000, "bonus_medium_bp": 1_000, "max_bp": 8_000}
# M6 wrote Art. 25(6) anew. Its text was not opened, so these are unverified since, though German
# directives repeat 15 points for collaboration and 80 % (lawinsider.com, read on 2026-12-02).
_WRITTEN_ANEW: Final = ("ceiling_ct", "bonus_collaboration_bp", "bonus_dissemination_bp", "max_bp")
_TOGETHER: Final = {"bonus_collaboration_bp": 1_500, "bonus_dissemination_bp": 1_500}
# Art. 25(6) since M6, points (b), (c) and (d): never added to one another or to collaboration. The
# conditions of (d) stand in the text of the rule; who names the bonus states that they hold.
_SINCE_2023: Final = {
    "bonus_licences_bp": 1_500,
    "bonus_a_area_bp": 1_500,
    "bonus_c_area_bp": 500,
    "bonus_joint_call_bp": 2_500,
}
_RESEARCH_FORMULA: Final = "alpha = min(max, base + bonus of size + the greatest of (b), (c), (d))"
_STUDY_FORMULA: Final = "alpha = min(max, base + bonus of size)"


def _all_sizes(basis_points: int) -> dict[str, int]:
    return dict.fromkeys(("small_bp", "medium_bp", "large_bp"), basis_points)


def _eureka(euros: int) -> dict[str, int]:
    """Return the ceiling of projects of Eureka or a joint undertaking: twice as much.

    It is named and not reckoned: a case keeps the single ceiling.
    """
    return {"other_ceiling_ct": 2 * euros * EUROS}


RESEARCH: Final = (
    *_article(
        "GB-25-fundamental",
        "25",
        _all_sizes(10_000),
        (40_000_000, 55_000_000),
        _PROJECT,
        added=_eureka(55_000_000),
    ),
    *_article(
        "GB-25-industrial",
        "25",
        {**_all_sizes(5_000), **_RESEARCH_BONUS, **_TOGETHER},
        (20_000_000, 35_000_000),
        _PROJECT,
        formula=_RESEARCH_FORMULA,
        added={**_SINCE_2023, **_eureka(35_000_000)},
        unread=_WRITTEN_ANEW,
    ),
    *_article(
        "GB-25-experimental",
        "25",
        {**_all_sizes(2_500), **_RESEARCH_BONUS, **_TOGETHER},
        (15_000_000, 25_000_000),
        _PROJECT,
        formula=_RESEARCH_FORMULA,
        added={**_SINCE_2023, **_eureka(25_000_000)},
        unread=_WRITTEN_ANEW,
    ),
    *_article(
        "GB-25-feasibility",
        "25",
        {**_all_sizes(5_000), **_RESEARCH_BONUS},
        (7_500_000, 8_250_000),
        _PROJECT,
        formula=_STUDY_FORMULA,
        added=_eureka(8_250_000),
    ),
)

_KNOWN_ONLY: Final = "Regulation 651/2014, from memory: the article was not opened"


def _unread(
    rule_id: str, article: str, days_: Days, formula: str, params: Mapping[str, int | str]
) -> Rule:
    """Return an article that nobody has read in its text yet: all its figures are unverified."""
    figures = tuple(name for name in params if name.endswith(("_bp", "_ct")))
    given = {"kind": "article", **params}
    return version(
        rule_id,
        ACT,
        article,
        days_,
        formula,
        "unverified",
        given,
        unverified=figures,
        source=_KNOWN_ONLY,
    )


_INFRASTRUCTURE: Final[Params] = {**_all_sizes(5_000), "ceiling_per": "project"}
INFRASTRUCTURE: Final = (
    _unread(
        "GB-26", "26", SINCE_2014, FORMULA, {**_INFRASTRUCTURE, "ceiling_ct": 20_000_000 * EUROS}
    ),
    _unread(
        "GB-26",
        "26",
        SINCE_M6,
        "alpha = base + bonus where two States pay or the Union selected it",
        {**_INFRASTRUCTURE, "bonus_cross_border_bp": 1_000, "ceiling_ct": 35_000_000 * EUROS},
    ),
    _unread(
        "GB-26a",
        "26a",
        SINCE_M6,
        "alpha = base + bonuses of size, of several States, of capacity for SMEs",
        {
            **_all_sizes(2_500),
            "bonus_small_bp": 2_000,
            "bonus_medium_bp": 1_000,
            "bonus_cross_border_bp": 1_000,
            "bonus_sme_capacity_bp": 500,
            "ceiling_per": "project",
            "ceiling_ct": 25_000_000 * EUROS,
        },
    ),
)

CLUSTERS: Final = (
    *_article(
        "GB-27i",
        "27(5),(6)",
        {
            "cluster_bp": 5_000,
            "bonus_a_area_bp": 1_500,
            "bonus_c_area_bp": 500,
            "ceiling_group": "GB-27",
        },
        (7_500_000, 10_000_000),
        "cluster",
        formula="sum_S g_ol <= (base + bonus of the area) * c_l",
    ),
    *_article(
        "GB-27o",
        "27(7)-(9)",
        {
            "cluster_bp": 5_000,
            "average_over_period": 1,
            "max_years": 10,
            "ceiling_group": "GB-27",
        },
        (7_500_000, 10_000_000),
        "cluster",
        formula="sum over the aid period of g <= alpha * sum over the aid period of c",
    ),
)

INNOVATION_AND_TRAINING: Final = (
    *_article("GB-28", "28", _SMALL_AND_MEDIUM, (5_000_000, 10_000_000), _PROJECT),
    *_article("GB-28a", "28(4)", _ADVICE, (200_000, 220_000), "undertaking_three_years"),
    # Large undertakings (15 %) only beside SMEs that bear 30 %: not reckoned, so not eligible here.
    *(
        _unread(
            "GB-29",
            "29",
            when,
            FORMULA,
            {**_SMALL_AND_MEDIUM, "ceiling_per": _PROJECT, "ceiling_ct": euros * EUROS},
        )
        for when, euros in ((SINCE_2014, 7_500_000), (SINCE_M6, 12_500_000))
    ),
    *_article(
        "GB-31",
        "31",
        {
            **_all_sizes(5_000),
            "bonus_small_bp": 2_000,
            "bonus_medium_bp": 1_000,
            "bonus_disadvantaged_bp": 1_000,
            "max_bp": 7_000,
        },
        (2_000_000, 3_000_000),
        "project",
        formula="alpha = min(max, base + bonus of size + bonus for disadvantaged trainees)",
    ),
)

EXEMPTION: Final[tuple[Rule, ...]] = (
    *INVESTMENT_AND_ADVICE,
    *RESEARCH,
    *INFRASTRUCTURE,
    *CLUSTERS,
    *INNOVATION_AND_TRAINING,
)


# --- Terms that hold for all aid under the block exemption, and cumulation (2.2) ------------------


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
