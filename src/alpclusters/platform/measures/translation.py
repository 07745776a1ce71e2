from modeltranslation.translator import TranslationOptions, register

from alpclusters.platform.history import keep_history
from alpclusters.platform.measures.models import Measure


@register(Measure)
class MeasureTranslation(TranslationOptions):
    fields = ("name", "description", "reported_note", "picture_alt")


keep_history(Measure)
