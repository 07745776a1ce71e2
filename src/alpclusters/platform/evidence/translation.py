from modeltranslation.translator import TranslationOptions, register

from alpclusters.platform.evidence.models import (
    Activity,
    Code,
    Codebook,
    Coding,
    Document,
    Initiative,
    Lesson,
)
from alpclusters.platform.history import keep_history


@register(Initiative)
class InitiativeTranslation(TranslationOptions):
    fields = ("title", "topic", "aims", "note")


@register(Activity)
class ActivityTranslation(TranslationOptions):
    fields = ("name", "what", "output", "output_unit", "result")


@register(Lesson)
class LessonTranslation(TranslationOptions):
    fields = ("statement", "condition", "answer")


@register(Codebook)
class CodebookTranslation(TranslationOptions):
    fields = ("note",)


@register(Code)
class CodeTranslation(TranslationOptions):
    fields = ("label", "definition", "example", "counter_example")


keep_history(Initiative)
keep_history(Document)
keep_history(Activity)
keep_history(Coding)
keep_history(Code)
keep_history(Lesson)
