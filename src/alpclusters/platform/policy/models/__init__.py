"""From findings to recommendations to the action plan, and whether it is carried out."""

from alpclusters.platform.policy.models.action_cases import ActionCase
from alpclusters.platform.policy.models.actions import (
    Action,
    Cost,
    Dependency,
    FundingLine,
    Milestone,
    Player,
    Risk,
)
from alpclusters.platform.policy.models.approaches import Adoption, AdoptionStep, JointApproach
from alpclusters.platform.policy.models.consultations import (
    Comment,
    Consultation,
    ConsultationInvitation,
    Endorsement,
)
from alpclusters.platform.policy.models.drafts import EditDraft, TextReview
from alpclusters.platform.policy.models.endorsement_steps import EndorsementStep
from alpclusters.platform.policy.models.findings import Finding
from alpclusters.platform.policy.models.given_hashes import GivenHash
from alpclusters.platform.policy.models.indicators import Indicator, IndicatorValue, Target
from alpclusters.platform.policy.models.levels import Level
from alpclusters.platform.policy.models.monitoring import (
    MonitoringRound,
    Override,
    PlanSnapshot,
    ProgressReport,
    ReportLink,
)
from alpclusters.platform.policy.models.plans import ActionPlan, DraftingBody
from alpclusters.platform.policy.models.recommendations import Recommendation
from alpclusters.platform.policy.models.solutions import Solution, SolutionBody

__all__ = [
    "Action",
    "ActionCase",
    "ActionPlan",
    "Adoption",
    "AdoptionStep",
    "Comment",
    "Consultation",
    "ConsultationInvitation",
    "Cost",
    "Dependency",
    "DraftingBody",
    "EditDraft",
    "Endorsement",
    "EndorsementStep",
    "Finding",
    "FundingLine",
    "GivenHash",
    "Indicator",
    "IndicatorValue",
    "JointApproach",
    "Level",
    "Milestone",
    "MonitoringRound",
    "Override",
    "PlanSnapshot",
    "Player",
    "ProgressReport",
    "Recommendation",
    "ReportLink",
    "Risk",
    "Solution",
    "SolutionBody",
    "Target",
    "TextReview",
]
