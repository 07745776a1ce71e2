"""How long links stay alive after their funding, and whether partners meet again."""

from alpclusters.analysis.survival.clustering import cluster_bootstrap, cluster_difference
from alpclusters.analysis.survival.kaplan_meier import (
    at,
    kaplan_meier,
    numbers_at_risk,
    restricted_mean,
)
from alpclusters.analysis.survival.log_rank import log_rank
from alpclusters.analysis.survival.renewal import renewal_spells
from alpclusters.analysis.survival.results import (
    Clustered,
    ClusteredReading,
    Curve,
    GroupEvents,
    LogRank,
    Mean,
    PlacedReading,
    Reading,
    Renewals,
    Spells,
    Step,
)
from alpclusters.analysis.survival.spells import (
    ANSWERS,
    Answer,
    place_events,
    sensitivity,
    spells,
)

__all__ = [
    "ANSWERS",
    "Answer",
    "Clustered",
    "ClusteredReading",
    "Curve",
    "GroupEvents",
    "LogRank",
    "Mean",
    "PlacedReading",
    "Reading",
    "Renewals",
    "Spells",
    "Step",
    "at",
    "cluster_bootstrap",
    "cluster_difference",
    "kaplan_meier",
    "log_rank",
    "numbers_at_risk",
    "place_events",
    "renewal_spells",
    "restricted_mean",
    "sensitivity",
    "spells",
]
