"""Who should meet whom: scores with their parts, bridges between regions, and how well it works."""

from alpclusters.analysis.matching.bridges import BridgeGains, bridge_gains
from alpclusters.analysis.matching.calibration import (
    Calibration,
    Isotonic,
    Platt,
    ReliabilityRow,
    calibrate,
    fit_isotonic,
    fit_platt,
    outcome_probability,
)
from alpclusters.analysis.matching.eligible import (
    EXCLUSIONS,
    Eligibility,
    Profiles,
    Rules,
    eligible,
    make_profiles,
)
from alpclusters.analysis.matching.evaluation import Evaluation, MethodFigures, evaluate
from alpclusters.analysis.matching.nearest import Nearest, VectorIndex, index_vectors, nearest
from alpclusters.analysis.matching.proximity import (
    METHODS,
    common_partners,
    popularity,
    proximity,
    proximity_part,
)
from alpclusters.analysis.matching.score_parts import (
    PARTS,
    Part,
    Stated,
    complementarity,
    text_similarity,
)
from alpclusters.analysis.matching.scoring import (
    BRIDGE_WEIGHT,
    DEFAULT_WEIGHTS,
    Candidates,
    Exposure,
    Match,
    PartScore,
    exposure,
    make_candidates,
    match,
)
from alpclusters.analysis.matching.standard import NAMES, StandardMethod, standard_methods
from alpclusters.analysis.matching.taxonomy import (
    Taxonomy,
    read_taxonomy,
    shared_codes,
    taxonomy_overlap,
)

__all__ = [
    "BRIDGE_WEIGHT",
    "DEFAULT_WEIGHTS",
    "EXCLUSIONS",
    "METHODS",
    "NAMES",
    "PARTS",
    "BridgeGains",
    "Calibration",
    "Candidates",
    "Eligibility",
    "Evaluation",
    "Exposure",
    "Isotonic",
    "Match",
    "MethodFigures",
    "Nearest",
    "Part",
    "PartScore",
    "Platt",
    "Profiles",
    "ReliabilityRow",
    "Rules",
    "StandardMethod",
    "Stated",
    "Taxonomy",
    "VectorIndex",
    "bridge_gains",
    "calibrate",
    "common_partners",
    "complementarity",
    "eligible",
    "evaluate",
    "exposure",
    "fit_isotonic",
    "fit_platt",
    "index_vectors",
    "make_candidates",
    "make_profiles",
    "match",
    "nearest",
    "outcome_probability",
    "popularity",
    "proximity",
    "proximity_part",
    "read_taxonomy",
    "shared_codes",
    "standard_methods",
    "taxonomy_overlap",
    "text_similarity",
]
