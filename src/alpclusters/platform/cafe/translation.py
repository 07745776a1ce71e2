from modeltranslation.translator import TranslationOptions, register

from alpclusters.platform.cafe.models import AlpCafe, CafeCriterion, CafeMeasure, Criterion
from alpclusters.platform.history import keep_history


@register(Criterion)
class CriterionTranslation(TranslationOptions):
    fields = ("name", "question", "anchor_1", "anchor_2", "anchor_3", "anchor_4", "anchor_5")


@register(AlpCafe)
class AlpCafeTranslation(TranslationOptions):
    fields = ("title",)


keep_history(AlpCafe)
keep_history(CafeMeasure)
keep_history(CafeCriterion)
