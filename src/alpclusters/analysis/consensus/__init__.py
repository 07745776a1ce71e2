"""How people rated: counts, middle, spread, agreement, intervals, small groups withheld."""

from alpclusters.analysis.consensus.agreement import (
    AgreementSummary,
    MeasureAgreement,
    Share,
    agreement_summary,
)
from alpclusters.analysis.consensus.appropriateness import (
    Appropriateness,
    PanelJudgement,
    rand_ucla,
)
from alpclusters.analysis.consensus.describing import describe
from alpclusters.analysis.consensus.figures import Consensus, tastle_wierman
from alpclusters.analysis.consensus.intervals import (
    Bounds,
    RankBounds,
    jeffreys_interval,
    median_ranks,
    wilson_interval,
)
from alpclusters.analysis.consensus.kendall import Concordance, kendalls_w
from alpclusters.analysis.consensus.krippendorff import Alpha, krippendorff_alpha
from alpclusters.analysis.consensus.ratings import CANNOT_JUDGE, Ratings
from alpclusters.analysis.consensus.results import (
    Coarse,
    Description,
    GroupCell,
    Interval,
    MeasureDescription,
    Summary,
)

__all__ = [
    "CANNOT_JUDGE",
    "AgreementSummary",
    "Alpha",
    "Appropriateness",
    "Bounds",
    "Coarse",
    "Concordance",
    "Consensus",
    "Description",
    "GroupCell",
    "Interval",
    "MeasureAgreement",
    "MeasureDescription",
    "PanelJudgement",
    "RankBounds",
    "Ratings",
    "Share",
    "Summary",
    "agreement_summary",
    "describe",
    "jeffreys_interval",
    "kendalls_w",
    "krippendorff_alpha",
    "median_ranks",
    "rand_ucla",
    "tastle_wierman",
    "wilson_interval",
]
