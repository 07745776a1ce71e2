"""Action plans: status, indicators, strength, snapshots, differences, merging, Interreg figures."""

from alpclusters.analysis.plans.adoption import AdoptionFacts, AdoptionRate, adoption_rate
from alpclusters.analysis.plans.aggregation import (
    PlanColour,
    PlanSummary,
    SummaryItem,
    is_asked,
    plan_summary,
)
from alpclusters.analysis.plans.anchors import anchor_paragraph, split_paragraphs
from alpclusters.analysis.plans.canonical import (
    GENESIS,
    ChainEntry,
    canonical_text,
    chain_digest,
    verify_chain,
)
from alpclusters.analysis.plans.diffs import Change, diff_snapshots
from alpclusters.analysis.plans.facts import (
    ActionFacts,
    ActionState,
    ActionStatus,
    Colour,
    DependencyFacts,
    MilestoneFacts,
)
from alpclusters.analysis.plans.indicator_facts import (
    IndicatorFacts,
    IndicatorState,
    IndicatorStatus,
    check_indicator,
)
from alpclusters.analysis.plans.indicators import expected_value, indicator_status
from alpclusters.analysis.plans.interreg import INTERREG_CODES, interreg_figures
from alpclusters.analysis.plans.interreg_facts import (
    AgreementFacts,
    InterregBody,
    InterregFacts,
    InterregFigure,
    NotCounted,
    PilotFacts,
    SolutionFacts,
    StrategyFacts,
)
from alpclusters.analysis.plans.merging import (
    FieldConflict,
    Merge,
    RowConflict,
    RowMerge,
    merge_fields,
    merge_paragraphs,
    merge_rows,
)
from alpclusters.analysis.plans.propagation import find_cycle, plan_statuses
from alpclusters.analysis.plans.reasons import Reason
from alpclusters.analysis.plans.rules import DEFAULT_RULES, PlanRules
from alpclusters.analysis.plans.status import action_status
from alpclusters.analysis.plans.strength import (
    Strength,
    StrengthFacts,
    StrengthResult,
    strength_of,
)
from alpclusters.analysis.plans.word_diffs import WordPiece, word_diff

__all__ = [
    "DEFAULT_RULES",
    "GENESIS",
    "INTERREG_CODES",
    "ActionFacts",
    "ActionState",
    "ActionStatus",
    "AdoptionFacts",
    "AdoptionRate",
    "AgreementFacts",
    "ChainEntry",
    "Change",
    "Colour",
    "DependencyFacts",
    "FieldConflict",
    "IndicatorFacts",
    "IndicatorState",
    "IndicatorStatus",
    "InterregBody",
    "InterregFacts",
    "InterregFigure",
    "Merge",
    "MilestoneFacts",
    "NotCounted",
    "PilotFacts",
    "PlanColour",
    "PlanRules",
    "PlanSummary",
    "Reason",
    "RowConflict",
    "RowMerge",
    "SolutionFacts",
    "StrategyFacts",
    "Strength",
    "StrengthFacts",
    "StrengthResult",
    "SummaryItem",
    "WordPiece",
    "action_status",
    "adoption_rate",
    "anchor_paragraph",
    "canonical_text",
    "chain_digest",
    "check_indicator",
    "diff_snapshots",
    "expected_value",
    "find_cycle",
    "indicator_status",
    "interreg_figures",
    "is_asked",
    "merge_fields",
    "merge_paragraphs",
    "merge_rows",
    "plan_statuses",
    "plan_summary",
    "split_paragraphs",
    "strength_of",
    "verify_chain",
    "word_diff",
]
