"""State aid in projects of territorial cooperation and of local development: Art. 19a to 20a."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.funding.rulebooks import days
from alpclusters.analysis.funding.rulebooks.days import before
from alpclusters.analysis.funding.rulebooks.exemption import ACT, FORMULA, SEEN, SEEN_M6, SINCE_M6
from alpclusters.analysis.funding.rulebooks.records import Rule
from alpclusters.analysis.funding.rulebooks.writing import Days, version

SEEN_M4: Final = "Regulation 651/2014 as amended by 2021/1237"
INTERACT: Final = "Interact, 26 September 2023"
_BEFORE_M4: Final[Days] = (days.GBER, before(days.M4))
_FROM_M4: Final[Days] = (days.M4, before(days.M6))

_PROGRAMME_RATE: Final[Mapping[str, int | str]] = {
    "kind": "article",
    "small_bp": 8_000,
    "medium_bp": 8_000,
    "large_bp": 8_000,
    "rate_of_programme": 1,
    "ceiling_per": "undertaking_project",
}
_INTENSITIES: Final = ("small_bp", "medium_bp", "large_bp")
_SMALL_AID: Final[Mapping[str, int | str]] = {
    "kind": "article",
    "small_bp": 10_000,
    "medium_bp": 10_000,
    "large_bp": 10_000,
    "ceiling_per": "undertaking_project",
}

LOCAL_TEXT: Final = "https://gesetze.legal/eu/vo_eu_2014_651"
_SMALL_FIRMS: Final = ("small_bp", "medium_bp")
# Firms in projects of community-led local development (LEADER). Art. 19a(3) points to the rates of
# the Funds, of which the lowest known one stands here; large firms are left to an adviser.
LOCAL_DEVELOPMENT: Final = (
    *(
        version(
            "GB-19a",
            ACT,
            "19a",
            when,
            FORMULA,
            "verified" if when == SINCE_M6 else "unverified",
            {
                "kind": "article",
                **dict.fromkeys(_SMALL_FIRMS, 8_000),
                "rate_of_programme": 1,
                "ceiling_per": "undertaking_project",
                "ceiling_ct": ceiling_ct,
            },
            unverified=(*_SMALL_FIRMS, "ceiling_ct"),
            source=LOCAL_TEXT if when == SINCE_M6 else SEEN_M4,
        )
        for when, ceiling_ct in ((_FROM_M4, 200_000_000), (SINCE_M6, 220_000_000))
    ),
    *(
        version(
            "GB-19b",
            ACT,
            "19b",
            when,
            FORMULA,
            "verified" if when == SINCE_M6 else "unverified",
            {
                "kind": "article",
                **dict.fromkeys(_SMALL_FIRMS, 10_000),
                "ceiling_per": "project",
                "ceiling_ct": 20_000_000,
            },
            unverified=() if when == SINCE_M6 else ("ceiling_ct",),
            source=LOCAL_TEXT if when == SINCE_M6 else SEEN_M4,
        )
        for when in (_FROM_M4, SINCE_M6)
    ),
)

TERRITORIAL: Final[tuple[Rule, ...]] = (
    *LOCAL_DEVELOPMENT,
    version(
        "GB-20",
        ACT,
        "20",
        _BEFORE_M4,
        FORMULA,
        "verified",
        {
            "kind": "article",
            "small_bp": 5_000,
            "medium_bp": 5_000,
            "ceiling_ct": 200_000_000,
            "ceiling_per": "undertaking_project",
        },
        unverified=("valid_to",),
        source=SEEN,
    ),
    version(
        "GB-20'",
        ACT,
        "20",
        _FROM_M4,
        FORMULA,
        "unverified",
        {**_PROGRAMME_RATE, "ceiling_ct": 200_000_000},
        unverified=("valid_from", *_INTENSITIES),
        source=SEEN_M4,
    ),
    version(
        "GB-20'",
        ACT,
        "20",
        SINCE_M6,
        FORMULA,
        "unverified",
        {**_PROGRAMME_RATE, "ceiling_ct": 220_000_000},
        unverified=_INTENSITIES,
        source=f"{SEEN_M6}; {INTERACT}",
    ),
    version(
        "GB-20a",
        ACT,
        "20a",
        _FROM_M4,
        FORMULA,
        "unverified",
        {**_SMALL_AID, "ceiling_ct": 2_000_000},
        unverified=("valid_from", "ceiling_ct"),
        source=SEEN_M4,
    ),
    version(
        "GB-20a",
        ACT,
        "20a",
        SINCE_M6,
        FORMULA,
        "verified",
        {**_SMALL_AID, "ceiling_ct": 2_200_000},
        source=f"{SEEN_M6}; {INTERACT}",
    ),
)
