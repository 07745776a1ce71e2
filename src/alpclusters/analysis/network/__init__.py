"""How well regions are joined, who bridges them, and which ties are missing."""

from alpclusters.analysis.network.affinity import Pair, PairTable, affinity
from alpclusters.analysis.network.backbone import ALPHAS, Backbone, TieAlphas, backbone, tie_alphas
from alpclusters.analysis.network.betweenness import Betweenness, betweenness
from alpclusters.analysis.network.bridges import Bridge, bridge_candidates
from alpclusters.analysis.network.brokerage import (
    ROLES,
    PairRoles,
    Roles,
    brokerage,
    brokerage_between,
)
from alpclusters.analysis.network.burt import constraint, effective_size
from alpclusters.analysis.network.closure import ExternalInternal, external_internal
from alpclusters.analysis.network.clustering import Clustering, clustering
from alpclusters.analysis.network.collaborations import Collaborations, project_collaborations
from alpclusters.analysis.network.components import Components, components
from alpclusters.analysis.network.cores import Cores, cores
from alpclusters.analysis.network.earth import great_circle
from alpclusters.analysis.network.gravity import Coefficient, Gravity, spatial_interaction
from alpclusters.analysis.network.hiding import HiddenCells, hidden_cells
from alpclusters.analysis.network.incidences import Incidence, incidence
from alpclusters.analysis.network.integration import Integration, integration
from alpclusters.analysis.network.links import link_collaborations, link_ties
from alpclusters.analysis.network.missing import MissingPair, MissingPairs, missing_pairs
from alpclusters.analysis.network.participation import (
    GroupParticipation,
    Participation,
    participation,
)
from alpclusters.analysis.network.paths import n_paths_needed
from alpclusters.analysis.network.projects import MAX_SIZE, project_ties
from alpclusters.analysis.network.regions import RegionTable, make_region_table, region_table
from alpclusters.analysis.network.resampling import Interval, Resampled, resample_projects
from alpclusters.analysis.network.shares import Share, cross_border_share
from alpclusters.analysis.network.small_world import SmallWorld, small_world
from alpclusters.analysis.network.stamp import Level, Stamp, Weights, Window, WindowRule
from alpclusters.analysis.network.ties import UNKNOWN, Ties, make_ties
from alpclusters.analysis.network.two_mode import NullFigure, TwoModeNull, two_mode_null
from alpclusters.analysis.network.vectors import Vector
from alpclusters.analysis.network.windows import in_window

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
