"""How well regions are joined, who bridges them, and which ties are missing."""

from alpclusters.analysis.network.affinity import Pair, PairTable, affinity
from alpclusters.analysis.network.backbone import (
    ALPHAS,
    Backbone,
    Cores,
    TieAlphas,
    backbone,
    cores,
    tie_alphas,
)
from alpclusters.analysis.network.betweenness import Betweenness, betweenness
from alpclusters.analysis.network.brokerage import (
    ROLES,
    PairRoles,
    Roles,
    brokerage,
    brokerage_between,
    constraint,
    effective_size,
)
from alpclusters.analysis.network.closure import (
    ExternalInternal,
    Share,
    cross_border_share,
    external_internal,
)
from alpclusters.analysis.network.distances import Components, components
from alpclusters.analysis.network.gravity import Coefficient, Gravity, spatial_interaction
from alpclusters.analysis.network.integration import Integration, integration
from alpclusters.analysis.network.links import link_collaborations, link_ties
from alpclusters.analysis.network.missing import (
    Bridge,
    MissingPair,
    MissingPairs,
    bridge_candidates,
    missing_pairs,
)
from alpclusters.analysis.network.participation import (
    GroupParticipation,
    Participation,
    Vector,
    participation,
)
from alpclusters.analysis.network.projects import (
    MAX_SIZE,
    Collaborations,
    Incidence,
    in_window,
    incidence,
    project_collaborations,
    project_ties,
)
from alpclusters.analysis.network.regions import (
    HiddenCells,
    RegionTable,
    great_circle,
    hidden_cells,
    make_region_table,
    region_table,
)
from alpclusters.analysis.network.resampling import Interval, Resampled, resample_projects
from alpclusters.analysis.network.searches import n_paths_needed
from alpclusters.analysis.network.small_world import (
    NullFigure,
    SmallWorld,
    TwoModeNull,
    small_world,
    two_mode_null,
)
from alpclusters.analysis.network.ties import (
    UNKNOWN,
    Level,
    Stamp,
    Ties,
    Weights,
    Window,
    WindowRule,
    make_ties,
)
from alpclusters.analysis.network.triangles import Clustering, clustering

__all__ = [
    "ALPHAS",
    "MAX_SIZE",
    "ROLES",
    "UNKNOWN",
    "Backbone",
    "Betweenness",
    "Bridge",
    "Clustering",
    "Coefficient",
    "Collaborations",
    "Components",
    "Cores",
    "ExternalInternal",
    "Gravity",
    "GroupParticipation",
    "HiddenCells",
    "Incidence",
    "Integration",
    "Interval",
    "Level",
    "MissingPair",
    "MissingPairs",
    "NullFigure",
    "Pair",
    "PairRoles",
    "PairTable",
    "Participation",
    "RegionTable",
    "Resampled",
    "Roles",
    "Share",
    "SmallWorld",
    "Stamp",
    "TieAlphas",
    "Ties",
    "TwoModeNull",
    "Vector",
    "Weights",
    "Window",
    "WindowRule",
    "affinity",
    "backbone",
    "betweenness",
    "bridge_candidates",
    "brokerage",
    "brokerage_between",
    "clustering",
    "components",
    "constraint",
    "cores",
    "cross_border_share",
    "effective_size",
    "external_internal",
    "great_circle",
    "hidden_cells",
    "in_window",
    "incidence",
    "integration",
    "link_collaborations",
    "link_ties",
    "make_region_table",
    "make_ties",
    "missing_pairs",
    "n_paths_needed",
    "participation",
    "project_collaborations",
    "project_ties",
    "region_table",
    "resample_projects",
    "small_world",
    "spatial_interaction",
    "tie_alphas",
    "two_mode_null",
]
