"""How simulated people see measures: by measure, and differently by role."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ROLES: Final[Mapping[str, int]] = {
    "cluster_manager": 9,
    "firm_sme": 12,
    "policy_maker": 6,
    "programme_manager": 3,
    "research": 6,
    "intermediary": 6,
    "firm_large": 2,
    "": 2,
}
# At which level a role works, as far as one can say.
LEVELS: Final[Mapping[str, str]] = {
    "cluster_manager": "regional",
    "firm_sme": "local",
    "firm_large": "macro_regional",
    "policy_maker": "regional",
    "programme_manager": "european",
    "research": "national",
    "intermediary": "regional",
}


@dataclass(frozen=True, slots=True)
class Inclination:
    """How a hall tends to see a measure: mean of both criteria, spread, who cannot judge."""

    effect: float
    durability: float
    spread: float
    cannot_judge_share: float


INCLINATIONS: Final[Mapping[str, Inclination]] = {
    "sme_pilot": Inclination(4.3, 3.7, 0.7, 0.04),
    "contact_voucher": Inclination(4.2, 3.8, 0.8, 0.05),
    "matchmaking_event": Inclination(3.4, 2.4, 1.2, 0.03),
    "cross_border_scheme": Inclination(4.1, 3.9, 0.9, 0.14),
    "joint_fair_stand": Inclination(2.8, 1.9, 0.9, 0.06),
    "learning_visit": Inclination(3.8, 3.7, 0.8, 0.08),
    "shared_test_facility": Inclination(3.7, 4.0, 1.1, 0.22),
    "meta_cluster_body": Inclination(2.6, 3.9, 1.4, 0.28),
    "manager_training": Inclination(3.7, 3.8, 0.8, 0.10),
    "internationalisation_strategy": Inclination(3.8, 3.8, 1.0, 0.07),
}
# What a role sees differently: firms want what helps at once, policy what lasts.
LEANINGS: Final[Mapping[tuple[str, str], float]] = {
    ("firm_sme", "contact_voucher"): 0.5,
    ("firm_sme", "meta_cluster_body"): -0.8,
    ("policy_maker", "meta_cluster_body"): 0.7,
    ("policy_maker", "cross_border_scheme"): 0.5,
    ("research", "shared_test_facility"): 0.6,
    ("cluster_manager", "manager_training"): 0.5,
    ("intermediary", "matchmaking_event"): 0.6,
}
# Two ends between which a hall can be drawn apart: to meet others, or to build what lasts. What
# recommendations rest on is on neither side: halls at odds over it would weaken them.
ENDS: Final[Mapping[str, int]] = {
    "matchmaking_event": 1,
    "joint_fair_stand": 1,
    "learning_visit": 1,
    "shared_test_facility": -1,
    "meta_cluster_body": -1,
    "manager_training": -1,
    "internationalisation_strategy": -1,
}
