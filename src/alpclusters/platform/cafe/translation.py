from modeltranslation.translator import TranslationOptions, register

from alpclusters.platform.cafe.models import (
    AlpCafe,
    CafeCriterion,
    CafeMeasure,
    Criterion,
    Question,
    Table,
)
from alpclusters.platform.history import keep_history


@register(Criterion)
class CriterionTranslation(TranslationOptions):
    fields = ("name", "question", "anchor_1", "anchor_2", "anchor_3", "anchor_4", "anchor_5")


@register(AlpCafe)
class AlpCafeTranslation(TranslationOptions):
    fields = ("title", "welcome")


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text",)


@register(Table)
class TableTranslation(TranslationOptions):
    fields = ("topic",)


keep_history(AlpCafe)
keep_history(CafeMeasure)
keep_history(CafeCriterion)
