from modeltranslation.translator import TranslationOptions, register

from alpclusters.platform.history import keep_history
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Consultation,
    Finding,
    Indicator,
    JointApproach,
    Milestone,
    Override,
    Recommendation,
    Risk,
    Solution,
)


@register(Finding)
class FindingTranslation(TranslationOptions):
    fields = ("statement",)


@register(Recommendation)
class RecommendationTranslation(TranslationOptions):
    fields = (
        "title",
        "problem",
        "text",
        "rationale",
        "expected_effect",
        "rejected_reason",
        "state_reason",
        "strength_reason",
        "denominator_reason",
        "no_action_reason",
    )


@register(ActionPlan)
class ActionPlanTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Action)
class ActionTranslation(TranslationOptions):
    fields = ("title", "background", "description", "reason_not_done")


@register(Override)
class OverrideTranslation(TranslationOptions):
    fields = ("reason",)


@register(Milestone)
class MilestoneTranslation(TranslationOptions):
    fields = ("title",)


@register(Risk)
class RiskTranslation(TranslationOptions):
    fields = ("text", "answer")


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ("name", "unit", "source")


@register(Consultation)
class ConsultationTranslation(TranslationOptions):
    fields = ("title", "introduction")


@register(JointApproach)
class JointApproachTranslation(TranslationOptions):
    fields = ("title", "objective")


@register(Solution)
class SolutionTranslation(TranslationOptions):
    fields = ("title", "take_up")


keep_history(Finding)
keep_history(Recommendation)
keep_history(ActionPlan)
keep_history(Action)
keep_history(Indicator)
keep_history(JointApproach)
