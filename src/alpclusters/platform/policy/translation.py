from modeltranslation.translator import TranslationOptions, register

from alpclusters.platform.history import keep_history
from alpclusters.platform.policy.models import Action, ActionPlan, Recommendation


@register(Recommendation)
class RecommendationTranslation(TranslationOptions):
    fields = ("title", "text", "rationale")


@register(ActionPlan)
class ActionPlanTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Action)
class ActionTranslation(TranslationOptions):
    fields = ("title", "description")


keep_history(Recommendation)
keep_history(ActionPlan)
keep_history(Action)
